//! The name of an author, from `Davey Smith G` to its parts.

/// A person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// `Davey Smith`.
    pub(super) family: &'static str,
    /// `G`, `JPT`, `K-Y`; nothing for a pen name.
    pub(super) initials: &'static str,
}

impl Name {
    /// Splits at the last space where capitals follow it.
    pub(super) fn of(author: &'static str) -> Self {
        let capitals = |text: &str| text.chars().all(|c| c.is_uppercase() || c == '-');
        match author.rsplit_once(' ') {
            Some((family, initials)) if capitals(initials) => Self { family, initials },
            _ => Self { family: author, initials: "" },
        }
    }

    /// The initials with their stops: `J. P. T.`, `K.-Y.`.
    pub(super) fn dotted(self) -> String {
        let mut text = String::new();
        for c in self.initials.chars() {
            if c == '-' {
                text.push('-');
                continue;
            }
            if !text.is_empty() && !text.ends_with('-') {
                text.push(' ');
            }
            text.push(c);
            text.push('.');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn family_and_initials() {
        let parts = |author| {
            let name = Name::of(author);
            (name.family, name.dotted())
        };
        assert_eq!(parts("Higgins JPT"), ("Higgins", "J. P. T.".to_owned()));
        assert_eq!(parts("Davey Smith G"), ("Davey Smith", "G.".to_owned()));
        assert_eq!(parts("Liang K-Y"), ("Liang", "K.-Y.".to_owned()));
        assert_eq!(parts("Student"), ("Student", String::new()));
        assert_eq!(parts("Özdemir P"), ("Özdemir", "P.".to_owned()));
    }
}
