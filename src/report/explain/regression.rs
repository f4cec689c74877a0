//! Meta-regression.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "meta-regression",
        name: "Meta-regression",
        aliases: &["regression", "moderator", "moderators", "regress"],
        sentences: &[
            "Meta-regression asks how the rate depends on what the studies are, such as their \
             year or design.",
            "It is a weighted regression with a between-study variance that the moderators do not \
             explain.",
            "A text column makes a coefficient for each level but its reference.",
            "A relation between studies need not hold between patients.",
            "Studies are few, so a few moderators are already many: ten studies a coefficient is \
             a common rule.",
            "Moderators that were found by looking at the data want a permutation test, or new \
             data.",
            "For counts the GLMM regresses the logit without a continuity correction.",
        ],
        formula: "y_i = x_i'β + u_i + e_i, u ~ N(0, τ²); GLMM: g(p_i) = x_i'β + u_i",
        source: "Thompson SG, Higgins JPT. How should meta-regression analyses be undertaken and \
                 interpreted? Statistics in Medicine 2002; 21: 1559–1573.",
        see: &["coefficient", "qm", "residual-heterogeneity", "r2", "permutation"],
    },
    Entry {
        term: "coefficient",
        name: "Coefficients",
        aliases: &["term", "coefficients", "reference-level", "intercept"],
        sentences: &[
            "A coefficient is how much the pooled value changes on the analysis scale when its \
             moderator rises by one.",
            "For a level of a text column it is the difference from the reference level.",
            "On the logit scale its exponential is an odds ratio.",
            "The intercept is the value where all moderators are 0 or at their reference, which \
             center() moves to where the studies are.",
            "The reference is the first level by name unless --reference says otherwise.",
            "Its interval and test follow --ci as in pooling, on k − p degrees of freedom.",
        ],
        formula: "β̂ = (X'W*X)⁻¹X'W*y, Cov(β̂) = (X'W*X)⁻¹, W* = diag(1/(v_i + τ²))",
        source: "Knapp G, Hartung J. Improved tests for a random effects meta-regression with a \
                 single covariate. Statistics in Medicine 2003; 22: 2693–2710.",
        see: &["meta-regression", "vif", "contrast", "hk"],
    },
    Entry {
        term: "qm",
        name: "Test of the moderators",
        aliases: &["omnibus", "f-test", "do-the-moderators-matter?"],
        sentences: &[
            "The omnibus test asks whether all coefficients but the intercept could be 0.",
            "With normal quantiles QM follows a χ² distribution.",
            "With t quantiles QM divided by its degrees of freedom follows an F distribution.",
            "It is a Wald test; the likelihood ratio beside it compares fits.",
            "With several terms there is a test for each of them.",
            "A large value says that the moderators go with the rates, not that they cause them.",
        ],
        formula: "QM = b'Cov(b)⁻¹b; F = QM/m on m and k − p degrees of freedom",
        source: "Viechtbauer W, López-López JA, Sánchez-Meca J, Marín-Martínez F. A comparison of \
                 procedures to test for moderators in mixed-effects meta-regression models. \
                 Psychological Methods 2015; 20: 360–374.",
        see: &["coefficient", "lr-test", "permutation", "r2"],
    },
    Entry {
        term: "lr-test",
        name: "Likelihood-ratio test of moderators",
        aliases: &["anova", "lr"],
        sentences: &[
            "The likelihood-ratio test compares the fit with moderators and the fit without them.",
            "Twice the gain in log-likelihood is compared with a χ² distribution.",
            "Both models are fitted by maximum likelihood.",
            "Restricted likelihoods of different moderators are not comparable, so a REML fit is \
             refitted for it.",
            "With few studies it finds too much.",
            "A term is tested against the model that lacks only that term.",
        ],
        formula: "T = 2(ℓ_ML(with) − ℓ_ML(without)), χ² on the number of coefficients dropped",
        source: "Huizenga HM, Visser I, Dolan CV. Testing overall and moderator effects in random \
                 effects meta-regression. British Journal of Mathematical and Statistical \
                 Psychology 2011; 64: 1–19.",
        see: &["qm", "ml", "permutation"],
    },
    Entry {
        term: "residual-heterogeneity",
        name: "Residual heterogeneity",
        aliases: &["residual", "residual-tau2"],
        sentences: &[
            "This is how much the studies differ beyond what the moderators explain.",
            "τ² is the variance around the regression, with the interval of the method chosen.",
            "I² and H² relate it to the typical sampling variance, given the moderators.",
            "A moderator that explains nothing can make it larger, because it costs a degree of \
             freedom.",
            "A residual τ² of 0 is an estimate at its boundary, and its interval says how large \
             it may be.",
            "Prediction intervals at given moderators contain it.",
        ],
        formula: "v̄ = (k − p)/tr(P), I² = 100·τ²/(τ² + v̄)",
        source: "Viechtbauer W. Confidence intervals for the amount of heterogeneity in \
                 meta-analysis. Statistics in Medicine 2007; 26: 37–52.",
        see: &["qe", "r2", "tau2"],
    },
    Entry {
        term: "qe",
        name: "QE, the residual Q",
        aliases: &["residual-q"],
        sentences: &[
            "QE is Cochran's Q around the regression instead of around the mean.",
            "Without residual heterogeneity it would follow a χ² distribution with k − p degrees \
             of freedom.",
            "A small p value says that the moderators do not explain all differences.",
            "A large one does not say that nothing is left: with few studies the test finds \
             little.",
            "The residual τ² and its interval say how much is left.",
            "For the GLMM its place is taken by the likelihood ratio against a rate for each \
             study.",
        ],
        formula: "QE = Σ w_i (y_i − x_i'β̂)², w_i = 1/v_i",
        source: "Hedges LV, Olkin I. Statistical Methods for Meta-Analysis. Academic Press, 1985.",
        see: &["q", "residual-heterogeneity", "lrt"],
    },
    Entry {
        term: "r2",
        name: "R², the share of τ² explained",
        aliases: &["r-squared", "pseudo-r2"],
        sentences: &[
            "R² is how much smaller τ² is with the moderators than without them, in percent.",
            "It is 0 where the moderators leave τ² as it was or make it larger.",
            "It is not defined where there was next to no τ² to explain.",
            "With fewer than about 40 studies it is very uncertain.",
            "It says nothing about sampling error, which no moderator explains.",
            "100 % means that the estimate of the residual τ² is 0, not that all is understood.",
        ],
        formula: "R² = 100·max(0, (τ²₀ − τ²)/τ²₀)",
        source: "López-López JA, Marín-Martínez F, Sánchez-Meca J, Van den Noortgate W, \
                 Viechtbauer W. Estimation of the predictive power of the model in mixed-effects \
                 meta-regression. British Journal of Mathematical and Statistical Psychology 2014; \
                 67: 30–48.",
        see: &["residual-heterogeneity", "tau2", "qm"],
    },
    Entry {
        term: "vif",
        name: "Variance inflation factor (VIF)",
        aliases: &["variance-inflation-factor", "collinearity"],
        sentences: &[
            "The variance inflation factor is how many times larger the variance of a coefficient \
             is than if its moderator were unrelated to the others.",
            "1 is the least there is.",
            "Above 10 the moderators can hardly be told apart.",
            "Levels of one column always inflate one another somewhat.",
            "Powers and interactions of a number are less related to it after center().",
            "A moderator that the others determine is an error that names it.",
        ],
        formula: "the diagonal of the inverse of the correlation matrix of the coefficients",
        source: "Fox J, Monette G. Generalized collinearity diagnostics. Journal of the American \
                 Statistical Association 1992; 87: 178–183.",
        see: &["coefficient", "meta-regression"],
    },
    Entry {
        term: "permutation",
        name: "Permutation test",
        aliases: &["permutations", "permutest"],
        sentences: &[
            "The permutation test deals the moderators of the studies out anew, many times, and \
             counts how often the result is as extreme as the real one.",
            "It needs no assumption on the distribution of the statistic.",
            "All permutations are taken where there are few enough, else a seeded sample.",
            "With few studies the smallest possible p value is large, which is honest.",
            "Each permutation is fitted anew, τ² included.",
            "The moderators of a study stay together.",
            "Of a pooled value without moderators the signs of the studies' differences from a null \
             value are dealt anew (Follmann and Proschan 1999).",
        ],
        formula: "p = share of permutations with |t*| ≥ |t| (the data themselves included)",
        source: "Higgins JPT, Thompson SG. Controlling the risk of spurious findings from \
                 meta-regression. Statistics in Medicine 2004; 23: 1663–1682.",
        see: &["qm", "seed", "meta-regression", "p-value"],
    },
    Entry {
        term: "contrast",
        name: "Contrasts",
        aliases: &["contrasts", "pairs", "difference", "differences"],
        sentences: &[
            "A contrast is the difference of two levels, with the other moderators held alike.",
            "Those are numbers at their mean and text at its reference, which matters only where \
             they interact.",
            "On the logit scale its exponential is an odds ratio.",
            "--pairs gives all differences between levels.",
            "The more differences are looked at, the more are large by chance, so p values are \
             adjusted.",
            "Intervals are not adjusted.",
        ],
        formula: "c'β̂ with standard error √(c'Cov(β̂)c)",
        source: "Searle SR. Linear Models. Wiley, 1971.",
        see: &["adjustment", "coefficient", "trend"],
    },
    Entry {
        term: "adjustment",
        name: "Adjusted p values",
        aliases: &["holm", "bh", "benjamini-hochberg", "multiplicity", "p-adj."],
        sentences: &[
            "Of twenty true null hypotheses one is expected to give p below 0.05.",
            "Holm's method keeps the chance of any false finding among the differences below the \
             level.",
            "Benjamini and Hochberg's keeps the share of false findings among the findings below \
             it, and finds more.",
            "An adjusted p value is compared with the level as a plain one would be.",
            "It depends on which differences stand beside it.",
            "--adjust none leaves p values as they are.",
        ],
        formula: "Holm: max over smaller p of (m − rank + 1)·p; BH: min over larger p of m·p/rank",
        source: "Holm S. A simple sequentially rejective multiple test procedure. Scandinavian \
                 Journal of Statistics 1979; 6: 65–70. Benjamini Y, Hochberg Y. Journal of the Royal \
                 Statistical Society B 1995; 57: 289–300.",
        see: &["contrast", "p-value"],
    },
    Entry {
        term: "trend",
        name: "Trend over ordered levels",
        aliases: &["linear-trend", "slope"],
        sentences: &[
            "Levels with an order, such as degrees of severity, can be asked whether the rate \
             rises along it.",
            "The slope is the change for one step, by the line through the means of the levels.",
            "Every level counts alike in that line, however many studies it has.",
            "A second test asks whether the means depart from a line.",
            "The order is given with the option and should be known before the data are seen.",
            "Steps are taken as equally long.",
        ],
        formula: "Σ c_i μ_i / Σ c_i² with scores c_i = i − (m + 1)/2",
        source: "Armitage P. Tests for linear trends in proportions and frequencies. Biometrics \
                 1955; 11: 375–386.",
        see: &["contrast", "coefficient"],
    },
    Entry {
        term: "prediction-at",
        name: "Predicted values",
        aliases: &["predicted", "at", "predictions"],
        sentences: &[
            "A predicted value is what the regression says the pooled rate is at given \
             moderators.",
            "Its confidence interval is for the mean of such studies.",
            "Its prediction interval is for the true rate of one new study and contains the \
             residual τ².",
            "Outside the range of the studies it rests on the model alone, and a note says so.",
            "It is shown on the scale of rates.",
            "Every moderator of the model needs a value.",
        ],
        formula: "x'β̂ ± t·√(x'Cov(β̂)x) and ± t·√(τ² + x'Cov(β̂)x), put back to a rate",
        source: "Higgins JPT, Thompson SG, Spiegelhalter DJ. A re-evaluation of random-effects \
                 meta-analysis. Journal of the Royal Statistical Society A 2009; 172: 137–159.",
        see: &["prediction-interval", "meta-regression", "spline"],
    },
    Entry {
        term: "spline",
        name: "Curves: powers and splines",
        aliases: &["rcs", "poly", "restricted-cubic-spline", "center", "scale"],
        sentences: &[
            "poly(x, 2) adds the square of the centred number to the number itself, and so on.",
            "rcs(x, 3) is a restricted cubic spline: smooth, and straight beyond its outer knots.",
            "The knots stand at fixed quantiles of the studies' values.",
            "Single coefficients of a curve mean little; the test of the term and predicted \
             values do.",
            "A curve costs degrees of freedom, which a handful of studies does not have.",
            "center(x) and scale(x) move and stretch a number without changing what the model \
             says.",
        ],
        formula: "rcs: (x−t_j)³₊ − (x−t_{k−1})³₊(t_k−t_j)/(t_k−t_{k−1}) + \
                  (x−t_k)³₊(t_{k−1}−t_j)/(t_k−t_{k−1}), over (t_k−t_1)²",
        source: "Harrell FE. Regression Modeling Strategies. Springer, second edition, 2015, \
                 section 2.4.",
        see: &["prediction-at", "meta-regression", "qm"],
    },
];
