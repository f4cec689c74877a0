//! Intervals of a single proportion.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "clopper-pearson",
        name: "Clopper–Pearson interval",
        aliases: &["clopper", "exact-interval", "cp"],
        sentences: &[
            "The Clopper–Pearson interval contains every rate that an exact binomial test would \
             not reject at the given level, each tail taken alone.",
            "Its coverage is never below the stated level, whatever the true rate.",
            "Because counts are whole numbers, the real coverage is often above that level.",
            "It is therefore called conservative: it is wider than it need be on average.",
            "With no events its lower limit is 0, and with only events its upper limit is 1.",
            "It is the default for the studies in the table, and used for the crude rate.",
            "The intervals of studies are for display only and do not enter the pooling.",
        ],
        formula: "lower: α/2 quantile of Beta(x, n − x + 1); upper: 1 − α/2 quantile of \
                  Beta(x + 1, n − x)",
        source: "Clopper CJ, Pearson ES. The use of confidence or fiducial limits illustrated in \
                 the case of the binomial. Biometrika 1934; 26: 404–413.",
        see: &["mid-p", "wilson", "confidence-interval"],
    },
    Entry {
        term: "wilson",
        name: "Wilson score interval",
        aliases: &["score", "wilson-score", "ws"],
        sentences: &[
            "The Wilson interval contains every rate p that differs from the observed one by less \
             than 1.96 of the standard errors that p itself implies, for 95 %.",
            "The ordinary Wald interval uses the standard error at the observed rate instead, \
             which fails near 0 and 1.",
            "Wilson's limits always lie between 0 and 1.",
            "Its coverage is close to the stated level on average, also for small studies.",
            "For particular rates it can be somewhat below.",
            "Its centre is the observed rate, pulled a little towards one half.",
            "It is often recommended for single proportions.",
        ],
        formula: "(p̂ + z²/(2n) ± z·√(p̂(1 − p̂)/n + z²/(4n²))) / (1 + z²/n)",
        source: "Wilson EB. Probable inference, the law of succession, and statistical inference. \
                 Journal of the American Statistical Association 1927; 22: 209–212.",
        see: &["wilson-cc", "agresti-coull", "clopper-pearson"],
    },
    Entry {
        term: "wilson-cc",
        name: "Wilson score interval with continuity correction",
        aliases: &["wscc", "continuity-corrected-wilson"],
        sentences: &[
            "This is the Wilson interval with a correction for the fact that counts are whole \
             numbers.",
            "The distance between the observed rate and a candidate rate is shortened by half a \
             patient, 1/(2n), before it is judged.",
            "The interval becomes wider, and its coverage hardly ever falls below the stated \
             level.",
            "It is close to the Clopper–Pearson interval and, like it, conservative.",
            "Its lower limit is 0 if there are no events, and its upper limit is 1 if there are \
             only events.",
            "It has a closed formula, which the exact interval has not.",
            "The word correction has nothing to do with the ½ that is added to empty cells.",
        ],
        formula: "(2np̂ + z² ∓ 1 ∓ z·√(z² ∓ 2 − 1/n + 4p̂(n(1 − p̂) ± 1))) / (2(n + z²)), upper signs \
                  for the lower limit",
        source: "Newcombe RG. Two-sided confidence intervals for the single proportion: comparison \
                 of seven methods. Statistics in Medicine 1998; 17: 857–872.",
        see: &["wilson", "clopper-pearson"],
    },
    Entry {
        term: "agresti-coull",
        name: "Agresti–Coull interval",
        aliases: &["agresti", "plus-four", "ac"],
        sentences: &[
            "Agresti and Coull add about two events and two non-events to the counts and then use \
             the simple Wald formula.",
            "More exactly, half of the squared normal quantile is added to each, 1.92 for 95 %.",
            "Its centre is that of the Wilson interval, and it is never shorter.",
            "Its coverage is good for all rates, a little above the stated level near 0 and 1.",
            "The limits can fall outside 0 to 1 and are cut there.",
            "It was proposed for teaching, because it can be computed by hand.",
            "What is added here serves the interval only; the observed rate is shown unchanged.",
        ],
        formula: "ñ = n + z², p̃ = (x + z²/2)/ñ: p̃ ± z·√(p̃(1 − p̃)/ñ)",
        source: "Agresti A, Coull BA. Approximate is better than “exact” for interval estimation of \
                 binomial proportions. The American Statistician 1998; 52: 119–126.",
        see: &["wilson", "wald", "clopper-pearson"],
    },
    Entry {
        term: "jeffreys",
        name: "Jeffreys interval",
        aliases: &["jeffreys-interval", "jeffreys-prior"],
        sentences: &[
            "The Jeffreys interval is Bayesian: it starts from a prior distribution of the rate, \
             the beta distribution with both parameters one half.",
            "After the data the distribution is beta with x + ½ and n − x + ½.",
            "The interval cuts off the same probability at both ends of it.",
            "With no events the lower limit is set to 0, with only events the upper limit to 1.",
            "Although Bayesian, it has good coverage in repeated sampling, near the stated level \
             on average.",
            "It is shorter than the Clopper–Pearson interval.",
            "The prior carries about as much information as one patient.",
        ],
        formula: "α/2 and 1 − α/2 quantiles of Beta(x + ½, n − x + ½)",
        source: "Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. \
                 Statistical Science 2001; 16: 101–133.",
        see: &["clopper-pearson", "mid-p", "wilson"],
    },
    Entry {
        term: "mid-p",
        name: "Mid-P interval",
        aliases: &["midp", "mid-p-interval"],
        sentences: &[
            "The mid-P interval is made like the exact interval of Clopper and Pearson, but counts \
             only half of the probability of the observed count in each tail.",
            "This makes up for the fact that counts are whole numbers.",
            "The interval is shorter than the exact one.",
            "Its coverage is close to the stated level on average, but it can fall below it for \
             some rates.",
            "With no events the lower limit is 0, with only events the upper limit is 1.",
            "It is a compromise between guaranteed coverage and a useful width.",
            "The limits have no closed formula and are found by a search.",
        ],
        formula: "lower: P(X > x) + ½P(X = x) = α/2; upper: P(X < x) + ½P(X = x) = α/2; X ~ \
                  Binomial(n, p), solved for p",
        source: "Lancaster HO. Significance tests in discrete distributions. Journal of the \
                 American Statistical Association 1961; 56: 223–234.",
        see: &["clopper-pearson", "jeffreys"],
    },
    Entry {
        term: "wald",
        name: "Wald methods",
        aliases: &["wald-study-interval", "wald-method"],
        sentences: &[
            "A Wald method treats an estimate as normally distributed with a known standard error.",
            "The interval is the estimate plus and minus a normal quantile times the standard \
             error.",
            "As an interval for a single study it is computed on the scale of the analysis, such \
             as the logit, and transformed back.",
            "On the raw scale it fails for rates near 0 or 1: its real coverage is far too low, \
             and limits leave 0 to 1.",
            "On the logit scale it behaves better, but needs a correction if there are no events.",
            "As an interval for a pooled value it is called z here, or t with t quantiles.",
            "A Wald test divides an estimate by its standard error, or sums squares of such \
             ratios.",
            "It is quick and widely used, and trustworthy only in large samples.",
        ],
        formula: "y ± z·√v on the analysis scale, limits transformed back",
        source: "Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. \
                 Statistical Science 2001; 16: 101–133.",
        see: &["z", "t", "wald-test", "clopper-pearson"],
    },
];
