//! The figures of a page: inside it, and as files to take away.

use std::fmt::Write as _;

use super::{
    super::figures::Drawn,
    text::{data_uri, escape},
};
use crate::figure::{Embedding, Fonts, svg, svg_in_page};

impl Drawn {
    /// The figure in its page; `number` counts figures, `section` is the name of its section in links.
    pub(super) fn html(&self, number: usize, section: &str, fonts: &Fonts<'_>) -> String {
        let id = format!("{section}-{}", self.name);
        let mut out = String::new();
        let _ = write!(
            out,
            "<figure id=\"{id}\" class=\"plot\">\n<div class=\"scroll\" role=\"group\" aria-labelledby=\"figure-{number}\" tabindex=\"0\">\n{}</div>\n",
            svg_in_page(&self.scene, fonts, &format!("{id}-svg")),
        );
        let file = svg(&self.scene, fonts, Embedding::Subset);
        let _ = writeln!(
            out,
            "<figcaption id=\"figure-{number}\"><b>Figure {number}.</b> {} <a class=\"file\" download=\"{id}.svg\" href=\"{}\">SVG<span class=\"hidden\"> of figure {number}</span></a></figcaption>\n</figure>",
            escape(&self.caption),
            data_uri("image/svg+xml", file.as_bytes())
        );
        out
    }
}
