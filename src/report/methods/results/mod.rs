//! What came out, in sentences: never more than the result says, and never a value without its interval.

mod others;
mod regression;
mod spread;

use super::{Context, Text, measure};
use crate::{
    analysis::Pooled,
    model::{CiMethod, Estimand, Estimate, Fit, Note},
    report::{
        Style,
        number::{Values, degrees, fixed, grouped, p_value},
        pool::source_line,
        rows,
    },
};

/// The results paragraph of a pooled result, and of the further analyses of `context`.
///
/// ```
/// use resorb::{
///     analysis::pooled,
///     model::Settings,
///     report::methods::{self, Context},
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let answer = pooled(&studies, &Settings::default(), false)?;
/// let text = methods::results(&answer, &Context::default()).plain();
/// assert!(text.starts_with("3 studies reported 124 events in a total of 197."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn results(pooled: &Pooled, context: &Context<'_>) -> Text {
    let fallback = Style::default();
    let style = context.style.unwrap_or(&fallback);
    let context = Context { pooled: Some(pooled), ..*context };
    let words = Words {
        values: Values::of(pooled, style),
        noun: measure::noun(context.measure(&pooled.fit.settings)),
        level: pooled.fit.settings.level.percent(),
    };
    let mut text = Text::default();
    studies(&mut text, &pooled.fit, &context);
    words.pooled(&mut text, &pooled.fit);
    words.prediction(&mut text, &pooled.fit);
    spread::say(&mut text, &pooled.fit);
    if let Some(test) = pooled.permutation {
        text.whole(&format!(
            "A permutation test against {} gave {}.",
            words.values.with_unit(test.null),
            p_value(test.p_value)
        ));
    }
    notes(&mut text, &pooled.fit, &words);
    others::say(&mut text, &context, style);
    text
}

/// How values are named and shown.
#[derive(Clone, Copy)]
struct Words {
    values: Values,
    /// What is pooled: `proportion`, `odds ratio`.
    noun: &'static str,
    /// The confidence level in percent.
    level: f64,
}

fn studies(text: &mut Text, fit: &Fit, context: &Context<'_>) {
    let counted = rows::counted(fit.studies.studies());
    let counts = match fit.events.zip(fit.total) {
        Some((events, total)) => {
            let show = |n: u64| usize::try_from(n).map_or_else(|_| n.to_string(), grouped);
            let unit = if events == 1 { "event" } else { "events" };
            format!(" reported {} {unit} in a total of {}", show(events), show(total))
        }
        None if fit.k == 1 => " was analysed".to_owned(),
        None => " were analysed".to_owned(),
    };
    let left_out = context.input.and_then(|input| {
        let line = source_line(input);
        let (_, left_out) = line.rsplit_once("; ")?;
        let (count, why) = left_out.split_once(" left out")?;
        let were = if input.excluded.len() == 1 { "was" } else { "were" };
        Some(format!("; {count} of {} rows {were} left out{why}", grouped(input.rows)))
    });
    text.whole(&format!("{counted}{counts}{}.", left_out.unwrap_or_default()));
}

impl Words {
    /// ` (95 % CI 61.0 % to 78.6 %)`, or the one limit there is.
    fn interval(&self, lower: Option<f64>, upper: Option<f64>) -> String {
        let Self { values, level, .. } = self;
        match (lower, upper) {
            (Some(lower), Some(upper)) => format!(
                " ({level} % CI {} to {})",
                values.with_unit(lower),
                values.with_unit(upper)
            ),
            (None, Some(upper)) => format!(" ({level} % CI up to {})", values.with_unit(upper)),
            (Some(lower), None) => format!(" ({level} % CI from {})", values.with_unit(lower)),
            (None, None) => " (no interval is defined)".to_owned(),
        }
    }

    /// The value with its interval.
    fn with_interval(&self, estimate: &Estimate) -> String {
        let interval = self.interval(estimate.ci_lower, estimate.ci_upper);
        format!("{}{interval}", self.values.with_unit(estimate.estimate))
    }

    fn pooled(&self, text: &mut Text, fit: &Fit) {
        let noun = self.noun;
        let Some(random) = &fit.random else {
            let Some(common) = &fit.common else {
                text.whole("The studies allow no pooled value.");
                return;
            };
            let what = if fit.k == 1 {
                format!("The {noun} of the only study")
            } else {
                format!("The pooled {noun}, one common to all studies,")
            };
            text.whole(&format!("{what} was {}.", self.with_interval(common)));
            Self::tested(text, fit, common);
            return;
        };
        let pooled = &random.pooled;
        let proportion = fit.events.is_some();
        let of = match random.estimand {
            Estimand::Median if proportion => " of the median study",
            Estimand::Mean if proportion => ", the mean over studies,",
            _ => "",
        };
        let two = fit.diagnostics.warnings.iter().find_map(|note| match note {
            Note::TwoStudies { t, z, .. } => Some((*t, *z)),
            _ => None,
        });
        if let Some((t, z)) = two {
            text.whole(&format!(
                "The pooled {noun}{of} was {}; of two studies no interval is reliable: with one degree \
                 of freedom it is{}, by normal quantiles{}.",
                self.values.with_unit(pooled.estimate),
                self.interval(Some(t.0), Some(t.1)).replace(['(', ')'], ""),
                self.interval(Some(z.0), Some(z.1)).replace(['(', ')'], ""),
            ));
            return;
        }
        if pooled.method == CiMethod::Exact {
            text.whole(&format!(
                "The pooled {noun} was {}, with the exact bound of one common {noun}.",
                self.with_interval(pooled)
            ));
            return;
        }
        text.whole(&format!("The pooled {noun}{of} was {}.", self.with_interval(pooled)));
        if let Some(mean) = random.marginal_mean.filter(|_| random.estimand == Estimand::Median) {
            text.whole(&format!(
                "The mean {noun} over studies was {}{}.",
                self.values.with_unit(mean.estimate),
                self.interval(mean.ci_lower, mean.ci_upper)
            ));
        }
        Self::tested(text, fit, pooled);
    }

    /// The test against no difference, where the measure has such a value.
    fn tested(text: &mut Text, fit: &Fit, estimate: &Estimate) {
        let Some(null) = fit.studies.measure().null() else { return };
        let Some(p) = estimate.p_value else { return };
        let statistic = match (estimate.statistic, estimate.df) {
            (Some(t), Some(df)) => format!("t = {} on {} df, ", fixed(t, 2), degrees(df)),
            (Some(z), None) => format!("z = {}, ", fixed(z, 2)),
            (None, _) => String::new(),
        };
        let null = fixed(null, 0);
        text.whole(&format!("The test against {null} gave {statistic}{}.", p_value(p)));
    }

    fn prediction(&self, text: &mut Text, fit: &Fit) {
        let Some(prediction) = &fit.prediction else { return };
        text.whole(&format!(
            "The true {} of a new study is expected between {} and {} ({} % prediction interval).",
            self.noun,
            self.values.with_unit(prediction.lower),
            self.values.with_unit(prediction.upper),
            self.level
        ));
    }
}

/// What a reader must know beside the numbers, unless a sentence has said it.
fn notes(text: &mut Text, fit: &Fit, words: &Words) {
    let notes: Vec<String> = fit
        .diagnostics
        .warnings
        .iter()
        .filter(|note| !matches!(note, Note::TwoStudies { .. }))
        .map(|note| note.sentence(|rate| words.values.with_unit(rate)))
        .collect();
    if !notes.is_empty() {
        text.paragraph();
        for note in &notes {
            text.whole(note);
        }
    }
}
