//! Intervals of τ².

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "q-profile",
        name: "Q-profile interval of τ²",
        aliases: &["qp", "qprofile"],
        sentences: &[
            "The Q-profile interval collects all values of τ² that fit the observed spread of the \
             studies.",
            "For the true τ² the generalised Q statistic with weights 1/(v + τ²) follows a χ² \
             distribution with k − 1 degrees of freedom.",
            "The limits are the values of τ² at which Q equals the two quantiles of that \
             distribution.",
            "It is exact if effects are normal and their sampling variances are known.",
            "It goes with every estimator of τ².",
            "Intervals of I² and H² are obtained from it by the same formulas as their estimates.",
            "It need not contain the estimate of τ², because most estimators come from another \
             equation; a note tells when it does not.",
            "If the studies agree more than chance allows, no τ² fits and the interval is empty; \
             it is then shown as 0 to 0.",
            "It is not symmetric: the upper side is long, above all with few studies.",
        ],
        formula: "lower: Q(τ²) = χ²(k−1; 0.975); upper: Q(τ²) = χ²(k−1; 0.025); Q(τ²) = Σ (y_i − \
                  μ̂)²/(v_i + τ²)",
        source: "Viechtbauer W. Confidence intervals for the amount of heterogeneity in \
                 meta-analysis. Statistics in Medicine 2007; 26: 37–52.",
        see: &["tau2", "pm", "pl", "genq", "bt"],
    },
    Entry {
        term: "pl",
        name: "Profile likelihood",
        aliases: &["profile-likelihood", "likelihood-interval", "profile-likelihood-interval"],
        sentences: &[
            "A profile-likelihood interval contains all values of a parameter that the data do not \
             speak against by a likelihood-ratio test.",
            "For each value of the parameter the likelihood is maximised over all others; that is \
             the profile.",
            "The limits lie where the profile has fallen by 1.92 below its maximum, for 95 %.",
            "It can be used for τ² or ρ and, with --ci pl, for the pooled value.",
            "It need not be symmetric, which suits variances.",
            "In the two-step model it belongs to ML and REML; for the pooled value both use the \
             likelihood of ML, so that the interval need not be centred like a REML estimate.",
            "It is the interval of τ² and of ρ in the one-step models.",
            "It rests on a large-sample rule, so with few studies its coverage is approximate.",
            "The interval of τ² is two-sided and may reach 0 although the one-sided test of τ² = 0 \
             rejects.",
        ],
        formula: "{θ : 2·(ℓ(θ̂) − ℓ_profile(θ)) ≤ 3.84} for 95 %",
        source: "Hardy RJ, Thompson SG. A likelihood approach to meta-analysis with random effects. \
                 Statistics in Medicine 1996; 15: 619–629.",
        see: &["ml", "reml", "lrt-tau2", "q-profile"],
    },
    Entry {
        term: "bt",
        name: "Biggerstaff–Tweedie interval of τ²",
        aliases: &["biggerstaff-tweedie"],
        sentences: &[
            "This interval inverts the distribution of Cochran's Q, as the Q-profile interval \
             does, but with the fixed weights 1/v.",
            "The distribution of Q for a given τ² is approximated by a gamma distribution.",
            "Its mean and variance are those of Q, which are known exactly.",
            "The limits are the values of τ² at which the observed Q is an upper or a lower \
             quantile.",
            "It belongs to the DerSimonian–Laird estimator, which uses the same Q.",
            "Its exact version is the generalised Q interval with weights 1/v.",
            "The interval can be empty when the studies agree more than chance allows.",
        ],
        formula: "P(Q ≤ observed | τ²) = 0.975 (lower limit) and 0.025 (upper limit), Q ~ gamma \
                  with the mean and variance of Q",
        source: "Biggerstaff BJ, Tweedie RL. Incorporating variability in estimates of \
                 heterogeneity in the random effects model in meta-analysis. Statistics in Medicine \
                 1997; 16: 753–768.",
        see: &["dl", "q-profile", "genq"],
    },
];
