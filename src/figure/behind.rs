//! The numbers behind a figure as CSV.

/// A table with a head; numbers come as text at full precision, empty where there is none.
pub(super) fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; nor can records of equal length.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A number at full precision; nothing for one that is none.
pub(super) fn cell(x: f64) -> String {
    if x.is_finite() { x.to_string() } else { String::new() }
}

/// A number that may be missing.
pub(super) fn maybe(x: Option<f64>) -> String {
    x.map_or_else(String::new, cell)
}
