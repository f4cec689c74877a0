//! Intervals: of the pooled value, of a new study, of single studies.

use super::{Reference, article, doi, works};

works! {
    AGRESTI_1998 = "agresti1998" by ["Agresti A", "Coull BA"], 1998:
        "Approximate is better than “exact” for interval estimation of binomial proportions",
        article("The American Statistician", "52", "119–126"), "10.1080/00031305.1998.10480550";
    BROWN_2001 = "brown2001" by ["Brown LD", "Cai TT", "DasGupta A"], 2001:
        "Interval estimation for a binomial proportion",
        article("Statistical Science", "16", "101–133"), "10.1214/ss/1009213286";
    CLOPPER_1934 = "clopper1934" by ["Clopper CJ", "Pearson ES"], 1934:
        "The use of confidence or fiducial limits illustrated in the case of the binomial",
        article("Biometrika", "26", "404–413"), "10.1093/biomet/26.4.404";
    FOLLMANN_1999 = "follmann1999" by ["Follmann DA", "Proschan MA"], 1999:
        "Valid inference in random effects meta-analysis",
        article("Biometrics", "55", "732–737"), "10.1111/j.0006-341X.1999.00732.x";
    HANLEY_1983 = "hanley1983" by ["Hanley JA", "Lippman-Hand A"], 1983:
        "If nothing goes wrong, is everything all right? Interpreting zero numerators",
        article("JAMA", "249", "1743–1745"), "10.1001/jama.1983.03330370053031";
    HARTUNG_2001 = "hartung2001" by ["Hartung J", "Knapp G"], 2001:
        "A refined method for the meta-analysis of controlled clinical trials with binary outcome",
        article("Statistics in Medicine", "20", "3875–3889"), "10.1002/sim.1009";
    HENMI_2010 = "henmi2010" by ["Henmi M", "Copas JB"], 2010:
        "Confidence intervals for random effects meta-analysis and robustness to publication bias",
        article("Statistics in Medicine", "29", "2969–2983"), "10.1002/sim.4029";
    HIGGINS_2009 = "higgins2009" by ["Higgins JPT", "Thompson SG", "Spiegelhalter DJ"], 2009:
        "A re-evaluation of random-effects meta-analysis",
        article("Journal of the Royal Statistical Society A", "172", "137–159"),
        "10.1111/j.1467-985X.2008.00552.x";
    INTHOUT_2016 = "inthout2016"
        by ["IntHout J", "Ioannidis JPA", "Rovers MM", "Goeman JJ"], 2016:
        "Plea for routinely presenting prediction intervals in meta-analysis",
        article("BMJ Open", "6", "e010247"), "10.1136/bmjopen-2015-010247";
    KENWARD_1997 = "kenward1997" by ["Kenward MG", "Roger JH"], 1997:
        "Small sample inference for fixed effects from restricted maximum likelihood",
        article("Biometrics", "53", "983–997"), "10.2307/2533558";
    KNAPP_2003 = "knapp2003" by ["Knapp G", "Hartung J"], 2003:
        "Improved tests for a random effects meta-regression with a single covariate",
        article("Statistics in Medicine", "22", "2693–2710"), "10.1002/sim.1482";
    LANCASTER_1961 = "lancaster1961" by ["Lancaster HO"], 1961:
        "Significance tests in discrete distributions",
        article("Journal of the American Statistical Association", "56", "223–234"),
        "10.1080/01621459.1961.10482105";
    NAGASHIMA_2019 = "nagashima2019" by ["Nagashima K", "Noma H", "Furukawa TA"], 2019:
        "Prediction intervals for random-effects meta-analysis: a confidence distribution approach",
        article("Statistical Methods in Medical Research", "28", "1689–1702"),
        "10.1177/0962280218773520";
    NEWCOMBE_1998A = "newcombe1998a" by ["Newcombe RG"], 1998:
        "Two-sided confidence intervals for the single proportion: comparison of seven methods",
        article("Statistics in Medicine", "17", "857–872"),
        "10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E";
    PARTLETT_2017 = "partlett2017" by ["Partlett C", "Riley RD"], 2017:
        "Random effects meta-analysis: coverage performance of 95% confidence and prediction intervals following REML estimation",
        article("Statistics in Medicine", "36", "301–317"), "10.1002/sim.7140";
    ROEVER_2015 = "roever2015" by ["Röver C", "Knapp G", "Friede T"], 2015:
        "Hartung-Knapp-Sidik-Jonkman approach and its modification for random-effects meta-analysis with few studies",
        article("BMC Medical Research Methodology", "15", "99"), "10.1186/s12874-015-0091-1";
    SIDIK_2002 = "sidik2002" by ["Sidik K", "Jonkman JN"], 2002:
        "A simple confidence interval for meta-analysis",
        article("Statistics in Medicine", "21", "3153–3159"), "10.1002/sim.1262";
    VAN_DEN_NOORTGATE_2005 = "vandennoortgate2005"
        by ["Van den Noortgate W", "Onghena P"], 2005:
        "Parametric and nonparametric bootstrap methods for meta-analysis",
        article("Behavior Research Methods", "37", "11–22"), "10.3758/BF03206394";
    WALD_1943 = "wald1943" by ["Wald A"], 1943:
        "Tests of statistical hypotheses concerning several parameters when the number of observations is large",
        article("Transactions of the American Mathematical Society", "54", "426–482"), "";
    WILSON_1927 = "wilson1927" by ["Wilson EB"], 1927:
        "Probable inference, the law of succession, and statistical inference",
        article("Journal of the American Statistical Association", "22", "209–212"),
        "10.1080/01621459.1927.10502953";
}
