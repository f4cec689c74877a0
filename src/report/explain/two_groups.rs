//! Pooling of two groups without effects of single studies.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "mantel-haenszel",
        name: "Mantel–Haenszel method",
        aliases: &["mh", "mantel-haenszel-method"],
        sentences: &[
            "Each study is a stratum: its groups are compared only with each other.",
            "Numerators and denominators of the ratio are summed over studies before they are \
             divided, so that a study with an empty cell needs no correction.",
            "It holds with few events in each study, where the inverse-variance method does not.",
            "It knows one common effect: there is no between-study variance and no prediction \
             interval, and a test of homogeneity stands beside the result.",
            "A study without events in either group says nothing about a ratio and drops out; for \
             a difference it stays in.",
            "Variances: odds ratio by Robins, Breslow and Greenland, risk and rate ratio and rate \
             difference by Greenland and Robins, risk difference by Sato, Greenland and Robins.",
        ],
        formula: "OR = Σ(a·d/N) / Σ(b·c/N), RR = Σ(a·n2/N) / Σ(c·n1/N), \
                  RD = Σ((a·n2 − c·n1)/N) / Σ(n1·n2/N), IRR = Σ(x1·t2/T) / Σ(x2·t1/T)",
        source: "Mantel N, Haenszel W. Statistical aspects of the analysis of data from \
                 retrospective studies of disease. Journal of the National Cancer Institute 1959; \
                 22: 719–748. Greenland S, Robins JM. Estimation of a common effect parameter from \
                 sparse follow-up data. Biometrics 1985; 41: 55–68.",
        see: &["breslow-day", "cmh", "peto", "common-effect", "cm-el"],
    },
    Entry {
        term: "peto",
        name: "Peto's one-step odds ratio",
        aliases: &["peto-method", "yusuf-peto", "peto-odds-ratio", "peto-odds-ratio-(peto)"],
        sentences: &[
            "In each study the events expected in the first group, if the groups did not differ, \
             are subtracted from those observed.",
            "The sum of these differences over the sum of their hypergeometric variances is the \
             pooled log odds ratio.",
            "No empty cell needs a correction, and it is among the least biased methods for rare \
             events when effects are small and groups of similar size.",
            "Far from an odds ratio of 1, or with groups of very different sizes, it is biased \
             towards 1.",
            "It knows one common effect; studies without events, or without anything else, drop \
             out.",
            "Where studies differ, its interval is too narrow, and --model cm-el estimates how much \
             they do.",
        ],
        formula: "ln OR = Σ(O_i − E_i) / ΣV_i, E = n1·m/N, V = n1·n2·m·(N − m) / (N²·(N − 1)), \
                  se = 1/√ΣV_i",
        source: "Yusuf S, Peto R, Lewis J, Collins R, Sleight P. Beta blockade during and after \
                 myocardial infarction: an overview of the randomized trials. Progress in \
                 Cardiovascular Diseases 1985; 27: 335–371.",
        see: &["mantel-haenszel", "cm-el"],
    },
    Entry {
        term: "breslow-day",
        name: "Breslow–Day test",
        aliases: &["tarone", "breslow-day-tarone"],
        sentences: &[
            "It tests whether all studies have one odds ratio, given the Mantel–Haenszel estimate.",
            "The cells of each study are compared with those expected under that odds ratio with \
             the margins fixed.",
            "Tarone's correction takes off what the Mantel–Haenszel estimate costs; it is the \
             version with the right distribution, and the two hardly differ.",
            "With few events in a study the χ² distribution is a poor approximation.",
            "With few studies a large p value is no proof that they agree.",
            "Where it rejects, the Mantel–Haenszel value is an average of different odds ratios, \
             and a random-effects model says more.",
        ],
        formula: "Σ(a_i − A_i)²/V_i, V = 1/(1/A + 1/B + 1/C + 1/D); Tarone: less (Σ(a_i − A_i))²/ΣV_i",
        source: "Breslow NE, Day NE. Statistical methods in cancer research, volume 1. IARC 1980. \
                 Tarone RE. On heterogeneity tests based on efficient scores. Biometrika 1985; 72: \
                 91–95.",
        see: &["mantel-haenszel", "q"],
    },
    Entry {
        term: "cmh",
        name: "Cochran–Mantel–Haenszel test",
        aliases: &["cochran-mantel-haenszel", "mantel-haenszel-test"],
        sentences: &[
            "It tests whether the groups differ in no study at all, against a difference in the \
             same direction.",
            "The events of the first group are summed and compared with what is expected of them; \
             half an event is taken off the difference for continuity.",
            "Each study is a stratum, so that differences between the studies' risks do not disturb \
             it.",
            "It gives no size of the effect: the Mantel–Haenszel odds ratio beside it does.",
            "Effects in opposite directions cancel, and the test then finds nothing.",
            "It says nothing about differences between studies.",
        ],
        formula: "(|Σ(a_i − E_i)| − ½)² / ΣV_i on 1 degree of freedom",
        source: "Mantel N, Haenszel W. Statistical aspects of the analysis of data from \
                 retrospective studies of disease. Journal of the National Cancer Institute 1959; \
                 22: 719–748.",
        see: &["mantel-haenszel", "p-value"],
    },
    Entry {
        term: "cm-el",
        name: "Conditional mixed model, exact likelihood (CM.EL)",
        aliases: &["cm.el", "noncentral-hypergeometric", "hypergeometric-normal"],
        sentences: &[
            "Given all events of a study, the events of its first group follow a non-central \
             hypergeometric distribution that depends on the study's odds ratio alone.",
            "The studies' log odds ratios are normal with mean θ and variance τ².",
            "There is no baseline risk to model and no empty cell to correct.",
            "For events over person-time the conditional distribution is binomial, with the log \
             of the ratio of times as offset.",
            "The integral over the random effect is computed by adaptive quadrature until it no \
             longer changes.",
            "A study without events, or with nothing but events, allows a single table and drops \
             out.",
        ],
        formula: "P(a | m) ∝ C(n1, a)·C(n2, m − a)·exp(a·θ_i), θ_i ~ N(θ, τ²)",
        source: "Stijnen T, Hamza TH, Özdemir P. Random effects meta-analysis of event outcome in \
                 the framework of the generalized linear mixed model with applications in sparse \
                 data. Statistics in Medicine 2010; 29: 3046–3067.",
        see: &["cm-al", "um-fs", "um-rs", "glmm", "quadrature"],
    },
    Entry {
        term: "cm-al",
        name: "Conditional mixed model, approximate likelihood (CM.AL)",
        aliases: &["cm.al"],
        sentences: &[
            "Where events are rare, the first group's share of all events is nearly binomial, with \
             the log of the ratio of group sizes as offset.",
            "The studies' log odds ratios are normal with mean θ and variance τ², as in CM.EL.",
            "It is CM.EL made simple and is good only for rare events.",
            "With frequent events its value lies nearer to 1 than the odds ratio does.",
            "Software offers it because the exact likelihood is slow there; CM.EL is as fast here.",
            "Studies without events, or with nothing but events, drop out.",
        ],
        formula: "a_i ~ Binomial(m_i, p_i), logit p_i = ln(n1/n2) + θ_i, θ_i ~ N(θ, τ²)",
        source: "Stijnen T, Hamza TH, Özdemir P. Random effects meta-analysis of event outcome in \
                 the framework of the generalized linear mixed model with applications in sparse \
                 data. Statistics in Medicine 2010; 29: 3046–3067.",
        see: &["cm-el"],
    },
    Entry {
        term: "um-fs",
        name: "Unconditional mixed model, fixed study effects (UM.FS)",
        aliases: &["um.fs"],
        sentences: &[
            "Both groups' events are binomial (or Poisson, over person-time), each study has an \
             intercept of its own, and the effect of the group is normal over studies.",
            "The groups are coded as ½ and −½, so that the intercept lies between them.",
            "The intercepts are free: nothing is assumed about how the studies' risks are spread.",
            "As many intercepts are estimated as there are studies.",
            "With many small studies that biases τ² towards 0.",
            "Studies without events, or with nothing but events, drop out.",
        ],
        formula: "logit p_i1 = α_i + θ_i/2, logit p_i2 = α_i − θ_i/2, θ_i ~ N(θ, τ²)",
        source: "Jackson D, Law M, Stijnen T, Viechtbauer W, White IR. A comparison of seven \
                 random-effects models for meta-analyses that estimate the summary odds ratio. \
                 Statistics in Medicine 2018; 37: 1059–1085.",
        see: &["um-rs", "cm-el", "glmm"],
    },
    Entry {
        term: "um-rs",
        name: "Unconditional mixed model, random study effects (UM.RS)",
        aliases: &["um.rs"],
        sentences: &[
            "As UM.FS, but the studies' intercepts are normal with a variance σ² of their own, \
             independent of the random effects.",
            "Its likelihood has an integral over two random effects, computed here by adaptive \
             quadrature; common software approximates it by Laplace's method.",
            "Assuming that baseline risks are normal lets studies tell each other about the effect \
             through them.",
            "Two variances replace as many intercepts as there are studies.",
            "Where the risks of the studies are far from normal, that assumption moves the result.",
            "CM.EL makes no assumption on the baseline risks at all.",
        ],
        formula: "logit p_i1 = α_i + θ_i/2, logit p_i2 = α_i − θ_i/2, α_i ~ N(α, σ²), θ_i ~ N(θ, τ²)",
        source: "Jackson D, Law M, Stijnen T, Viechtbauer W, White IR. A comparison of seven \
                 random-effects models for meta-analyses that estimate the summary odds ratio. \
                 Statistics in Medicine 2018; 37: 1059–1085.",
        see: &["um-fs", "cm-el", "glmm"],
    },
];
