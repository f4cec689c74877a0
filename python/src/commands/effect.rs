//! A published effect, such as a ratio or a difference, held against studies.

use resorb::{
    analysis::{Printed, StatedEffect, examine_effect},
    model::Level,
    report,
    study::OutcomeKind,
};

use super::{parsed, styled};
use crate::{
    answer::Answer,
    failure::Failure,
    options::Options,
    source::{Raw, Source},
};

/// The claim of `options` against the analyses of the plan's grid.
pub(crate) fn effect_claim(raw: &Raw, plan: &str, options: &Options) -> Result<Answer, Failure> {
    let plan = parsed(plan)?;
    let style = styled(options)?;
    let claim = stated(options)?;
    let Source { table, info, warnings, .. } = Source::read(raw, &plan.mapping())?;
    if table.studies.outcomes().kind() == OutcomeKind::Proportions {
        return Err(Failure::with_help(
            "these studies give events of a total, whose pooled value is a rate",
            "give the claim with `claim_rate`",
        ));
    }
    let grid = plan.multiverse.unwrap_or_default().grid.of(&table);
    let found = examine_effect(claim, &table.studies, &grid, &mut |_, _| {})?;
    let document = report::effect_claim_document(&found, &info, &style);
    Answer::new(warnings, Some(&document), |out, format| {
        report::write_effect_claim(out, &found, &info, format, &style)
    })
}

fn stated(options: &Options) -> Result<StatedEffect, Failure> {
    let decimals: Option<u8> = options.whole("claim_digits")?;
    let number = |text: &str| -> Result<Printed, Failure> {
        let number = Printed::number(text)?;
        Ok(decimals.map_or(number, |decimals| number.with_decimals(decimals)))
    };
    let value = options.text("claim_effect")?.unwrap_or_default();
    let ci = match options.words("claim_ci")?.as_slice() {
        [] => None,
        [lower, upper] => Some([number(lower)?, number(upper)?]),
        _ => return Err(Failure::said("`claim_ci` is two numbers, as in \"0.33,0.69\"")),
    };
    let level = options.text("claim_level")?.map(|level| level.parse::<Level>()).transpose()?;
    let i2 = options.text("claim_i2")?;
    Ok(StatedEffect {
        label: options.text("claim_label")?,
        ci,
        k: options.whole("claim_k")?,
        i2: i2.as_deref().map(Printed::percentage).transpose()?,
        level: level.unwrap_or_default(),
        ..StatedEffect::new(number(&value)?)
    })
}
