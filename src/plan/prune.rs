//! Takes what is wrong out of a parsed file, so that the rest of it can be read.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

/// Removes the innermost entry or element at `span`; gives the place of the table that it stood in, or of
/// what was removed where that was a table itself. `None` where nothing stands there.
pub(super) fn prune(root: &mut Spanned<DeTable<'_>>, span: &Range<usize>) -> Option<Range<usize>> {
    let own = root.span();
    table(root.get_mut(), &own, span)
}

fn table(
    entries: &mut DeTable<'_>,
    own: &Range<usize>,
    span: &Range<usize>,
) -> Option<Range<usize>> {
    // A table's own place is its header, so that what it holds stands elsewhere: all are searched.
    if let Some(found) = entries.iter_mut().find_map(|(_, entry)| value(entry, own, span)) {
        return Some(found);
    }
    let holds = |place: Range<usize>| place.start <= span.start && span.end <= place.end;
    let name = entries
        .iter()
        .find(|(key, entry)| holds(key.span()) || holds(entry.span()))
        .map(|(key, _)| key.get_ref().to_string())?;
    entries.remove(name.as_str());
    Some(own.clone())
}

fn value(
    entry: &mut Spanned<DeValue<'_>>,
    around: &Range<usize>,
    span: &Range<usize>,
) -> Option<Range<usize>> {
    let own = entry.span();
    match entry.get_mut() {
        DeValue::Table(entries) => table(entries, &own, span),
        DeValue::Array(elements) => {
            if let Some(found) =
                elements.iter_mut().find_map(|element| value(element, around, span))
            {
                return Some(found);
            }
            let place = elements.iter().position(|element| {
                let place = element.span();
                place.start <= span.start && span.end <= place.end
            })?;
            let removed = elements.get(place)?;
            let is_table = matches!(removed.get_ref(), DeValue::Table(_));
            let found = if is_table { removed.span() } else { around.clone() };
            let all = std::mem::replace(elements, DeArray::new()).into_iter().enumerate();
            all.filter(|(at, _)| *at != place).for_each(|(_, kept)| elements.push(kept));
            Some(found)
        }
        _ => None,
    }
}
