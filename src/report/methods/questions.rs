//! Subgroups, sensitivity and small studies, as methods.

use super::{
    super::references::{Reference, intervals::FOLLMANN_1999, questions as works},
    Context, Text, regression,
};
use crate::{
    analysis::small_study::{BiasTest, TestKind},
    model::{ClusteredBy, Settings},
};

pub(super) fn say(text: &mut Text, settings: &Settings, context: &Context<'_>) {
    if let Some(test) = context.pooled.and_then(|pooled| pooled.permutation) {
        let how = if test.exact {
            "of all changes of signs".to_owned()
        } else {
            format!("of a sample of changes of signs (seed {})", test.seed)
        };
        text.sentence(
            &format!("The pooled value was tested by a permutation test {how}"),
            &[&FOLLMANN_1999],
        );
    }
    for subgroups in context.subgroups {
        let tau2 = if subgroups.tau2_common {
            "one τ² for all groups"
        } else {
            "each group with its own τ²"
        };
        text.sentence(
            &format!(
                "Subgroups by {} were pooled in the same way, {tau2}, and compared by Q between \
                 groups",
                subgroups.by.join(" and ")
            ),
            &[&works::BORENSTEIN_2013],
        );
        if let Some(dependence) = &subgroups.dependence {
            let by = match &subgroups.clustered_by {
                ClusteredBy::Study => "study".to_owned(),
                ClusteredBy::Column(column) => format!("value of {column}"),
            };
            text.clause(
                &format!(
                    "Because rows of one {by} are not independent, groups were also compared by \
                     cluster-robust tests ({})",
                    dependence.robust.method
                ),
                &[&works::TIPTON_2015, &works::TIPTON_PUSTEJOVSKY_2015],
            );
            if dependence.three_level.is_some() {
                text.clause("and a three-level model", &[&works::KONSTANTOPOULOS_2011]);
            }
            text.whole(".");
        }
    }
    for fit in context.regressions {
        text.paragraph();
        regression::say(text, fit, settings);
    }
    if context.sensitivity.is_some() {
        text.sentence(
            "Each study was left out in turn, and its influence judged by externally standardised \
             residuals, DFFITS, Cook's distance, leverage and DFBETAS",
            &[&works::VIECHTBAUER_2010],
        );
    }
    if let Some(bias) = context.bias {
        small_studies(text, leading(&bias.tests), !bias.trim_and_fill.is_empty());
        if settings.model != bias.fit.settings.model {
            text.whole("These analyses use the two-step model of effects.");
        }
    }
}

/// The test that suits effects like these, of those that were done.
pub(super) fn leading(tests: &[BiasTest]) -> Option<&BiasTest> {
    let done = || tests.iter().filter(|test| test.p_value.is_some());
    done().find(|test| test.suits).or_else(|| done().next())
}

fn small_studies(text: &mut Text, test: Option<&BiasTest>, filled: bool) {
    let Some(test) = test else {
        if filled {
            text.sentence(
                "Small-study effects were examined by trim and fill",
                &[&works::DUVAL_2000],
            );
        }
        return;
    };
    text.clause(
        &format!("Small-study effects were examined by {}", in_words(test.name)),
        cited(test.name),
    );
    if filled {
        text.clause("and by trim and fill", &[&works::DUVAL_2000]);
    }
    text.clause(
        ", keeping in mind that asymmetry has other causes than missing studies",
        &[&works::STERNE_2011],
    );
    text.whole(".");
}

/// What a test does, as it reads after "by".
fn in_words(test: TestKind) -> &'static str {
    match test {
        TestKind::Size => "a regression of effects on the inverse sample size",
        TestKind::SizeMixed => "a mixed regression of effects on the inverse sample size",
        TestKind::SizeRoot => "a regression of effects on the root of the inverse sample size",
        TestKind::Peters => "Peters' regression on the inverse sample size",
        TestKind::Egger => "Egger's regression on the standard error",
        TestKind::EggerMixed => "Egger's regression with a between-study variance",
        TestKind::ThompsonSharp => "the regression of Thompson and Sharp on the standard error",
        TestKind::Begg => "the rank correlation test of Begg and Mazumdar",
        TestKind::Harbord => "Harbord's regression of efficient scores",
        TestKind::MacaskillFpv => "Macaskill's regression on sample size with pooled variances",
        TestKind::MacaskillFiv => "Macaskill's regression on sample size with inverse variances",
        TestKind::Deeks => "Deeks' regression on the effective sample size",
        TestKind::PustejovskyRodgers => "the regression of Pustejovsky and Rodgers",
    }
}

fn cited(test: TestKind) -> &'static [&'static Reference] {
    match test {
        TestKind::Size | TestKind::SizeMixed | TestKind::SizeRoot => &[&works::HUNTER_2014],
        TestKind::Peters => &[&works::PETERS_2006],
        TestKind::Egger | TestKind::EggerMixed => &[&works::EGGER_1997],
        TestKind::ThompsonSharp => &[&works::THOMPSON_1999],
        TestKind::Begg => &[&works::BEGG_1994],
        TestKind::Harbord => &[&works::HARBORD_2006],
        TestKind::MacaskillFpv | TestKind::MacaskillFiv => &[&works::MACASKILL_2001],
        TestKind::Deeks => &[&works::DEEKS_2005],
        TestKind::PustejovskyRodgers => &[&works::PUSTEJOVSKY_2019],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_of_asymmetry_has_words_and_a_source() {
        for kind in TestKind::ALL {
            assert!(in_words(kind).len() > 10 && !cited(kind).is_empty(), "{kind:?}");
        }
    }
}
