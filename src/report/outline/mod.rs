//! A whole report before it is a page: sections in reading order, each with its sentences and its
//! document. HTML, Markdown and LaTeX are made from it.

mod about;
mod headline;
mod of_results;
mod prisma;
mod spread;

use super::{
    Document, GoshSummary, InputInfo, Style, bias_document, claim_document,
    document::{Block, Facts, Label, List, Sentences, Table},
    gosh_document,
    methods::{Context, Paragraphs, Text},
    multiverse_document,
    pool::{Parts, Shown},
    predictors_document, regression_document, sensitivity_document, subgroup_document,
};
use crate::{
    analysis::{
        Examined, Multiverse, MultiverseSummary, Pooled, Predictors, Sensitivity, Subgroups,
        small_study::Bias,
    },
    model::Regression,
};

/// What a report is made from: finished results, and where they come from.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// What it is about; the name of the data if `None`.
    pub title: Option<&'a str>,
    /// The pooled result.
    pub pooled: &'a Pooled,
    /// Where the studies come from.
    pub input: &'a InputInfo,
    /// How numbers look.
    pub style: &'a Style,
    /// Further results, in reading order.
    pub answers: Vec<Answer<'a>>,
    /// What a paper would say: how it was done, and what came out.
    pub paragraphs: Paragraphs,
    /// What stands under every figure: that the data are simulated.
    pub footnote: Option<&'a str>,
    /// Files to take away with the page, such as the data as they were read.
    pub files: Vec<Attachment>,
}

/// A file to take away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What it is, for its reader.
    pub label: String,
    /// Its media type: `text/csv`.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl<'a> Report<'a> {
    /// The report of a pooled result alone.
    #[must_use]
    pub fn new(pooled: &'a Pooled, input: &'a InputInfo, style: &'a Style) -> Self {
        let context = Context { input: Some(input), style: Some(style), ..Context::default() };
        Self {
            title: None,
            pooled,
            input,
            style,
            answers: Vec::new(),
            paragraphs: Paragraphs::of(pooled, &context),
            footnote: None,
            files: Vec::new(),
        }
    }
}

/// A further result.
#[derive(Clone, Debug)]
pub enum Answer<'a> {
    /// The pooled rate of each group.
    Subgroups(&'a Subgroups),
    /// A meta-regression.
    Regression(&'a Regression),
    /// What hangs on single studies.
    Sensitivity(&'a Sensitivity),
    /// Small-study effects.
    Bias(&'a Bias),
    /// All subsets of the studies.
    Gosh(Box<GoshSummary<'a>>),
    /// Every reasonable analysis.
    Multiverse(&'a Multiverse, &'a MultiverseSummary),
    /// Published rates, held against the studies.
    Claims(&'a [Examined]),
    /// The rates of predictors.
    Predictors(&'a Predictors),
    /// One that was wanted and cannot be.
    Refused(Kind, String),
}

/// What a further result is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Answer::Subgroups`].
    Subgroups,
    /// [`Answer::Regression`].
    Regression,
    /// [`Answer::Sensitivity`].
    Sensitivity,
    /// [`Answer::Bias`].
    Bias,
    /// [`Answer::Gosh`].
    Gosh,
    /// [`Answer::Multiverse`].
    Multiverse,
    /// [`Answer::Claims`].
    Claims,
    /// [`Answer::Predictors`].
    Predictors,
}

impl Answer<'_> {
    /// What it is about.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Subgroups(_) => Kind::Subgroups,
            Self::Regression(_) => Kind::Regression,
            Self::Sensitivity(_) => Kind::Sensitivity,
            Self::Bias(_) => Kind::Bias,
            Self::Gosh(_) => Kind::Gosh,
            Self::Multiverse(..) => Kind::Multiverse,
            Self::Claims(_) => Kind::Claims,
            Self::Predictors(_) => Kind::Predictors,
            Self::Refused(kind, _) => *kind,
        }
    }
}

impl Kind {
    /// The name of its section in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Subgroups => "subgroups",
            Self::Regression => "regression",
            Self::Sensitivity => "sensitivity",
            Self::Bias => "small-studies",
            Self::Gosh => "subsets",
            Self::Multiverse => "multiverse",
            Self::Claims => "claims",
            Self::Predictors => "predictors",
        }
    }

    /// What heads its section, where nothing more is known.
    pub(in crate::report) const fn heading(self) -> &'static str {
        match self {
            Self::Subgroups => "Subgroups",
            Self::Regression => "Meta-regression",
            Self::Sensitivity => "Sensitivity to single studies",
            Self::Bias => "Small-study effects",
            Self::Gosh => "All subsets of the studies",
            Self::Multiverse => "Every reasonable analysis",
            Self::Claims => "Published claims",
            Self::Predictors => "Predictors",
        }
    }

    /// What the section answers, for who meets such an analysis for the first time.
    const fn question(self) -> &'static str {
        match self {
            Self::Subgroups => "Does the result differ between groups of studies?",
            Self::Regression => "Do features of the studies go with their results?",
            Self::Sensitivity => {
                "How much of the result hangs on single studies? Each is left out in turn, and the \
                 studies come in one after the other."
            }
            Self::Bias => {
                "Do small studies find other values than large ones? Studies that were never \
                 published are one reason among several why they might."
            }
            Self::Gosh => "What would other selections of these studies have given?",
            Self::Multiverse => {
                "The same data can be analysed in many defensible ways. Here are all of them, and \
                 which choices move the estimate."
            }
            Self::Claims => "What is a published rate consistent with?",
            Self::Predictors => "Which features go with the event? Each is pooled on its own.",
        }
    }
}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Part {
    Studies,
    Heterogeneity,
    OtherMethods,
    /// The further result at this place.
    Answer(usize),
    /// The results as a paper has them.
    Results,
    Methods,
    Notes,
    Data,
    Prisma,
    Citation,
    References,
}

impl Part {
    /// Whether its sentences stand each for itself.
    pub(in crate::report) const fn is_list(self) -> bool {
        matches!(self, Self::Notes | Self::References)
    }

    /// Whether its sentences are paragraphs.
    pub(in crate::report) const fn is_prose(self) -> bool {
        matches!(self, Self::Results | Self::Methods)
    }
}

/// A section.
#[derive(Clone, Debug)]
pub(in crate::report) struct Section {
    pub(in crate::report) part: Part,
    /// Its name in links; no other section has it.
    #[cfg_attr(not(feature = "html"), expect(dead_code, reason = "only a page has links"))]
    pub(in crate::report) id: String,
    pub(in crate::report) heading: String,
    /// What stands first.
    pub(in crate::report) lead: Vec<String>,
    pub(in crate::report) document: Document,
}

impl Section {
    fn new(part: Part, id: &str, heading: &str) -> Self {
        Self {
            part,
            id: id.to_owned(),
            heading: heading.to_owned(),
            lead: Vec::new(),
            document: Document::default(),
        }
    }

    fn with(mut self, block: impl Into<Option<Block>>) -> Self {
        self.document.blocks.extend(block.into());
        self
    }

    fn saying(mut self, sentences: impl IntoIterator<Item = String>) -> Self {
        self.lead.extend(sentences);
        self
    }
}

/// A whole report.
#[derive(Clone, Debug)]
pub(in crate::report) struct Outline {
    pub(in crate::report) title: String,
    /// Where the data came from, and what was fitted.
    pub(in crate::report) source: Vec<String>,
    /// The result in plain words.
    pub(in crate::report) headline: Vec<String>,
    pub(in crate::report) sections: Vec<Section>,
}

impl Outline {
    /// Puts a report's sections in order.
    pub(in crate::report) fn of(report: &Report<'_>) -> Self {
        let Report { pooled, input, style, .. } = *report;
        let parts = Parts::of(pooled, input, style, Shown::All);
        let title = report.title.map_or_else(
            || format!("Meta-analysis of {}", file_name(&input.source)),
            str::to_owned,
        );
        let mut sections = vec![
            Section::new(Part::Studies, "studies", "Studies and pooled result")
                .with(Block::Table(parts.table))
                .with(parts.corrected.map(Block::Facts))
                .with(parts.permutation.map(Block::Facts)),
            Section::new(Part::Heterogeneity, "heterogeneity", "How much the studies differ")
                .saying(spread::sentences(pooled, style))
                .with(Block::Facts(parts.heterogeneity)),
        ];
        sections.extend(parts.alternatives.map(|table| other_methods(table, pooled)));
        sections.extend(
            report.answers.iter().enumerate().map(|(place, answer)| section(report, place, answer)),
        );
        sections.extend(in_words(report, parts.choices));
        sections.extend(parts.notes.map(|notes| {
            Section::new(Part::Notes, "notes", "Notes and warnings").saying(notes.sentences)
        }));
        sections.extend(about(report));
        let mut headline = headline::sentences(pooled, style);
        // A title may hide what the name of the data says.
        headline.extend(report.footnote.map(|words| format!("Mind that these are {words}.")));
        Self { title, source: parts.title, headline, sections }
    }
}

/// The paragraphs of a paper, with the choices in short.
fn in_words(report: &Report<'_>, choices: List) -> [Section; 2] {
    let Paragraphs { methods, results } = &report.paragraphs;
    [
        Section::new(Part::Results, "results", "Results in words").saying(paragraphs(results)),
        Section::new(Part::Methods, "methods", "Methods")
            .saying(paragraphs(methods))
            .with(Block::List(choices)),
    ]
}

/// What a report says about itself: its data, what it answers, what it cites.
fn about(report: &Report<'_>) -> Vec<Section> {
    let answered = report.answers.iter().filter(|answer| !matches!(answer, Answer::Refused(..)));
    let kinds: Vec<Kind> = answered.map(Answer::kind).collect();
    let mut sections = vec![
        Section::new(Part::Data, "data", "Data and settings")
            .saying(about::data(report.input))
            .with(about::excluded(report.input)),
        Section::new(Part::Prisma, "prisma", "PRISMA 2020 items")
            .saying([prisma::LEAD.to_owned()])
            .with(Block::Table(prisma::table(&kinds))),
        Section::new(Part::Citation, "cite", "How to cite").saying(about::citation()),
    ];
    let works = report.paragraphs.cited();
    if !works.is_empty() {
        let works = works.iter().map(|work| work.listed());
        sections.push(Section::new(Part::References, "references", "References").saying(works));
    }
    sections
}

fn other_methods(table: Table, pooled: &Pooled) -> Section {
    let count = table.groups.iter().map(|group| group.rows.len()).sum::<usize>();
    let lead = format!(
        "The same {} by {}, each a common choice. Where they agree, the method matters little.",
        if pooled.fit.k == 1 { "study" } else { "studies" },
        if count == 1 { "one other method".to_owned() } else { format!("{count} other methods") },
    );
    Section::new(Part::OtherMethods, "methods-compared", "The same data, other methods")
        .saying([lead])
        .with(Block::Table(table))
}

fn section(report: &Report<'_>, place: usize, answer: &Answer<'_>) -> Section {
    let Report { input, style, .. } = *report;
    let kind = answer.kind();
    let before = report.answers.iter().take(place).filter(|other| other.kind() == kind).count();
    let id = match before {
        0 => kind.id().to_owned(),
        several => format!("{}-{}", kind.id(), several + 1),
    };
    let document = match answer {
        Answer::Subgroups(groups) => subgroup_document(groups, input, style),
        Answer::Regression(regression) => regression_document(regression, input, style),
        Answer::Sensitivity(sensitivity) => sensitivity_document(sensitivity, input, style),
        Answer::Bias(bias) => bias_document(bias, input, style),
        Answer::Gosh(gosh) => gosh_document(gosh, input, style),
        Answer::Multiverse(all, summary) => multiverse_document(all, summary, input, style),
        Answer::Claims(claims) => claim_document(claims, Some(input), style),
        Answer::Predictors(predictors) => predictors_document(predictors, input, style),
        Answer::Refused(_, reason) => Document {
            blocks: vec![Block::Sentences(Sentences {
                heading: Label::plain("Not done"),
                sentences: vec![reason.clone()],
            })],
            ..Document::default()
        },
    };
    let heading = match answer {
        Answer::Subgroups(groups) if !groups.by.is_empty() => {
            format!("Subgroups by {}", groups.by.join(" and ").replace('_', " "))
        }
        _ => kind.heading().to_owned(),
    };
    // Where the data came from is said once, at the top.
    let title = document.title.into_iter().skip(1).collect();
    Section {
        part: Part::Answer(place),
        id,
        heading,
        lead: vec![kind.question().to_owned()],
        document: Document { title, blocks: document.blocks },
    }
}

/// The paragraphs of a text.
fn paragraphs(text: &Text) -> Vec<String> {
    text.plain().split("\n\n").map(|paragraph| paragraph.trim().replace('\n', " ")).collect()
}

/// Facts under a heading.
fn facts(heading: &str, facts: Vec<(Label, String)>) -> Block {
    Block::Facts(Facts { heading: Label::plain(heading), facts })
}

/// A path without its folders, which are nobody's but the writer's.
fn file_name(source: &str) -> &str {
    source.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(source)
}
