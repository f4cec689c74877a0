//! Random effects: the between-study variance, its intervals, and heterogeneity.

use super::{Reference, Work, article, book, doi, works};

works! {
    BIGGERSTAFF_1997 = "biggerstaff1997" by ["Biggerstaff BJ", "Tweedie RL"], 1997:
        "Incorporating variability in estimates of heterogeneity in the random effects model in meta-analysis",
        article("Statistics in Medicine", "16", "753–768"),
        "10.1002/(SICI)1097-0258(19970415)16:7<753::AID-SIM494>3.0.CO;2-G";
    BRANNICK_2019 = "brannick2019"
        by ["Brannick MT", "Potter SM", "Benitez B", "Morris SB"], 2019:
        "Bias and precision of alternate estimators in meta-analysis: benefits of blending Schmidt–Hunter and Hedges approaches",
        article("Organizational Research Methods", "22", "490–514"), "10.1177/1094428117741966";
    COCHRAN_1954 = "cochran1954" by ["Cochran WG"], 1954:
        "The combination of estimates from different experiments",
        article("Biometrics", "10", "101–129"), "10.2307/3001666";
    DERSIMONIAN_1986 = "dersimonian1986" by ["DerSimonian R", "Laird N"], 1986:
        "Meta-analysis in clinical trials",
        article("Controlled Clinical Trials", "7", "177–188"), "10.1016/0197-2456(86)90046-2";
    DERSIMONIAN_2007 = "dersimonian2007" by ["DerSimonian R", "Kacker R"], 2007:
        "Random-effects model for meta-analysis of clinical trials: an update",
        article("Contemporary Clinical Trials", "28", "105–114"), "10.1016/j.cct.2006.04.004";
    HARDY_1996 = "hardy1996" by ["Hardy RJ", "Thompson SG"], 1996:
        "A likelihood approach to meta-analysis with random effects",
        article("Statistics in Medicine", "15", "619–629"),
        "10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A";
    HEDGES_1983 = "hedges1983" by ["Hedges LV"], 1983:
        "A random effects model for effect sizes",
        article("Psychological Bulletin", "93", "388–395"), "10.1037/0033-2909.93.2.388";
    HIGGINS_2002 = "higgins2002" by ["Higgins JPT", "Thompson SG"], 2002:
        "Quantifying heterogeneity in a meta-analysis",
        article("Statistics in Medicine", "21", "1539–1558"), "10.1002/sim.1186";
    HUNTER_1990 = "hunter1990" by ["Hunter JE", "Schmidt FL"], 1990:
        "Methods of Meta-Analysis: Correcting Error and Bias in Research Findings",
        book("Sage"), "";
    JACKSON_2013 = "jackson2013" by ["Jackson D"], 2013:
        "Confidence intervals for the between-study variance in random effects meta-analysis using generalised Cochran heterogeneity statistics",
        article("Research Synthesis Methods", "4", "220–229"), "10.1002/jrsm.1081";
    MORRIS_1983 = "morris1983" by ["Morris CN"], 1983:
        "Parametric empirical Bayes inference: theory and applications",
        article("Journal of the American Statistical Association", "78", "47–55"),
        "10.1080/01621459.1983.10477920";
    PAULE_1982 = "paule1982" by ["Paule RC", "Mandel J"], 1982:
        "Consensus values and weighting factors",
        article("Journal of Research of the National Bureau of Standards", "87", "377–385"),
        "10.6028/jres.087.022";
    RICE_2018 = "rice2018" by ["Rice K", "Higgins JPT", "Lumley T"], 2018:
        "A re-evaluation of fixed effect(s) meta-analysis",
        article("Journal of the Royal Statistical Society A", "181", "205–227"),
        "10.1111/rssa.12275";
    SIDIK_2005 = "sidik2005" by ["Sidik K", "Jonkman JN"], 2005:
        "A simple heterogeneity variance estimator for meta-analysis",
        article("Journal of the Royal Statistical Society C", "54", "367–384"),
        "10.1111/j.1467-9876.2005.00489.x";
    VIECHTBAUER_2005 = "viechtbauer2005" by ["Viechtbauer W"], 2005:
        "Bias and efficiency of meta-analytic variance estimators in the random-effects model",
        article("Journal of Educational and Behavioral Statistics", "30", "261–293"),
        "10.3102/10769986030003261";
    VIECHTBAUER_2007 = "viechtbauer2007" by ["Viechtbauer W"], 2007:
        "Confidence intervals for the amount of heterogeneity in meta-analysis",
        article("Statistics in Medicine", "26", "37–52"), "10.1002/sim.2514";
    VIECHTBAUER_2021 = "viechtbauer2021" by ["Viechtbauer W"], 2021:
        "Median-unbiased estimators for the amount of heterogeneity in meta-analysis",
        Work::Talk { event: "European Congress of Methodology, Valencia" }, "";
}
