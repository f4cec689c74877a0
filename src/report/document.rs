//! A result as sections of text and tables, before it becomes a terminal table, Markdown or LaTeX:
//! the wording exists once, here and in the modules that fill it.

/// A whole result in words and tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Where the data came from and what was fitted: a line each.
    pub title: Vec<String>,
    /// The rest, in reading order.
    pub blocks: Vec<Block>,
}

/// A section of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Rows under headed columns.
    Table(Table),
    /// Named values, one a line.
    Facts(Facts),
    /// A list that reads as one sentence, such as the choices that were made.
    List(List),
    /// Sentences, each a paragraph of its own.
    Sentences(Sentences),
}

/// Rows under headed columns; the first column holds the rows' labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What stands above it.
    pub heading: Option<Label>,
    /// Its columns; every row has one cell for each but the first.
    pub columns: Vec<Column>,
    /// Its rows in groups, with a rule between groups.
    pub groups: Vec<Group>,
}

/// Rows that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The rows.
    pub rows: Vec<Row>,
    /// What follows them, over the whole width: how many rows are not shown.
    pub after: Option<String>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What heads it.
    pub label: Label,
    /// How its cells stand.
    pub align: Align,
}

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is about.
    pub label: Label,
    /// How far the label stands in, in steps.
    pub indent: usize,
    /// Its cells, one for each column after the first; fewer where the rest are empty.
    pub cells: Vec<Cell>,
    /// Whether it is the row to read first.
    pub headline: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to say here.
    Empty,
    /// A number or words.
    Text(String),
    /// A pair of limits.
    Interval {
        /// Lower limit.
        lower: String,
        /// Upper limit.
        upper: String,
    },
}

/// Named values, one a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// What stands above them.
    pub heading: Label,
    /// Name and value.
    pub facts: Vec<(Label, String)>,
}

/// A list that reads as one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// What it lists.
    pub heading: Label,
    /// Its items.
    pub items: Vec<Label>,
}

/// Sentences under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentences {
    /// What they are.
    pub heading: Label,
    /// The sentences.
    pub sentences: Vec<String>,
}

/// Words of the table that name something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A name from the data, such as a study's.
    Data(String),
    /// A term of the field, which [`explain`](super::explain) knows.
    Term {
        /// As printed.
        text: String,
        /// As `explain` finds it.
        term: &'static str,
    },
    /// Plain words that need no explanation.
    Plain(String),
}

impl Label {
    /// A term of the field.
    pub(super) fn term(text: impl Into<String>, term: &'static str) -> Self {
        Self::Term { text: text.into(), term }
    }

    /// Plain words.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    /// As printed.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Data(text) | Self::Plain(text) | Self::Term { text, .. } => text,
        }
    }
}

impl Document {
    /// Every label of the document, in reading order.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.blocks.iter().flat_map(|block| -> Vec<&Label> {
            match block {
                Block::Table(table) => table
                    .heading
                    .iter()
                    .chain(table.columns.iter().map(|column| &column.label))
                    .chain(table.groups.iter().flat_map(|group| &group.rows).map(|row| &row.label))
                    .collect(),
                Block::Facts(facts) => std::iter::once(&facts.heading)
                    .chain(facts.facts.iter().map(|(label, _)| label))
                    .collect(),
                Block::List(list) => std::iter::once(&list.heading).chain(&list.items).collect(),
                Block::Sentences(sentences) => vec![&sentences.heading],
            }
        })
    }
}
