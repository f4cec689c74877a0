//! What a cell of a workbook says.

use calamine::Data;

use super::super::Decimal;

/// The text of a cell as somebody would type it; `percent` is whether it is shown as a percentage.
pub(super) fn text(cell: &Data, percent: bool, decimal: Option<Decimal>) -> String {
    match cell {
        Data::Int(value) => value.to_string(),
        Data::Float(value) if percent => format!("{}%", number(rounded(value * 100.0), decimal)),
        Data::Float(value) => number(*value, decimal),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(true) => "yes".to_owned(),
        Data::Bool(false) => "no".to_owned(),
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => day,
                _ => format!("{day} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        // `#N/A` is how a spreadsheet says that a value is missing; other errors must be seen.
        Data::Error(calamine::CellErrorType::NA) => "NA".to_owned(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A number that reads as itself: three digits behind the mark could be a group of thousands, so a
/// fourth is added.
fn number(value: f64, decimal: Option<Decimal>) -> String {
    let mut text = value.to_string();
    if text.rsplit_once('.').is_some_and(|(_, fraction)| fraction.len() == 3) {
        text.push('0');
    }
    match decimal {
        Some(Decimal::Comma) => text.replace('.', ","),
        Some(Decimal::Point) | None => text,
    }
}

/// A percentage without the noise of the multiplication by 100: 12 digits are more than anyone types.
fn rounded(percent: f64) -> f64 {
    format!("{percent:.12}").parse().unwrap_or(percent)
}

#[cfg(test)]
mod tests {
    use calamine::Data;

    use super::super::super::Decimal;
    use super::text;

    #[test]
    fn cells_read_as_what_is_shown() {
        let float = |value| Data::Float(value);
        assert_eq!(text(&float(64.0), false, None), "64");
        assert_eq!(text(&float(23.5), false, None), "23.5");
        assert_eq!(text(&float(1.234), false, None), "1.2340");
        assert_eq!(text(&float(1.234), false, Some(Decimal::Comma)), "1,2340");
        assert_eq!(text(&float(0.766), true, None), "76.6%");
        assert_eq!(text(&float(0.07), true, None), "7%");
        assert_eq!(text(&Data::Bool(true), false, None), "yes");
        assert_eq!(text(&Data::Error(calamine::CellErrorType::NA), false, None), "NA");
        assert_eq!(text(&Data::Empty, false, None), "");
    }
}
