//! What the pooled lines of a table are.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "random-effects",
        name: "Random effects",
        aliases: &["random", "random-effects-model", "pooled"],
        sentences: &[
            "A random-effects model assumes that the true rates of studies differ and follow a \
             distribution.",
            "The studies at hand are seen as a sample from that distribution.",
            "The pooled line describes its centre; the between-study variance τ² describes its \
             width.",
            "Patients, methods and definitions differ between studies, so true rates that are all \
             equal would be a surprise.",
            "Compared with a common-effect analysis, small studies gain weight and the confidence \
             interval gets wider.",
            "The centre alone is half of the result: two sets of studies can have the same centre \
             and very different spread.",
            "Read it together with the prediction interval.",
            "The model does not explain why studies differ; subgroups and meta-regression look for \
             reasons.",
        ],
        formula: "yi = μ + u_i + e_i, u_i ~ N(0, τ²), e_i ~ N(0, vi)",
        source: "DerSimonian R, Laird N. Meta-analysis in clinical trials. Controlled Clinical \
                 Trials 1986; 7: 177–188.",
        see: &["tau2", "prediction-interval", "common-effect", "median"],
    },
    Entry {
        term: "common-effect",
        name: "Common effect (fixed effect)",
        aliases: &["common", "fixed-effect", "fixed", "fixed-effects"],
        sentences: &[
            "The common-effect model assumes that every study estimates one and the same true \
             value.",
            "All differences between results are then chance within the studies.",
            "Each study is weighted by the inverse of its sampling variance, so the largest \
             studies dominate.",
            "It is often called the fixed-effect model.",
            "If the true values differ, its confidence interval is too narrow to describe the \
             mean of all possible studies.",
            "It can still be read as a precision-weighted average of the very studies at hand.",
            "For rates from different hospitals and countries the assumption is rarely plausible.",
            "It is shown so that it can be compared with the random-effects line: a large gap \
             means that large and small studies disagree.",
        ],
        formula: "μ̂ = Σ w_i·y_i / Σ w_i, w_i = 1/v_i, se = 1/√Σw",
        source: "Rice K, Higgins JPT, Lumley T. A re-evaluation of fixed effect(s) meta-analysis. \
                 Journal of the Royal Statistical Society A 2018; 181: 205–227.",
        see: &["random-effects", "q", "weight"],
    },
    Entry {
        term: "crude",
        name: "Crude rate",
        aliases: &["crude-rate", "simple-pooling", "pooled-crude"],
        sentences: &[
            "The crude rate adds up the events of all studies and divides by the sum of all \
             totals.",
            "It treats the patients of all studies as if they came from one study.",
            "Its interval is the exact binomial one and ignores that studies differ, so it is \
             usually much too narrow.",
            "A study counts in proportion to its number of patients, and one huge study can decide \
             the result.",
            "Some published pooled percentages are in fact crude rates.",
            "It is shown for orientation and to recognise such numbers.",
            "It can serve as a plain average over patients, but not as an estimate for a typical \
             study.",
        ],
        formula: "Σ x_i / Σ n_i, with the Clopper–Pearson interval",
        source: "Bravata DM, Olkin I. Simple pooling versus combining in meta-analysis. Evaluation \
                 & the Health Professions 2001; 24: 218–230.",
        see: &["random-effects", "common-effect", "clopper-pearson"],
    },
    Entry {
        term: "estimand",
        name: "Estimand",
        aliases: &["estimands", "median-or-mean"],
        sentences: &[
            "An estimand is the quantity that an analysis is meant to estimate, stated before any \
             formula.",
            "When true rates differ between studies, the word pooled rate can mean at least two \
             things.",
            "One is the rate of the study in the middle, the median of all true rates.",
            "The other is the average of the true rates, their mean.",
            "If the distribution of rates is skewed the two differ, and the difference grows with \
             τ².",
            "Models with a normal random effect on a transformed scale give the median, because \
             the middle stays the middle when a scale is transformed.",
            "The beta-binomial model gives the mean.",
            "Neither is wrong, but a comparison of two numbers with different estimands is not a \
             comparison of methods.",
            "Each line of a table says which one it is.",
        ],
        formula: "logit-normal: median = expit(μ); mean = E[expit(μ + u)], u ~ N(0, τ²)",
        source: "Zeger SL, Liang KY, Albert PS. Models for longitudinal data: a generalized \
                 estimating equation approach. Biometrics 1988; 44: 1049–1060.",
        see: &["median", "marginal-mean", "glmm", "beta-binomial"],
    },
    Entry {
        term: "median",
        name: "Rate of the median study",
        aliases: &["median-study", "median-rate"],
        sentences: &[
            "The median study is the one in the middle when all possible studies are ordered by \
             their true rate.",
            "Half of the studies that could be done have a higher true rate and half a lower one.",
            "It describes a typical study, not the average over patients.",
            "A model with a normal random effect on the logit scale estimates it as the \
             back-transformed centre, expit(μ).",
            "The same holds for the probit, arcsine and log scales, since each keeps the order of \
             rates.",
            "On the raw scale of proportions the assumed distribution is symmetric, so that median \
             and mean are the same.",
            "On the logit scale, where studies differ, the median lies further from one half than \
             the mean does.",
        ],
        formula: "GLMM: expit(μ̂); beta-binomial: the 0.5 quantile of Beta(α̂, β̂)",
        source: "Zeger SL, Liang KY, Albert PS. Models for longitudinal data: a generalized \
                 estimating equation approach. Biometrics 1988; 44: 1049–1060.",
        see: &["marginal-mean", "estimand", "glmm"],
    },
    Entry {
        term: "marginal-mean",
        name: "Mean rate over studies",
        aliases: &["mean", "mean-over-studies", "marginal-rate", "population-averaged"],
        sentences: &[
            "The marginal mean is the average of the true rates over all studies that could be \
             done.",
            "Every study counts once in it, whatever its size.",
            "It is the rate to expect if one patient is taken from one study that was chosen at \
             random.",
            "With the binomial-normal model it is obtained by averaging the back-transformed rate \
             over the normal distribution of the random effect.",
            "It lies nearer to one half than the median study's rate, and the more so the larger \
             τ² is.",
            "If τ² is 0, the two are equal.",
            "Its interval takes into account that both the centre and τ² are estimated.",
            "The beta-binomial model estimates the mean directly.",
        ],
        formula: "E[p] = ∫ expit(μ̂ + τ̂·z) φ(z) dz; approximately expit(μ̂/√(1 + 0.346·τ̂²))",
        source: "Zeger SL, Liang KY, Albert PS. Models for longitudinal data: a generalized \
                 estimating equation approach. Biometrics 1988; 44: 1049–1060.",
        see: &["median", "estimand", "beta-binomial"],
    },
    Entry {
        term: "prediction-interval",
        name: "Prediction interval",
        aliases: &[
            "prediction",
            "pi",
            "predictive-interval",
            "95-%-prediction",
            "prediction-new-study",
        ],
        sentences: &[
            "The prediction interval says where the true rate of a new, similar study is expected \
             to lie.",
            "The confidence interval of the pooled rate concerns only the centre of all studies.",
            "More studies make the confidence interval shrink towards a point, but the prediction \
             interval only towards the real spread of studies.",
            "It combines the between-study variance with the uncertainty of the centre.",
            "It is for the true rate; the observed rate of a new study varies further by chance.",
            "For a reader who asks what to expect elsewhere it is the most useful line of the \
             table.",
            "It assumes that the true effects follow a normal distribution on the scale of the \
             analysis (a beta distribution in the beta-binomial model).",
            "With fewer than five studies it is not reliable, and with fewer than three it is not \
             given.",
            "The default takes t quantiles with k − 1 degrees of freedom and the Wald standard \
             error; --prediction offers hts, normal, hk, kr and bootstrap.",
            "If the estimate of τ² is 0, it can equal the confidence interval, which is no proof \
             that studies agree.",
        ],
        formula: "μ̂ ± t(k−1) · √(τ̂² + se²), then both limits transformed back",
        source: "Higgins JPT, Thompson SG, Spiegelhalter DJ. A re-evaluation of random-effects \
                 meta-analysis. Journal of the Royal Statistical Society A 2009; 172: 137–159. \
                 IntHout J, Ioannidis JPA, Rovers MM, Goeman JJ. Plea for routinely presenting \
                 prediction intervals in meta-analysis. BMJ Open 2016; 6: e010247.",
        see: &["tau", "confidence-interval", "hts", "bootstrap"],
    },
    Entry {
        term: "hts",
        name: "Higgins–Thompson–Spiegelhalter prediction interval",
        aliases: &["higgins-thompson-spiegelhalter"],
        sentences: &[
            "This is the prediction interval as first proposed for random-effects meta-analysis.",
            "It differs from the default only in its degrees of freedom: k − 2 instead of k − 1.",
            "The reasoning was that two parameters, the mean and τ², are estimated.",
            "With three studies there is a single degree of freedom and the interval is very wide.",
            "With many studies the choice makes no difference.",
            "It uses the Wald standard error whatever interval the pooled value has.",
            "It is printed by several packages as their classical prediction interval.",
            "Choose it with --prediction hts.",
        ],
        formula: "μ̂ ± t(k−2) · √(τ̂² + se²)",
        source: "Higgins JPT, Thompson SG, Spiegelhalter DJ. A re-evaluation of random-effects \
                 meta-analysis. Journal of the Royal Statistical Society A 2009; 172: 137–159.",
        see: &["prediction-interval", "df"],
    },
    Entry {
        term: "alternatives",
        name: "The same data, other methods",
        aliases: &["other-methods", "the-same-data,-other-methods", "methods"],
        sentences: &[
            "More than one method is reasonable for pooling rates, and each needs choices.",
            "The block under the result shows what other common methods make of the same studies.",
            "If they agree, the conclusion does not hang on the choice of method.",
            "If they disagree by more than 5 points or a factor of 1.25, a note says so.",
            "Usual reasons are rare events, small studies, one very large study and strong \
             heterogeneity.",
            "Part of a difference can be one of estimand: some lines are for the median study, \
             others for the mean.",
            "The method should be chosen before its result is known; the block is not a menu.",
            "All lines use the same studies, so a bias in the selection of studies is shared by \
             all.",
        ],
        formula: "a note appears when max − min > 0.05 or max/min > 1.25",
        source: "Steegen S, Tuerlinckx F, Gelman A, Vanpaemel W. Increasing transparency through a \
                 multiverse analysis. Perspectives on Psychological Science 2016; 11: 702–712.",
        see: &["estimand", "glmm", "two-step", "beta-binomial"],
    },
];
