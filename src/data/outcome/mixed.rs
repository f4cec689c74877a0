//! Effects of several measures in one column, converted to one scale.

use super::{
    conversions::Conversions,
    effect::effect,
    field::{Field, Group, What},
    interval::At95,
    row::{Cells, Row},
};
use crate::{
    data::{
        ConvertTo,
        findings::{At, Findings},
        number,
        problem::{Conversion, OutcomeProblem, ProblemKind},
        select::Selection,
        table::Stated,
    },
    study::{Assumption, Effect, EffectScale},
};

/// What a cell of a column of measures says.
fn scale_of(word: &str) -> Option<EffectScale> {
    Some(match word {
        "or" | "lor" | "log or" | "lnor" | "ln or" | "logor" | "peto" => EffectScale::LogOddsRatio,
        "smd" | "smdh" | "g" | "d" | "hedges g" | "cohen d" => EffectScale::Smd,
        "cor" | "ucor" | "r" | "correlation" => EffectScale::Correlation,
        "zcor" | "z" | "fisher z" => EffectScale::FishersZ,
        _ => return None,
    })
}

impl ConvertTo {
    const fn scale(self) -> EffectScale {
        match self {
            Self::OddsRatio => EffectScale::LogOddsRatio,
            Self::Smd => EffectScale::Smd,
            Self::FishersZ => EffectScale::FishersZ,
        }
    }
}

/// An effect of any measure, taken to the scale of `target`. What its scale is the columns say (`or`
/// with limits, t values) or a column of measures, row by row.
pub(super) fn mixed(
    row: &mut Row<'_, '_, '_>,
    stated: Option<Stated>,
    target: ConvertTo,
    conversions: &mut Conversions,
) -> Option<Effect> {
    let at = |what| Field::new(what, Group::Only);
    let from = match stated {
        Some(Stated::OddsRatio) => EffectScale::LogOddsRatio,
        Some(Stated::StandardisedMeanDifference) => EffectScale::Smd,
        Some(_) => {
            let column = row.cells.layout.columns.first().map(|(field, _)| *field)?;
            row.refuse(column, OutcomeProblem::NotConverted { measure: "this ratio".to_owned() });
            return None;
        }
        None => own_scale(row)?,
    };
    // Odds ratios with their limits are on the natural scale, correlations with n have their variance.
    let limits = match from {
        EffectScale::LogOddsRatio => At95::Log(What::Yi),
        _ => At95::Plain(What::Yi),
    };
    let pairs = correlation_with_n(row, from);
    let (yi, vi, of) = match pairs {
        Some((r, v)) => {
            conversions.count(Conversion::RVariance);
            (r, v, What::Yi)
        }
        None => effect(row, stated, limits, conversions)?,
    };
    if from == EffectScale::Correlation && yi.abs() >= 1.0 {
        row.refuse(at(What::Yi), OutcomeProblem::NotConverted { measure: format!("r = {yi}") });
        return None;
    }
    let size = |group, row: &mut Row<'_, '_, '_>| row.maybe(Field::new(What::Total, group));
    let groups = size(Group::First, row).zip(size(Group::Second, row));
    let groups = groups.filter(|(n1, n2)| *n1 > 0.0 && *n2 > 0.0);
    for assumption in from.assumptions(target.scale()) {
        conversions.count(match assumption {
            Assumption::Logistic => Conversion::Logistic,
            Assumption::Parted => Conversion::Parted,
        });
    }
    let (yi, vi) = from.to(target.scale(), (yi, vi), groups);
    Effect::new(yi, vi).map_err(|error| row.fail(at(of), ProblemKind::Studies(error))).ok()
}

/// The scale that the row's cell of measures names.
fn own_scale(row: &mut Row<'_, '_, '_>) -> Option<EffectScale> {
    let field = Field::new(What::Measure, Group::Only);
    let Some(word) = row.word(field) else {
        if row.cells.layout.column(field).is_some() {
            row.lacks(field);
        } else {
            row.refuse(field, OutcomeProblem::NoMeasures);
        }
        return None;
    };
    let scale = scale_of(&word);
    if scale.is_none() {
        row.refuse(field, OutcomeProblem::NotConverted { measure: word });
    }
    scale
}

/// `(1 − r²)²/(n − 1)` where a correlation comes with its number of pairs and nothing else.
fn correlation_with_n(row: &mut Row<'_, '_, '_>, from: EffectScale) -> Option<(f64, f64)> {
    let at = |what| Field::new(what, Group::Only);
    let precise = [What::Vi, What::Se, What::Lower];
    if from != EffectScale::Correlation || precise.iter().any(|what| row.word(at(*what)).is_some())
    {
        return None;
    }
    let (r, n) = (row.maybe(at(What::Yi))?, row.maybe(at(What::Total))?);
    let rest = (1.0 - r) * (1.0 + r);
    (r.abs() < 1.0 && n >= 4.0).then(|| (r, rest * rest / (n - 1.0)))
}

/// Reports a column of measures that names several, which nobody asked to convert.
pub(super) fn several_measures(
    cells: &Cells<'_>,
    selection: &Selection,
    findings: &mut Findings<'_>,
) {
    if cells.mapping.convert_to.is_some() {
        return;
    }
    let names = Field::new(What::Measure, Group::Only).tried();
    let lower = |name: &String| name.to_lowercase();
    let Some(at) = cells.grid.header.iter().position(|name| names.contains(&lower(name))) else {
        return;
    };
    let Some(column) = cells.grid.columns.get(at) else { return };
    let mut scales = Vec::new();
    for row in selection.rows() {
        let cell = column.get(row);
        if number::is_missing(cell) {
            continue;
        }
        match scale_of(&cell.trim().to_lowercase()) {
            Some(scale) if scales.contains(&scale) => {}
            Some(scale) => scales.push(scale),
            // A column of something else.
            None => return,
        }
    }
    if scales.len() > 1 {
        findings.push(cells.grid, At::Header(at), ProblemKind::Outcome(OutcomeProblem::Mixed));
    }
}
