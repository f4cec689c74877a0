//! Effect measures, corrections and back-transformations.

use super::{Reference, Work, article, book, doi, works};

works! {
    ALTMAN_2005 = "altman2005" by ["Altman DG", "Bland JM"], 2005:
        "Standard deviations and standard errors",
        article("BMJ", "331", "903"), "10.1136/bmj.331.7521.903";
    ANSCOMBE_1948 = "anscombe1948" by ["Anscombe FJ"], 1948:
        "The transformation of Poisson, binomial and negative-binomial data",
        article("Biometrika", "35", "246–254"), "10.1093/biomet/35.3-4.246";
    BARENDREGT_2013 = "barendregt2013"
        by ["Barendregt JJ", "Doi SA", "Lee YY", "Norman RE", "Vos T"], 2013:
        "Meta-analysis of prevalence",
        article("Journal of Epidemiology and Community Health", "67", "974–978"),
        "10.1136/jech-2013-203104";
    BERKSON_1944 = "berkson1944" by ["Berkson J"], 1944:
        "Application of the logistic function to bio-assay",
        article("Journal of the American Statistical Association", "39", "357–365"),
        "10.1080/01621459.1944.10500699";
    BLISS_1934 = "bliss1934" by ["Bliss CI"], 1934:
        "The method of probits", article("Science", "79", "38–39"), "10.1126/science.79.2037.38";
    BONETT_2009 = "bonett2009" by ["Bonett DG"], 2009:
        "Meta-analytic interval estimation for standardized and unstandardized mean differences",
        article("Psychological Methods", "14", "225–238"), "10.1037/a0016619";
    BORENSTEIN_2009 = "borenstein2009"
        by ["Borenstein M", "Hedges LV", "Higgins JPT", "Rothstein HR"], 2009:
        "Introduction to Meta-Analysis", book("Wiley"), "10.1002/9780470743386";
    FISHER_1921 = "fisher1921" by ["Fisher RA"], 1921:
        "On the probable error of a coefficient of correlation deduced from a small sample",
        article("Metron", "1", "3–32"), "";
    FREEMAN_1950 = "freeman1950" by ["Freeman MF", "Tukey JW"], 1950:
        "Transformations related to the angular and the square root",
        article("Annals of Mathematical Statistics", "21", "607–611"), "10.1214/aoms/1177729756";
    GART_1967 = "gart1967" by ["Gart JJ", "Zweifel JR"], 1967:
        "On the bias of various estimators of the logit and its variance with application to quantal bioassay",
        article("Biometrika", "54", "181–187"), "10.1093/biomet/54.1-2.181";
    HEDGES_1981 = "hedges1981" by ["Hedges LV"], 1981:
        "Distribution theory for Glass's estimator of effect size and related estimators",
        article("Journal of Educational Statistics", "6", "107–128"), "10.3102/10769986006002107";
    HEDGES_1985 = "hedges1985" by ["Hedges LV", "Olkin I"], 1985:
        "Statistical Methods for Meta-Analysis", book("Academic Press"), "";
    HEDGES_1999 = "hedges1999" by ["Hedges LV", "Gurevitch J", "Curtis PS"], 1999:
        "The meta-analysis of response ratios in experimental ecology",
        article("Ecology", "80", "1150–1156"),
        "10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2";
    KATZ_1978 = "katz1978" by ["Katz D", "Baptista J", "Azen SP", "Pike MC"], 1978:
        "Obtaining confidence intervals for the risk ratio in cohort studies",
        article("Biometrics", "34", "469–474"), "10.2307/2530610";
    MILLER_1978 = "miller1978" by ["Miller JJ"], 1978:
        "The inverse of the Freeman–Tukey double arcsine transformation",
        article("The American Statistician", "32", "138"), "10.1080/00031305.1978.10479283";
    NAKAGAWA_2015 = "nakagawa2015"
        by ["Nakagawa S", "Poulin R", "Mengersen K", "Reinhold K", "Engqvist L", "Lagisz M", "Senior AM"], 2015:
        "Meta-analysis of variation: ecological and evolutionary applications and beyond",
        article("Methods in Ecology and Evolution", "6", "143–152"), "10.1111/2041-210X.12309";
    NEWCOMBE_1998B = "newcombe1998b" by ["Newcombe RG"], 1998:
        "Interval estimation for the difference between independent proportions: comparison of eleven methods",
        article("Statistics in Medicine", "17", "873–890"),
        "10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I";
    OLKIN_1958 = "olkin1958" by ["Olkin I", "Pratt JW"], 1958:
        "Unbiased estimation of certain correlation coefficients",
        article("Annals of Mathematical Statistics", "29", "201–211"), "10.1214/aoms/1177706717";
    ROTHMAN_2008 = "rothman2008" by ["Rothman KJ", "Greenland S", "Lash TL"], 2008:
        "Modern Epidemiology, 3rd edition", book("Lippincott Williams & Wilkins"), "";
    RUECKER_2009 = "ruecker2009"
        by ["Rücker G", "Schwarzer G", "Carpenter J", "Olkin I"], 2009:
        "Why add anything to nothing? The arcsine difference as a measure of treatment effect in meta-analysis with zero cells",
        article("Statistics in Medicine", "28", "721–738"), "10.1002/sim.3511";
    SCHWARZER_2019 = "schwarzer2019"
        by ["Schwarzer G", "Chemaitelly H", "Abu-Raddad LJ", "Rücker G"], 2019:
        "Seriously misleading results using inverse of Freeman-Tukey double arcsine transformation in meta-analysis of single proportions",
        article("Research Synthesis Methods", "10", "476–483"), "10.1002/jrsm.1348";
    SCHWARZER_2022 = "schwarzer2022" by ["Schwarzer G", "Rücker G"], 2022:
        "Meta-analysis of proportions",
        Work::Chapter {
            book: "Meta-Research: Methods and Protocols",
            editors: &["Evangelou E", "Veroniki AA"],
            publisher: "Humana",
            pages: "159–172",
        },
        "10.1007/978-1-0716-1566-9_10";
    SWEETING_2004 = "sweeting2004" by ["Sweeting MJ", "Sutton AJ", "Lambert PC"], 2004:
        "What to add to nothing? Use and avoidance of continuity corrections in meta-analysis of sparse data",
        article("Statistics in Medicine", "23", "1351–1375"), "10.1002/sim.1761";
    WHITEHEAD_1991 = "whitehead1991" by ["Whitehead A", "Whitehead J"], 1991:
        "A general parametric approach to the meta-analysis of randomized clinical trials",
        article("Statistics in Medicine", "10", "1665–1677"), "10.1002/sim.4780101105";
    WOOLF_1955 = "woolf1955" by ["Woolf B"], 1955:
        "On estimating the relation between blood group and disease",
        article("Annals of Human Genetics", "19", "251–253"), "10.1111/j.1469-1809.1955.tb01348.x";
    YULE_1912 = "yule1912" by ["Yule GU"], 1912:
        "On the methods of measuring association between two attributes",
        article("Journal of the Royal Statistical Society", "75", "579–652"), "10.2307/2340126";
}
