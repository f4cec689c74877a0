//! Presets: the choices under which this crate prints what a named tool prints.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "cochrane-2025",
        name: "Preset: the Cochrane Handbook as of 2025",
        aliases: &["cochrane", "revman"],
        sentences: &[
            "This preset makes the choices of the Cochrane Handbook as revised in 2025 and of RevMan.",
            "τ² is estimated by REML, with its interval by the Q-profile method.",
            "The interval of the pooled value is that of Hartung, Knapp, Sidik and Jonkman.",
            "The prediction interval uses Student's t with k − 1 degrees of freedom.",
            "I² comes from τ².",
            "Proportions are pooled as logits, because the Handbook names no scale for them.",
            "Where all studies agree closely the interval can be narrower than Wald's, and the output says so.",
        ],
        formula: "--model two-step --tau2 REML --ci hk --prediction t",
        source: "Veroniki AA, McKenzie JE. Introduction to new random-effects methods in RevMan. \
                 Cochrane Methods 2024.",
        see: &["reml", "hk", "prediction-interval", "metafor"],
    },
    Entry {
        term: "metafor",
        name: "Preset: rma of R's metafor",
        aliases: &["rma"],
        sentences: &[
            "This preset prints what rma(measure = \"PLO\") of the R package metafor prints at its defaults.",
            "Effects are logits, and a study with an empty cell gets one half added.",
            "τ² is estimated by REML, with its interval by the Q-profile method.",
            "The interval of the pooled value is Wald's, with normal quantiles.",
            "The prediction interval uses normal quantiles too.",
            "I² comes from τ², so that it differs from the one that Q gives.",
            "With few studies both intervals are too short, which is why other choices are advised.",
        ],
        formula: "--model two-step --measure PLO --tau2 REML --ci z --prediction normal",
        source: "Viechtbauer W. Conducting meta-analyses in R with the metafor package. Journal of \
                 Statistical Software 2010; 36(3): 1–48.",
        see: &["reml", "prediction-interval", "meta", "cochrane-2025"],
    },
    Entry {
        term: "meta",
        name: "Preset: metaprop of R's meta",
        aliases: &["metaprop"],
        sentences: &[
            "This preset prints what metaprop of the R package meta prints at its defaults.",
            "It fits the binomial-normal model to the counts, so that nothing is added to empty cells.",
            "The interval of the pooled value is Wald's, with normal quantiles.",
            "The test of heterogeneity is the Wald test with k − 1 degrees of freedom, whatever the number of studies that add to it.",
            "I² is the one that follows from this test.",
            "The prediction interval uses Student's t with k − 1 degrees of freedom.",
            "The package integrates the likelihood at few points by default, so that its last digits can differ.",
        ],
        formula: "--model glmm --ci z --q-test wald-all --i2 q --prediction t",
        source: "Balduzzi S, Rücker G, Schwarzer G. How to perform a meta-analysis with R: a \
                 practical tutorial. Evidence-Based Mental Health 2019; 22: 153–160.",
        see: &["glmm", "prediction-interval", "metafor"],
    },
    Entry {
        term: "preset-dersimonian-laird",
        name: "Preset: DerSimonian and Laird as textbooks print it",
        aliases: &["textbook"],
        sentences: &[
            "This preset makes the choices of most meta-analyses published before 2015.",
            "On the command line it is called dersimonian-laird.",
            "Proportions are pooled as logits with weights of inverse variance.",
            "τ² is that of DerSimonian and Laird.",
            "The interval of the pooled value is Wald's, with normal quantiles.",
            "I² comes from Q.",
            "The prediction interval is that of Higgins, Thompson and Spiegelhalter, with k − 2 degrees of freedom.",
            "It serves to reproduce published numbers, not as advice.",
        ],
        formula: "--model two-step --tau2 DL --ci z --i2 q --prediction hts",
        source: "DerSimonian R, Laird N. Meta-analysis in clinical trials. Controlled Clinical \
                 Trials 1986; 7: 177–188.",
        see: &["dl", "prediction-interval", "cochrane-2025"],
    },
    Entry {
        term: "statsmodels",
        name: "Preset: combine_effects of Python's statsmodels",
        aliases: &["combine-effects"],
        sentences: &[
            "This preset prints what combine_effects of the Python package statsmodels prints at its defaults.",
            "The effects are given to it; here they are logits.",
            "τ² is estimated by Paule and Mandel's equation.",
            "The interval of the pooled value is Wald's, with normal quantiles.",
            "I² comes from Q.",
            "There is no prediction interval.",
            "The package names the common effect fixed and the other random.",
        ],
        formula: "--model two-step --tau2 PM --ci z --i2 q --prediction none",
        source: "Seabold S, Perktold J. statsmodels: econometric and statistical modeling with \
                 Python. Proceedings of the 9th Python in Science Conference 2010: 92–96.",
        see: &["pm", "metafor"],
    },
];
