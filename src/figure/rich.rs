//! Text in more than one face: `I²` with an italic I, a bold label, a superscript.

use super::Fonts;

/// The bundled faces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// Upright.
    #[default]
    Regular,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

/// Where a run stands to the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Script {
    /// On the line.
    #[default]
    Normal,
    /// Small and raised.
    Super,
    /// Small and lowered.
    Sub,
}

impl Script {
    /// The size of a run relative to the line's.
    #[must_use]
    pub const fn size(self) -> f64 {
        match self {
            Self::Normal => 1.0,
            Self::Super | Self::Sub => 0.68,
        }
    }

    /// How far the baseline moves down, in units of the line's font size.
    #[must_use]
    pub const fn shift(self) -> f64 {
        match self {
            Self::Normal => 0.0,
            Self::Super => -0.36,
            Self::Sub => 0.15,
        }
    }
}

/// A piece of text in one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// In which face.
    pub face: Face,
    /// Where it stands to the line.
    pub script: Script,
}

/// One line of text, run by run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich(Vec<Run>);

impl Rich {
    /// Upright text.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self::default().then(text)
    }

    /// Text in one face.
    #[must_use]
    pub fn in_face(text: impl Into<String>, face: Face) -> Self {
        Self::default().with(text, face, Script::Normal)
    }

    /// Adds upright text.
    #[must_use]
    pub fn then(self, text: impl Into<String>) -> Self {
        self.with(text, Face::Regular, Script::Normal)
    }

    /// Adds italic text: a statistic's letter.
    #[must_use]
    pub fn italic(self, text: impl Into<String>) -> Self {
        self.with(text, Face::Italic, Script::Normal)
    }

    /// Adds a run; an empty one is left out and one like the last is joined to it.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>, face: Face, script: Script) -> Self {
        let text = text.into();
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.face == face && last.script == script => last.text.push_str(&text),
            _ => self.0.push(Run { text, face, script }),
        }
        self
    }

    /// Adds another line's runs.
    #[must_use]
    pub fn join(self, other: &Self) -> Self {
        other.0.iter().fold(self, |line, run| line.with(run.text.as_str(), run.face, run.script))
    }

    /// The same text with every upright run in bold.
    #[must_use]
    pub fn bold(self) -> Self {
        self.0.into_iter().fold(Self::default(), |line, run| {
            let face = if run.face == Face::Regular { Face::Bold } else { run.face };
            line.with(run.text, face, run.script)
        })
    }

    /// The same text with spaces at which no line is broken.
    #[must_use]
    pub fn unbroken(&self) -> Self {
        self.0.iter().fold(Self::default(), |line, run| {
            line.with(run.text.replace(' ', "\u{a0}"), run.face, run.script)
        })
    }

    /// The runs in order.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What it says, without faces.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// Breaks the line at spaces, and inside words that are too long, so that no line is wider than
    /// `width`; a single letter may be.
    #[must_use]
    pub fn wrap(&self, width: f64, size: f64, fonts: &Fonts<'_>) -> Vec<Self> {
        if fonts.width(self, size) <= width {
            return vec![self.clone()];
        }
        let mut lines = Vec::new();
        let mut line = Self::default();
        for word in self.words() {
            let longer = line.clone().join(&word);
            if fonts.width(&longer.trimmed(), size) <= width {
                line = longer;
                continue;
            }
            if !line.trimmed().is_empty() {
                lines.push(line.trimmed());
            }
            line = Self::default();
            for letter in word.letters() {
                let longer = line.clone().join(&letter);
                if !line.is_empty() && fonts.width(&longer.trimmed(), size) > width {
                    lines.push(std::mem::take(&mut line).trimmed());
                    line = letter;
                } else {
                    line = longer;
                }
            }
        }
        if !line.trimmed().is_empty() {
            lines.push(line.trimmed());
        }
        lines
    }

    /// The words, each with the space behind it; a word may change its face inside.
    fn words(&self) -> Vec<Self> {
        let mut words = vec![];
        let mut word = Self::default();
        for letter in self.letters() {
            let ends = letter.0.first().is_some_and(|run| run.text == " ");
            word = word.join(&letter);
            if ends {
                words.push(std::mem::take(&mut word));
            }
        }
        words.push(word);
        words
    }

    fn letters(&self) -> impl Iterator<Item = Self> + '_ {
        self.0
            .iter()
            .flat_map(|run| run.text.chars().map(|c| Self::default().with(c, run.face, run.script)))
    }

    fn trimmed(&self) -> Self {
        let mut runs = self.0.clone();
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
        }
        runs.into_iter()
            .fold(Self::default(), |line, run| line.with(run.text, run.face, run.script))
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}
