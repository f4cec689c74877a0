//! The result in plain words.

use super::super::{
    Style,
    number::{Values, grouped},
    rows::counted,
};
use crate::{
    analysis::Pooled,
    effect::Measure,
    model::{Estimand, Estimate, Fit, Model},
};

/// What came out, as one would say it.
pub(super) fn sentences(pooled: &Pooled, style: &Style) -> Vec<String> {
    let fit = &pooled.fit;
    let values = Values::of(pooled, style);
    let mut sentences = vec![result(fit, values)];
    sentences.extend(fit.prediction.as_ref().map(|prediction| {
        let level = fit.settings.level.percent();
        let what = if fit.crude.is_some() { "true rate" } else { "true value" };
        format!(
            "In a new setting like these the {what} would lie between {} and {} (the {level} % prediction interval).",
            values.with_unit(prediction.lower),
            values.with_unit(prediction.upper)
        )
    }));
    if fit.k == 1 {
        sentences.push(
            "One study says nothing about how studies differ: there is no random-effects result, no heterogeneity and no prediction.".to_owned(),
        );
    } else if fit.k < 5 && fit.random.is_some() {
        sentences.push("With so few studies, how much they differ is hardly known.".to_owned());
    }
    sentences
}

fn result(fit: &Fit, values: Values) -> String {
    let whose = studies(fit);
    match (&fit.random, &fit.common) {
        (Some(random), _) => {
            let what = match random.estimand {
                _ if fit.crude.is_none() => String::new(),
                Estimand::Median => ", that of the study in the middle,".to_owned(),
                Estimand::Mean => ", the mean over studies,".to_owned(),
            };
            let value = with_interval(fit, &random.pooled, values);
            format!("{whose}, {}{what} is {value}.", effect(fit))
        }
        (None, Some(common)) if fit.k == 1 => format!(
            "{whose}: {} is {}.",
            effect(fit).replace("pooled ", ""),
            with_interval(fit, common, values)
        ),
        (None, Some(common)) => format!(
            "{whose}, {} is {}, if one true value holds for all of them.",
            effect(fit),
            with_interval(fit, common, values)
        ),
        (None, None) => format!("{whose}: there is no pooled result."),
    }
}

/// `Across 15 studies with 1,322 patients`.
fn studies(fit: &Fit) -> String {
    let patients = fit
        .total
        .and_then(|total| usize::try_from(total).ok())
        .map_or_else(String::new, |total| format!(" with {} patients", grouped(total)));
    match fit.k {
        1 => format!("In the one study{patients}"),
        _ => format!("Across {}{patients}", counted(fit.studies.studies())),
    }
}

/// What is pooled, by name.
fn effect(fit: &Fit) -> String {
    let measure = match &fit.settings.model {
        Model::TwoStep(two_step) => two_step.measure,
        Model::MantelHaenszel { measure, .. } => *measure,
        Model::Peto => Measure::Peto,
        Model::TwoGroupGlmm { .. } | Model::RateGlmm { .. } => fit.studies.measure(),
        Model::Glmm { .. } | Model::BetaBinomial { .. } => return "the pooled rate".to_owned(),
    };
    match measure.symbol() {
        "Rate" => "the pooled rate".to_owned(),
        _ if measure == Measure::Gen => "the pooled effect".to_owned(),
        symbol => format!("the pooled {} ({symbol})", measure.name()),
    }
}

fn with_interval(fit: &Fit, estimate: &Estimate, values: Values) -> String {
    let value = values.with_unit(estimate.estimate);
    let level = fit.settings.level.percent();
    match (estimate.ci_lower, estimate.ci_upper) {
        (Some(lower), Some(upper)) => {
            format!("{value} ({level} % CI {} to {})", values.show(lower), values.with_unit(upper))
        }
        (None, Some(upper)) => format!("{value} (at most {})", values.with_unit(upper)),
        (Some(lower), None) => format!("{value} (at least {})", values.with_unit(lower)),
        (None, None) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::pooled,
        data::{self, Mapping, bundled},
        model::Settings,
        study::Studies,
    };

    fn said(studies: &Studies, settings: &Settings) -> Vec<String> {
        let pooled = pooled(studies, settings, false).unwrap();
        sentences(&pooled, &Style::default())
    }

    /// The numbers are those of `resorb pool ldh_resorption`, whose own tests hold them against metafor.
    #[test]
    fn the_lumbar_data_in_words() {
        let lumbar = bundled::find("ldh_resorption").unwrap();
        let table = data::read(lumbar.csv.as_bytes(), &Mapping::default()).unwrap();
        assert_eq!(
            said(&table.studies, &Settings::default()),
            [
                "Across 15 studies with 1,322 patients, the pooled rate, that of the study in the middle, is 64.6 % (95 % CI 46.8 to 79.2 %).",
                "In a new setting like these the true rate would lie between 9.8 % and 96.8 % (the 95 % prediction interval).",
            ]
        );
    }

    #[test]
    fn one_study_says_what_it_cannot() {
        let one = Studies::from_counts([("Bush", 64, 84)]).unwrap();
        let said = said(&one, &Settings::default());
        assert!(
            said[0].starts_with("In the one study with 84 patients: the rate is 76.2 % (95 % CI ")
        );
        assert_eq!(said.len(), 2);
        assert!(said[1].contains("no heterogeneity and no prediction"), "{}", said[1]);
    }

    /// Rows of one study are not studies.
    #[test]
    fn rows_are_told_from_studies() {
        let rows = [("Bush", 64, 84), ("Bush", 4, 22), ("Ahn", 25, 36)];
        let said = said(&Studies::from_counts(rows).unwrap(), &Settings::default());
        assert!(
            said[0].starts_with("Across 3 rows of 2 studies with 142 patients, "),
            "{}",
            said[0]
        );
    }

    #[test]
    fn few_studies_come_with_a_word_of_care() {
        let few = [("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)];
        let said = said(&Studies::from_counts(few).unwrap(), &Settings::default());
        assert_eq!(
            said.last().unwrap(),
            "With so few studies, how much they differ is hardly known."
        );
    }

    /// A model of one common effect says what it takes for granted; a ratio has its own name.
    #[test]
    fn a_common_effect_is_conditional() {
        let trials = [("A", 4, 100, 11, 100), ("B", 6, 150, 29, 150), ("C", 3, 90, 9, 88)];
        let studies = Studies::from_two_counts(trials).unwrap();
        let settings = Settings { model: Model::Peto, ..Settings::two_step() };
        let said = said(&studies, &settings);
        assert!(said[0].contains("the pooled Peto odds ratio (OR) is 0."), "{}", said[0]);
        assert!(said[0].ends_with(", if one true value holds for all of them."), "{}", said[0]);
    }
}
