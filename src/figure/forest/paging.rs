//! Where pages end: a heading stays with its first study, and a group's results with its last.

use super::{
    draw::{Drawing, Page},
    lines::{Content, Line},
};

/// The pages on which all lines have room, each at most `room` high; `None` if a line has none.
pub(super) fn paged<'f>(drawing: &Drawing<'f>, room: f64) -> Option<Vec<Page<'f>>> {
    let lines = &drawing.layout.lines;
    let full = lines.len();
    let mut pages: Vec<Page<'f>> = Vec::new();
    let mut open = Page { lines: 0..0, head: None, number: (1, 1) };
    let mut used = drawing.top(true);
    for block in blocks(lines, room - drawing.top(true) - drawing.bottom(true)) {
        let height: f64 = lines.get(block.clone())?.iter().map(|line| line.height).sum();
        let fits = used + height + drawing.bottom(block.end == full) <= room;
        if !fits && !open.lines.is_empty() {
            let head = drawing.layout.continued(block.start);
            used = drawing.top(false) + head.as_ref().map_or(0.0, |line| line.height);
            let next = Page { lines: block.start..block.start, head, number: (1, 1) };
            pages.push(std::mem::replace(&mut open, next));
            // Space between sections is not needed at the top of a page.
            let only_space = |line: &Line<'_>| matches!(line.content, Content::Gap);
            if lines.get(block.clone())?.iter().all(only_space) {
                open.lines = block.end..block.end;
                open.head = None;
                used = drawing.top(false);
                continue;
            }
        }
        used += height;
        if used + drawing.bottom(block.end == full) > room {
            return None;
        }
        open.lines.end = block.end;
    }
    pages.push(open);
    let count = pages.len();
    for (place, page) in pages.iter_mut().enumerate() {
        page.number = (place + 1, count);
    }
    Some(pages)
}

/// Lines that stay together; those of a block higher than a page are on their own.
fn blocks(lines: &[Line<'_>], room: f64) -> Vec<std::ops::Range<usize>> {
    let mut starts: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| !line.keep).map(|(place, _)| place).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().copied().skip(1).chain([lines.len()]);
    let whole = starts.iter().copied().zip(ends).filter(|(start, end)| start < end);
    whole
        .flat_map(|(start, end)| {
            let height: f64 =
                lines.get(start..end).unwrap_or_default().iter().map(|line| line.height).sum();
            let step = if height > room { 1 } else { end - start };
            (start..end).step_by(step).map(move |at| at..at + step)
        })
        .collect()
}
