//! Estimators of τ² that solve an equation.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "ml",
        name: "Maximum likelihood (ML)",
        aliases: &["maximum-likelihood"],
        sentences: &[
            "Maximum likelihood takes those parameter values under which the observed data are \
             most probable.",
            "In a random-effects model the mean and the between-study variance are estimated \
             together.",
            "It is the natural method for models of the counts, the GLMM and the beta-binomial \
             model.",
            "As an estimator of τ² in the two-step model it does not allow for the mean being \
             estimated from the same studies.",
            "It is therefore too small on average, noticeably with few studies.",
            "REML is its corrected form and the default of the two-step model.",
            "ML likelihoods of models with different moderators may be compared, REML likelihoods \
             may not.",
            "Here the whole range of τ² is searched, so the highest maximum is found.",
        ],
        formula: "maximise ℓ(μ, τ²) = −½ Σ [ln(2π(v_i + τ²)) + (y_i − μ)²/(v_i + τ²)]",
        source: "Hardy RJ, Thompson SG. A likelihood approach to meta-analysis with random effects. \
                 Statistics in Medicine 1996; 15: 619–629.",
        see: &["reml", "pl", "log-likelihood", "modes"],
    },
    Entry {
        term: "reml",
        name: "Restricted maximum likelihood (REML)",
        aliases: &["restricted-maximum-likelihood", "residual-maximum-likelihood"],
        sentences: &[
            "REML estimates τ² from the part of the data that does not depend on the mean.",
            "It corrects for the mean being estimated, as the divisor k − 1 does in an ordinary \
             variance.",
            "It is nearly unbiased when effects are normal and their sampling variances are \
             known.",
            "Simulation studies recommend it, often together with Paule–Mandel.",
            "It is the default of the two-step model here.",
            "It is found by a search; here the whole range of τ² is scanned, and the result is \
             compared with τ² = 0.",
            "If all studies are equally precise, it equals the estimators of Hedges, \
             DerSimonian–Laird and Paule–Mandel.",
            "Its standard error is of little use with few studies; the interval of τ² is better.",
        ],
        formula: "maximise −½ [Σ ln(v_i + τ²) + ln Σ w_i* + Σ w_i*(y_i − μ̂)²], w_i* = 1/(v_i + τ²)",
        source: "Viechtbauer W. Bias and efficiency of meta-analytic variance estimators in the \
                 random-effects model. Journal of Educational and Behavioral Statistics 2005; 30: \
                 261–293. Langan D, Higgins JPT, Jackson D, et al. A comparison of heterogeneity \
                 variance estimators in simulated random-effects meta-analyses. Research Synthesis \
                 Methods 2019; 10: 83–98.",
        see: &["ml", "pm", "tau2", "kr"],
    },
    Entry {
        term: "pm",
        name: "Paule–Mandel estimator (PM)",
        aliases: &["paule-mandel", "mandel-paule"],
        sentences: &[
            "PM chooses τ² so that the weighted squared distances of the studies from their mean \
             add up to k − 1.",
            "That is their expected sum if the weights are right.",
            "The weights contain τ² itself, so an equation has to be solved; it has exactly one \
             solution or none.",
            "If there is none, because the results agree better than chance would have it, the \
             estimate is 0.",
            "It does not require effects to be normally distributed.",
            "Simulations find it about as good as REML, and less biased than DL when studies \
             differ much.",
            "It fits the Q-profile interval, which solves the same equation with other values on \
             the right side.",
            "The empirical Bayes estimator gives the same value.",
        ],
        formula: "Σ (y_i − μ̂)²/(v_i + τ²) = k − 1, solved for τ² ≥ 0",
        source: "Paule RC, Mandel J. Consensus values and weighting factors. Journal of Research of \
                 the National Bureau of Standards 1982; 87: 377–385.",
        see: &["pmm", "eb", "q-profile", "reml"],
    },
    Entry {
        term: "pmm",
        name: "Median-unbiased Paule–Mandel estimator (PMM)",
        aliases: &["median-unbiased-paule-mandel"],
        sentences: &[
            "PMM is the Paule–Mandel estimator with the median of the χ² distribution in place of \
             its mean k − 1.",
            "The median is a little smaller, by about two thirds, so the estimate is somewhat \
             larger.",
            "Apart from the cut at 0, it is too high in half of all samples and too low in the \
             other half.",
            "An unbiased estimator is right on average instead; for a skewed distribution the two \
             aims differ.",
            "It matters with few studies, where estimates of τ² are strongly skewed.",
            "It is the value to which the Q-profile interval shrinks as the level goes to 0.",
            "With many studies it agrees with PM.",
        ],
        formula: "Σ (y_i − μ̂)²/(v_i + τ²) = median of χ²(k − 1), solved for τ² ≥ 0",
        source: "Viechtbauer W. Median-unbiased estimators for the amount of heterogeneity in \
                 meta-analysis. European Congress of Methodology, Valencia, 2021.",
        see: &["pm", "genqm", "q-profile"],
    },
    Entry {
        term: "eb",
        name: "Empirical Bayes estimator (EB)",
        aliases: &["empirical-bayes", "morris"],
        sentences: &[
            "The empirical Bayes view treats the distribution of true effects as a prior that is \
             estimated from the data.",
            "The estimator of τ² that Morris derived from it is found by iteration.",
            "At its solution the equation is that of Paule and Mandel, so both give the same \
             value.",
            "It is listed under its own name because software and papers use both.",
            "Differences between the two in print come from iterations that stopped early.",
            "In this view each study's effect is pulled towards the mean, and imprecise studies \
             are pulled most.",
            "The method does not express the uncertainty of τ² itself.",
        ],
        formula: "τ² = Σ w_i*·[(k/(k − 1))·(y_i − μ̂)² − v_i] / Σ w_i*, w_i* = 1/(v_i + τ²), iterated",
        source: "Morris CN. Parametric empirical Bayes inference: theory and applications. Journal \
                 of the American Statistical Association 1983; 78: 47–55.",
        see: &["pm", "tau2"],
    },
];
