//! Text documents and workbooks: read back they say what the results say, twice the same bytes.

use calamine::{Data, Reader, Xlsx};
use docx_rs::{
    DocumentChild, ParagraphChild, RunChild, TableCellContent, TableChild, TableRowChild,
};
use resorb::{
    analysis::{LevelOrder, Pooled, pooled, subgroups},
    data::{self, Mapping, bundled},
    model::Settings,
    plan::Plan,
    report::{
        Document, InputInfo, Report, Style, document, frame,
        methods::{Context, Paragraphs},
        office::{Chapter, docx, pooled_sheets, report_docx, report_xlsx, xlsx},
        references,
    },
    study::Studies,
};

fn lumbar() -> (Studies, Pooled) {
    let csv = bundled::find("ldh_resorption").unwrap().csv;
    let studies = data::read(csv.as_bytes(), &Mapping::default()).unwrap().studies;
    let answer = pooled(&studies, &Settings::default(), true).unwrap();
    (studies, answer)
}

fn input() -> InputInfo {
    InputInfo { source: "lumbar".to_owned(), rows: 20, used: 15, ..InputInfo::default() }
}

/// Every text of a text document, cells of tables included, in reading order.
fn texts(bytes: &[u8]) -> Vec<String> {
    fn paragraph(paragraph: &docx_rs::Paragraph) -> String {
        let runs = paragraph.children.iter().filter_map(|child| match child {
            ParagraphChild::Run(run) => Some(run),
            _ => None,
        });
        let texts = runs.flat_map(|run| &run.children).filter_map(|child| match child {
            RunChild::Text(text) => Some(text.text.clone()),
            _ => None,
        });
        texts.collect()
    }
    let mut all = Vec::new();
    for child in docx_rs::read_docx(bytes).unwrap().document.children {
        match child {
            DocumentChild::Paragraph(p) => all.push(paragraph(&p)),
            DocumentChild::Table(table) => {
                for TableChild::TableRow(row) in &table.rows {
                    for TableRowChild::TableCell(cell) in &row.cells {
                        for content in &cell.children {
                            if let TableCellContent::Paragraph(p) = content {
                                all.push(paragraph(p));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    all
}

fn written(result: &Document, answer: &Pooled) -> Vec<u8> {
    let paragraphs = Paragraphs::of(answer, &Context::default());
    let works = paragraphs.cited();
    let lead = ["Of 20 rows 15 were used.".to_owned()];
    let chapters = [
        Chapter::Result { heading: "Pooled rate", lead: &lead, document: result },
        Chapter::Words { heading: "Methods", text: &paragraphs.methods },
        Chapter::References { heading: "References", works: &works },
    ];
    docx("Resorption <& more>", &chapters).unwrap()
}

#[test]
fn a_text_document_holds_the_result_and_the_words() {
    let (_, answer) = lumbar();
    let result = document(&answer, &input(), &Style::default());
    let bytes = written(&result, &answer);
    let texts = texts(&bytes);
    let has = |text: &str| texts.iter().any(|found| found == text);
    for text in ["Resorption <& more>", "Pooled rate", "Of 20 rows 15 were used.", "References"] {
        assert!(has(text), "{text}: {texts:?}");
    }
    // Every label of every table stands in a cell or a heading of its own.
    for label in result.labels() {
        let inside = texts.iter().any(|found| found.contains(label.text()));
        assert!(inside, "{}", label.text());
    }
    let random = answer.fit.random.unwrap().pooled;
    assert!(has(&format!("{:.1}", 100.0 * random.estimate)), "{texts:?}");
    let limits = format!(
        "[{:.1}, {:.1}]",
        100.0 * random.ci_lower.unwrap(),
        100.0 * random.ci_upper.unwrap()
    );
    assert!(has(&limits), "{limits}");
    let work = references::all().into_iter().find(|work| work.key == "hamza2008").unwrap();
    assert!(has(&work.listed()));
}

#[test]
fn the_same_results_are_the_same_bytes() {
    let (_, answer) = lumbar();
    let result = document(&answer, &input(), &Style::default());
    assert_eq!(written(&result, &answer), written(&result, &answer));
    let sheets = pooled_sheets(&answer, &input()).unwrap();
    assert_eq!(xlsx(&sheets).unwrap(), xlsx(&sheets).unwrap());
}

#[test]
fn names_cannot_break_a_document() {
    let studies =
        Studies::from_counts([("<w:p> & \u{7}\u{0}", 3, 9), ("=SUM(A1:A9)", 4, 9), ("\"'", 5, 9)])
            .unwrap();
    let answer = pooled(&studies, &Settings::default(), false).unwrap();
    let result = document(&answer, &InputInfo::default(), &Style::default());
    let texts = texts(&written(&result, &answer));
    assert!(texts.iter().any(|text| text.starts_with("<w:p> & ")), "{texts:?}");
    let bytes = xlsx(&pooled_sheets(&answer, &InputInfo::default()).unwrap()).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("studies").unwrap();
    // A name that looks like a formula is a text.
    assert_eq!(sheet.get_value((2, 0)), Some(&Data::String("=SUM(A1:A9)".to_owned())));
}

#[test]
fn a_workbook_holds_every_number_at_full_precision() {
    let (studies, answer) = lumbar();
    let by = subgroups(&studies, &["country"], &LevelOrder::Data, &Settings::two_step());
    let mut sheets = pooled_sheets(&answer, &input()).unwrap();
    if let Ok(by) = by {
        sheets.push(("subgroups by country".to_owned(), frame::subgroups(&by).unwrap()));
    }
    let bytes = xlsx(&sheets).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(book.sheet_names(), names);
    let sheet = book.worksheet_range("studies").unwrap();
    let head: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let column = |name: &str| head.iter().position(|h| h == name).unwrap();
    assert_eq!(sheet.height(), answer.fit.k + 1);
    for (row, study) in sheet.rows().skip(1).zip(answer.fit.studies.iter()) {
        assert_eq!(row[column("study")], Data::String(study.study.to_owned()));
        assert_eq!(row[column("yi")], Data::Float(study.yi));
        assert_eq!(row[column("events")], Data::Float(study.events.unwrap() as f64));
        assert_eq!(row[column("weight_random")], Data::Float(study.weight_random.unwrap()));
    }
    let pooled = book.worksheet_range("pooled").unwrap();
    let random = answer.fit.random.unwrap().pooled;
    let found = pooled.rows().any(|row| row.contains(&Data::Float(random.estimate)));
    assert!(found, "the pooled rate at full precision");
    let settings = book.worksheet_range("settings").unwrap();
    let has = |name: &str, value: &str| {
        let row = settings.rows().find(|row| row[0] == *name);
        row.is_some_and(|row| row[1] == *value)
    };
    assert!(has("model", "glmm") && has("used", "15") && has("seed", "0"));
}

/// A whole report: every section of the outline has its heading, every further result a sheet.
#[test]
fn a_whole_report_in_both_forms() {
    let csv = bundled::find("ldh_resorption").unwrap().csv;
    let table = data::read(csv.as_bytes(), &Mapping::default()).unwrap();
    let results = Plan::standard("lumbar.csv", &table, &[]).execute(&table).unwrap();
    let (input, style) = (input(), Style::default());
    let report = Report::of(&results, &input, &style).unwrap();
    let bytes = report_docx(&report).unwrap();
    assert_eq!(bytes, report_docx(&report).unwrap());
    let texts = texts(&bytes);
    for heading in ["In short", "Studies and pooled result", "Methods", "References"] {
        assert!(texts.iter().any(|text| text == heading), "{heading}: {texts:?}");
    }
    // Parts are stored as they are: each figure is a PNG file with a number, words and a caption.
    let raw = String::from_utf8_lossy(&bytes);
    let pictures = raw.matches("\u{fffd}PNG\r\n").count();
    assert!(pictures > 4, "{pictures}");
    for number in 1..=pictures {
        assert!(
            raw.contains(&format!("<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\""))
        );
        assert!(texts.iter().any(|text| text.starts_with(&format!("Figure {number}. "))));
    }
    assert!(raw.contains("descr=\"Forest plot of 15 studies.") && !raw.contains("name=\"Figure\""));
    let bytes = report_xlsx(&report).unwrap();
    assert_eq!(bytes, report_xlsx(&report).unwrap());
    let book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    for name in ["studies", "pooled", "settings", "sensitivity", "small studies"] {
        assert!(book.sheet_names().iter().any(|sheet| sheet == name), "{:?}", book.sheet_names());
    }
}
