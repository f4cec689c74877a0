//! What the columns of a table are.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "k",
        name: "Number of studies",
        aliases: &["study", "studies", "number-of-studies"],
        sentences: &[
            "k is the number of studies that are pooled.",
            "A study is a row of the table: one group of patients with a count of its own.",
            "Rows that were left out, by a filter or for a missing value, are not part of k; the \
             first line says how many there were.",
            "In random-effects pooling k matters more than the number of patients, because each \
             study is one draw from the studies that could have been done.",
            "With few studies the between-study variance is hardly known, so intervals have to be \
             wide to be honest.",
            "Two studies allow a pooled value but no trustworthy interval, and a prediction \
             interval needs at least three.",
            "The usual methods assume that the k studies are independent.",
            "Two rows that share patients break that assumption.",
        ],
        formula: "degrees of freedom of Q and of t intervals: k − 1",
        source: "Valentine JC, Pigott TD, Rothstein HR. How many studies do you need? A primer on \
                 statistical power for meta-analysis. Journal of Educational and Behavioral \
                 Statistics 2010; 35: 215–247.",
        see: &["df", "random-effects", "prediction-interval"],
    },
    Entry {
        term: "events",
        name: "Events and total",
        aliases: &["events/total", "total", "cases", "x", "n", "counts"],
        sentences: &[
            "Each study reports two counts: how many patients it observed (total, n) and how many \
             of them had the event (events, x).",
            "What counts as an event is the study's own definition, and definitions that differ \
             are a common cause of heterogeneity.",
            "The event can be good or bad; the arithmetic is the same.",
            "Events can never exceed the total, and both are whole numbers.",
            "The total should be the patients who were followed up and could have had the event.",
            "The counts carry the precision of the study: 7 of 10 and 700 of 1000 are the same \
             rate, but not the same evidence.",
            "For that reason counts are needed here and percentages alone are not enough.",
            "Studies with no event, or in which all patients had it, are information too and stay \
             in the analysis.",
        ],
        formula: "rate of study i: p_i = x_i / n_i",
        source: "Barendregt JJ, Doi SA, Lee YY, Norman RE, Vos T. Meta-analysis of prevalence. \
                 Journal of Epidemiology and Community Health 2013; 67: 974–978.",
        see: &["rate", "crude", "continuity-correction"],
    },
    Entry {
        term: "rate",
        name: "Rate (proportion)",
        aliases: &["rate-%", "proportion", "percent", "per-1000", "prevalence", "risk", "estimate"],
        sentences: &[
            "A rate here is a proportion: the events divided by the total, between 0 and 1.",
            "It is shown in percent unless another scale is asked for (--scale).",
            "For a single study it is the raw proportion of its own counts, without any \
             correction.",
            "For a pooled line it is the result of a model, transformed back from the scale on \
             which the model works.",
            "A proportion is not a rate per unit of time: how long patients were followed matters, \
             and studies with longer follow-up may have more events.",
            "Proportions near 0 or 1 vary less by chance than those near one half.",
            "That is one reason why pooling is done on another scale, such as the logit.",
        ],
        formula: "p = x / n",
        source: "Schwarzer G, Rücker G. Meta-analysis of proportions. In: Evangelou E, Veroniki AA \
                 (eds). Meta-Research: Methods and Protocols. Methods in Molecular Biology 2345. \
                 Humana, 2022: 159–172.",
        see: &["events", "plo", "median"],
    },
    Entry {
        term: "yi",
        name: "Effect and its sampling variance (yi, vi)",
        aliases: &["vi", "effect", "effect-size", "sampling-variance"],
        sentences: &[
            "yi is the result of study i on the scale on which studies are pooled, for example \
             the logit of its proportion.",
            "vi is the sampling variance of yi: how much yi would vary if the same study were \
             repeated with new patients.",
            "A large study has a small vi.",
            "In the two-step model all later steps use only yi and vi, and treat vi as known.",
            "For proportions vi is itself estimated from the same counts as yi, so the two are \
             related; with small studies or rare events that biases the pooled value.",
            "One-step models avoid this because they use the counts themselves.",
            "Effects that were computed elsewhere can be given directly as yi and vi (measure GEN).",
        ],
        formula: "logit: yi = ln(x/(n − x)), vi = 1/x + 1/(n − x)",
        source: "Viechtbauer W. Conducting meta-analyses in R with the metafor package. Journal of \
                 Statistical Software 2010; 36(3): 1–48.",
        see: &["se", "two-step", "glmm", "gen"],
    },
    Entry {
        term: "se",
        name: "Standard error",
        aliases: &["standard-error", "sei"],
        sentences: &[
            "The standard error is the standard deviation that an estimate would have over many \
             repetitions of the same research.",
            "It measures the uncertainty of the estimate, not the spread of the data.",
            "The standard deviation of the studies' true effects is another quantity, tau.",
            "For one study it is the square root of its sampling variance vi.",
            "For a pooled value it depends on the weights and, in random-effects models, on the \
             between-study variance.",
            "It lies on the scale of the analysis, such as the logit, and cannot be added to a \
             percentage.",
            "Under the Hartung–Knapp methods the standard error that is reported is the scaled one.",
        ],
        formula: "two-step: se = 1/√Σw*, w* = 1/(vi + τ²)",
        source: "Altman DG, Bland JM. Standard deviations and standard errors. BMJ 2005; 331: 903.",
        see: &["yi", "tau", "confidence-interval", "hk"],
    },
    Entry {
        term: "weight",
        name: "Weight",
        aliases: &["weights", "weight-%", "weight-random", "weight-common"],
        sentences: &[
            "The weight of a study is its share, in percent, in the pooled result.",
            "Under the common-effect model weights follow precision alone, so a very large study \
             can decide the result.",
            "Under the random-effects model the between-study variance is added to every study's \
             variance, which makes the weights more equal.",
            "When studies differ much, the weights are nearly equal whatever the sizes.",
            "One-step models have no weights in the formula of their estimate; what is shown for \
             them is the share of each study in the information about the pooled value.",
            "For the binomial-normal model that is the observed information at the estimated τ², \
             for the beta-binomial model n/(1 + (n − 1)ρ) over its sum.",
            "Weights say nothing about the quality of a study.",
            "The table shows random-effects weights; those of the common-effect model are in the \
             CSV and JSON output.",
        ],
        formula: "common effect: w_i = 1/v_i; random effects: w_i* = 1/(v_i + τ²); share: 100·w_i/Σw",
        source: "Borenstein M, Hedges LV, Higgins JPT, Rothstein HR. A basic introduction to \
                 fixed-effect and random-effects models for meta-analysis. Research Synthesis \
                 Methods 2010; 1: 97–111.",
        see: &["random-effects", "common-effect", "tau2"],
    },
    Entry {
        term: "confidence-interval",
        name: "Confidence interval",
        aliases: &["ci", "confidence-limits", "95-%-ci"],
        sentences: &[
            "A 95 % confidence interval comes from a procedure that, over many repetitions, \
             contains the true value in 95 % of them.",
            "It shows how precisely a value is known; it does not show how much studies differ.",
            "For a study it is computed from its two counts alone, here by an exact method unless \
             another is chosen (--study-ci).",
            "For the random-effects line it concerns the centre of all studies, not a particular \
             one.",
            "What to expect of a single new study is shown by the prediction interval, which is \
             wider.",
            "Intervals are computed on the scale of the analysis and transformed back, so they are \
             not symmetric around a rate.",
            "The method of the pooled interval is a choice (--ci), and with few studies it matters \
             much.",
            "That the intervals of two studies overlap does not show that they agree.",
        ],
        formula: "yi ± quantile · se on the analysis scale, then both limits transformed back",
        source: "Neyman J. Outline of a theory of statistical estimation based on the classical \
                 theory of probability. Philosophical Transactions of the Royal Society A 1937; \
                 236: 333–380.",
        see: &["level", "prediction-interval", "hk", "clopper-pearson"],
    },
    Entry {
        term: "level",
        name: "Confidence level",
        aliases: &["confidence-level", "alpha"],
        sentences: &[
            "The level is the proportion of intervals that contain the true value when the \
             procedure is repeated many times.",
            "It is 95 % by convention and holds for every interval of a result: studies, pooled \
             lines, prediction, τ² and I².",
            "A higher level gives wider intervals.",
            "The rest, one minus the level, is called alpha and is split evenly over the two ends.",
            "The level is a property of the procedure, not the probability that one computed \
             interval contains the truth.",
            "It can be changed with --level, as a percentage or a proportion.",
            "Tests are reported as p values and do not depend on it.",
        ],
        formula: "probability in each tail: α/2 = (1 − level)/2; 95 % gives 0.025",
        source: "Neyman J. Outline of a theory of statistical estimation based on the classical \
                 theory of probability. Philosophical Transactions of the Royal Society A 1937; \
                 236: 333–380.",
        see: &["confidence-interval", "p-value"],
    },
    Entry {
        term: "p-value",
        name: "p value",
        aliases: &["p", "significance"],
        sentences: &[
            "A p value is the probability of data at least as extreme as those observed if the \
             hypothesis under test were true.",
            "A small p value speaks against the hypothesis.",
            "A large one does not speak for it: the data may be too few to tell.",
            "It is not the probability that the hypothesis is true.",
            "It does not measure the size of an effect or how much studies differ.",
            "In a meta-analysis of rates there is usually no null value of the rate to test, so \
             the p values in a table concern heterogeneity.",
            "Such tests have little power with few studies and reject almost always with many \
             large ones.",
        ],
        formula: "p = P(statistic ≥ observed value | hypothesis)",
        source: "Wasserstein RL, Lazar NA. The ASA statement on p-values: context, process, and \
                 purpose. The American Statistician 2016; 70: 129–133.",
        see: &["q", "lrt", "level"],
    },
    Entry {
        term: "df",
        name: "Degrees of freedom",
        aliases: &["degrees-of-freedom"],
        sentences: &[
            "Degrees of freedom count the independent pieces of information that are left after \
             estimation.",
            "With k studies and one pooled value they are k − 1.",
            "They choose the t or χ² distribution that a statistic is compared with.",
            "A t distribution with few degrees of freedom has long tails, which makes intervals \
             wide: the 95 % quantile is 12.7 with 1, 2.78 with 4 and 1.96 with very many.",
            "Kenward–Roger computes degrees of freedom from the data, so that they need not be \
             whole numbers.",
            "The prediction interval of Higgins, Thompson and Spiegelhalter takes k − 2.",
            "The degrees of freedom that were used stand beside each result.",
        ],
        formula: "k studies, one mean: df = k − 1",
        source: "Student. The probable error of a mean. Biometrika 1908; 6: 1–25.",
        see: &["t", "q", "kr", "hts"],
    },
    Entry {
        term: "seed",
        name: "Seed",
        aliases: &["random-seed"],
        sentences: &[
            "Some procedures draw random numbers, for example the bootstrap.",
            "The numbers come from a generator that is fully determined by its starting value, \
             the seed.",
            "The same data, settings and seed give the same result on every machine and with any \
             number of threads.",
            "Another seed gives a slightly different result; the difference is the simulation \
             error.",
            "If a conclusion changes with the seed, too few samples were drawn to support it.",
            "The seed is printed whenever it was used, so that a result can be reproduced.",
            "It should be fixed before looking at results, never chosen after them.",
        ],
        formula: "simulation error of a share P from B samples: √(P(1 − P)/B)",
        source: "Morris TP, White IR, Crowther MJ. Using simulation studies to evaluate statistical \
                 methods. Statistics in Medicine 2019; 38: 2074–2102.",
        see: &["bootstrap"],
    },
];
