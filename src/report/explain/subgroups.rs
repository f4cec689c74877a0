//! Subgroups, and studies that sit in several of them.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "subgroup",
        name: "Subgroups",
        aliases: &["subgroups", "groups", "subgroup-analysis"],
        sentences: &[
            "A subgroup analysis pools each group of studies on its own and asks whether the \
             groups differ.",
            "Groups are the values of a column, such as the type of herniation.",
            "Each group has its own rate, interval and prediction interval.",
            "A group of one study has no between-study variance; its line shows the study itself.",
            "Studies are not randomised to groups, so a difference between groups can have many \
             causes.",
            "Comparing the p values of single groups is not a test of their difference.",
            "The fewer groups were named before the data were seen, the more a difference means.",
        ],
        formula: "for each group g: its own μ_g, τ²_g from the studies of g alone",
        source: "Borenstein M, Higgins JPT. Meta-analysis and subgroups. Prevention Science 2013; \
                 14: 134–143.",
        see: &["q-between", "common-tau2", "overlap", "meta-regression"],
    },
    Entry {
        term: "q-between",
        name: "Q between groups",
        aliases: &["between", "qb"],
        sentences: &[
            "Q between compares the pooled values of groups with one another.",
            "Each group counts by the inverse of the squared Wald standard error of its pooled \
             value.",
            "If all groups had the same true value it would follow a χ² distribution with one \
             degree of freedom fewer than there are groups.",
            "It is given for the random-effects and for the common-effect values.",
            "A group of one study enters with its own sampling variance, which is too small where \
             studies differ, so the test is also given without such groups.",
            "It assumes that the groups are independent.",
            "A study with rows in several groups breaks that, and other tests stand beside it \
             then.",
        ],
        formula: "Q_B = Σ w_g (μ̂_g − μ̄)², w_g = 1/se_g², μ̄ = Σ w_g μ̂_g / Σ w_g",
        source: "Hedges LV, Olkin I. Statistical Methods for Meta-Analysis. Academic Press, 1985.",
        see: &["subgroup", "overlap", "htz", "three-level"],
    },
    Entry {
        term: "subgroup-differences",
        name: "Tests for differences between groups",
        aliases: &["do-the-groups-differ", "differences-between-groups"],
        sentences: &[
            "The first lines test whether the groups differ as if all rows were independent.",
            "Where studies give rows to several groups, further lines do without that assumption.",
            "The cluster-robust test (HTZ) makes no model of the dependence and needs many \
             studies.",
            "The three-level model and the GLMM with a study effect describe the dependence by a \
             variance and rest on that description.",
            "With few studies they can disagree; then none of them settles the question.",
            "A p value of a robust test on fewer than four degrees of freedom is not reliable.",
        ],
        formula: "Q_B on χ²; HTZ on F; QM of the three-level model on χ²; likelihood ratio of the \
                  GLMM on χ²",
        source: "Tipton E. Small sample adjustments for robust variance estimation with \
                 meta-regression. Psychological Methods 2015; 20: 375–393.",
        see: &["q-between", "htz", "three-level", "nested-glmm"],
    },
    Entry {
        term: "common-tau2",
        name: "One τ² for all groups, or one for each",
        aliases: &["tau2-common", "separate-tau2"],
        sentences: &[
            "By default each group has its own between-study variance.",
            "With --tau2-common all groups share one, estimated from the residual differences \
             within groups.",
            "Small groups hardly know their own variance, and borrow it from the others that way.",
            "It is wrong where the studies of one group differ more than those of another.",
            "Groups that share a variance are the regression on group indicators, with its \
             intervals on k − p degrees of freedom.",
            "The beta-binomial model has no variance to share.",
        ],
        formula: "separate: τ²_g from group g; common: residual τ² of the regression on the groups",
        source: "Borenstein M, Hedges LV, Higgins JPT, Rothstein HR. Introduction to \
                 Meta-Analysis. Wiley, 2009, chapter 19.",
        see: &["subgroup", "tau2", "meta-regression"],
    },
    Entry {
        term: "overlap",
        name: "Studies in several groups",
        aliases: &["shared-studies", "studies-in-several-groups", "cluster"],
        sentences: &[
            "A study that reports several types of patients gives a row to each of several \
             groups.",
            "Its rows share a hospital, a protocol and a way of counting, so they resemble one \
             another.",
            "Tests that call all rows independent then promise too much or too little.",
            "The table names these studies and their groups.",
            "Tests that respect the dependence stand beside the plain one, and so do comparisons \
             within these studies alone.",
            "With --cluster another column says what belongs together, such as a team.",
        ],
        formula: "cluster: all rows with the same study name, or the same value of a column",
        source: "Hedges LV, Tipton E, Johnson MC. Robust variance estimation in meta-regression \
                 with dependent effect size estimates. Research Synthesis Methods 2010; 1: 39–65.",
        see: &["cr2", "htz", "three-level", "paired"],
    },
    Entry {
        term: "cr2",
        name: "Cluster-robust standard errors",
        aliases: &["cr0", "cr1", "robust", "cluster-robust", "sandwich", "rve"],
        sentences: &[
            "A cluster-robust standard error is computed from how much the residuals of whole \
             studies vary, not from an assumed model.",
            "It stays valid when the rows of one study are dependent in an unknown way.",
            "CR0 is the plain formula, which is too small with few studies; CR1 multiplies it by \
             m/(m − 1).",
            "CR2 corrects it so that it would be exact on average if the working model were \
             right.",
            "The degrees of freedom are estimated, and can be far below the number of studies.",
            "A coefficient that a single study determines has no such standard error.",
        ],
        formula: "V = M Σ X_j'W_jA_j e_j e_j' A_jW_jX_j M, M = (X'WX)⁻¹, A_j by the correction",
        source: "Pustejovsky JE, Tipton E. Small-sample methods for cluster-robust variance \
                 estimation and hypothesis testing in fixed effects models. Journal of Business & \
                 Economic Statistics 2018; 36: 672–683.",
        see: &["htz", "satterthwaite", "overlap"],
    },
    Entry {
        term: "satterthwaite",
        name: "Satterthwaite degrees of freedom",
        aliases: &["satterthwaite-df"],
        sentences: &[
            "A robust standard error is itself an estimate, and its degrees of freedom say how \
             good a one.",
            "They are chosen so that the mean and the variance of a χ² distribution match those \
             of the estimated variance.",
            "They depend on how the studies are spread over the groups, not only on how many \
             there are.",
            "They differ between coefficients of one regression.",
            "Below about four the p value is not reliable.",
            "They need not be whole numbers.",
        ],
        formula: "df = 2·E(V)²/Var(V) under the working model",
        source: "Bell RM, McCaffrey DF. Bias reduction in standard errors for linear regression \
                 with multi-stage samples. Survey Methodology 2002; 28: 169–181.",
        see: &["cr2", "htz", "df"],
    },
    Entry {
        term: "htz",
        name: "HTZ, the robust test of several coefficients",
        aliases: &["hotelling", "aht"],
        sentences: &[
            "HTZ tests several coefficients at once with a cluster-robust covariance.",
            "The statistic is compared with an F distribution whose second degrees of freedom are \
             estimated.",
            "With few studies these degrees of freedom are few, and the test is honest about how \
             little is known.",
            "Below four of them its p value is not reliable.",
            "It can find nothing where a plain test finds a clear difference: the plain test then \
             rests on independence that is not there, or the robust one on too few studies.",
            "It is not defined where the robust covariance is singular.",
        ],
        formula: "F = (η − q + 1)/(ηq) · (Cβ̂)'(CVC')⁻¹(Cβ̂) on q and η − q + 1 degrees of freedom",
        source: "Tipton E, Pustejovsky JE. Small-sample adjustments for tests of moderators and \
                 model fit using robust variance estimation in meta-regression. Journal of \
                 Educational and Behavioral Statistics 2015; 40: 604–634.",
        see: &["cr2", "satterthwaite", "q-between"],
    },
    Entry {
        term: "three-level",
        name: "Three-level model",
        aliases: &["multilevel", "rma.mv", "sigma2"],
        sentences: &[
            "The three-level model lets the rows of one study share a random effect.",
            "One variance is between studies, another between the rows of a study, and sampling \
             error comes on top.",
            "Both are estimated by REML, with profile-likelihood intervals.",
            "The groups enter as moderators, and their differences are tested together.",
            "It uses comparisons within studies as well as between them.",
            "With few studies that have several rows the two variances can hardly be told apart; \
             their intervals show it.",
            "Its test treats the variances as known, which makes it too optimistic with few \
             studies.",
        ],
        formula: "y_ij = x_ij'β + u_i + w_ij + e_ij, u ~ N(0, σ²_study), w ~ N(0, σ²_row)",
        source: "Konstantopoulos S. Fixed effects and variance components estimation in \
                 three-level meta-analysis. Research Synthesis Methods 2011; 2: 61–76.",
        see: &["overlap", "nested-glmm", "htz"],
    },
    Entry {
        term: "nested-glmm",
        name: "GLMM with a study effect",
        aliases: &["two-intercepts", "nested"],
        sentences: &[
            "This is the binomial-normal model with a random intercept for the study beside that \
             of the row.",
            "It works on the counts themselves and needs no continuity correction.",
            "The groups are tested by the likelihood ratio against the model without them.",
            "The likelihood of a study is an integral over its effect of integrals over its rows, \
             both taken until they settle.",
            "Software that uses Laplace's approximation differs by about a percent.",
            "It is the counterpart of the three-level model for counts.",
        ],
        formula: "g(p_ij) = x_ij'β + u_i + w_ij, u ~ N(0, σ²_study), w ~ N(0, σ²_row)",
        source: "Stijnen T, Hamza TH, Özdemir P. Random effects meta-analysis of event outcome in \
                 the framework of the generalized linear mixed model. Statistics in Medicine 2010; \
                 29: 3046–3067.",
        see: &["glmm", "three-level", "lr-test"],
    },
    Entry {
        term: "paired",
        name: "Comparisons within studies",
        aliases: &["within-studies", "within-study"],
        sentences: &[
            "A study with rows in two groups compares them itself.",
            "Whatever that study holds constant, its patients, its doctors and its definitions, \
             cannot explain the difference.",
            "The differences of at least two such studies are pooled with random effects.",
            "On the logit scale such a difference is a log odds ratio.",
            "Studies that have one of the two groups take no part.",
            "With two or three studies the intervals are wide, and that is what such data can \
             say.",
        ],
        formula: "d_i = y_ia − y_ib with variance v_ia + v_ib, pooled as effects",
        source: "Borenstein M, Hedges LV, Higgins JPT, Rothstein HR. Introduction to \
                 Meta-Analysis. Wiley, 2009, chapter 25.",
        see: &["overlap", "subgroup", "hk"],
    },
];
