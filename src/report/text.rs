//! Text in a terminal: its width in columns, cut and wrapped by it.

use unicode_width::UnicodeWidthStr;

/// The columns `text` takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// `text` without what would move a terminal's cursor or turn its writing round.
pub(super) fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `text` in at most `limit` columns, its end replaced by `…` where it is longer.
pub(super) fn truncate(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let kept = text
        .char_indices()
        .map(|(start, _)| text.split_at(start).0)
        .take_while(|prefix| width(prefix) < limit)
        .last()
        .unwrap_or_default();
    if limit == 0 { String::new() } else { format!("{}…", kept.trim_end()) }
}

/// `text` filled with spaces on its right to `columns`.
pub(super) fn pad_right(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` filled with spaces on its left to `columns`.
pub(super) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` in lines of at most `columns`, broken at spaces; a number keeps its unit beside it, and a
/// longer word is broken after a dash, or has a line to itself.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let text = UNITS.iter().fold(text.to_owned(), |text, (loose, tied)| text.replace(loose, tied));
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let dash = if width(word) > columns { '–' } else { ' ' };
        for (place, piece) in word.split_inclusive(dash).enumerate() {
            let space = if place == 0 && !line.is_empty() { " " } else { "" };
            if !line.is_empty() && width(&line) + space.len() + width(piece) > columns {
                lines.push(std::mem::take(&mut line));
            } else {
                line.push_str(space);
            }
            line.push_str(piece);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines.iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

/// Units and what ties them to the number before.
const UNITS: [(&str, &str); 3] =
    [(" %", "\u{a0}%"), (" df", "\u{a0}df"), (" per 1000", "\u{a0}per\u{a0}1000")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_are_cut_by_columns_not_by_bytes() {
        assert_eq!(truncate("Delauche-Cavallier 1992", 12), "Delauche-Ca…");
        assert_eq!(truncate("腰椎間盤ヘルニア", 7), "腰椎間…");
        assert_eq!(truncate("Müller", 6), "Müller");
        assert_eq!(truncate("Müller", 0), "");
        // A combining accent takes no column and stays with its letter.
        assert_eq!(width("e\u{301}"), 1);
        for limit in 0..12 {
            assert!(width(&truncate("αβγ 日本語 🧑‍🔬 ab", limit)) <= limit);
        }
    }

    #[test]
    fn control_characters_do_not_reach_a_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\tc\u{202e}d"), "a [31mb cd");
    }

    #[test]
    fn wrapping_keeps_words_and_width() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("antidisestablishment a", 5), ["antidisestablishment", "a"]);
        assert_eq!(wrap("the Mantel–Haenszel odds", 9), ["the", "Mantel–", "Haenszel", "odds"]);
        assert!(wrap("", 5).is_empty());
        assert_eq!(wrap("level 95 %", 8), ["level", "95 %"]);
    }
}
