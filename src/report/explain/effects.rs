//! The scales on which proportions are pooled.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "plo",
        name: "Logit (PLO)",
        aliases: &["logit", "log-odds", "logit-(plo)"],
        sentences: &[
            "The logit of a proportion is the logarithm of its odds.",
            "It maps rates between 0 and 1 to the whole number line, so back-transformed limits \
             never leave 0 to 1.",
            "A rate of one half has the logit 0; 73 % has about 1 and 27 % about −1.",
            "It is the default scale of the two-step model and of the GLMM's link.",
            "The logit of 0 events, or of only events, is infinite; the two-step model then adds a \
             continuity correction.",
            "Its sampling variance is large for extreme rates, so such studies get little weight \
             even when they are large in number of patients.",
            "The back-transformed mean of logits is the rate of the median study.",
            "Odds ratios between groups are differences on this scale.",
        ],
        formula: "yi = ln(x/(n − x)), vi = 1/x + 1/(n − x); back: p = 1/(1 + exp(−y))",
        source: "Berkson J. Application of the logistic function to bio-assay. Journal of the \
                 American Statistical Association 1944; 39: 357–365.",
        see: &["continuity-correction", "link", "glmm", "median"],
    },
    Entry {
        term: "pln",
        name: "Log proportion (PLN)",
        aliases: &["log-proportion", "log", "log-proportion-(pln)"],
        sentences: &[
            "This scale is the natural logarithm of the proportion.",
            "It is used for rare events, where it is close to the logit.",
            "Differences on it are logarithms of risk ratios.",
            "Its upper side has a limit that the normal model ignores: results above 1 can occur \
             after back-transformation and are cut to 1, with a note.",
            "A study without events has no logarithm and gets a continuity correction.",
            "In a study where all patients had the event the formula gives a variance of 0, so it \
             is corrected too.",
            "For common events the logit is the better choice.",
        ],
        formula: "yi = ln(x/n), vi = 1/x − 1/n; back: p = exp(y)",
        source: "Schwarzer G, Rücker G. Meta-analysis of proportions. In: Evangelou E, Veroniki AA \
                 (eds). Meta-Research: Methods and Protocols. Methods in Molecular Biology 2345. \
                 Humana, 2022: 159–172.",
        see: &["plo", "continuity-correction"],
    },
    Entry {
        term: "pr",
        name: "Raw proportion (PR)",
        aliases: &["raw", "raw-proportion", "raw-proportion-(pr)", "untransformed"],
        sentences: &[
            "Here proportions are pooled as they are, without transformation.",
            "The pooled value is easy to read, since it is an average of rates.",
            "The sampling variance depends on the rate itself and is smallest near 0 and 1.",
            "Extreme results therefore seem more precise than they are, which pulls the pooled \
             rate towards 0 or 1.",
            "Confidence and prediction limits can fall below 0 or above 1; they are cut at the \
             edge, with a note.",
            "Studies with no event, or with only events, have an estimated variance of 0 and get a \
             continuity correction.",
            "It is acceptable when all rates lie well inside 0 to 1 and studies are large.",
        ],
        formula: "yi = x/n, vi = p(1 − p)/n",
        source: "Schwarzer G, Rücker G. Meta-analysis of proportions. In: Evangelou E, Veroniki AA \
                 (eds). Meta-Research: Methods and Protocols. Methods in Molecular Biology 2345. \
                 Humana, 2022: 159–172.",
        see: &["plo", "yi", "continuity-correction"],
    },
    Entry {
        term: "prz",
        name: "Probit (PRZ)",
        aliases: &["probit", "probit-(prz)"],
        sentences: &[
            "The probit of a proportion is the point below which a standard normal variable falls \
             with that probability.",
            "Like the logit it maps 0 to 1 onto the whole number line.",
            "A rate of one half has the probit 0, and 97.5 % has 1.96.",
            "Between 10 % and 90 % it is nearly a multiple of the logit, so pooled rates by both \
             hardly differ.",
            "Studies with no event, or with only events, need a continuity correction.",
            "Its origin is the analysis of doses, where it models a normally distributed \
             tolerance.",
            "τ on this scale is smaller than on the logit scale for the same spread of rates.",
        ],
        formula: "yi = Φ⁻¹(p), vi = p(1 − p)/(n·φ(Φ⁻¹(p))²); back: p = Φ(y)",
        source: "Bliss CI. The method of probits. Science 1934; 79: 38–39.",
        see: &["plo", "link", "continuity-correction"],
    },
    Entry {
        term: "pas",
        name: "Arcsine square root (PAS)",
        aliases: &["arcsine", "angular", "arcsine-square-root", "arcsine-square-root-(pas)"],
        sentences: &[
            "This transformation is the arcsine of the square root of the proportion.",
            "Its sampling variance depends only on the number of patients, to a good \
             approximation, and not on the rate.",
            "Studies with no event, or with only events, need no correction.",
            "Weights follow the sizes of the studies, so an extreme rate is neither favoured nor \
             penalised.",
            "The scale ends at 0 and at π/2; a limit beyond it is held at the edge before it is \
             transformed back.",
            "Differences on this scale have no simple meaning, unlike those of logits.",
            "The approximation is weak for very small studies and rare events.",
            "A model for the counts themselves, such as the GLMM, makes the transformation \
             unnecessary.",
        ],
        formula: "yi = asin √(x/n), vi = 1/(4n); back: p = sin²(y)",
        source: "Anscombe FJ. The transformation of Poisson, binomial and negative-binomial data. \
                 Biometrika 1948; 35: 246–254. Warton DI, Hui FKC. The arcsine is asinine: the \
                 analysis of proportions in ecology. Ecology 2011; 92: 3–10.",
        see: &["pft", "plo", "glmm"],
    },
    Entry {
        term: "pft",
        name: "Freeman–Tukey double arcsine (PFT)",
        aliases: &[
            "freeman-tukey",
            "double-arcsine",
            "freeman-tukey-double-arcsine",
            "freeman-tukey-double-arcsine-(pft)",
        ],
        sentences: &[
            "The double arcsine averages two arcsine transformations, of x/(n + 1) and of \
             (x + 1)/(n + 1).",
            "It stabilises the variance better than the simple arcsine for small studies and rare \
             events.",
            "No correction is needed for studies with no event or with only events.",
            "The transformed value depends on the sample size as well as on the proportion.",
            "To turn a pooled value back into a rate a sample size has therefore to be invented, \
             although no study has it.",
            "If the harmonic mean of very different sizes is used, the pooled rate can be far from \
             every study's rate, even 0.",
            "The inversion by variance, the default here, avoids the worst of this.",
            "Because of this weakness it is offered for comparison with published work, not \
             recommended.",
        ],
        formula: "yi = ½[asin √(x/(n + 1)) + asin √((x + 1)/(n + 1))], vi = 1/(4n + 2)",
        source: "Freeman MF, Tukey JW. Transformations related to the angular and the square root. \
                 Annals of Mathematical Statistics 1950; 21: 607–611. Schwarzer G, Chemaitelly H, \
                 Abu-Raddad LJ, Rücker G. Seriously misleading results using inverse of \
                 Freeman-Tukey double arcsine transformation in meta-analysis of single \
                 proportions. Research Synthesis Methods 2019; 10: 476–483.",
        see: &["inversion", "pas", "glmm"],
    },
    Entry {
        term: "gen",
        name: "Generic effects (GEN)",
        aliases: &["generic", "generic-effect"],
        sentences: &[
            "Generic effects were computed elsewhere and are given as yi with a variance vi.",
            "They are pooled as they are and shown on the same scale; nothing is transformed back.",
            "The scale must be one on which a normal distribution is reasonable, such as log odds \
             ratios or differences of means.",
            "All studies must be on the same scale and have the same direction.",
            "Only the two-step model can pool them, because one-step models need counts.",
            "There is no crude rate for them.",
            "If events and totals are known, giving those is better, since more methods become \
             available.",
        ],
        formula: "yi and vi as given; 95 % interval of a study: yi ± 1.96·√vi",
        source: "Viechtbauer W. Conducting meta-analyses in R with the metafor package. Journal of \
                 Statistical Software 2010; 36(3): 1–48.",
        see: &["yi", "two-step"],
    },
    Entry {
        term: "inversion",
        name: "Inversion of the double arcsine",
        aliases: &[
            "miller",
            "back-transformation",
            "inversion-by-variance",
            "harmonic",
            "harmonic-mean",
            "geometric",
            "arithmetic",
        ],
        sentences: &[
            "A pooled Freeman–Tukey value becomes a rate through Miller's formula, which needs a \
             sample size n.",
            "For a single study its own n is used.",
            "For a pooled value no natural n exists, and the choice can change the result.",
            "By variance, the default, n is the size whose variance 1/(4n + 2) the pooled value \
             has.",
            "The harmonic, geometric and arithmetic means of the study sizes are the other \
             choices.",
            "The harmonic mean was proposed first; it is ruled by the smallest studies, and with \
             very different sizes it can give a rate of 0 although every study had events.",
            "A warning with the results of the other choices appears when the largest study is \
             more than 20 times the smallest.",
            "The same n is used for the estimate, its interval and the prediction interval.",
        ],
        formula: "t = 2y: p = ½{1 − sgn(cos t)·√(1 − [sin t + (sin t − 1/sin t)/n]²)}; by \
                  variance: n = 1/(4·se²) − ½",
        source: "Miller JJ. The inverse of the Freeman–Tukey double arcsine transformation. The \
                 American Statistician 1978; 32: 138. Barendregt JJ, Doi SA, Lee YY, Norman RE, Vos \
                 T. Meta-analysis of prevalence. Journal of Epidemiology and Community Health 2013; \
                 67: 974–978.",
        see: &["pft", "pas"],
    },
    Entry {
        term: "continuity-correction",
        name: "Continuity correction",
        aliases: &["correction", "add", "zero-cells", "only0", "if0all", "haldane", "corrected"],
        sentences: &[
            "A study with no event, or with only events, has an infinite logit or an estimated \
             variance of 0.",
            "The two-step model then adds a small number, usually one half, to the events and to \
             the non-events.",
            "The study is treated as x + ½ events of n + 1 patients.",
            "With the rule only0, the default, only such studies are changed.",
            "Under if0all every study is changed as soon as one has an empty cell; all and none \
             mean what they say.",
            "The correction pulls rates towards one half, and the more so the smaller the study.",
            "With rare events and many empty cells it can dominate the result.",
            "The arcsine scales and the one-step models need none.",
            "Rates and intervals of single studies are shown uncorrected.",
        ],
        formula: "x + a of n + 2a, a = ½",
        source: "Gart JJ, Zweifel JR. On the bias of various estimators of the logit and its \
                 variance with application to quantal bioassay. Biometrika 1967; 54: 181–187. \
                 Sweeting MJ, Sutton AJ, Lambert PC. What to add to nothing? Use and avoidance of \
                 continuity corrections in meta-analysis of sparse data. Statistics in Medicine \
                 2004; 23: 1351–1375.",
        see: &["plo", "two-step", "glmm"],
    },
];
