//! The document of `resorb subgroup`.

use std::io::Write;

use serde::Serialize;

use super::{DiagnosticsJson, PooledKeys, serialise};
use crate::{
    analysis::{
        Between, Differences, Group, NestedGroups, Overlap, Paired, RobustGroups, Subgroups,
        ThreeLevelGroups,
    },
    model::{Heterogeneity, Settings, StudyRows},
    report::{InputInfo, ReportError, subgroup::notes},
};

/// Writes `subgroups`.
pub(in crate::report) fn write_subgroups(
    out: &mut impl Write,
    subgroups: &Subgroups,
    input: &InputInfo,
) -> Result<(), ReportError> {
    let fit = &subgroups.overall;
    let dependence = subgroups.dependence.as_ref();
    let warnings = notes::sentences(subgroups, |rate| format!("{rate:.5}"));
    serialise(
        out,
        &Document {
            schema: "resorb/1",
            command: "subgroup",
            version: env!("CARGO_PKG_VERSION"),
            input,
            settings: &fit.settings,
            by: &subgroups.by,
            tau2_common: subgroups.tau2_common,
            overall: PooledKeys::of(fit),
            groups: subgroups.groups.iter().map(GroupJson::of).collect(),
            within: subgroups.within.as_ref(),
            between: subgroups.between,
            overlap: &subgroups.overlap,
            robust: dependence.map(|found| &found.robust),
            three_level: dependence.and_then(|found| found.three_level.as_ref()),
            differences: dependence.map(|found| &found.differences),
            nested_glmm: dependence.and_then(|found| found.glmm.as_ref()),
            paired: &subgroups.paired,
            diagnostics: DiagnosticsJson {
                warnings,
                ..DiagnosticsJson::of(&fit.diagnostics, std::iter::empty())
            },
        },
    )
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    command: &'static str,
    version: &'static str,
    input: &'a InputInfo,
    settings: &'a Settings,
    by: &'a [String],
    tau2_common: bool,
    overall: PooledKeys<'a>,
    groups: Vec<GroupJson<'a>>,
    within: Option<&'a Heterogeneity>,
    between: Between,
    overlap: &'a [Overlap],
    robust: Option<&'a RobustGroups>,
    three_level: Option<&'a ThreeLevelGroups>,
    differences: Option<&'a Differences>,
    nested_glmm: Option<&'a NestedGroups>,
    paired: &'a [Paired],
    diagnostics: DiagnosticsJson,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    group: &'a str,
    #[serde(flatten)]
    pooled: PooledKeys<'a>,
    studies: &'a StudyRows,
    diagnostics: DiagnosticsJson,
}

impl<'a> GroupJson<'a> {
    fn of(group: &'a Group) -> Self {
        Self {
            group: &group.group,
            pooled: PooledKeys::of(&group.fit),
            studies: &group.fit.studies,
            diagnostics: DiagnosticsJson::of(&group.fit.diagnostics, std::iter::empty()),
        }
    }
}
