//! Text in HTML, and files inside a page.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// `text` as HTML, in an element or in an attribute between double quotes; control characters, which
/// HTML forbids, are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Sentences as a page sets them: a number keeps its unit on its line.
pub(super) fn prose(text: &str) -> String {
    text.replace(" %", "\u{a0}%").replace("% CI", "%\u{a0}CI")
}

/// A file as the address of a link.
pub(super) fn data_uri(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", STANDARD.encode(bytes))
}

/// A name that every file system takes: letters, digits, `-`, `_` and `.`.
pub(super) fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "data".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_is_markup() {
        assert_eq!(
            escape("<img src=x onerror=alert(1)> & \"it's\"\u{0}\n"),
            "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;it&#39;s&quot; "
        );
    }

    #[test]
    fn files_have_plain_names() {
        assert_eq!(file_name("../a b/c.csv"), "a-b-c.csv");
        assert_eq!(file_name("<>"), "data");
    }
}
