//! The forms in which tables arrive: encodings, line ends, separators, comments, blank lines.

use resorb::data::{self, Delimiter, Encoding, Mapping, ProblemKind, Table};

fn read(bytes: &[u8]) -> Table {
    data::read(bytes, &Mapping::default()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn kinds(bytes: &[u8]) -> Vec<ProblemKind> {
    let problems = data::read(bytes, &Mapping::default()).unwrap_err();
    problems.iter().map(|problem| problem.kind.clone()).collect()
}

const PLAIN: &str = "study,events,total\nMüller 1992,64,84\nKomori 1996,35,77\n";

/// The labels and lines of a table that is [`PLAIN`] in another form.
fn is_plain(table: &Table) {
    assert_eq!(table.studies.labels(), ["Müller 1992", "Komori 1996"]);
    assert_eq!(table.studies.rows(), [2, 3]);
    let counts = table.studies.counts().unwrap();
    assert_eq!((counts[0].events(), counts[1].total()), (64, 77));
}

#[test]
fn encodings() {
    let with_mark = [b"\xef\xbb\xbf", PLAIN.as_bytes()].concat();
    let latin: Vec<u8> = PLAIN.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16 = |swap: bool| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(PLAIN.encode_utf16());
        units.flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    for (bytes, encoding) in [
        (PLAIN.as_bytes().to_vec(), Encoding::Utf8),
        (with_mark, Encoding::Utf8),
        (latin, Encoding::Windows1252),
        (utf16(true), Encoding::Utf16),
        (utf16(false), Encoding::Utf16),
    ] {
        let table = read(&bytes);
        is_plain(&table);
        assert_eq!(table.dialect.encoding, encoding);
        let notes: Vec<ProblemKind> = table.notes.iter().map(|note| note.kind.clone()).collect();
        let guessed = encoding == Encoding::Windows1252;
        assert_eq!(notes, if guessed { vec![ProblemKind::Windows1252] } else { vec![] });
    }
}

#[test]
fn line_ends() {
    for end in ["\r\n", "\r", "\n"] {
        is_plain(&read(PLAIN.replace('\n', end).as_bytes()));
        is_plain(&read(PLAIN.trim_end().replace('\n', end).as_bytes()));
    }
}

#[test]
fn separators() {
    for (separator, delimiter) in
        [(",", Delimiter::Comma), (";", Delimiter::Semicolon), ("\t", Delimiter::Tab)]
    {
        let table = read(PLAIN.replace(',', separator).as_bytes());
        is_plain(&table);
        assert_eq!(table.dialect.delimiter, delimiter);
    }
    let table = read(format!("sep=;\r\n{}", PLAIN.replace(',', ";")).as_bytes());
    assert_eq!(table.studies.rows(), [3, 4]);
}

#[test]
fn space_around_fields_and_names_is_dropped() {
    is_plain(&read(
        b" study , events,total\t\n M\xc3\xbcller 1992 , 64,84 \nKomori 1996\xc2\xa0,35,77\n",
    ));
}

#[test]
fn blank_lines_and_lines_of_separators_are_skipped_and_counted_as_lines() {
    let table = read(b"\n\nstudy,events,total\n\nA,1,2\n  \n,,\nB,3,4\n\n,,\n\n");
    assert_eq!(table.studies.rows(), [5, 8]);
    assert_eq!(table.rows, 2);
}

#[test]
fn comments_are_skipped_and_counted_as_lines() {
    let table = read(b"# made by hand\nstudy,events,total\nA,1,2\n# no row\nB,3,4\n# end, 1");
    assert_eq!(table.studies.rows(), [3, 5]);
    assert_eq!(table.dialect.comments, 3);
    assert!(table.notes.is_empty(), "{}", table.notes);
}

#[test]
fn a_comment_that_could_be_a_row_is_pointed_out() {
    let table = read(b"study,events,total\n#1 Bush,64,84\n\"#2 Komori\",35,77\n");
    assert_eq!(table.studies.labels(), ["#2 Komori"]);
    let warning = table.notes.iter().next().unwrap();
    assert_eq!(warning.kind, ProblemKind::CommentWithFields);
    assert_eq!(warning.place.as_ref().unwrap().line, 2);
}

#[test]
fn quoted_fields_may_hold_separators_quotes_and_lines() {
    let csv = "study,note,events,total\n\"Lee, 2017\",\"said \"\"most\"\"\nof them\",486,505\nKwon,,x,35\n";
    let problems = data::read(csv.as_bytes(), &Mapping::default()).unwrap_err();
    // The second row begins on line 4, because the first has two lines.
    let place = problems.iter().next().unwrap().place.clone().unwrap();
    assert_eq!((place.line, place.span), (4, 6..7));
    let table = read(csv.replace(",x,", ",15,").as_bytes());
    assert_eq!(table.studies.labels()[0], "Lee, 2017");
    assert_eq!(table.studies.rows(), [2, 4]);
}

#[test]
fn the_place_of_a_field_behind_a_line_break_is_the_line_it_stands_on() {
    let csv = "study,note,events,total\nLee,\"two\nlines\",600,505\n";
    let problems = data::read(csv.as_bytes(), &Mapping::default()).unwrap_err();
    let problem = problems.iter().next().unwrap();
    let place = problem.place.clone().unwrap();
    assert_eq!((place.line, place.span), (3, 7..10));
    assert_eq!(problem.excerpt().unwrap().text, "lines\",600,505");
}

#[test]
fn a_quotation_mark_that_never_closes() {
    let found = kinds(b"study,events,total\nA,1,2\n\"B,3,4\nC,5,6\n");
    assert_eq!(found, [ProblemKind::OpenQuote]);
}

#[test]
fn the_wrong_number_of_fields() {
    let found = kinds(b"study,events,total\nA,1,2,3\nB,1\nC,1,2,,\nD,1,2\n");
    let count = |found| ProblemKind::FieldCount { found, expected: 3 };
    // Surplus fields that are empty do no harm.
    assert_eq!(found, [count(4), count(2)]);
}

#[test]
fn nothing_to_read() {
    for bytes in [b"".as_slice(), b"\n\n", b"# only a comment\n", b"\xef\xbb\xbf", b",,\n,,\n"] {
        assert_eq!(kinds(bytes), [ProblemKind::Empty]);
    }
    assert_eq!(kinds(b"study,events,total\n\n"), [ProblemKind::HeaderOnly]);
}

#[test]
fn what_is_not_a_table() {
    for (bytes, looks_like) in [
        (b"%PDF-1.7 ...".as_slice(), Some("a PDF")),
        (b"\xd0\xcf\x11\xe0\xa1", Some("an .xls workbook or another old office document")),
        (b"study\0events", None),
    ] {
        assert_eq!(kinds(bytes), [ProblemKind::Binary { looks_like }]);
    }
}
