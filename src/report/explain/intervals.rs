//! Intervals of the pooled value.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "z",
        name: "Wald interval with normal quantiles (z)",
        aliases: &["wald-interval", "z-interval"],
        sentences: &[
            "This is the estimate plus and minus 1.96 standard errors, for 95 %.",
            "It treats the between-study variance as if it were known.",
            "With few studies τ² is hardly known, and the interval is then too short.",
            "Its real coverage can fall well below 95 % when there are fewer than ten studies or \
             so.",
            "With many studies it agrees with the other methods.",
            "It is the usual interval of the common-effect model, where there is no τ² to \
             estimate.",
            "Much older software printed it for random effects too.",
            "Hartung–Knapp and t intervals are the safer choice for random effects.",
        ],
        formula: "μ̂ ± 1.96·se",
        source: "Wald A. Tests of statistical hypotheses concerning several parameters when the \
                 number of observations is large. Transactions of the American Mathematical Society \
                 1943; 54: 426–482.",
        see: &["t", "hk", "adhoc", "wald"],
    },
    Entry {
        term: "t",
        name: "Wald interval with t quantiles (t)",
        aliases: &["t-interval", "student-t"],
        sentences: &[
            "This is the estimate plus and minus a t quantile times the standard error.",
            "The quantile has k − 1 degrees of freedom, so it is large when studies are few.",
            "That allows, roughly, for the uncertainty of the between-study variance.",
            "It is the default of the one-step models here.",
            "The standard error itself is the ordinary one.",
            "Hartung–Knapp goes further and also adapts the standard error to the observed \
             spread.",
            "With two studies there is one degree of freedom and the interval is usually too wide \
             to be useful.",
        ],
        formula: "μ̂ ± t(k−1)·se; 95 % quantiles: 12.71 (k = 2), 4.30 (k = 3), 2.26 (k = 10)",
        source: "Follmann DA, Proschan MA. Valid inference in random effects meta-analysis. \
                 Biometrics 1999; 55: 732–737.",
        see: &["z", "hk", "df"],
    },
    Entry {
        term: "hk",
        name: "Hartung–Knapp(–Sidik–Jonkman) interval (hk)",
        aliases: &["hartung-knapp", "hksj", "knapp-hartung", "knha", "hk-scale"],
        sentences: &[
            "The Hartung–Knapp method estimates the variance of the pooled value from the observed \
             spread of the studies around it.",
            "The Wald variance is multiplied by a factor q, the weighted mean square of these \
             distances.",
            "The quantile comes from the t distribution with k − 1 degrees of freedom.",
            "In simulations its coverage is close to 95 %, much better than that of the Wald \
             interval when studies are few.",
            "The factor can be below 1 if the studies happen to agree very well.",
            "The interval can then be shorter than the Wald interval, and with identical rates it \
             shrinks to a point.",
            "The adhoc variant prevents that.",
            "The factor is printed, so that the effect can be seen.",
        ],
        formula: "μ̂ ± t(k−1)·se·√q, q = Σ w_i*(y_i − μ̂)²/(k − 1)",
        source: "Hartung J, Knapp G. A refined method for the meta-analysis of controlled clinical \
                 trials with binary outcome. Statistics in Medicine 2001; 20: 3875–3889. Sidik K, \
                 Jonkman JN. A simple confidence interval for meta-analysis. Statistics in Medicine \
                 2002; 21: 3153–3159. IntHout J, Ioannidis JPA, Borm GF. The \
                 Hartung-Knapp-Sidik-Jonkman method for random effects meta-analysis is \
                 straightforward and considerably outperforms the standard DerSimonian-Laird \
                 method. BMC Medical Research Methodology 2014; 14: 25.",
        see: &["adhoc", "t", "z", "kr"],
    },
    Entry {
        term: "adhoc",
        name: "Hartung–Knapp interval that never narrows (adhoc)",
        aliases: &["hk/adhoc", "ad-hoc", "modified-knapp-hartung", "adhoc-hk"],
        sentences: &[
            "This is the Hartung–Knapp interval with its factor held at 1 or more.",
            "It is therefore never shorter than the interval with t quantiles and the Wald \
             standard error.",
            "It protects against intervals that are far too short because a few studies happen to \
             agree.",
            "It is the default of the two-step model here.",
            "The price is that it is somewhat too wide when there is little heterogeneity.",
            "With two studies it is often so wide that it says nothing.",
            "If the factor that is printed is 1, the guard was at work or made no difference.",
            "The names modified Knapp–Hartung and ad hoc correction mean the same.",
        ],
        formula: "μ̂ ± t(k−1)·se·√max(1, q), q = Σ w_i*(y_i − μ̂)²/(k − 1)",
        source: "Knapp G, Hartung J. Improved tests for a random effects meta-regression with a \
                 single covariate. Statistics in Medicine 2003; 22: 2693–2710. Röver C, Knapp G, \
                 Friede T. Hartung-Knapp-Sidik-Jonkman approach and its modification for \
                 random-effects meta-analysis with few studies. BMC Medical Research Methodology \
                 2015; 15: 99.",
        see: &["hk", "t", "df"],
    },
    Entry {
        term: "kr",
        name: "Kenward–Roger interval (kr)",
        aliases: &["kenward-roger"],
        sentences: &[
            "Kenward and Roger adjust the standard error and the degrees of freedom of a REML fit \
             for the estimation of variances.",
            "The adjusted standard error adds what the uncertainty of τ² contributes.",
            "The degrees of freedom come from the data and are usually not whole numbers.",
            "If the sampling variances are equal, the correction of the standard error vanishes.",
            "The degrees of freedom are not allowed to fall below 1 here.",
            "The method was made for linear mixed models and is used with REML only.",
            "With very different study sizes and small τ² the degrees of freedom can be tiny and \
             the interval very wide.",
        ],
        formula: "μ̂ ± t(ν)·se_A; se_A² = 1/Σw* + 2W·(Σw*³ − (Σw*²)²/Σw*)/(Σw*)², ν = \
                  2(Σw*)²/(W·(Σw*²)²), W = 2/tr(PP)",
        source: "Kenward MG, Roger JH. Small sample inference for fixed effects from restricted \
                 maximum likelihood. Biometrics 1997; 53: 983–997. Partlett C, Riley RD. Random \
                 effects meta-analysis: coverage performance of 95% confidence and prediction \
                 intervals following REML estimation. Statistics in Medicine 2017; 36: 301–317.",
        see: &["reml", "hk", "df"],
    },
    Entry {
        term: "hc",
        name: "Henmi–Copas interval (hc)",
        aliases: &["henmi-copas"],
        sentences: &[
            "Small studies are more likely to be published when their results are striking.",
            "Random-effects weights give small studies much weight, so such a bias acts strongly \
             on the pooled value.",
            "Henmi and Copas therefore centre the interval at the common-effect mean, which small \
             studies sway least.",
            "Its width still allows for heterogeneity between studies.",
            "The uncertainty of τ² enters through an approximate distribution of Q given the mean.",
            "It belongs to the DerSimonian–Laird estimator.",
            "The centre differs from the random-effects mean, and it is the one that is printed \
             with this interval.",
            "No test is attached to it.",
        ],
        formula: "μ̂_C ± u·√((1 + τ²·Σw²/Σw)/Σw), w = 1/v, u from the joint distribution of μ̂_C and \
                  Q",
        source: "Henmi M, Copas JB. Confidence intervals for random effects meta-analysis and \
                 robustness to publication bias. Statistics in Medicine 2010; 29: 2969–2983.",
        see: &["common-effect", "dl", "random-effects"],
    },
    Entry {
        term: "bootstrap",
        name: "Parametric bootstrap",
        aliases: &["parametric-bootstrap", "nagashima"],
        sentences: &[
            "The parametric bootstrap draws many new data sets from the fitted model and analyses \
             each like the original.",
            "The spread of these results shows how uncertain the estimate is, the estimation of \
             τ² included.",
            "For the pooled value the ratio of error to standard error is collected, and its \
             quantiles take the place of normal ones.",
            "The prediction interval called bootstrap is that of Nagashima, Noma and Furukawa.",
            "It draws τ² from its confidence distribution, then the mean given that τ², then a new \
             study.",
            "In the one-step models new counts are drawn instead of new effects.",
            "The result depends on a seed, which is printed.",
            "The bootstrap is only as good as the model from which it draws.",
        ],
        formula: "[μ̂ − t*(0.975)·se, μ̂ − t*(0.025)·se], t* = (μ* − μ̂)/se* over the samples",
        source: "Van den Noortgate W, Onghena P. Parametric and nonparametric bootstrap methods for \
                 meta-analysis. Behavior Research Methods 2005; 37: 11–22. Nagashima K, Noma H, \
                 Furukawa TA. Prediction intervals for random-effects meta-analysis: a confidence \
                 distribution approach. Statistical Methods in Medical Research 2019; 28: \
                 1689–1702.",
        see: &["seed", "prediction-interval", "hk"],
    },
    Entry {
        term: "exact",
        name: "Exact bound when all studies agree on 0 or 100 %",
        aliases: &["exact-bound", "rule-of-three", "all-zero"],
        sentences: &[
            "If no study saw an event, models on a logit scale have no finite estimate.",
            "The observed rate is 0, and the question is how large the true rate could be.",
            "The bound is the rate at which seeing no event among all patients would just have the \
             probability of one tail, 2.5 % for a 95 % interval.",
            "It is the upper limit of Clopper and Pearson for the summed counts.",
            "With an allowance of 5 % instead it is close to 3/n, the rule of three.",
            "The same holds upside down when every patient had the event.",
            "The bound assumes one common rate for all studies and therefore hides any \
             heterogeneity.",
            "Neither τ² nor a prediction interval can be estimated from such data.",
        ],
        formula: "no events among N = Σn: upper limit 1 − (α/2)^(1/N)",
        source: "Hanley JA, Lippman-Hand A. If nothing goes wrong, is everything all right? \
                 Interpreting zero numerators. JAMA 1983; 249: 1743–1745.",
        see: &["clopper-pearson", "continuity-correction", "glmm"],
    },
];
