//! Models of counts: one step, and the methods for tables of two groups.

use super::{Reference, article, book, doi, works};

works! {
    BRESLOW_1980 = "breslow1980" by ["Breslow NE", "Day NE"], 1980:
        "Statistical Methods in Cancer Research, volume 1: The Analysis of Case-Control Studies",
        book("International Agency for Research on Cancer"), "";
    GREENLAND_1985 = "greenland1985" by ["Greenland S", "Robins JM"], 1985:
        "Estimation of a common effect parameter from sparse follow-up data",
        article("Biometrics", "41", "55–68"), "10.2307/2530643";
    HAMZA_2008 = "hamza2008" by ["Hamza TH", "van Houwelingen HC", "Stijnen T"], 2008:
        "The binomial distribution of meta-analysis was preferred to model within-study variability",
        article("Journal of Clinical Epidemiology", "61", "41–51"),
        "10.1016/j.jclinepi.2007.03.016";
    JACKSON_2018 = "jackson2018"
        by ["Jackson D", "Law M", "Stijnen T", "Viechtbauer W", "White IR"], 2018:
        "A comparison of seven random-effects models for meta-analyses that estimate the summary odds ratio",
        article("Statistics in Medicine", "37", "1059–1085"), "10.1002/sim.7588";
    KUSS_2015 = "kuss2015" by ["Kuss O"], 2015:
        "Statistical methods for meta-analyses including information from studies without any events—add nothing to nothing and succeed nevertheless",
        article("Statistics in Medicine", "34", "1097–1116"), "10.1002/sim.6383";
    LIU_1994 = "liu1994" by ["Liu Q", "Pierce DA"], 1994:
        "A note on Gauss–Hermite quadrature",
        article("Biometrika", "81", "624–629"), "10.1093/biomet/81.3.624";
    MANTEL_1959 = "mantel1959" by ["Mantel N", "Haenszel W"], 1959:
        "Statistical aspects of the analysis of data from retrospective studies of disease",
        article("Journal of the National Cancer Institute", "22", "719–748"),
        "10.1093/jnci/22.4.719";
    SELF_1987 = "self1987" by ["Self SG", "Liang K-Y"], 1987:
        "Asymptotic properties of maximum likelihood estimators and likelihood ratio tests under nonstandard conditions",
        article("Journal of the American Statistical Association", "82", "605–610"),
        "10.1080/01621459.1987.10478472";
    SKELLAM_1948 = "skellam1948" by ["Skellam JG"], 1948:
        "A probability distribution derived from the binomial distribution by regarding the probability of success as variable between the sets of trials",
        article("Journal of the Royal Statistical Society B", "10", "257–261"), "";
    STIJNEN_2010 = "stijnen2010" by ["Stijnen T", "Hamza TH", "Özdemir P"], 2010:
        "Random effects meta-analysis of event outcome in the framework of the generalized linear mixed model with applications in sparse data",
        article("Statistics in Medicine", "29", "3046–3067"), "10.1002/sim.4040";
    TARONE_1985 = "tarone1985" by ["Tarone RE"], 1985:
        "On heterogeneity tests based on efficient scores",
        article("Biometrika", "72", "91–95"), "10.1093/biomet/72.1.91";
    YUSUF_1985 = "yusuf1985"
        by ["Yusuf S", "Peto R", "Lewis J", "Collins R", "Sleight P"], 1985:
        "Beta blockade during and after myocardial infarction: an overview of the randomized trials",
        article("Progress in Cardiovascular Diseases", "27", "335–371"),
        "10.1016/S0033-0620(85)80003-7";
    ZEGER_1988 = "zeger1988" by ["Zeger SL", "Liang K-Y", "Albert PS"], 1988:
        "Models for longitudinal data: a generalized estimating equation approach",
        article("Biometrics", "44", "1049–1060"), "10.2307/2531734";
}
