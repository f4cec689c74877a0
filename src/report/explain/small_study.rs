//! Terms of small-study effects.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "small-study-effects",
        name: "Small-study effects",
        aliases: &[
            "publication-bias",
            "adjusted-for-small-study-effects",
            "small-study-effect",
            "other-measures",
        ],
        sentences: &[
            "A small-study effect is a difference between the results of small and large studies.",
            "One cause is publication bias: small studies with dull results stay unpublished.",
            "Others are that small studies treat other patients, follow them differently, or are less \
             careful.",
            "Chance is a further one, the more so the fewer studies there are.",
            "No method can tell these causes apart from the numbers alone.",
            "The block of adjusted results shows what the rate would be under several assumptions \
             about the cause.",
            "If all of them agree with the analysis, small studies do not decide it.",
            "None of them replaces the analysis as planned.",
        ],
        formula: "effect = limit + slope × (how small the study is) + scatter",
        source: "Sterne JAC, Sutton AJ, Ioannidis JPA, et al. Recommendations for examining and \
                 interpreting funnel plot asymmetry. BMJ 2011; 343: d4002.",
        see: &["funnel-asymmetry", "trim-and-fill", "selection-model", "limit-meta-analysis"],
    },
    Entry {
        term: "funnel-asymmetry",
        name: "Funnel asymmetry",
        aliases: &["funnel", "funnel-plot", "asymmetry", "tests-of-funnel-asymmetry"],
        sentences: &[
            "A funnel plot shows the effect of each study against its precision or size.",
            "Without small-study effects the points scatter evenly around the centre, wider at the \
             bottom.",
            "Tests of asymmetry ask whether effects depend on how small a study is.",
            "For single proportions the standard error depends on the rate itself, so that tests on \
             it reject too often.",
            "Tests on the size of the study, 1/n, stand first: they keep to their error rate where \
             rates are away from 0 and 1.",
            "Near 0 and 1 cells are empty, corrected effects follow from the size, and these tests \
             reject too often as well.",
            "With fewer than ten studies such tests have too little power to be useful.",
            "A small p value says that effects depend on size, not why.",
        ],
        formula: "test of b = 0 in y_i = a + b·x_i, x_i = 1/n_i or √v_i",
        source: "Hunter JP, Saratzis A, Sutton AJ, et al. In meta-analyses of proportion studies, \
                 funnel plots were found to be an inaccurate method of assessing publication bias. \
                 Journal of Clinical Epidemiology 2014; 67: 897–903.",
        see: &["size-test", "egger", "begg", "peters", "small-study-effects"],
    },
    Entry {
        term: "size-test",
        name: "Test of asymmetry by size",
        aliases: &["size", "size,-1/n", "size,-1/n,-mixed", "size,-√(1/n)", "1/n"],
        sentences: &[
            "The effects are regressed on one over the size of the study.",
            "An infinitely large study has the value 0, so that the intercept is its effect.",
            "The weights are the inverse sampling variances.",
            "In the plain form the scatter around the line multiplies those variances.",
            "In the mixed form a between-study variance is added to them.",
            "A third form uses the square root of one over the size.",
            "Unlike the standard error, the size does not depend on the rate.",
            "Where many studies have no events or only events, their corrected effects follow from \
             the size, and the test rejects too often.",
        ],
        formula: "y_i = a + b/n_i, weights 1/v_i; t = b̂/se(b̂) on k − 2 df",
        source: "Hunter JP, Saratzis A, Sutton AJ, et al. In meta-analyses of proportion studies, \
                 funnel plots were found to be an inaccurate method of assessing publication bias. \
                 Journal of Clinical Epidemiology 2014; 67: 897–903.",
        see: &["funnel-asymmetry", "peters", "egger"],
    },
    Entry {
        term: "peters",
        name: "Peters' test",
        aliases: &["peters-test", "peters'-test"],
        sentences: &[
            "Peters' test regresses the effects on one over the size of the study.",
            "Its weights are x(n − x)/n, the inverse variance of a logit.",
            "On the logit scale it is the plain test by size.",
            "On other scales only the weights differ.",
            "It was proposed for odds ratios, where the standard error depends on the effect.",
            "The same reason speaks for it with single proportions.",
        ],
        formula: "y_i = a + b/n_i, weights x_i(n_i − x_i)/n_i; t on k − 2 df",
        source: "Peters JL, Sutton AJ, Jones DR, Abrams KR, Rushton L. Comparison of two methods to \
                 detect publication bias in meta-analysis. JAMA 2006; 295: 676–680.",
        see: &["size-test", "funnel-asymmetry"],
    },
    Entry {
        term: "egger",
        name: "Egger's test",
        aliases: &["egger's-test", "eggers-test", "egger,-mixed", "egger-mixed"],
        sentences: &[
            "Egger's test regresses the effects on their standard errors.",
            "A slope other than 0 means that small studies give other results than large ones.",
            "In the plain form the scatter around the line multiplies the sampling variances.",
            "In the mixed form a between-study variance is added to them.",
            "For single proportions the standard error depends on the rate, which alone makes a slope.",
            "It should then be read only beside a test by size.",
            "The two forms can disagree where heterogeneity is strong.",
        ],
        formula: "y_i = a + b·√v_i, weights 1/v_i (mixed: 1/(v_i + τ²)); t on k − 2 df (mixed: z)",
        source: "Egger M, Davey Smith G, Schneider M, Minder C. Bias in meta-analysis detected by a \
                 simple, graphical test. BMJ 1997; 315: 629–634.",
        see: &["funnel-asymmetry", "thompson-sharp", "size-test"],
    },
    Entry {
        term: "thompson-sharp",
        name: "Thompson and Sharp's test",
        aliases: &["thompson", "thompson-and-sharp"],
        sentences: &[
            "Thompson and Sharp's test is Egger's test with an additive between-study variance.",
            "That variance is estimated by the method of moments from what the line leaves.",
            "It allows studies to differ for reasons other than their size.",
            "Where there is no such variance it comes close to Egger's test.",
            "The slope is referred to a t distribution with k − 2 degrees of freedom.",
            "Like Egger's test it should not be relied on with single proportions.",
        ],
        formula: "y_i = a + b·√v_i, weights 1/(v_i + τ̂²_DL); t on k − 2 df",
        source: "Thompson SG, Sharp SJ. Explaining heterogeneity in meta-analysis: a comparison of \
                 methods. Statistics in Medicine 1999; 18: 2693–2708.",
        see: &["egger", "dl", "funnel-asymmetry"],
    },
    Entry {
        term: "begg",
        name: "Begg and Mazumdar's rank correlation",
        aliases: &["begg's-test", "begg-mazumdar", "rank-correlation"],
        sentences: &[
            "Begg's test correlates the ranks of effects and variances by Kendall's τ.",
            "The effects are first centred at the common effect and divided by their standard errors.",
            "Without ties the p value counts permutations and is exact.",
            "With ties it comes from a normal approximation.",
            "It has less power than the regression tests.",
            "For single proportions effect and variance are related by themselves, which it takes for \
             asymmetry.",
        ],
        formula: "Kendall's τ of (y_i − μ̂)/√(v_i − 1/Σw) and v_i",
        source: "Begg CB, Mazumdar M. Operating characteristics of a rank correlation test for \
                 publication bias. Biometrics 1994; 50: 1088–1101.",
        see: &["funnel-asymmetry", "egger"],
    },
    Entry {
        term: "harbord",
        name: "Harbord's test",
        aliases: &["harbord's-test", "harbord-test"],
        sentences: &[
            "Harbord's test looks for funnel asymmetry of odds ratios.",
            "The standard error of a log odds ratio depends on the odds ratio, which alone makes a slope \
             in Egger's test.",
            "Harbord's test replaces both by the efficient score and its variance at an odds ratio of 1.",
            "Score over variance is close to the log odds ratio where effects are small.",
            "Studies without events in either group say nothing and are left out.",
            "It keeps to its error rate unless effects are large or the groups very unequal.",
        ],
        formula: "Z = a − (a+c)·n₁/N, V = n₁n₂(a+c)(b+d)/(N²(N−1)); Z/V on 1/√V, weights V; t on k − 2 df",
        source: "Harbord RM, Egger M, Sterne JAC. A modified test for small-study effects in \
                 meta-analyses of controlled trials with binary endpoints. Statistics in Medicine 2006; \
                 25: 3443–3457.",
        see: &["egger", "peters", "funnel-asymmetry"],
    },
    Entry {
        term: "macaskill",
        name: "Macaskill's test",
        aliases: &["macaskill,-fpv", "macaskill,-fiv", "macaskill-fpv", "macaskill-fiv"],
        sentences: &[
            "Macaskill's test regresses log odds ratios on the sizes of the studies.",
            "FIV weights by the inverse variance of each log odds ratio.",
            "FPV weights by the inverse variance with both groups pooled, which does not depend on the \
             odds ratio.",
            "FPV keeps to its error rate, FIV rejects somewhat too often.",
            "The line ends at studies of size 0, not at large ones: it has no limit to read off.",
            "A single very large study decides the line; Peters' test, on 1/N, is steadier.",
        ],
        formula: "ln OR on N, weights 1/v (FIV) or (1/(a+c) + 1/(b+d))⁻¹ (FPV); t on k − 2 df",
        source: "Macaskill P, Walter SD, Irwig L. A comparison of methods to detect publication bias in \
                 meta-analysis. Statistics in Medicine 2001; 20: 641–654.",
        see: &["peters", "harbord", "funnel-asymmetry"],
    },
    Entry {
        term: "deeks",
        name: "Deeks' test",
        aliases: &["deeks'-test", "deeks-test"],
        sentences: &[
            "Deeks' test looks for funnel asymmetry of diagnostic odds ratios.",
            "These are large, and the diseased are often few: Egger's test and others then reject \
             without any small-study effect.",
            "It regresses log odds ratios on one over the root of the effective size.",
            "The effective size is that of two equal groups with the same precision.",
            "Studies without events in either group, or with nothing else, are left out.",
            "Its power is low where accuracy differs between studies.",
        ],
        formula: "ln OR on 1/√ESS, weights ESS = 4n₁n₂/(n₁+n₂); t on k − 2 df",
        source: "Deeks JJ, Macaskill P, Irwig L. The performance of tests of publication bias and other \
                 sample size effects in systematic reviews of diagnostic test accuracy was assessed. \
                 Journal of Clinical Epidemiology 2005; 58: 882–893.",
        see: &["harbord", "peters", "funnel-asymmetry"],
    },
    Entry {
        term: "pustejovsky-rodgers",
        name: "The test of Pustejovsky and Rodgers",
        aliases: &["pustejovsky", "pustejovsky-and-rodgers"],
        sentences: &[
            "This test looks for funnel asymmetry of standardised mean differences.",
            "Their variance has a part that grows with the difference itself, which alone makes a slope \
             in Egger's test.",
            "Only the part that the sizes of the groups make is kept, for the regression and the weights.",
            "The slope is referred to a t distribution with k − 2 degrees of freedom.",
            "It keeps to its error rate where Egger's test does not.",
            "It needs the sizes of both groups of every study.",
        ],
        formula: "g_i on √(1/n₁ + 1/n₂), weights (1/n₁ + 1/n₂)⁻¹; t on k − 2 df",
        source: "Pustejovsky JE, Rodgers MA. Testing for funnel plot asymmetry of standardized mean \
                 differences. Research Synthesis Methods 2019; 10: 57–71.",
        see: &["egger", "funnel-asymmetry"],
    },
    Entry {
        term: "trim-and-fill",
        name: "Trim and fill",
        aliases: &[
            "trimfill",
            "trim-and-fill,-l0",
            "trim-and-fill,-r0",
            "trim-and-fill,-q0",
            "l0",
            "r0",
            "q0",
        ],
        sentences: &[
            "Trim and fill takes asymmetry to be missing studies on one side of the funnel.",
            "It trims the most extreme studies of the other side until the rest is symmetric.",
            "The number trimmed estimates how many are missing.",
            "Then all studies are put back, and mirror images of the trimmed ones are filled in.",
            "L0, R0 and Q0 count the missing ones in different ways and often disagree.",
            "The filled-in studies are not data: the result says what if, not what is.",
            "With strong heterogeneity it fills in studies that were never missing.",
        ],
        formula: "L0 = (4T − k(k+1))/(2k − 1), T the sum of ranks of the larger side",
        source: "Duval S, Tweedie R. Trim and fill: a simple funnel-plot-based method of testing and \
                 adjusting for publication bias in meta-analysis. Biometrics 2000; 56: 455–463.",
        see: &["funnel-asymmetry", "small-study-effects"],
    },
    Entry {
        term: "pet-peese",
        name: "PET and PEESE",
        aliases: &["pet", "peese"],
        sentences: &[
            "Both extrapolate the effects to a study without sampling error.",
            "PET draws a line through the effects against their standard errors and takes the \
             intercept.",
            "PEESE does the same with the sampling variances.",
            "PET is better where there is no effect, PEESE where there is one.",
            "The usual rule picks one of them by a test of no effect.",
            "A single proportion has no value that means no effect, so that both are shown.",
            "With few large studies the extrapolation goes far beyond the data.",
        ],
        formula: "the intercept a of y_i = a + b·√v_i (PEESE: + b·v_i), weights 1/v_i",
        source: "Stanley TD, Doucouliagos H. Meta-regression approximations to reduce publication \
                 selection bias. Research Synthesis Methods 2014; 5: 60–78.",
        see: &["egger", "limit-meta-analysis"],
    },
    Entry {
        term: "limit-meta-analysis",
        name: "Limit meta-analysis",
        aliases: &["limit", "limitmeta", "g2"],
        sentences: &[
            "A limit meta-analysis adds a small-study effect to the random-effects model.",
            "It asks what each study would show if it were infinitely precise.",
            "The adjusted effect is the mean of those values.",
            "Heterogeneity between studies remains in it, only the part that goes with precision is \
             taken away.",
            "G² is the share of the scatter of those values that the small-study effect does not \
             explain.",
            "Its interval takes the between-study variance as known.",
        ],
        formula: "y_i = β + α·√(v_i + τ²) + scatter; adjusted effect β̂ + τ̂·α̂",
        source: "Rücker G, Schwarzer G, Carpenter JR, Binder H, Schumacher M. Treatment-effect \
                 estimates adjusted for small-study effects via a limit meta-analysis. Biostatistics \
                 2011; 12: 122–142.",
        see: &["pet-peese", "small-study-effects"],
    },
    Entry {
        term: "selection-model",
        name: "Selection model",
        aliases: &[
            "selection-models",
            "selection",
            "step-function",
            "beta",
            "half-normal",
            "negative-exponential",
        ],
        sentences: &[
            "A selection model lets the chance that a study is seen depend on its p value.",
            "The mean, the between-study variance and the selection are estimated together by maximum \
             likelihood.",
            "A step function has a weight for each interval of p values, 1 for the smallest.",
            "Beta, half-normal and negative exponential weights fall smoothly.",
            "The likelihood ratio compares the model with the one without selection.",
            "p values need a null value, and a single proportion has none: it is named with --null.",
            "The likelihood often has several maxima, so that many starts are tried and the \
             log-likelihood is shown.",
            "With fewer than a few dozen studies the selection is hardly estimable.",
        ],
        formula: "density of y_i ∝ φ(y_i; μ, v_i + τ²)·w(p_i)",
        source: "Vevea JL, Hedges LV. A general linear model for estimating effect size in the \
                 presence of publication bias. Psychometrika 1995; 60: 419–435.",
        see: &["copas", "small-study-effects", "log-likelihood"],
    },
    Entry {
        term: "copas",
        name: "Copas selection model",
        aliases: &["copas-model", "copas-selection-model"],
        sentences: &[
            "The Copas model lets the chance that a study is seen depend on its precision and on its \
             result.",
            "How strong that selection is cannot be estimated and is varied instead.",
            "Each line of the table has a chance that a study as imprecise as the least precise one \
             is seen.",
            "The strengths follow the line of Carpenter, Rücker and Schwarzer (2009), along which the \
             estimate changes fastest.",
            "The column of p values tests whether small-study effects are left at that strength.",
            "The adjusted result is that of the weakest selection with a p value above 0.1.",
            "Other software can have other standard errors where ρ ends at the limit of its range.",
        ],
        formula: "a study is seen if γ0 + γ1/se_i + δ_i > 0, corr(δ_i, error of y_i) = ρ",
        source: "Copas J, Shi JQ. Meta-analysis, funnel plots and sensitivity analysis. \
                 Biostatistics 2000; 1: 247–262.",
        see: &["selection-model", "small-study-effects"],
    },
    Entry {
        term: "lfk",
        name: "LFK index and Doi plot",
        aliases: &["lfk-index", "doi-plot", "doi"],
        sentences: &[
            "The Doi plot shows each effect against the normal quantile of its rank, weighted by \
             precision.",
            "Symmetric studies make two equal limbs.",
            "The LFK index measures how unequal the limbs are.",
            "Its authors read values within 1 as no asymmetry, within 2 as minor and beyond as major.",
            "The index is no test: its spread depends on the number of studies.",
            "With the fixed limits it gives many false alarms.",
            "It is shown because it is asked for, with that caution.",
        ],
        formula: "(5/2k)·Σ[z_i + (range of z/range of y)·(y_i − y_tip)]",
        source: "Furuya-Kanamori L, Barendregt JJ, Doi SAR. A new improved graphical and quantitative \
                 method for detecting bias in meta-analysis. International Journal of Evidence-Based \
                 Healthcare 2018; 16: 195–203. Schwarzer G, Rücker G, Semaca C. LFK index does not \
                 reliably detect small-study effects in meta-analysis. Research Synthesis Methods \
                 2024; 15: 603–615.",
        see: &["funnel-asymmetry", "egger"],
    },
    Entry {
        term: "fail-safe-n",
        name: "Fail-safe N",
        aliases: &["fail-safe", "file-drawer", "rosenthal", "orwin", "rosenberg"],
        sentences: &[
            "Fail-safe N is the number of studies without effect that would undo the result.",
            "Rosenthal counts until the combined one-sided p value exceeds .05.",
            "Orwin counts until the mean effect is halved.",
            "Rosenberg counts until the common effect is no longer significant.",
            "The numbers ignore heterogeneity and take missing studies to have exactly no effect.",
            "For a rate the value that means no effect has to be named with --null.",
            "It is reported for completeness; better methods exist.",
        ],
        formula: "Rosenthal: (Σz/1.645)² − k; Orwin: k(|ȳ| − target)/target",
        source: "Rosenthal R. The file drawer problem and tolerance for null results. Psychological \
                 Bulletin 1979; 86: 638–641. Rosenberg MS. The file-drawer problem revisited. \
                 Evolution 2005; 59: 464–468.",
        see: &["excess-significance", "small-study-effects"],
    },
    Entry {
        term: "excess-significance",
        name: "Excess significance",
        aliases: &["tes", "significant", "test-of-excess-significance"],
        sentences: &[
            "The test of excess significance counts the studies that differ significantly from a null \
             value.",
            "It compares the count with the sum of the studies' powers.",
            "The power of each study is computed at the random-effects mean, with the between-study \
             variance.",
            "Too many significant studies can mean that others were not published, or were analysed \
             until significant.",
            "The p value is that of at least as many, from the exact distribution.",
            "For a rate the null value has to be named with --null.",
        ],
        formula: "P(O ≥ observed), O a sum of independent trials with the studies' powers",
        source: "Ioannidis JPA, Trikalinos TA. An exploratory test for an excess of significant \
                 findings. Clinical Trials 2007; 4: 245–253.",
        see: &["fail-safe-n", "selection-model"],
    },
];
