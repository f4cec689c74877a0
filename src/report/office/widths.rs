//! How wide the columns of a table are: as their cells need, or broken between words where a page is too
//! narrow.

/// The width between the margins, in twentieths of a point.
pub(super) const LINE: usize = 9070;
/// What a letter of a table takes, with room for a font that stands in for the document's own.
const LETTER: usize = 125;
/// What a cell has around its text.
const MARGINS: usize = 240;

/// The width of each column whose cells are `columns`, in twentieths of a point; `whole` says which cells
/// may not be broken.
pub(super) fn widths(columns: &[Vec<(String, bool)>]) -> Vec<usize> {
    let of = |letters: usize| letters * LETTER + MARGINS;
    let longest =
        |cells: &[(String, bool)]| cells.iter().map(|(text, _)| text.chars().count()).max();
    let word = |(text, whole): &(String, bool)| {
        let words = text.split(if *whole { '\n' } else { ' ' });
        words.map(|word| word.chars().count()).max().unwrap_or(0)
    };
    let natural: Vec<usize> = columns.iter().map(|cells| of(longest(cells).unwrap_or(0))).collect();
    let all: usize = natural.iter().sum();
    if all <= LINE {
        return natural;
    }
    let least: Vec<usize> =
        columns.iter().map(|cells| of(cells.iter().map(word).max().unwrap_or(0))).collect();
    let needed: usize = least.iter().sum();
    if needed >= LINE {
        return least.iter().map(|width| width * LINE / needed).collect();
    }
    let spare = LINE - needed;
    let wanted = (all - needed).max(1);
    natural
        .iter()
        .zip(&least)
        .map(|(natural, least)| least + (natural - least) * spare / wanted)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{LINE, widths};

    fn column(texts: &[&str]) -> Vec<(String, bool)> {
        texts.iter().map(|text| ((*text).to_owned(), false)).collect()
    }

    #[test]
    fn columns_have_the_room_that_they_need() {
        let few = widths(&[column(&["Study", "Kesikburun 2019"]), column(&["k", "12"])]);
        assert!(few[0] > 5 * few[1] / 2 && few.iter().sum::<usize>() < LINE, "{few:?}");
        let long = "words that go on for a long time ".repeat(6);
        let full = widths(&[column(&["Study"]), column(&[long.as_str()]), column(&["12.3"])]);
        assert!(full.iter().sum::<usize>() <= LINE && full[1] > LINE / 2, "{full:?}");
        assert!(full[0] > 5 * 105, "{full:?}");
    }
}
