//! Risk of bias: judgements in the words of the tool they were made with.

/// A judgement of the risk of bias. Each has its own symbol beside its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Judgement {
    /// Low risk, or `yes` of a checklist.
    Low,
    /// Some concerns, moderate risk, unclear.
    Some,
    /// High or serious risk, `no` of a checklist.
    High,
    /// Critical risk.
    Critical,
    /// No information, not applicable.
    #[default]
    None,
}

impl Judgement {
    /// All of them, the lowest risk first.
    pub(in crate::figure) const ALL: [Self; 5] =
        [Self::Low, Self::Some, Self::High, Self::Critical, Self::None];
}

/// A tool for the risk of bias.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// `RoB` 2, for randomised trials (Sterne et al. 2019).
    #[default]
    Rob2,
    /// ROBINS-I, for studies without randomisation (Sterne et al. 2016).
    RobinsI,
    /// The JBI checklist for prevalence studies (Munn et al. 2015).
    Jbi,
}

impl Tool {
    /// The judgement that a word of the tool means; `None` for a word it does not have.
    ///
    /// ```
    /// use resorb::figure::forest::{Judgement, Tool};
    /// assert_eq!(Tool::Rob2.read("Some concerns"), Some(Judgement::Some));
    /// assert_eq!(Tool::Jbi.read("yes"), Some(Judgement::Low));
    /// assert_eq!(Tool::Rob2.read("critical"), None);
    /// ```
    #[must_use]
    pub fn read(self, word: &str) -> Option<Judgement> {
        let word = word.trim().to_lowercase();
        let word = word.strip_suffix(" risk").unwrap_or(&word);
        if matches!(word, "" | "no information" | "ni" | "na" | "n/a" | "not applicable") {
            return Some(Judgement::None);
        }
        let judgement = match (self, word) {
            (Self::Rob2 | Self::RobinsI, "low" | "+") | (Self::Jbi, "yes" | "y" | "+") => {
                Judgement::Low
            }
            (Self::Rob2, "some concerns" | "some" | "?")
            | (Self::RobinsI, "moderate" | "?")
            | (Self::Jbi, "unclear" | "u" | "?") => Judgement::Some,
            (Self::Rob2, "high" | "-" | "−")
            | (Self::RobinsI, "serious" | "-" | "−")
            | (Self::Jbi, "no" | "n" | "-" | "−") => Judgement::High,
            (Self::RobinsI, "critical" | "!") => Judgement::Critical,
            _ => return None,
        };
        Some(judgement)
    }

    /// What a judgement is called.
    #[must_use]
    pub const fn name(self, judgement: Judgement) -> &'static str {
        match (self, judgement) {
            (Self::Jbi, Judgement::Low) => "yes",
            (_, Judgement::Low) => "low",
            (Self::Rob2, Judgement::Some) => "some concerns",
            (Self::RobinsI, Judgement::Some) => "moderate",
            (Self::Jbi, Judgement::Some) => "unclear",
            (Self::RobinsI, Judgement::High) => "serious",
            (Self::Jbi, Judgement::High) => "no",
            (Self::Rob2, Judgement::High) => "high",
            (_, Judgement::Critical) => "critical",
            (Self::Jbi, Judgement::None) => "not applicable",
            (_, Judgement::None) => "no information",
        }
    }

    /// The words it has, for messages.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Rob2 => "low, some concerns, high, no information",
            Self::RobinsI => "low, moderate, serious, critical, no information",
            Self::Jbi => "yes, no, unclear, not applicable",
        }
    }

    /// What stands before the domains in the legend.
    pub(in crate::figure) const fn title(self) -> &'static str {
        match self {
            Self::Rob2 => "Risk of bias (RoB 2)",
            Self::RobinsI => "Risk of bias (ROBINS-I)",
            Self::Jbi => "Critical appraisal (JBI prevalence)",
        }
    }
}
