//! Terms of published rates and of the grid of all analyses.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "claim",
        name: "Claim",
        aliases: &["claims", "published-rate", "verdict"],
        sentences: &[
            "A claim is a rate that a publication prints, with whatever is printed beside it: an interval, the studies, the patients, I².",
            "Its digits are part of it: 0.60 says more than 0.6.",
            "Arithmetic comes first, because it needs nothing but the printed numbers.",
            "It asks whether the rate is a rounding of events over patients, and whether rate, interval and patients fit one another.",
            "With the studies' counts, every reasonable analysis is tried, and those that give the printed digits are listed.",
            "An I² that is printed is part of it, be it the one from τ² or the one from Q.",
            "That a number is consistent with a method does not show that the method was used: several can give the same digits.",
        ],
        formula: "a printed value p with d decimals stands for [p − 0.5·10⁻ᵈ, p + 0.5·10⁻ᵈ]",
        source: "Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous \
                 anomalies in the reporting of results in psychology. Social Psychological and \
                 Personality Science 2017; 8: 363–369.",
        see: &["grim", "crude-sum", "multiverse"],
    },
    Entry {
        term: "grim",
        name: "Whole counts behind a rate (GRIM)",
        aliases: &["whole-count", "grim-test"],
        sentences: &[
            "A share of patients is a whole number over a whole number, so that not every rounded rate is possible.",
            "The check lists the counts of the stated total that round to the printed rate.",
            "If there is none, the rate is not the share of that many patients.",
            "A pooled rate from a model need not be such a share, so that this is no error of a review.",
            "With more patients than the digits can tell apart, some count gives any rate, and the check says nothing.",
            "Where events and patients are both stated, their quotient itself is held against the rate.",
        ],
        formula: "x with |x/n − p| ≤ 0.5·10⁻ᵈ",
        source: "Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous \
                 anomalies in the reporting of results in psychology. Social Psychological and \
                 Personality Science 2017; 8: 363–369.",
        see: &["claim", "crude-sum"],
    },
    Entry {
        term: "crude-sum",
        name: "Crude sum",
        aliases: &["crude-pooling", "sum-of-events"],
        sentences: &[
            "A crude sum adds the events and the patients of all studies and divides, as if all were one study.",
            "Large studies carry it, and differences between studies leave no trace in it.",
            "A claim counts as consistent with a crude sum if events over patients round to its rate and there is no interval, or one as narrow as that of one sample.",
            "The rounding alone is not enough: a model's result can happen to round to the same digits.",
            "An interval much wider than that of one sample speaks for a model in which studies differ.",
            "Where events or patients are not stated it cannot be told.",
        ],
        formula: "p = Σxᵢ/Σnᵢ",
        source: "Altman DG, Deeks JJ. Meta-analysis, Simpson's paradox, and the number needed to \
                 treat. BMC Medical Research Methodology 2002; 2: 3.",
        see: &["crude", "claim", "interval-width"],
    },
    Entry {
        term: "interval-width",
        name: "Width of a printed interval",
        aliases: &["width", "binomial-width"],
        sentences: &[
            "The interval of one sample of n patients has a known width: that of Wilson, of Clopper and Pearson, or of Wald.",
            "A printed interval of that width is consistent with an analysis that leaves out how much the studies differ.",
            "A wider one is consistent with a random-effects model.",
            "A narrower one does not fit the patients that are stated.",
            "The width also says how many patients of one sample would give it, which is often far fewer than there are.",
            "Were the studies of equal size, the width and their number give τ and the range in which a new study would be expected.",
            "On the scale of the analysis most intervals lie symmetrically about the rate, so that their place hints at the scale.",
        ],
        formula: "n = p(1 − p)·(2z/width)²; τ² = k·se² − k/(n·p(1 − p)) on the logit scale",
        source: "Wilson EB. Probable inference, the law of succession, and statistical inference. \
                 Journal of the American Statistical Association 1927; 22: 209–212.",
        see: &["claim", "crude-sum", "prediction-interval"],
    },
    Entry {
        term: "multiverse",
        name: "Multiverse analysis",
        aliases: &["specification", "specifications", "specification-curve", "grid"],
        sentences: &[
            "A multiverse analysis carries out every reasonable analysis of the same data and shows all results.",
            "Each combination of choices is a specification: rows, model, scale, estimator of τ², interval, correction.",
            "The specification curve sorts the results and shows below each which choices made it.",
            "Where the results lie close together, the choices do not matter for the conclusion.",
            "Where they do not, the choice that moves them most is the one to defend.",
            "The share of specifications with some property is not a probability: the grid decides how often a choice is counted.",
            "Specifications that guidance advises against are marked with the reason and its source.",
        ],
        formula: "rows × models × scales × τ² estimators × intervals × …",
        source: "Steegen S, Tuerlinckx F, Gelman A, Vanpaemel W. Increasing transparency through a \
                 multiverse analysis. Perspectives on Psychological Science 2016; 11: 702–712.",
        see: &["share-of-variance", "claim"],
    },
    Entry {
        term: "share-of-variance",
        name: "Share of variance of a choice",
        aliases: &["choices", "variance-decomposition"],
        sentences: &[
            "The share says how much of the variance of the estimates over all specifications one choice accounts for.",
            "It is the variance of the averages of the choice's alternatives over the variance of all estimates.",
            "A choice that only some models have, such as the estimator of τ², is compared within the model; one that only some scales have, within the scale.",
            "What is left after all choices are their interactions: one choice matters only with another.",
            "A share is about this grid and these data, not about methods in general.",
            "A choice that changes intervals alone, such as their method, has a share of 0 here.",
        ],
        formula: "Var(E[estimate | choice])/Var(estimate), choices of a part within that part",
        source: "Sobol IM. Sensitivity estimates for nonlinear mathematical models. Mathematical \
                 Modelling and Computational Experiments 1993; 1: 407–414.",
        see: &["multiverse"],
    },
];
