//! The file of a figure: which format, with which fonts, written in one step.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::options::FigureArgs;
use crate::{
    cli::{
        destination::{replace, stdout},
        failure::Failure,
    },
    figure::{Embedding, FigureError, Fonts, Scene, pdf, png, svg},
};

/// What a figure is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Format {
    Svg,
    Png,
    Pdf,
}

/// Where a figure goes and how.
#[derive(Clone, Debug)]
pub(in crate::cli) struct File {
    path: Option<PathBuf>,
    pub(in crate::cli) format: Format,
    embedding: Embedding,
    dpi: f64,
}

impl TryFrom<&FigureArgs> for File {
    type Error = Failure;

    fn try_from(args: &FigureArgs) -> Result<Self, Failure> {
        let path = args.output.clone().filter(|path| path != Path::new("-"));
        let format = match &path {
            None => Format::Svg,
            Some(path) => format(path).ok_or_else(|| Failure::Usage {
                message: format!("the extension of `{}` names no figure", path.display()),
                help: "use .svg, .png or .pdf".to_owned(),
            })?,
        };
        Ok(Self { path, format, embedding: args.embedding(), dpi: f64::from(args.dpi) })
    }
}

fn format(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    match extension.as_str() {
        "svg" => Some(Format::Svg),
        "png" => Some(Format::Png),
        "pdf" => Some(Format::Pdf),
        _ => None,
    }
}

impl File {
    /// A file of the gallery.
    pub(in crate::cli) fn at(path: PathBuf, format: Format) -> Self {
        Self { path: Some(path), format, embedding: Embedding::Subset, dpi: 200.0 }
    }

    /// Writes a figure; only a PDF may have several pages.
    pub(in crate::cli) fn write(&self, scenes: &[Scene], fonts: &Fonts<'_>) -> Result<(), Failure> {
        warn(scenes, fonts);
        let first = scenes.first().ok_or(FigureError::Empty { what: "no page" })?;
        let bytes = match self.format {
            Format::Svg => svg(first, fonts, self.embedding).into_bytes(),
            Format::Png => png(first, fonts, self.dpi)?,
            Format::Pdf => pdf(scenes, fonts)?,
        };
        match &self.path {
            None => stdout(|out| out.write_all(&bytes)),
            Some(path) => write(path, &bytes),
        }
    }
}

/// Replaces a file in one step.
pub(in crate::cli) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::Output { path: path.to_owned(), source };
    replace(path, |out| out.write_all(bytes).map_err(failed))
}

/// What stands around the number of a letter: the letter itself, if it can be seen. Marks that only
/// direct the writing would turn the message around.
fn seen(c: char) -> (String, &'static str) {
    let directs = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    if directs { (String::new(), "") } else { (format!("{c} ("), ")") }
}

/// Says what whoever draws the figure should know, once.
pub(super) fn remark(scenes: &[Scene]) {
    let mut said: Vec<&String> = Vec::new();
    for remark in scenes.iter().flat_map(|scene| &scene.remarks) {
        if !said.contains(&remark) {
            anstream::eprintln!("note: {remark}");
            said.push(remark);
        }
    }
}

/// Names the letters that no font has.
fn warn(scenes: &[Scene], fonts: &Fonts<'_>) {
    let mut missing: Vec<char> = Vec::new();
    for scene in scenes {
        scene.visit_texts(&mut |text| {
            for c in fonts.missing(&text.text.text()) {
                if !missing.contains(&c) {
                    missing.push(c);
                }
            }
        });
    }
    if !missing.is_empty() {
        let letters: Vec<String> = missing
            .iter()
            .map(|&c| format!("{}U+{:04X}{}", seen(c).0, u32::from(c), seen(c).1))
            .collect();
        anstream::eprintln!(
            "warning: no font here has {}; add one that does with --font FONTFILE",
            letters.join(", ")
        );
    }
}

/// The bytes of the font files, each with its name for messages.
pub(super) fn fonts(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let read = |path: &PathBuf| {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Failure::Usage {
            message: format!("the font {name} cannot be read: {error}"),
            help: "give a TrueType or OpenType file".to_owned(),
        })?;
        Ok((name, bytes))
    };
    paths.iter().map(read).collect()
}

/// The bundled fonts with those of the files behind them.
pub(super) fn with_fonts(files: &[(String, Vec<u8>)]) -> Result<Fonts<'_>, FigureError> {
    files
        .iter()
        .try_fold(Fonts::bundled()?, |fonts, (name, bytes)| fonts.with_fallback(bytes, name))
}
