//! The measures that compare groups or relate two quantities.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        term: "or",
        name: "Odds ratio (OR)",
        aliases: &["odds-ratio", "odds-ratio-(or)"],
        sentences: &[
            "The odds ratio divides the odds of the event in the first group by those in the second.",
            "It is pooled on the logarithmic scale and shown as the ratio; 1 means no difference.",
            "Exchanging events and non-events gives its inverse and changes nothing else.",
            "For common events it lies further from 1 than the risk ratio and must not be read as one.",
            "An empty cell makes it 0 or infinite; such studies get a continuity correction, and the \
             table names them.",
            "Peto's version compares observed with expected events, needs no correction, and is \
             biased where effects are large or groups of very different size.",
            "What it means in patients depends on the risk without the exposure: state a baseline.",
        ],
        formula: "yi = ln(ad/(bc)), vi = 1/a + 1/b + 1/c + 1/d; back: exp(y)",
        source: "Woolf B. On estimating the relation between blood group and disease. Annals of Human \
                 Genetics 1955; 19: 251–253.",
        see: &["rr", "rd", "continuity-correction"],
    },
    Entry {
        term: "rr",
        name: "Risk ratio (RR)",
        aliases: &["risk-ratio", "relative-risk", "risk-ratio-(rr)"],
        sentences: &[
            "The risk ratio divides the risk in the first group by that in the second.",
            "It is pooled on the logarithmic scale and shown as the ratio; 1 means no difference.",
            "It is easier to read than the odds ratio: 0.5 is half the risk.",
            "Exchanging events and non-events gives another analysis, not the inverse.",
            "It cannot be constant over baselines: at a risk of 60 % no ratio can exceed 1.67.",
            "An empty cell needs a continuity correction.",
        ],
        formula: "yi = ln((a/n1)/(c/n2)), vi = 1/a − 1/n1 + 1/c − 1/n2; back: exp(y)",
        source: "Katz D, Baptista J, Azen SP, Pike MC. Obtaining confidence intervals for the risk ratio \
                 in cohort studies. Biometrics 1978; 34: 469–474.",
        see: &["or", "rd"],
    },
    Entry {
        term: "rd",
        name: "Risk difference (RD)",
        aliases: &["risk-difference", "risk-difference-(rd)"],
        sentences: &[
            "The risk difference subtracts the risk in the second group from that in the first.",
            "It says how many more of a hundred have the event; 0 means no difference.",
            "Its inverse is the number needed to treat.",
            "It varies with the baseline risk more than ratios do, so studies differ more on it.",
            "Studies without events seem very precise on this scale, which pulls the result to 0.",
            "Limits beyond −1 and 1 are cut.",
        ],
        formula: "yi = a/n1 − c/n2, vi = ab/n1³ + cd/n2³",
        source: "Newcombe RG. Interval estimation for the difference between independent proportions: \
                 comparison of eleven methods. Statistics in Medicine 1998; 17: 873–890.",
        see: &["or", "rr"],
    },
    Entry {
        term: "irr",
        name: "Rate ratio (IRR)",
        aliases: &["rate-ratio", "incidence-rate-ratio", "rate-ratio-(irr)"],
        sentences: &[
            "The rate ratio compares events per time at risk in two groups.",
            "It is pooled on the logarithmic scale and shown as the ratio; 1 means no difference.",
            "The unit of time cancels, but both groups of a study must use the same.",
            "It assumes that the rate is constant over the time observed.",
            "A group without events gets a continuity correction to its events.",
            "Single rates are pooled as log rates (IRLN), raw (IR), as square roots (IRS) or by \
             Freeman and Tukey's transformation (IRFT), or in one step with --model glmm.",
        ],
        formula: "yi = ln((x1/t1)/(x2/t2)), vi = 1/x1 + 1/x2; back: exp(y)",
        source: "Rothman KJ, Greenland S, Lash TL. Modern Epidemiology, 3rd edition. Lippincott Williams \
                 & Wilkins, 2008.",
        see: &["rr", "continuity-correction"],
    },
    Entry {
        term: "md",
        name: "Mean difference (MD)",
        aliases: &["mean-difference", "mean-difference-(md)"],
        sentences: &[
            "The mean difference subtracts the mean of the second group from that of the first.",
            "It is in the unit of the data, so all studies must measure on one scale in one unit.",
            "Each group enters with its own variance; MDP uses one pooled variance for both.",
            "Where scales differ, the standardised mean difference (SMD) is for that.",
            "Ratios of means (ROM) suit positive amounts whose differences grow with their size.",
            "Medians with quartiles or ranges are converted, which assumes normal values; the output \
             says how many were.",
        ],
        formula: "yi = m1 − m2, vi = s1²/n1 + s2²/n2",
        source: "Luo D, Wan X, Liu J, Tong T. Optimally estimating the sample mean from the sample size, \
                 median, mid-range, and/or mid-quartile range. Statistical Methods in Medical Research \
                 2018; 27: 1785–1805.",
        see: &["smd", "yi"],
    },
    Entry {
        term: "smd",
        name: "Standardised mean difference (SMD)",
        aliases: &["standardised-mean-difference", "standardized-mean-difference", "hedges-g"],
        sentences: &[
            "The standardised mean difference divides the difference of two means by the standard \
             deviation within groups.",
            "It has no unit, so studies with different scales of one thing can be pooled.",
            "The value is Hedges' g: the exact factor of gamma functions removes the bias of small \
             samples.",
            "It mixes the effect with how varied the patients were: a homogeneous sample makes the \
             same difference look larger.",
            "SMDH does not assume one variance in both groups.",
            "Multiplied by π/√3 it is close to a log odds ratio, if a logistic variable lies behind \
             both.",
        ],
        formula: "g = J(n1 + n2 − 2)·(m1 − m2)/s, vi = 1/n1 + 1/n2 + g²/(2(n1 + n2)), \
                  J(m) = Γ(m/2)/(√(m/2) Γ((m − 1)/2))",
        source: "Hedges LV. Distribution theory for Glass's estimator of effect size and related \
                 estimators. Journal of Educational Statistics 1981; 6: 107–128.",
        see: &["md", "or"],
    },
    Entry {
        term: "effect-conversion",
        name: "Effects of different measures on one scale",
        aliases: &["convert-to", "conversion", "chinn"],
        sentences: &[
            "Reports of one question may print odds ratios, standardised mean differences or correlations.",
            "They cannot be pooled as they are, because they are numbers of different kinds.",
            "A log odds ratio times √3/π is a standardised mean difference if both cut one logistic variable.",
            "A correlation becomes one if the two groups part one normal variable at some point.",
            "Both assumptions are strong where the outcome is a true yes or no.",
            "The variance goes along by the delta method.",
            "The option --convert-to takes each row from what its cell of the column measure says.",
            "An analysis without the converted studies shows whether the answer hangs on them.",
        ],
        formula: "d = ln OR·√3/π; r = d/√(d² + a), a = (n₁ + n₂)²/(n₁n₂), 4 for equal groups",
        source: "Borenstein M, Hedges LV, Higgins JPT, Rothstein HR. Introduction to Meta-Analysis, \
                 chapter 7. Wiley 2009.",
        see: &["smd", "or", "zcor"],
    },
    Entry {
        term: "zcor",
        name: "Correlation by Fisher's z (ZCOR)",
        aliases: &["fisher-z", "fisher's-z", "correlation", "ucor"],
        sentences: &[
            "Fisher's z stretches correlations so that their sampling variance depends on the sample \
             size alone.",
            "It is pooled on that scale and shown as a correlation between −1 and 1.",
            "COR pools raw correlations, whose variance shrinks near −1 and 1.",
            "UCOR first corrects each for the bias of small samples.",
            "A study needs at least four pairs.",
            "The back-transformed mean is the correlation of the median study.",
        ],
        formula: "yi = atanh(r), vi = 1/(n − 3); back: tanh(y)",
        source: "Fisher RA. On the probable error of a coefficient of correlation deduced from a small \
                 sample. Metron 1921; 1: 3–32.",
        see: &["yi", "smd"],
    },
];
