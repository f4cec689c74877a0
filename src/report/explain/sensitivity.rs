//! Terms of sensitivity analyses.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "leave-one-out",
        name: "Leave-one-out analysis",
        aliases: &["leave-one-out-analysis", "loo", "leave1out"],
        sentences: &[
            "A leave-one-out analysis pools the studies again and again, each time without one of them.",
            "The first line of the block has all studies; the others say which one is missing.",
            "If one line stands apart, the result hangs on that study.",
            "If all lines agree, no single study carries the result, though two together still may.",
            "τ² and I² of each line show which study makes the heterogeneity.",
            "With --whole-studies all rows of a study are left out at a time.",
            "It is a question about the analysis, not a reason to drop a study.",
        ],
        formula: "for each i: the same model fitted to the studies j ≠ i",
        source: "Viechtbauer W, Cheung MWL. Outlier and influence diagnostics for meta-analysis. \
                 Research Synthesis Methods 2010; 1: 112–125.",
        see: &["influence", "cumulative", "gosh"],
    },
    Entry {
        term: "cumulative",
        name: "Cumulative meta-analysis",
        aliases: &["cumulative-meta-analysis"],
        sentences: &[
            "A cumulative meta-analysis adds the studies one by one and pools after each.",
            "Ordered by year it shows what was known when, and whether the rate drifts.",
            "Ordered by size, with the largest first, it shows whether small studies move the result.",
            "The last line is the analysis of all studies.",
            "The lines share studies and are not independent, so that a step is no test.",
            "The order is chosen with --cumulative: data, name, size or any column.",
            "Studies without a value in that column come last.",
        ],
        formula: "for each m: the same model fitted to the first m studies",
        source: "Lau J, Antman EM, Jimenez-Silva J, et al. Cumulative meta-analysis of therapeutic \
                 trials for myocardial infarction. New England Journal of Medicine 1992; 327: \
                 248–254.",
        see: &["leave-one-out", "gosh"],
    },
    Entry {
        term: "influence",
        name: "Influence",
        aliases: &["influential", "influence-diagnostics", "influential-study"],
        sentences: &[
            "Influence is what a study does to the result, judged by the fit without it.",
            "A star marks a study that one of four rules of thumb calls influential.",
            "The rules are |DFFITS| > 3√(1/(k − 1)), Cook's D beyond the median of χ² on 1 df, a \
             share of the weights above 3/k, and |DFBETAS| > 1.",
            "An influential study need not be wrong: a large, precise study should move the result.",
            "The same measures are given for the one-step models, from their fits without each study.",
            "All use Wald standard errors, whatever --ci says.",
            "There the residuals use the logits of the studies with their sampling variances.",
            "Look at what is different about a marked study before leaving it out.",
        ],
        formula: "every measure compares the fit of all studies with the fit without study i",
        source: "Viechtbauer W, Cheung MWL. Outlier and influence diagnostics for meta-analysis. \
                 Research Synthesis Methods 2010; 1: 112–125.",
        see: &["rstudent", "dffits", "cook-d", "cov-ratio", "dfbetas", "outlier"],
    },
    Entry {
        term: "rstudent",
        name: "Externally standardised residual",
        aliases: &[
            "rstudent-residual",
            "studentized-residual",
            "deleted-residual",
            "|rstudent|->-2",
        ],
        sentences: &[
            "The residual of a study is its effect less the pooled effect of all other studies.",
            "It is divided by the standard deviation that it should have.",
            "That has three parts: the study's sampling variance, the between-study variance and the \
             uncertainty of the pooled effect, the last two without the study.",
            "Because the study does not enter its own comparison, an extreme study cannot hide by \
             pulling the mean towards itself.",
            "About one study in twenty exceeds 2 in absolute value by chance alone.",
            "A dagger marks those that do.",
            "It is also called the studentised deleted residual.",
        ],
        formula: "(y_i − μ̂₋ᵢ) / √(v_i + τ̂²₋ᵢ + se²₋ᵢ)",
        source: "Viechtbauer W, Cheung MWL. Outlier and influence diagnostics for meta-analysis. \
                 Research Synthesis Methods 2010; 1: 112–125.",
        see: &["influence", "outlier"],
    },
    Entry {
        term: "dffits",
        name: "DFFITS",
        aliases: &["dffit"],
        sentences: &[
            "DFFITS says how far the pooled effect moves when a study is added to the others.",
            "The distance is counted in standard deviations of the study's own fitted value.",
            "Positive values mean that the study raises the pooled effect.",
            "It joins two things: how unusual the study is and how much weight it has.",
            "A study is marked where the absolute value exceeds 3√(1/(k − 1)).",
            "The between-study variance in it is that of the fit without the study.",
        ],
        formula: "(μ̂ − μ̂₋ᵢ) / √(h_i · (v_i + τ̂²₋ᵢ)), h_i the share of the weights",
        source: "Viechtbauer W, Cheung MWL. Outlier and influence diagnostics for meta-analysis. \
                 Research Synthesis Methods 2010; 1: 112–125.",
        see: &["influence", "dfbetas", "cook-d"],
    },
    Entry {
        term: "cook-d",
        name: "Cook's distance",
        aliases: &["cook's-d", "cooks-distance", "cook's-distance", "cook"],
        sentences: &[
            "Cook's distance is the squared change of the pooled effect when a study is left out.",
            "It is counted in units of the squared standard error of the full analysis.",
            "A value of 1 means that the result moves by one standard error.",
            "A study is marked where the value exceeds the median of a χ² variate on 1 degree of \
             freedom, 0.45.",
            "Like DFFITS it grows with the weight of a study and with its distance from the rest.",
            "It has no sign, so that it does not say in which direction the result moves.",
        ],
        formula: "(μ̂ − μ̂₋ᵢ)² / se²",
        source: "Cook RD. Detection of influential observation in linear regression. Technometrics \
                 1977; 19: 15–18.",
        see: &["influence", "dffits"],
    },
    Entry {
        term: "cov-ratio",
        name: "Covariance ratio",
        aliases: &["cov.-ratio", "covariance-ratio", "cov.r"],
        sentences: &[
            "The covariance ratio compares the precision of the result without a study and with it.",
            "Above 1 the study makes the result more precise, as a study should.",
            "Below 1 the result is more precise without the study.",
            "That happens where a study adds so much heterogeneity that its own information does not \
             make up for it.",
            "It uses Wald standard errors, whatever interval was chosen for the result.",
            "It says nothing about the direction in which the study moves the result.",
        ],
        formula: "se²₋ᵢ / se²",
        source: "Viechtbauer W, Cheung MWL. Outlier and influence diagnostics for meta-analysis. \
                 Research Synthesis Methods 2010; 1: 112–125.",
        see: &["influence", "se"],
    },
    Entry {
        term: "dfbetas",
        name: "DFBETAS",
        aliases: &["dfbeta", "dfbs"],
        sentences: &[
            "DFBETAS is the change of the pooled effect when a study is added, in standard errors.",
            "The standard error is that of all studies at the between-study variance found without \
             the study.",
            "For the one-step models it is the standard error of the fit without the study.",
            "Positive values mean that the study raises the pooled effect.",
            "A study is marked where the absolute value exceeds 1.",
            "With a single coefficient it tells nearly the same as DFFITS.",
        ],
        formula: "(μ̂ − μ̂₋ᵢ) / √(1 / Σ 1/(v_j + τ̂²₋ᵢ))",
        source: "Viechtbauer W, Cheung MWL. Outlier and influence diagnostics for meta-analysis. \
                 Research Synthesis Methods 2010; 1: 112–125.",
        see: &["influence", "dffits"],
    },
    Entry {
        term: "outlier",
        name: "Outlying study",
        aliases: &["outliers", "outside-the-pooled-interval", "studies-that-stand-out"],
        sentences: &[
            "An outlying study lies further from the others than the model expects.",
            "One rule looks at the externally standardised residual and marks values beyond 2.",
            "Another marks studies whose confidence interval does not meet that of the pooled rate.",
            "The second rule marks many studies where heterogeneity is strong, because it ignores the \
             between-study variance.",
            "Both are rules of thumb, and with many studies some will be marked by chance.",
            "Check the counts of a marked study first: swapped columns look like an outlier.",
            "A study should be left out for what it did, not for what it found.",
        ],
        formula: "|rstudent| > 2; or the study's interval and the pooled interval are disjoint",
        source: "Viechtbauer W, Cheung MWL. Outlier and influence diagnostics for meta-analysis. \
                 Research Synthesis Methods 2010; 1: 112–125.",
        see: &["rstudent", "influence"],
    },
    Entry {
        term: "baujat",
        name: "Baujat plot",
        aliases: &["baujat-plot", "part-of-q", "moves-the-result-by"],
        sentences: &[
            "The Baujat plot shows which studies make the heterogeneity and which move the result.",
            "Its horizontal axis is the study's part of Cochran's Q.",
            "Its vertical axis is the squared change of the common effect without the study, over the \
             variance of that effect.",
            "Studies on the upper right do both and deserve a look.",
            "The table lists the studies by their part of Q, the largest first.",
            "Under a one-step model the vertical axis is the change of that model's own result.",
        ],
        formula: "x = (y_i − μ̂)²/v_i; y = (μ̂ − μ̂₋ᵢ)²/var(μ̂₋ᵢ); common-effect weights",
        source: "Baujat B, Mahé C, Pignon JP, Hill C. A graphical method for exploring heterogeneity \
                 in meta-analyses. Statistics in Medicine 2002; 21: 2641–2652.",
        see: &["influence", "q"],
    },
    Entry {
        term: "threshold",
        name: "Chance of a rate above a threshold",
        aliases: &["above", "in-a-new-study", "among-all-settings", "probability-above"],
        sentences: &[
            "A threshold is a rate that matters for a decision, such as 70 %.",
            "The first number is the probability that the true rate of a new, similar study is above \
             it.",
            "It uses the distribution behind the prediction interval, so that the uncertainty of the \
             pooled rate is in it.",
            "The second number is the share of all settings above it if mean and spread were known \
             exactly.",
            "With a between-study variance of 0 the second is either none or all.",
            "For the beta-binomial model both are the share by its beta distribution.",
            "Choose the threshold before looking at the result.",
        ],
        formula: "P(t_df > (g(c) − μ̂)/√(τ̂² + se²)); Φ((μ̂ − g(c))/τ̂)",
        source: "Mathur MB, VanderWeele TJ. New metrics for meta-analyses of heterogeneous effects. \
                 Statistics in Medicine 2019; 38: 1336–1342.",
        see: &["prediction-interval", "tau"],
    },
    Entry {
        term: "gosh",
        name: "GOSH: all subsets",
        aliases: &[
            "all-subsets",
            "subsets",
            "graphical-display-of-study-heterogeneity",
            "pooled-subsets",
        ],
        sentences: &[
            "GOSH pools every subset of the studies and looks at the cloud of results.",
            "With k studies there are 2^k − 1 subsets; with many studies a seeded sample of them is \
             taken.",
            "A cloud with one centre says that the studies are of one kind.",
            "Two clouds say that some study, or a kind of study, makes a difference.",
            "The block lists quantiles of the pooled rate, I² and τ² over all subsets of two studies \
             and more.",
            "Subsets share studies, so that the quantiles are no confidence limits.",
            "Effects are computed once for all studies, and each subset is pooled by the two-step \
             model.",
        ],
        formula: "for each of the 2^k − 1 subsets: μ̂, τ̂² and I²",
        source: "Olkin I, Dahabreh IJ, Trikalinos TA. GOSH: a graphical display of study \
                 heterogeneity. Research Synthesis Methods 2012; 3: 214–223.",
        see: &["separation", "leave-one-out", "i2"],
    },
    Entry {
        term: "separation",
        name: "Separation of subsets by a study",
        aliases: &["separation-by-a-study"],
        sentences: &[
            "The separation says how far the subsets with a study lie from those without it.",
            "It counts pairs of subsets, one with and one without the study.",
            "If the one with the study has the larger value in half of the pairs, the separation is 0.",
            "If it has the larger value in all pairs, or in none, the separation is 1.",
            "The pooled rate and I² are looked at in turn, and the larger separation is shown.",
            "The study with the largest value is the one whose presence parts the cloud most.",
            "A large study parts the cloud by its weight alone.",
        ],
        formula: "|2A − 1|, A = P(with > without) + ½P(equal)",
        source: "Mann HB, Whitney DR. On a test of whether one of two random variables is \
                 stochastically larger than the other. Annals of Mathematical Statistics 1947; 18: \
                 50–60.",
        see: &["gosh", "influence"],
    },
];
