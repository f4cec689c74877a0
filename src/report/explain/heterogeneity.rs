//! How much studies differ.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "heterogeneity",
        name: "Heterogeneity",
        aliases: &["between-study-heterogeneity", "inconsistency"],
        sentences: &[
            "Heterogeneity means that the true rates of the studies differ, beyond what chance \
             within studies explains.",
            "Patients, definitions, methods and length of follow-up are usual reasons.",
            "Four numbers describe it, and they answer different questions.",
            "τ tells how far true effects spread, on the scale of the analysis.",
            "The prediction interval turns that into rates.",
            "I² tells which share of the observed variation is real rather than chance, and \
             therefore rises with the size of the studies.",
            "Q and its p value, or a likelihood-ratio test, tell whether there is evidence of any \
             heterogeneity at all.",
            "For rates from large studies I² is nearly always high, so τ and the prediction \
             interval come first here.",
            "If heterogeneity is large, the question why studies differ is more useful than a \
             single pooled number.",
        ],
        formula: "true effects: θ_i ~ N(μ, τ²)",
        source: "Higgins JPT, Thompson SG. Quantifying heterogeneity in a meta-analysis. Statistics \
                 in Medicine 2002; 21: 1539–1558.",
        see: &["tau", "prediction-interval", "i2", "q"],
    },
    Entry {
        term: "tau2",
        name: "Between-study variance τ²",
        aliases: &["tau-squared", "between-study-variance", "heterogeneity-variance"],
        sentences: &[
            "τ² is the variance of the true effects between studies, on the scale of the analysis.",
            "It is 0 when all studies share one true effect.",
            "It does not depend on how large the studies are; only the precision of its estimate \
             does.",
            "It is hard to read directly, so its square root τ and the prediction interval are \
             shown with it.",
            "Many estimators exist; REML is the default of the two-step model, and the GLMM uses \
             maximum likelihood.",
            "With few studies all of them are imprecise, which is why the interval of τ² matters \
             more than its estimate.",
            "An estimate of 0 does not show that studies agree: look at the upper limit.",
            "τ² on the logit scale and τ² on the arcsine scale are not comparable.",
        ],
        formula: "τ² = Var(θ_i), θ_i the true effect of study i",
        source: "DerSimonian R, Laird N. Meta-analysis in clinical trials. Controlled Clinical \
                 Trials 1986; 7: 177–188. Veroniki AA, Jackson D, Viechtbauer W, et al. Methods to \
                 estimate the between-study variance and its uncertainty in meta-analysis. Research \
                 Synthesis Methods 2016; 7: 55–79.",
        see: &["tau", "reml", "q-profile", "i2"],
    },
    Entry {
        term: "tau",
        name: "Between-study standard deviation τ",
        aliases: &["between-study-sd"],
        sentences: &[
            "τ is the standard deviation of the true effects between studies.",
            "It has the unit of the analysis scale, for example the logit.",
            "If true effects are normally distributed, about two thirds of studies lie within one \
             τ of the centre and 95 % within 1.96 τ.",
            "On the logit scale, with a median rate of 50 % and τ = 1, the middle 95 % of true \
             rates run from about 12 % to 88 %.",
            "With τ = 0.2 they run from about 40 % to 60 %.",
            "It does not depend on the size of the studies, so it can be compared between \
             meta-analyses on the same scale.",
            "Neither more nor larger studies make τ smaller; they only make it better known.",
            "The prediction interval is the easiest way to read it.",
        ],
        formula: "τ = √τ²",
        source: "Higgins JPT, Thompson SG, Spiegelhalter DJ. A re-evaluation of random-effects \
                 meta-analysis. Journal of the Royal Statistical Society A 2009; 172: 137–159.",
        see: &["tau2", "prediction-interval", "i2"],
    },
    Entry {
        term: "i2",
        name: "I²",
        aliases: &["i-squared", "isquared", "i2-q"],
        sentences: &[
            "I² is the percentage of the variation between observed results that is due to real \
             differences between studies and not to chance within them.",
            "It compares the between-study variance τ² with v̄, the sampling variance of a typical \
             study.",
            "Because larger studies have smaller sampling variance, I² rises with study size even \
             if the real spread stays the same.",
            "It is therefore not a measure of how much studies differ; τ and the prediction \
             interval are.",
            "Rates are often reported by large studies, and an I² above 90 % is common among them.",
            "Two definitions are in use and both are printed: one from τ², one from Q.",
            "They agree when τ² is estimated by DerSimonian and Laird, and differ otherwise.",
            "The interval of the first comes from the interval of τ², that of the second is the \
             test-based one of Higgins and Thompson.",
            "With few studies these intervals are wide, and fixed labels such as low or high for \
             certain values mislead.",
        ],
        formula: "from τ²: 100·τ²/(τ² + v̄), v̄ = (k − 1)·Σw/((Σw)² − Σw²), w = 1/v; from Q: \
                  100·max(0, (Q − df)/Q)",
        source: "Higgins JPT, Thompson SG. Quantifying heterogeneity in a meta-analysis. Statistics \
                 in Medicine 2002; 21: 1539–1558. Borenstein M, Higgins JPT, Hedges LV, Rothstein \
                 HR. Basics of meta-analysis: I² is not an absolute measure of heterogeneity. \
                 Research Synthesis Methods 2017; 8: 5–18.",
        see: &["tau", "h2", "q", "prediction-interval"],
    },
    Entry {
        term: "h2",
        name: "H²",
        aliases: &["h-squared", "h"],
        sentences: &[
            "H² is the ratio of the total variation of the results to the variation that chance \
             within studies explains.",
            "A value of 1 means that chance explains everything.",
            "A value of 4 means that the results vary four times as much, in variance, as chance \
             alone would make them.",
            "It carries the same information as I² on another scale.",
            "Like I², it rises with the size of the studies.",
            "It is computed from τ² here, and its interval from the interval of τ².",
            "The older definition, Q divided by its degrees of freedom, is the same number when τ² \
             is estimated by DerSimonian and Laird and Q is at least df.",
        ],
        formula: "H² = (τ² + v̄)/v̄; I² = 100·(H² − 1)/H²",
        source: "Higgins JPT, Thompson SG. Quantifying heterogeneity in a meta-analysis. Statistics \
                 in Medicine 2002; 21: 1539–1558.",
        see: &["i2", "q", "tau2"],
    },
    Entry {
        term: "q",
        name: "Cochran's Q",
        aliases: &["cochran", "cochran's-q", "cochran-q", "q-test"],
        sentences: &[
            "Q is the weighted sum of squared distances of the studies from the common-effect \
             mean.",
            "If all studies share one true effect, Q follows approximately a χ² distribution with \
             k − 1 degrees of freedom.",
            "A Q far above k − 1 is evidence that true effects differ.",
            "With few studies the test misses much real heterogeneity, so a large p value is no \
             proof of agreement.",
            "With many large studies it is nearly always significant, even for small differences.",
            "Its size grows with the number of studies, so Q itself does not measure how much they \
             differ.",
            "The choice between common and random effects should rest on what is plausible, not on \
             this test.",
            "For rates near 0 or 1 from small studies the χ² approximation is poor; one-step \
             models use a likelihood-ratio test instead.",
        ],
        formula: "Q = Σ w_i (y_i − μ̂)², w_i = 1/v_i, μ̂ the common-effect mean; df = k − 1",
        source: "Cochran WG. The combination of estimates from different experiments. Biometrics \
                 1954; 10: 101–129.",
        see: &["i2", "lrt", "tau2", "df"],
    },
    Entry {
        term: "lrt",
        name: "Likelihood-ratio test of heterogeneity",
        aliases: &["likelihood-ratio", "likelihood-ratio-test", "deviance"],
        sentences: &[
            "This test compares two descriptions of the counts.",
            "In one, a single rate holds for all studies; in the other, the saturated model, each \
             study has a rate of its own.",
            "The statistic is twice the difference of the two log-likelihoods, and is computed \
             directly from the counts.",
            "If one rate holds for all, it follows approximately a χ² distribution with k − 1 \
             degrees of freedom.",
            "Studies with no event, or with only events, enter without any correction.",
            "It plays the part that Cochran's Q plays in the two-step model, and the Q-based I² of \
             one-step models comes from it.",
            "With expected counts that are very small the χ² approximation is rough.",
            "Like Q, it shows whether studies differ, not how much.",
        ],
        formula: "T = 2·Σ [x ln(x/(n·p̄)) + (n − x) ln((n − x)/(n·(1 − p̄)))], p̄ = Σx/Σn, \
                  0·ln 0 = 0",
        source: "McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. Chapman and Hall, 1989.",
        see: &["q", "wald-test", "lrt-tau2", "glmm"],
    },
    Entry {
        term: "lrt-tau2",
        name: "Likelihood-ratio test of τ² = 0",
        aliases: &["tau2-=-0", "rho-=-0", "boundary-test", "chi-bar-square"],
        sentences: &[
            "This test asks whether a model with between-study variance fits better than the same \
             model with τ² fixed at 0.",
            "The statistic is twice the gain in log-likelihood.",
            "A variance cannot be negative, so 0 lies at the edge of its range and the usual χ² \
             rule does not hold there.",
            "In large samples the statistic is 0 half of the time and follows χ² with one degree \
             of freedom otherwise.",
            "The p value is therefore half of the χ² probability, and it is 1 if the statistic is \
             0.",
            "The interval of τ² may reach 0 although this p value is below 0.05, because the \
             interval is two-sided and the test is one-sided.",
            "In the beta-binomial model the same test concerns ρ = 0.",
            "It is a test for the presence of heterogeneity; its size is told by τ.",
        ],
        formula: "T = 2·(ℓ(τ̂²) − ℓ(0)); p = ½·P(χ²(1) ≥ T)",
        source: "Self SG, Liang KY. Asymptotic properties of maximum likelihood estimators and \
                 likelihood ratio tests under nonstandard conditions. Journal of the American \
                 Statistical Association 1987; 82: 605–610.",
        see: &["tau2", "lrt", "boundary", "rho"],
    },
    Entry {
        term: "wald-test",
        name: "Wald test of heterogeneity",
        aliases: &["wald-q", "wald-type-test"],
        sentences: &[
            "This is Cochran's Q of the uncorrected logits, computed beside a one-step model.",
            "The logit of a study with no event, or with only events, is infinite, so such studies \
             cannot take part.",
            "The degrees of freedom are the number of studies that do take part, minus one.",
            "It therefore tests fewer studies than the model uses.",
            "Some programs print this test for the GLMM; --q-test wald makes it the leading one \
             here, and --q-test wald-all takes k − 1 degrees of freedom as they do.",
            "The likelihood-ratio test uses all studies and is the default.",
            "When many studies have an empty cell the two can disagree strongly, and the \
             likelihood-ratio test deserves the trust.",
        ],
        formula: "Q over studies with 0 < x < n: y = ln(x/(n − x)), v = 1/x + 1/(n − x)",
        source: "Wald A. Tests of statistical hypotheses concerning several parameters when the \
                 number of observations is large. Transactions of the American Mathematical Society \
                 1943; 54: 426–482.",
        see: &["lrt", "q", "continuity-correction"],
    },
    Entry {
        term: "rho",
        name: "Overdispersion ρ",
        aliases: &["overdispersion", "intraclass-correlation", "icc"],
        sentences: &[
            "ρ measures heterogeneity in the beta-binomial model.",
            "It lies between 0 and 1; at 0 all studies share one rate.",
            "It is the correlation between two patients of the same study: patients of one study \
             are more alike than patients of different studies.",
            "The variance of true rates between studies is ρ·μ(1 − μ), where μ is the mean rate.",
            "At 1 every study would have either no events or only events.",
            "With μ = 0.5 a ρ of 0.1 means that true rates have a standard deviation of 0.16.",
            "The variance of a study's count is the binomial one multiplied by 1 + (n − 1)ρ, so \
             even a small ρ matters for large studies.",
            "It cannot be compared with τ², which lives on another scale.",
        ],
        formula: "ρ = 1/(α + β + 1), μ = α/(α + β), Var(p_i) = ρ·μ(1 − μ)",
        source: "Williams DA. The analysis of binary responses from toxicological experiments \
                 involving reproduction and teratogenicity. Biometrics 1975; 31: 949–952.",
        see: &["beta-binomial", "tau2", "lrt-tau2"],
    },
];
