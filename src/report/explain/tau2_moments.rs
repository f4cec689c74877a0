//! Estimators of τ² in closed form.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "dl",
        name: "DerSimonian–Laird estimator (DL)",
        aliases: &["dersimonian-laird", "dersimonian"],
        sentences: &[
            "DL sets Cochran's Q equal to its expected value and solves for τ².",
            "It needs no iteration and makes no assumption about the shape of the distribution of \
             effects.",
            "It was the default of most software for decades, and many published meta-analyses use \
             it.",
            "With DL, both definitions of I² agree.",
            "When studies differ much, it tends to underestimate τ².",
            "Combined with a Wald interval it gives intervals that are too short when studies are \
             few.",
            "It is useful for reproducing published results and for very large numbers of studies.",
            "For new analyses REML or Paule–Mandel are recommended more often.",
        ],
        formula: "τ² = max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)), w = 1/v",
        source: "DerSimonian R, Laird N. Meta-analysis in clinical trials. Controlled Clinical \
                 Trials 1986; 7: 177–188.",
        see: &["tau2", "q", "reml", "pm", "dl2"],
    },
    Entry {
        term: "he",
        name: "Hedges estimator (HE)",
        aliases: &["hedges", "hedges-olkin", "cochran-anova", "variance-component"],
        sentences: &[
            "HE takes the ordinary variance of the study effects and subtracts the average \
             sampling variance.",
            "All studies count equally in it, whatever their size.",
            "It is a method of moments like DL, with equal weights instead of inverse variances.",
            "It does not use the sampling variances as weights, so errors in them do less harm.",
            "It is unbiased, apart from the cut at 0, if the sampling variances are right.",
            "It is inefficient when study sizes differ much, because a tiny study counts as much \
             as a huge one.",
            "It is also called the variance component or Cochran ANOVA estimator.",
        ],
        formula: "τ² = max(0, Σ(y_i − ȳ)²/(k − 1) − Σv_i/k), ȳ the plain mean",
        source: "Hedges LV. A random effects model for effect sizes. Psychological Bulletin 1983; \
                 93: 388–395.",
        see: &["dl", "tau2", "genq"],
    },
    Entry {
        term: "hs",
        name: "Hunter–Schmidt estimator (HS)",
        aliases: &["hunter-schmidt"],
        sentences: &[
            "HS compares the weighted variance of the study effects with the sampling variance \
             that is expected on average.",
            "It comes from psychometric meta-analysis of correlations.",
            "Its formula uses k where unbiased estimators use k − 1.",
            "It is therefore too small on average, clearly so when there are few studies.",
            "On the other hand it varies less from sample to sample than other estimators.",
            "HSk removes most of the bias by a small-sample factor.",
            "Use it to reproduce analyses in that tradition.",
        ],
        formula: "τ² = max(0, (Q − k)/Σw), w = 1/v",
        source: "Hunter JE, Schmidt FL. Methods of Meta-Analysis: Correcting Error and Bias in \
                 Research Findings. Sage, 1990.",
        see: &["hsk", "dl", "tau2"],
    },
    Entry {
        term: "hsk",
        name: "Hunter–Schmidt estimator with small-sample factor (HSk)",
        aliases: &["hunter-schmidt-k"],
        sentences: &[
            "HSk is the Hunter–Schmidt estimator with its Q multiplied by k/(k − 1).",
            "The factor corrects for the mean having been estimated from the same studies, as in \
             an ordinary variance.",
            "With many studies it equals HS.",
            "With few studies it removes most of the downward bias of HS.",
            "It keeps the weighting by precision that distinguishes HS from the Hedges estimator.",
            "It was studied with correlations and standardised mean differences.",
            "Like the others it is cut at 0.",
        ],
        formula: "τ² = max(0, (Q·k/(k − 1) − k)/Σw), w = 1/v",
        source: "Brannick MT, Potter SM, Benitez B, Morris SB. Bias and precision of alternate \
                 estimators in meta-analysis: benefits of blending Schmidt–Hunter and Hedges \
                 approaches. Organizational Research Methods 2019; 22: 490–514.",
        see: &["hs", "he", "tau2"],
    },
    Entry {
        term: "sj",
        name: "Sidik–Jonkman estimator (SJ)",
        aliases: &["sidik-jonkman"],
        sentences: &[
            "SJ starts from a crude value of τ², the plain variance of the study effects, and \
             corrects it once.",
            "The ratios of sampling variance to that first value set the weights of the second \
             step.",
            "Its result is above 0 unless all studies have the same effect, so it is never cut.",
            "When true heterogeneity is small, it is clearly too large.",
            "When heterogeneity is large, it does well.",
            "The result depends on the starting value; here it is the variance with divisor k, as \
             in the original paper.",
            "Do not confuse it with the Hartung–Knapp–Sidik–Jonkman confidence interval.",
        ],
        formula: "τ₀² = Σ(y − ȳ)²/k, r_i = v_i/τ₀² + 1; τ² = Σ(y_i − μ̂_r)²/r_i / (k − 1), μ̂_r the \
                  mean with weights 1/r_i",
        source: "Sidik K, Jonkman JN. A simple heterogeneity variance estimator for meta-analysis. \
                 Journal of the Royal Statistical Society C 2005; 54: 367–384.",
        see: &["tau2", "hk", "pm"],
    },
    Entry {
        term: "dl2",
        name: "Two-step DerSimonian–Laird estimator (DL2)",
        aliases: &["two-step-dersimonian-laird"],
        sentences: &[
            "DL2 applies the method of moments a second time, with better weights.",
            "The first step is the DL estimate.",
            "The second step weights each study by the inverse of its sampling variance plus that \
             estimate.",
            "It has a closed form, and comes close to the Paule–Mandel estimator, which repeats \
             the step until nothing changes.",
            "It corrects much of DL's underestimation when studies differ a lot.",
            "If DL gives 0, the second step repeats DL and gives 0 too.",
            "Here two-step means two rounds of estimation, not the two-step model.",
        ],
        formula: "a_i = 1/(v_i + τ²_DL); τ² = max(0, (Σa_i(y_i − μ̂_a)² − (Σa·v − Σa²·v/Σa)) / (Σa \
                  − Σa²/Σa))",
        source: "DerSimonian R, Kacker R. Random-effects model for meta-analysis of clinical \
                 trials: an update. Contemporary Clinical Trials 2007; 28: 105–114.",
        see: &["dl", "pm", "tau2"],
    },
    Entry {
        term: "genq",
        name: "Generalised Q: estimator and interval of τ² (GENQ)",
        aliases: &["generalised-q", "generalized-q", "jackson"],
        sentences: &[
            "The generalised Q statistic is Cochran's Q with weights of one's own choice.",
            "The estimator sets it equal to its expected value and solves for τ², as DL does.",
            "With weights 1/v it is DL, and with equal weights it is the Hedges estimator.",
            "The default weights here are one over the standard error, a compromise between those \
             two.",
            "Jackson proposes them when nothing is known about the size of τ² beforehand.",
            "As a sum of squares of normal variables the statistic has a distribution that can be \
             computed exactly.",
            "The interval of τ² inverts that distribution and so has the stated coverage in the \
             two-step model with known variances.",
            "The weights must be chosen before seeing the results.",
        ],
        formula: "Q_a = Σa_i(y_i − μ̂_a)²; τ² = max(0, (Q_a − (Σa·v − Σa²·v/Σa)) / (Σa − Σa²/Σa)), \
                  a_i = 1/√v_i",
        source: "Jackson D. Confidence intervals for the between-study variance in random effects \
                 meta-analysis using generalised Cochran heterogeneity statistics. Research \
                 Synthesis Methods 2013; 4: 220–229.",
        see: &["dl", "he", "genqm", "q-profile"],
    },
    Entry {
        term: "genqm",
        name: "Median-unbiased generalised Q estimator (GENQM)",
        aliases: &["median-unbiased-generalised-q"],
        sentences: &[
            "GENQM is the value of τ² at which the observed generalised Q is the median of its \
             distribution.",
            "Ordinary moment estimators use the mean of the distribution instead.",
            "Q is skewed, so the two differ, mostly when there are few studies.",
            "Apart from the cut at 0, the estimate is too high in half of all samples and too low \
             in the other half.",
            "It fits the generalised Q interval: it is what that interval shrinks to as the level \
             goes to 0.",
            "It is usually somewhat larger than GENQ.",
            "The distribution of Q is computed exactly, under normal effects with known \
             variances.",
        ],
        formula: "P(Q_a ≤ observed Q_a | τ²) = ½, solved for τ² ≥ 0",
        source: "Viechtbauer W. Median-unbiased estimators for the amount of heterogeneity in \
                 meta-analysis. European Congress of Methodology, Valencia, 2021.",
        see: &["genq", "pmm", "tau2"],
    },
];
