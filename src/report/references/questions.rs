//! Questions beside the pooled value: subgroups, sensitivity, small studies, reporting.

use super::{Reference, article, doi, works};

works! {
    ARMITAGE_1955 = "armitage1955" by ["Armitage P"], 1955:
        "Tests for linear trends in proportions and frequencies",
        article("Biometrics", "11", "375–386"), "10.2307/3001775";
    BEGG_1994 = "begg1994" by ["Begg CB", "Mazumdar M"], 1994:
        "Operating characteristics of a rank correlation test for publication bias",
        article("Biometrics", "50", "1088–1101"), "10.2307/2533446";
    BERKEY_1995 = "berkey1995"
        by ["Berkey CS", "Hoaglin DC", "Mosteller F", "Colditz GA"], 1995:
        "A random-effects regression model for meta-analysis",
        article("Statistics in Medicine", "14", "395–411"), "10.1002/sim.4780140406";
    BORENSTEIN_2013 = "borenstein2013" by ["Borenstein M", "Higgins JPT"], 2013:
        "Meta-analysis and subgroups",
        article("Prevention Science", "14", "134–143"), "10.1007/s11121-013-0377-7";
    DEEKS_2005 = "deeks2005" by ["Deeks JJ", "Macaskill P", "Irwig L"], 2005:
        "The performance of tests of publication bias and other sample size effects in systematic reviews of diagnostic test accuracy was assessed",
        article("Journal of Clinical Epidemiology", "58", "882–893"),
        "10.1016/j.jclinepi.2005.01.016";
    DUVAL_2000 = "duval2000" by ["Duval S", "Tweedie R"], 2000:
        "Trim and fill: a simple funnel-plot-based method of testing and adjusting for publication bias in meta-analysis",
        article("Biometrics", "56", "455–463"), "10.1111/j.0006-341X.2000.00455.x";
    EGGER_1997 = "egger1997"
        by ["Egger M", "Davey Smith G", "Schneider M", "Minder C"], 1997:
        "Bias in meta-analysis detected by a simple, graphical test",
        article("BMJ", "315", "629–634"), "10.1136/bmj.315.7109.629";
    HARBORD_2006 = "harbord2006" by ["Harbord RM", "Egger M", "Sterne JAC"], 2006:
        "A modified test for small-study effects in meta-analyses of controlled trials with binary endpoints",
        article("Statistics in Medicine", "25", "3443–3457"), "10.1002/sim.2380";
    HIGGINS_2004 = "higgins2004" by ["Higgins JPT", "Thompson SG"], 2004:
        "Controlling the risk of spurious findings from meta-regression",
        article("Statistics in Medicine", "23", "1663–1682"), "10.1002/sim.1752";
    HUIZENGA_2011 = "huizenga2011" by ["Huizenga HM", "Visser I", "Dolan CV"], 2011:
        "Testing overall and moderator effects in random effects meta-regression",
        article("British Journal of Mathematical and Statistical Psychology", "64", "1–19"),
        "10.1348/000711010X522687";
    HUNTER_2014 = "hunter2014"
        by ["Hunter JP", "Saratzis A", "Sutton AJ", "Boucher RH", "Sayers RD", "Bown MJ"], 2014:
        "In meta-analyses of proportion studies, funnel plots were found to be an inaccurate method of assessing publication bias",
        article("Journal of Clinical Epidemiology", "67", "897–903"),
        "10.1016/j.jclinepi.2014.03.003";
    KONSTANTOPOULOS_2011 = "konstantopoulos2011" by ["Konstantopoulos S"], 2011:
        "Fixed effects and variance components estimation in three-level meta-analysis",
        article("Research Synthesis Methods", "2", "61–76"), "10.1002/jrsm.35";
    LOPEZ_2014 = "lopezlopez2014"
        by [
            "López-López JA", "Marín-Martínez F", "Sánchez-Meca J", "Van den Noortgate W",
            "Viechtbauer W"
        ], 2014:
        "Estimation of the predictive power of the model in mixed-effects meta-regression: a simulation study",
        article("British Journal of Mathematical and Statistical Psychology", "67", "30–48"),
        "10.1111/bmsp.12002";
    MACASKILL_2001 = "macaskill2001" by ["Macaskill P", "Walter SD", "Irwig L"], 2001:
        "A comparison of methods to detect publication bias in meta-analysis",
        article("Statistics in Medicine", "20", "641–654"), "10.1002/sim.698";
    PAGE_2021 = "page2021"
        by [
            "Page MJ", "McKenzie JE", "Bossuyt PM", "Boutron I", "Hoffmann TC", "Mulrow CD",
            "Shamseer L", "Tetzlaff JM", "Akl EA", "Brennan SE", "Chou R", "Glanville J",
            "Grimshaw JM", "Hróbjartsson A", "Lalu MM", "Li T", "Loder EW", "Mayo-Wilson E",
            "McDonald S", "McGuinness LA", "Stewart LA", "Thomas J", "Tricco AC", "Welch VA",
            "Whiting P", "Moher D"
        ], 2021:
        "The PRISMA 2020 statement: an updated guideline for reporting systematic reviews",
        article("BMJ", "372", "n71"), "10.1136/bmj.n71";
    PETERS_2006 = "peters2006"
        by ["Peters JL", "Sutton AJ", "Jones DR", "Abrams KR", "Rushton L"], 2006:
        "Comparison of two methods to detect publication bias in meta-analysis",
        article("JAMA", "295", "676–680"), "10.1001/jama.295.6.676";
    PUSTEJOVSKY_2019 = "pustejovsky2019" by ["Pustejovsky JE", "Rodgers MA"], 2019:
        "Testing for funnel plot asymmetry of standardized mean differences",
        article("Research Synthesis Methods", "10", "57–71"), "10.1002/jrsm.1332";
    STERNE_2011 = "sterne2011"
        by [
            "Sterne JAC", "Sutton AJ", "Ioannidis JPA", "Terrin N", "Jones DR", "Lau J",
            "Carpenter J", "Rücker G", "Harbord RM", "Schmid CH", "Tetzlaff J", "Deeks JJ",
            "Peters J", "Macaskill P", "Schwarzer G", "Duval S", "Altman DG", "Moher D",
            "Higgins JPT"
        ], 2011:
        "Recommendations for examining and interpreting funnel plot asymmetry in meta-analyses of randomised controlled trials",
        article("BMJ", "343", "d4002"), "10.1136/bmj.d4002";
    THOMPSON_1999 = "thompson1999" by ["Thompson SG", "Sharp SJ"], 1999:
        "Explaining heterogeneity in meta-analysis: a comparison of methods",
        article("Statistics in Medicine", "18", "2693–2708"),
        "10.1002/(SICI)1097-0258(19991030)18:20<2693::AID-SIM235>3.0.CO;2-V";
    THOMPSON_HIGGINS_2002 = "thompsonhiggins2002" by ["Thompson SG", "Higgins JPT"], 2002:
        "How should meta-regression analyses be undertaken and interpreted?",
        article("Statistics in Medicine", "21", "1559–1573"), "10.1002/sim.1187";
    TIPTON_2015 = "tipton2015" by ["Tipton E"], 2015:
        "Small sample adjustments for robust variance estimation with meta-regression",
        article("Psychological Methods", "20", "375–393"), "10.1037/met0000011";
    TIPTON_PUSTEJOVSKY_2015 = "tiptonpustejovsky2015" by ["Tipton E", "Pustejovsky JE"], 2015:
        "Small-sample adjustments for tests of moderators and model fit using robust variance estimation in meta-regression",
        article("Journal of Educational and Behavioral Statistics", "40", "604–634"),
        "10.3102/1076998615606099";
    VIECHTBAUER_2010 = "viechtbauer2010" by ["Viechtbauer W", "Cheung MW-L"], 2010:
        "Outlier and influence diagnostics for meta-analysis",
        article("Research Synthesis Methods", "1", "112–125"), "10.1002/jrsm.11";
    VIECHTBAUER_2015 = "viechtbauer2015"
        by [
            "Viechtbauer W", "López-López JA", "Sánchez-Meca J", "Marín-Martínez F"
        ], 2015:
        "A comparison of procedures to test for moderators in mixed-effects meta-regression models",
        article("Psychological Methods", "20", "360–374"), "10.1037/met0000023";
}
