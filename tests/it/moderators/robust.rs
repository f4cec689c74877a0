//! Cluster-robust differences, trends and predictions against full matrices in `NumPy` (`cr2.py`).

use resorb::{
    model::{Adjust, Combination, Formula, OmnibusMethod, Regression, Settings, Small, regress},
    study::Studies,
};
use serde_json::Value;

use super::{close, studies, values};

/// The lumbar series by type without its bulges, of which one study alone has one row.
fn lumbar() -> Studies {
    let all = studies("ldh_resorption_by_type.csv");
    let column = &all.moderator("group").unwrap().column;
    let resorb::study::Column::Text(cells) = column else { panic!() };
    let mask: Vec<bool> = cells.iter().map(|cell| cell.as_deref() != Some("bulge")).collect();
    all.subset(&mask).unwrap()
}

fn fit() -> Regression {
    let formula: Formula = "group + center(year)".parse().unwrap();
    regress(&lumbar(), &formula, &[], &Settings::two_step())
        .unwrap()
        .with_robust(Small::Cr2, None)
        .unwrap()
}

#[track_caller]
fn same(ours: &Combination, theirs: &Value) {
    let theirs = |key: &str| theirs[key].as_f64().unwrap();
    close(ours.estimate, theirs("estimate"), 1e-6);
    close(ours.se.unwrap(), theirs("se"), 1e-6);
    close(ours.df.unwrap(), theirs("df"), 1e-6);
    close(ours.p_value.unwrap(), theirs("p"), 1e-6);
    close(ours.ci_lower.unwrap(), theirs("lower"), 1e-6);
    close(ours.ci_upper.unwrap(), theirs("upper"), 1e-6);
}

#[test]
fn differences_and_trends_agree_with_full_matrices() {
    let theirs = values("cr2.json");
    close(fit().heterogeneity.tau2.unwrap(), theirs["tau2"].as_f64().unwrap(), 1e-6);
    let texts = ["sequestration - extrusion", "sequestration - protrusion"].map(str::to_owned);
    let ours = fit().with_contrasts(&texts, Adjust::None).unwrap();
    same(&ours.contrasts[0].value, &theirs["sequestration_extrusion"]);
    same(&ours.contrasts[1].value, &theirs["sequestration_protrusion"]);
    let ours = fit().with_trend("protrusion<extrusion<sequestration").unwrap().trend.unwrap();
    same(&ours.slope, &theirs["trend"]);
    let departure = ours.departure.unwrap();
    assert_eq!((departure.method, departure.df1), (OmnibusMethod::Htz, 1.0));
    close(departure.statistic, theirs["departure"]["f"].as_f64().unwrap(), 1e-5);
    close(departure.df2.unwrap(), theirs["departure"]["df2"].as_f64().unwrap(), 1e-6);
    close(departure.p_value, theirs["departure"]["p"].as_f64().unwrap(), 1e-5);
}

#[test]
fn predicted_means_agree_with_full_matrices() {
    let theirs = &values("cr2.json")["at_extrusion_2005"];
    let ours = fit().predict_at("group=extrusion,year=2005").unwrap();
    close(ours.yi, theirs["estimate"].as_f64().unwrap(), 1e-6);
    close(ours.se.unwrap(), theirs["se"].as_f64().unwrap(), 1e-6);
    close(ours.df.unwrap(), theirs["df"].as_f64().unwrap(), 1e-6);
    close(ours.yi_lower.unwrap(), theirs["lower"].as_f64().unwrap(), 1e-6);
    close(ours.yi_upper.unwrap(), theirs["upper"].as_f64().unwrap(), 1e-6);
    // A new study's interval rests on τ² and the model's own standard error.
    let plain =
        regress(&lumbar(), &"group + center(year)".parse().unwrap(), &[], &Settings::two_step())
            .unwrap()
            .predict_at("group=extrusion,year=2005")
            .unwrap();
    assert_eq!((ours.lower, ours.upper), (plain.lower, plain.upper));
}

/// A robust test of a term of one coefficient is that of the coefficient.
#[test]
fn a_term_of_one_coefficient_is_tested_as_the_coefficient() {
    let ours = fit();
    let year = ours.terms.iter().find(|term| term.term == "center(year)").unwrap();
    let (term, robust) = (year.robust.unwrap(), ours.robust.as_ref().unwrap());
    let coefficient = robust.coefficients.iter().find(|c| c.term == "center(year)").unwrap();
    close(term.f, coefficient.statistic.unwrap().powi(2), 1e-9);
    close(term.df2, coefficient.df.unwrap(), 1e-9);
    close(term.p_value, coefficient.p_value.unwrap(), 1e-9);
}

/// What rests on a level that one study alone carries has no robust standard error, and says why.
#[test]
fn what_rests_on_one_study_has_no_robust_interval() {
    let all = studies("ldh_resorption_by_type.csv");
    let plain = regress(&all, &"group".parse().unwrap(), &[], &Settings::two_step()).unwrap();
    let ours = plain.with_robust(Small::Cr2, None).unwrap().with_pairs(Adjust::Holm).unwrap();
    for contrast in &ours.contrasts {
        let bulge = contrast.value.term.contains("bulge");
        assert_eq!(contrast.value.se.is_none(), bulge, "{}", contrast.value.term);
        assert_eq!(contrast.value.note.is_some(), bulge);
        assert_eq!(contrast.p_adjusted.is_none(), bulge);
        assert_eq!(contrast.ratio.unwrap().ci_lower.is_none(), bulge);
    }
    let carried = &ours.robust.as_ref().unwrap().carried_by_one;
    assert_eq!((carried.len(), carried[0].level.as_str()), (1, "bulge"));
    assert_eq!(carried[0].study, "Bush 1992");
    let at = ours.predict_at("group=bulge").unwrap();
    assert_eq!((at.se, at.ci_lower, at.ci_upper), (None, None, None));
    assert!(at.lower.is_some());
}
