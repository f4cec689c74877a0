//! Where a result goes: standard output, or a file that is replaced in one step.

use std::{
    fs,
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
};

use super::{
    args::OutputArgs,
    failure::{Failure, say},
};
use crate::report::{Format, ReportError, Style};

/// Where a result goes, and in which format.
#[derive(Debug)]
pub(super) struct Destination {
    file: Option<PathBuf>,
    pub(super) format: Format,
    pub(super) style: Style,
}

impl TryFrom<&OutputArgs> for Destination {
    type Error = Failure;

    fn try_from(args: &OutputArgs) -> Result<Self, Failure> {
        let file = args.output.clone().filter(|path| path != Path::new("-"));
        let by_extension = |path: &PathBuf| {
            let extension = path.extension().and_then(|extension| extension.to_str())?;
            Format::from_extension(extension)
        };
        let format = match (args.format, &file) {
            (Some(format), file) => {
                let other = file.as_ref().and_then(by_extension).filter(|other| *other != format);
                if let (Some(path), Some(other)) = (file, other) {
                    say(&format!(
                        "`{}` gets {format}, as --format says, though its extension stands for \
                         {other}\n",
                        path.display()
                    ));
                }
                format
            }
            (None, None) => Format::default(),
            (None, Some(path)) => by_extension(path).ok_or_else(|| Failure::Usage {
                message: format!("the extension of `{}` names no format", path.display()),
                help: "use .txt, .json, .csv, .md or .tex, or add --format".to_owned(),
            })?,
        };
        let style = Style {
            scale: args.scale.unwrap_or_default(),
            digits: args.digits.map(usize::from),
            colour: file.is_none() && colour(&io::stdout()),
            model_remark: None,
        };
        Ok(Self { file, format, style })
    }
}

impl Destination {
    /// Runs `write` on the destination.
    pub(super) fn write(
        &self,
        write: impl FnOnce(&mut dyn Write) -> Result<(), ReportError>,
    ) -> Result<(), Failure> {
        match &self.file {
            None => stdout(write),
            Some(path) => replace(path, |out| write(out).map_err(Failure::from)),
        }
    }
}

/// Whether `stream` is a terminal that shows colour and the environment lets it.
pub(super) fn colour(stream: &(impl anstream::stream::RawStream + IsTerminal)) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// Runs `write` on standard output, buffered.
pub(super) fn stdout<E: From<io::Error>>(
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), Failure>
where
    Failure: From<E>,
{
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    Ok(out.flush()?)
}

/// Replaces the file at `path` by what `write` writes, in one step: whoever reads it sees the old
/// content or the new, and a failure leaves the old.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failed = |source: io::Error| Failure::Output { path: path.to_owned(), source };
    // A link stays a link: its target is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let present = fs::metadata(&target).ok();
    if present.as_ref().is_some_and(|there| !there.is_file()) {
        // A device or a pipe cannot be replaced, only written to.
        let mut out = BufWriter::new(fs::File::create(&target).map_err(failed)?);
        write(&mut out)?;
        return out.flush().map_err(failed);
    }
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix(".resorb-");
    // Temporary files are private; a result has the permissions of any new file.
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // What the temporary file is called is nobody's business.
    let mut file = builder.tempfile_in(folder).map_err(|error| {
        failed(match (error.kind(), error.raw_os_error()) {
            (io::ErrorKind::NotFound, _) if !folder.is_dir() => io::Error::new(
                io::ErrorKind::NotFound,
                format!("there is no folder `{}`; make it first", folder.display()),
            ),
            (_, Some(code)) => io::Error::from_raw_os_error(code),
            _ => error,
        })
    })?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out)?;
    out.flush().map_err(failed)?;
    drop(out);
    if let Some(there) = present {
        file.as_file().set_permissions(there.permissions()).map_err(failed)?;
    }
    file.persist(&target).map_err(|error| failed(error.error)).map(|_| ())
}

/// Writes a new file; one that exists is replaced only with `force`.
pub(super) fn create(
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if force {
        return replace(path, |out| Ok(write(out)?));
    }
    let failed = |source| Failure::Output { path: path.to_owned(), source };
    match fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => {
            let mut out = BufWriter::new(file);
            write(&mut out).and_then(|()| out.flush()).map_err(failed)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failure::Usage {
            message: format!("`{}` exists already", path.display()),
            help: "add --force to replace it, or name another file".to_owned(),
        }),
        Err(error) => Err(failed(error)),
    }
}
