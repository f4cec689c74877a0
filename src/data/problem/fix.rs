//! What to do about each problem.

use super::super::mapping::Decimal;
use super::{Offer, ProblemKind, Role};
use crate::study::nearest;

impl ProblemKind {
    /// What to do about it.
    #[must_use]
    pub fn fix(&self) -> String {
        match self {
            Self::Empty | Self::HeaderOnly => {
                "give one row a study below a header such as study,events,total".into()
            }
            Self::Binary { .. } => {
                "save the table as CSV (UTF-8), or as an .xlsx workbook, and pass that file".into()
            }
            Self::TooLarge { .. } => "split the file".into(),
            Self::Workbook(error) => error.fix(),
            Self::Windows1252 => {
                "look at the names with accents; save the file as UTF-8 if they are wrong".into()
            }
            Self::OpenQuote => {
                "close the quotation mark, or double it if it belongs to the text".into()
            }
            Self::CommentWithFields => {
                "put the first field in double quotes if the line is a row".into()
            }
            Self::DuplicateColumn { .. } => "rename or remove one of them".into(),
            Self::Outcome(problem) => problem.fix(),
            Self::Converted { .. } => {
                "they assume roughly normal values; compare with the studies that report both"
                    .into()
            }
            Self::SameButForCase { .. } => {
                "a name in an option means the column spelled exactly so; rename or remove one of \
                 them where they are the same"
                    .into()
            }
            Self::AmbiguousColumn { .. } => "write the name exactly as the header does".into(),
            Self::UnknownColumn { nearest, columns, .. } => unknown(nearest.as_deref(), columns),
            Self::NoColumn { role, candidates, columns, .. } => {
                no_column(*role, candidates, columns)
            }
            Self::TitleLine => "remove it, or put # in front of it".into(),
            Self::NoHeader => "put a header above it, such as study,events,total".into(),
            Self::NoStudyNames { columns } => {
                format!("name the column with --study COL; the columns are {}", list(columns))
            }
            Self::ColumnUsedTwice { .. } => "give each its own column".into(),
            Self::FieldCount { found, expected } if found > expected => {
                "put a text that contains the separator in double quotes; a decimal comma needs \
                 quotes too, or another separator"
                    .into()
            }
            Self::FieldCount { .. } => {
                "complete the row; an empty field still needs its separator".into()
            }
            Self::Missing { .. } => "fill it in, or leave such rows out with --missing drop".into(),
            Self::NotANumber { value, decimal } => not_a_number(value, *decimal),
            Self::TwoReadings { .. } => {
                "say which mark is the decimal one: --decimal point or --decimal comma".into()
            }
            Self::TwoReadingsInColumn { .. } => {
                "set --decimal point or --decimal comma to be sure".into()
            }
            Self::Negative { .. } => {
                "write the count; a missing one is an empty field or NA".into()
            }
            Self::NotWhole { offer, .. } | Self::Percentage { offer, .. } => offer.map_or_else(
                || "write the whole number that was counted".into(),
                |offer| offer.sentence(),
            ),
            Self::CountTooLarge { .. } => "check the column: is this a count?".into(),
            Self::NoPatients => "correct the total, or leave the row out".into(),
            Self::MoreEventsThanTotal { offer: None, .. } => {
                "check whether the two columns are swapped".into()
            }
            Self::MoreEventsThanTotal { offer: Some(offer), .. } => {
                format!("check whether the two columns are swapped; {}", offer.sentence())
            }
            Self::NotYesOrNo { .. } => "write yes or no, or use every row with --all-rows".into(),
            Self::UnknownStudy { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::UnknownStudy { .. } => "write the name as the table does".into(),
            Self::Filter(error) => error.fix(),
            Self::NothingLeft { nearest: Some((value, nearest)), .. } => {
                format!("no cell is `{value}`; did you mean `{nearest}`?")
            }
            Self::Studies(_) => "check the file".into(),
            Self::NothingLeft { .. } => "loosen what leaves rows out".into(),
            Self::DuplicateLabel { grouped, .. } => repeated(*grouped).into(),
            Self::MoreSameCounts { .. } => {
                "look for rows that stand twice: the whole list may be in the file twice".into()
            }
            Self::SameCounts { .. } => "check that it is not one study published twice".into(),
            Self::MissingInModerator { .. } => {
                "an analysis that uses the column needs --missing drop".into()
            }
        }
    }
}

/// `grouped`: although a column that tells groups apart was given.
const fn repeated(grouped: bool) -> &'static str {
    if grouped {
        "leave one out if it is one study twice; write 2017a and 2017b if they are two; several \
         groups of one study are not independent: `resorb subgroup` and `resorb regress` allow for \
         that with --robust"
    } else {
        "leave one out if it is one study twice; write 2017a and 2017b if they are two; groups of \
         one study are not independent, and `resorb subgroup --by COL` allows for that"
    }
}

fn no_column(role: Role, candidates: &[String], columns: &[String]) -> String {
    let option = role.option().unwrap_or_default();
    if let Some(first) = candidates.first() {
        let all = list(candidates);
        return format!("{all} might do: name one, for instance {option} {}", quoted(first));
    }
    let names = || columns.iter().map(String::as_str);
    let near = role.tried().iter().find_map(|name| nearest(name, names()));
    match (near, columns) {
        (Some(near), _) => format!("`{near}` might be meant: {option} {}", quoted(near)),
        (None, [only]) if only.contains(['|', ' ', ':']) => {
            "the header has no comma, semicolon or tab: separate the columns by one of them".into()
        }
        _ => format!("name it with {option} COL; the columns are {}", list(columns)),
    }
}

impl Offer {
    fn sentence(&self) -> String {
        let Self { percent, digits, total, count, fits } = self;
        if *fits {
            return format!("if it means {percent} %, the count is {count}: {count} of {total}");
        }
        let total_as_number = *total as f64;
        let share = percent / 100.0 * total_as_number;
        let nearest = 100.0 * *count as f64 / total_as_number;
        format!(
            "if it means {percent} % of {total}, that is {share:.1}: the nearest count, {count}, is \
             {nearest:.digits$} %; look it up in the paper"
        )
    }
}

fn unknown(nearest: Option<&str>, columns: &[String]) -> String {
    match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("the columns are {}", list(columns)),
    }
}

fn not_a_number(value: &str, decimal: Option<Decimal>) -> String {
    let first: String = value.chars().take_while(char::is_ascii_digit).collect();
    let is_date = value.len() >= 10 && value.get(4..5) == Some("-") && value.get(7..8) == Some("-");
    if is_date {
        return "a spreadsheet may have made a date of a count: type it again as text or number"
            .into();
    }
    if decimal.is_some() && value.contains([',', '.']) {
        return "check it against the --decimal that was set".into();
    }
    match value.split_once('/') {
        Some((events, total)) if is_count(events) && is_count(total) => {
            format!(
                "put {} into the column of events and {} into that of totals",
                events.trim(),
                total.trim()
            )
        }
        _ if annotated(value, &first) => format!("write {first} if that is the count"),
        _ => "write the count; a missing one is an empty field or NA".into(),
    }
}

/// Whether `value` is the number `first` with a remark behind it: `12 (5 lost)`, `23*`, `45a`.
fn annotated(value: &str, first: &str) -> bool {
    let remark = value.get(first.len()..).and_then(|rest| rest.chars().next());
    let mark = |c: char| {
        c.is_whitespace() || "([*†‡".contains(c) || (c.is_alphabetic() && !"xXeE".contains(c))
    };
    !first.is_empty() && remark.is_some_and(mark)
}

fn is_count(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The names, a dozen at most.
fn list(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(12).map(String::as_str).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A name as a shell takes it.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || ['_', '-', '.'].contains(&c);
    if name.chars().all(plain) { name.to_owned() } else { format!("\"{name}\"") }
}

/// What to say of the roles that no option names.
impl Role {
    pub(in crate::data) const fn tried(self) -> &'static [&'static str] {
        match self {
            Self::Study => &super::super::STUDY_NAMES,
            Self::Events => &super::super::EVENTS_NAMES,
            Self::Total => &super::super::TOTAL_NAMES,
            Self::Include => &["include"],
            Self::Year => &["year"],
            Self::Grouping | Self::Moderator => &[],
        }
    }
}
