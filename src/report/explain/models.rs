//! The models, and how a model is fitted.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "preset",
        name: "Presets (cochrane-2025, metafor, meta, dersimonian-laird, statsmodels)",
        aliases: &["presets", "cochrane-2025", "metafor", "meta", "statsmodels"],
        sentences: &[
            "A preset is a named set of choices under which this program prints what a named tool \
             or guideline gives for the same data.",
            "`cochrane-2025` follows the Cochrane Handbook as of 2025 and RevMan: REML, \
             Hartung–Knapp interval, Q-profile interval of τ², I² from τ², t prediction.",
            "`metafor` is `rma(measure = \"PLO\")` at its defaults: REML and normal quantiles.",
            "`meta` is `metaprop` at its defaults: the binomial-normal model with a Wald interval.",
            "`dersimonian-laird` is the method of 1986 as textbooks print it: DL and normal \
             quantiles.",
            "`statsmodels` is Python's `combine_effects` at its defaults: Paule–Mandel and normal \
             quantiles.",
            "The tools differ in these choices, not in arithmetic: `resorb compare-tools DATA` puts \
             them side by side and names the choice that makes each difference.",
            "An option beside a preset that contradicts it is refused.",
        ],
        formula: "--preset NAME = one value of every choice that `resorb pool --format json` echoes",
        source: "Viechtbauer W. Conducting meta-analyses in R with the metafor package. Journal of \
                 Statistical Software 2010; 36(3): 1–48.",
        see: &["two-step", "glmm", "hk", "reml"],
    },
    Entry {
        term: "two-step",
        name: "Two-step model (inverse variance)",
        aliases: &["inverse-variance", "two-step-model", "iv", "normal-normal"],
        sentences: &[
            "The two-step model first computes an effect yi and a sampling variance vi for each \
             study, then takes a weighted mean of the effects.",
            "Weights are the inverse of each study's total variance: its own plus the \
             between-study variance τ².",
            "It is the classical method of meta-analysis and works for every kind of effect.",
            "It assumes that yi is normally distributed and that vi is known.",
            "For counts both are approximations, and they are poor when studies are small or \
             events rare.",
            "Studies with no event, or with only events, need a continuity correction on the logit \
             and log scales.",
            "Its advantages are speed, a choice of τ² estimators, and intervals made for few \
             studies.",
            "For proportions, one-step models use the counts themselves and are the default here.",
        ],
        formula: "μ̂ = Σ w_i*·y_i / Σ w_i*, w_i* = 1/(v_i + τ̂²)",
        source: "Whitehead A, Whitehead J. A general parametric approach to the meta-analysis of \
                 randomized clinical trials. Statistics in Medicine 1991; 10: 1665–1677.",
        see: &["glmm", "plo", "reml", "continuity-correction"],
    },
    Entry {
        term: "glmm",
        name: "Binomial-normal model (GLMM)",
        aliases: &[
            "binomial-normal",
            "binomial-normal-glmm",
            "generalised-linear-mixed-model",
            "generalized-linear-mixed-model",
            "mixed-model",
            "one-step",
            "one-stage",
        ],
        sentences: &[
            "This model describes the counts themselves: in each study the events are binomial \
             with that study's own true rate.",
            "On the scale of the link, usually the logit, the true rates follow a normal \
             distribution with mean μ and variance τ².",
            "GLMM stands for generalised linear mixed model.",
            "Studies with no event, or with only events, take part as they are; nothing is added \
             to a cell.",
            "Sampling variances do not have to be known.",
            "All parameters are estimated in one step by maximum likelihood.",
            "The likelihood contains an integral over each study's random effect, which is \
             computed by adaptive quadrature until it no longer changes.",
            "The pooled rate is that of the median study; the mean over studies is given beside \
             it.",
            "Rates over time take the same model with Poisson counts and the logarithm as its link.",
            "With few studies maximum likelihood tends to underestimate τ².",
        ],
        formula: "x_i ~ Binomial(n_i, p_i), logit(p_i) = μ + u_i, u_i ~ N(0, τ²)",
        source: "Hamza TH, van Houwelingen HC, Stijnen T. The binomial distribution of \
                 meta-analysis was preferred to model within-study variability. Journal of Clinical \
                 Epidemiology 2008; 61: 41–51. Stijnen T, Hamza TH, Özdemir P. Random effects \
                 meta-analysis of event outcome in the framework of the generalized linear mixed \
                 model with applications in sparse data. Statistics in Medicine 2010; 29: \
                 3046–3067.",
        see: &["median", "marginal-mean", "quadrature", "beta-binomial", "two-step"],
    },
    Entry {
        term: "beta-binomial",
        name: "Beta-binomial model",
        aliases: &["beta-binomial-model", "betabinomial"],
        sentences: &[
            "In the beta-binomial model the events of each study are binomial with the study's own \
             true rate, and the true rates follow a beta distribution between 0 and 1.",
            "It has two parameters: the mean rate μ and the overdispersion ρ.",
            "Its likelihood has a closed form, so no integral has to be approximated.",
            "Studies with no event, or with only events, take part as they are.",
            "The pooled rate is the mean of the true rates over studies, not that of the median \
             study.",
            "Compared with the binomial-normal model it differs in the assumed shape of the \
             distribution of rates and in the estimand.",
            "It can describe rates that pile up near 0 or 1.",
            "There is no τ² in it; heterogeneity is measured by ρ.",
            "If ρ is 0, it is the plain binomial model with one common rate.",
        ],
        formula: "x_i ~ Binomial(n_i, p_i), p_i ~ Beta(α, β); μ = α/(α + β), ρ = 1/(α + β + 1)",
        source: "Skellam JG. A probability distribution derived from the binomial distribution by \
                 regarding the probability of success as variable between the sets of trials. \
                 Journal of the Royal Statistical Society B 1948; 10: 257–261. Kuss O. Statistical \
                 methods for meta-analyses including information from studies without any events. \
                 Statistics in Medicine 2015; 34: 1097–1116.",
        see: &["rho", "glmm", "estimand", "marginal-mean"],
    },
    Entry {
        term: "link",
        name: "Link function",
        aliases: &[
            "link-function",
            "logit-link",
            "probit-link",
            "cloglog",
            "complementary-log-log",
            "complementary-log-log-link",
        ],
        sentences: &[
            "A link function maps rates, which lie between 0 and 1, to a scale without limits.",
            "On that scale the random effect of a study is assumed to be normal.",
            "The logit is the logarithm of the odds and is the default.",
            "The probit is the quantile of the standard normal distribution; it gives results \
             close to the logit's, on another unit.",
            "The complementary log-log link is not symmetric and treats rates near 0 and near 1 \
             differently.",
            "The value of τ depends on the link and cannot be compared between links.",
            "Pooled rates by different links usually agree closely unless rates are extreme and \
             studies differ much.",
        ],
        formula: "logit: ln(p/(1 − p)); probit: Φ⁻¹(p); complementary log-log: ln(−ln(1 − p))",
        source: "McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. Chapman and Hall, 1989.",
        see: &["glmm", "plo", "prz"],
    },
    Entry {
        term: "quadrature",
        name: "Adaptive Gauss–Hermite quadrature",
        aliases: &["aghq", "gauss-hermite", "adaptive-quadrature", "nodes"],
        sentences: &[
            "The likelihood of the binomial-normal model averages over a random effect that is not \
             observed.",
            "This average is an integral without a closed form.",
            "Quadrature replaces it by a weighted sum over a few well-chosen points, the nodes.",
            "Adaptive means that for each study the nodes are centred and scaled to where that \
             study's integrand is large.",
            "With one node it is the Laplace approximation.",
            "A small fixed number of nodes can leave an error in the results that looks like a \
             difference between programs.",
            "Here the number of nodes is doubled until the log-likelihood no longer moves.",
            "If a result by other software differs in the later digits, the number of nodes is the \
             first thing to compare.",
        ],
        formula: "∫ f(u) du ≈ √2·σ̂·Σ_j w_j·exp(z_j²)·f(û + √2·σ̂·z_j), û the mode of f, σ̂ its \
                  curvature scale",
        source: "Liu Q, Pierce DA. A note on Gauss–Hermite quadrature. Biometrika 1994; 81: \
                 624–629.",
        see: &["glmm", "ml"],
    },
    Entry {
        term: "log-likelihood",
        name: "Log-likelihood",
        aliases: &["likelihood", "ll"],
        sentences: &[
            "The likelihood of a parameter value is the probability, or probability density, of the \
             observed data if that value were true.",
            "Its logarithm is used because products become sums.",
            "Estimation by maximum likelihood takes the parameters at which it is largest.",
            "The log-likelihood itself has no meaning on its own; only differences between models \
             for the same data do.",
            "Constants that do not depend on the parameters may be left out, so programs can print \
             different values for the same fit.",
            "Twice a difference of nested models is the likelihood-ratio statistic.",
            "Of two programs that maximise the same likelihood, the one with the larger value is \
             nearer to the maximum.",
            "Likelihoods by ML and REML must not be compared with each other.",
        ],
        formula: "ℓ(θ) = Σ ln f(data of study i | θ)",
        source: "Fisher RA. On the mathematical foundations of theoretical statistics. \
                 Philosophical Transactions of the Royal Society A 1922; 222: 309–368.",
        see: &["ml", "lrt", "modes"],
    },
    Entry {
        term: "boundary",
        name: "Estimate at the boundary",
        aliases: &["boundary-estimate", "tau2-zero"],
        sentences: &[
            "A variance cannot be negative, so 0 is the edge of what τ² can be.",
            "When the results vary no more than chance would make them, the best estimate lies at \
             that edge.",
            "The random-effects estimate then equals the common-effect one.",
            "With few studies this happens often even if true rates differ.",
            "It shows that heterogeneity was not detected, not that it is absent.",
            "The upper limit of the interval of τ² tells how much heterogeneity is still possible.",
            "The same applies to ρ of the beta-binomial model.",
            "Usual large-sample rules do not hold at the boundary, which is why the test of τ² = 0 \
             halves its p value.",
        ],
        formula: "τ̂² = max(0, solution)",
        source: "Chung Y, Rabe-Hesketh S, Choi IH. Avoiding zero between-study variance estimates \
                 in random-effects meta-analysis. Statistics in Medicine 2013; 32: 4071–4089.",
        see: &["tau2", "lrt-tau2", "q-profile"],
    },
    Entry {
        term: "modes",
        name: "Several maxima of the likelihood",
        aliases: &["multimodality", "local-maxima", "several-maxima"],
        sentences: &[
            "A likelihood can have more than one peak.",
            "A search that climbs from one starting point may then stop at the lower peak.",
            "For τ² this is rare, but it does happen in real data, for example when studies of very \
             different precision disagree.",
            "Here the whole range of τ² is scanned and the highest peak is reported.",
            "If there is more than one peak, a note says how many.",
            "Other software may then print a different τ² for the same data and method.",
            "Several peaks are also a message: two explanations of the data are almost equally \
             good, and the interval of τ² should be read with care.",
        ],
        formula: "τ̂² = argmax ℓ(τ²) over all τ² ≥ 0",
        source: "Henn L, Hodges JS. Multiple local maxima in restricted likelihoods and posterior \
                 distributions for mixed linear models. International Statistical Review 2014; 82: \
                 90–105.",
        see: &["ml", "reml", "log-likelihood"],
    },
    Entry {
        term: "converged",
        name: "Convergence",
        aliases: &["convergence", "iterations", "not-converged"],
        sentences: &[
            "Some estimates have no formula and are found by a search that improves a guess step by \
             step.",
            "The search has converged when further steps no longer change the result beyond a \
             stated tolerance.",
            "A search that stops early returns a number that looks like any other.",
            "That is a common reason for small differences between programs.",
            "Here every search works within bounds that contain the solution, or reports that it \
             failed.",
            "The number of evaluations is given with the result in JSON.",
            "Convergence says that the stated equation was solved, not that the model fits the \
             data.",
        ],
        formula: "stop when the change of the criterion is below its tolerance",
        source: "Nocedal J, Wright SJ. Numerical Optimization. 2nd ed. Springer, 2006.",
        see: &["modes", "ml", "quadrature"],
    },
];
