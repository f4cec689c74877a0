//! The boxes of a flow diagram and what each is called.

/// A count of a flow diagram (Page et al. 2021, figure 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Records identified in databases.
    Databases,
    /// Records identified in registers.
    Registers,
    /// Records removed before screening.
    Removed,
    /// Records screened.
    Screened,
    /// Records excluded in screening.
    Excluded,
    /// Reports sought for retrieval.
    Sought,
    /// Reports that could not be retrieved.
    NotRetrieved,
    /// Reports assessed for eligibility.
    Assessed,
    /// Reports excluded, with reasons.
    ReportsExcluded,
    /// Records identified by other methods.
    OtherSources,
    /// Reports of those sought for retrieval.
    OtherSought,
    /// Reports of those that could not be retrieved.
    OtherNotRetrieved,
    /// Reports of those assessed for eligibility.
    OtherAssessed,
    /// Reports of those excluded, with reasons.
    OtherReportsExcluded,
    /// Studies included in the review.
    Studies,
    /// Reports of included studies.
    Reports,
}

impl Step {
    /// All of them, from the search to the review.
    pub const ALL: [Self; 16] = [
        Self::Databases,
        Self::Registers,
        Self::Removed,
        Self::Screened,
        Self::Excluded,
        Self::Sought,
        Self::NotRetrieved,
        Self::Assessed,
        Self::ReportsExcluded,
        Self::OtherSources,
        Self::OtherSought,
        Self::OtherNotRetrieved,
        Self::OtherAssessed,
        Self::OtherReportsExcluded,
        Self::Studies,
        Self::Reports,
    ];

    /// Its name in a file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Databases => "databases",
            Self::Registers => "registers",
            Self::Removed => "removed",
            Self::Screened => "screened",
            Self::Excluded => "excluded",
            Self::Sought => "sought",
            Self::NotRetrieved => "not_retrieved",
            Self::Assessed => "assessed",
            Self::ReportsExcluded => "reports_excluded",
            Self::OtherSources => "other_sources",
            Self::OtherSought => "other_sought",
            Self::OtherNotRetrieved => "other_not_retrieved",
            Self::OtherAssessed => "other_assessed",
            Self::OtherReportsExcluded => "other_reports_excluded",
            Self::Studies => "studies",
            Self::Reports => "reports",
        }
    }

    /// The step of that name; spaces and hyphens are as good as underscores.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace([' ', '-'], "_");
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// Whether it may be given in parts, each with a name.
    #[must_use]
    pub const fn has_parts(self) -> bool {
        matches!(
            self,
            Self::Databases
                | Self::Registers
                | Self::Removed
                | Self::Excluded
                | Self::ReportsExcluded
                | Self::OtherSources
                | Self::OtherReportsExcluded
        )
    }

    /// What it counts, as a sentence says it: `records screened`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Databases => "records from databases",
            Self::Registers => "records from registers",
            Self::Removed => "records removed before screening",
            Self::Screened => "records screened",
            Self::Excluded => "records excluded",
            Self::Sought => "reports sought for retrieval",
            Self::NotRetrieved => "reports not retrieved",
            Self::Assessed => "reports assessed for eligibility",
            Self::ReportsExcluded => "reports excluded",
            Self::OtherSources => "records from other methods",
            Self::OtherSought => "reports from other methods sought for retrieval",
            Self::OtherNotRetrieved => "reports from other methods not retrieved",
            Self::OtherAssessed => "reports from other methods assessed for eligibility",
            Self::OtherReportsExcluded => "reports from other methods excluded",
            Self::Studies => "studies included in the review",
            Self::Reports => "reports of included studies",
        }
    }
}
