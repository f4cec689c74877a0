//! Why a figure cannot be made.

/// Why a figure cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FigureError {
    /// The columns or the labels leave no room for the plot.
    #[error(
        "the figure needs at least {needed} mm in width for its columns and labels, but {given} mm are given; choose a larger width or fewer columns"
    )]
    TooNarrow {
        /// The width asked for, in mm.
        given: f64,
        /// The smallest whole width that works, in mm.
        needed: f64,
    },
    /// There is nothing to draw.
    #[error("there is nothing to draw: {what}")]
    Empty {
        /// What is missing.
        what: &'static str,
    },
    /// A result that this kind of figure cannot show.
    #[error("{figure} cannot show this: {why}")]
    Unsuited {
        /// The figure.
        figure: &'static str,
        /// Why not, and what could.
        why: String,
    },
    /// A column that the studies do not have.
    #[error("there is no column `{name}`; known are {known}")]
    UnknownColumn {
        /// The name asked for.
        name: String,
        /// The names that exist, as a list.
        known: String,
    },
    /// A study that is not among those drawn.
    #[error("there is no study `{name}`; the studies are {known}")]
    UnknownStudy {
        /// The name asked for.
        name: String,
        /// The names that exist, as a list.
        known: String,
    },
    /// Axis limits that are not a range.
    #[error(
        "the axis limits {lower} and {upper} are not a range: give two different numbers, the smaller one first"
    )]
    BadLimits {
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
    },
    /// Axis limits of which the axis never comes to one.
    #[error(
        "a {axis} axis never comes to {}: give limits {room}",
        if *lower_off { lower } else { upper }
    )]
    OffAxis {
        /// The axis: `logit`, `log`.
        axis: &'static str,
        /// What limits it can have, with an example.
        room: &'static str,
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
        /// Whether it is the lower one.
        lower_off: bool,
    },
    /// A font file that cannot be read.
    #[error("the font {name} is not a TrueType or OpenType font that can be read")]
    BadFont {
        /// Which font.
        name: String,
    },
    /// A page on which not even the header and one study have room.
    #[error(
        "a page of {given} mm in height has no room for the header, the axis and one study; it needs {needed} mm"
    )]
    PageTooLow {
        /// The height asked for, in mm.
        given: f64,
        /// The smallest whole height that works, in mm.
        needed: f64,
    },
    /// One of the writers refused the figure: an error in this program.
    #[error("the {format} could not be written: {reason}")]
    Writer {
        /// Which format.
        format: &'static str,
        /// What the writer said.
        reason: String,
    },
}
