//! Which rows are used: the column include, names, predicates; and rows that repeat one another.

use resorb::data::{self, Mapping, ProblemKind, Problems, Severity, Table};

const CSV: &str = "study,year,country,events,total,include\n\
                   Bush 1992,1992,United Kingdom,64,84,yes\n\
                   Lee 2017,2017,South Korea,486,505,YES\n\
                   Toda 2002,,Japan,9,9,no\n\
                   Kwon 2009,2009,South Korea,15,35,1\n\
                   Yu 2014,,China,20,83,true\n";

fn read(csv: &str, mapping: &Mapping) -> Result<Table, Problems> {
    data::read(csv.as_bytes(), mapping)
}

fn with(filters: &[&str]) -> Mapping {
    let filters = filters.iter().map(|filter| filter.parse().unwrap()).collect();
    Mapping { filters, ..Mapping::default() }
}

fn used(mapping: &Mapping) -> Vec<String> {
    read(CSV, mapping).unwrap().studies.labels().to_vec()
}

fn excluded(mapping: &Mapping) -> Vec<String> {
    let table = read(CSV, mapping).unwrap();
    assert_eq!(table.used + table.excluded.len(), table.rows);
    table.excluded.iter().map(|e| format!("{} {}: {}", e.row, e.label, e.reason)).collect()
}

#[test]
fn the_column_include_is_honoured_unless_all_rows_are_wanted() {
    assert_eq!(excluded(&Mapping::default()), ["4 Toda 2002: column include says no"]);
    let all = Mapping { all_rows: true, ..Mapping::default() };
    assert_eq!(excluded(&all), Vec::<String>::new());
    assert!(read(CSV, &all).unwrap().studies.moderator("include").is_some());
    assert!(read(CSV, &Mapping::default()).unwrap().studies.moderator("include").is_none());
}

#[test]
fn include_is_yes_or_no() {
    let found = read("study,events,total,include\nA,1,2,maybe\nB,1,2,\n", &Mapping::default());
    let found: Vec<String> =
        found.unwrap_err().iter().map(|problem| problem.kind.to_string()).collect();
    assert_eq!(found, ["`maybe` is neither yes nor no", "the value of `include` is missing"]);
}

#[test]
fn rows_that_are_left_out_are_not_checked() {
    let csv = "study,events,total,include,year\nA,NA,-4,no,\nB,9,2,yes,1990\nC,1,2,yes,2000\n";
    assert_eq!(read(csv, &with(&["year > 1995"])).unwrap().studies.labels(), ["C"]);
}

#[test]
fn studies_are_left_out_by_name() {
    let mapping =
        Mapping { exclude_study: vec!["lee 2017".into(), "Yu 2014".into()], ..Mapping::default() };
    assert_eq!(used(&mapping), ["Bush 1992", "Kwon 2009"]);
    assert_eq!(excluded(&mapping)[0], "3 Lee 2017: left out by name");
    let mapping = Mapping { exclude_study: vec!["Lee 2018".into()], ..Mapping::default() };
    let problems = read(CSV, &mapping).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.kind.to_string(), "there is no study `Lee 2018` to leave out");
    assert_eq!(problem.fix, "did you mean `Lee 2017`?");
}

#[test]
fn predicates_must_all_hold() {
    assert_eq!(used(&with(&["year >= 2000"])), ["Lee 2017", "Kwon 2009"]);
    assert_eq!(used(&with(&["year >= 2000", "total < 100"])), ["Kwon 2009"]);
    assert_eq!(used(&with(&["country in China|United Kingdom"])), ["Bush 1992", "Yu 2014"]);
    assert_eq!(used(&with(&["Study != \"Bush 1992\"", "events > 15"])), ["Lee 2017", "Yu 2014"]);
    assert_eq!(
        excluded(&with(&["year >= 2000", "total < 100"])),
        [
            "2 Bush 1992: not year >= 2000",
            "3 Lee 2017: not total < 100",
            "4 Toda 2002: column include says no",
            "6 Yu 2014: not known whether year >= 2000",
        ]
    );
}

#[test]
fn a_predicate_may_name_a_column_by_its_use() {
    let csv = "author,resorbed,n\nA,5,10\nB,1,10\n";
    for filter in ["resorbed > 3", "events > 3", "study = A", "author = A"] {
        assert_eq!(read(csv, &with(&[filter])).unwrap().studies.labels(), ["A"]);
    }
}

#[test]
fn a_predicate_that_cannot_be_applied_is_an_error_among_the_others() {
    let found = read(
        "study,country,events,total\nA,Italy,3,2\n",
        &with(&["cuontry = Italy", "country > 1"]),
    );
    let found = found.unwrap_err();
    let fixes: Vec<&str> = found.iter().map(|problem| problem.fix.as_str()).collect();
    assert_eq!(
        fixes,
        [
            "did you mean `country`?",
            "one of its cells is `Italy`; use = or !=, or mend the cell",
            "check whether the two columns are swapped",
        ]
    );
}

#[test]
fn nothing_left() {
    let found = read(CSV, &with(&["country = Germany"])).unwrap_err();
    assert_eq!(
        found.iter().next().unwrap().kind.to_string(),
        "no row is left of 5: 4 because not country = Germany, 1 because column include says no"
    );
    let found = read(CSV, &with(&["country = japan"])).unwrap_err();
    assert_eq!(found.iter().next().unwrap().fix, "no cell is `japan`; did you mean `Japan`?");
}

#[test]
fn a_name_on_several_rows_is_a_warning_unless_a_column_tells_them_apart() {
    let csv = "study,type,events,total\nKomori,bulge,0,14\nKomori,extrusion,7,27\nBush,bulge,4,22\n\
               Komori,extrusion,28,36\n";
    let warnings = |grouping: Option<&str>| -> Vec<String> {
        let mapping = Mapping { grouping: grouping.map(Into::into), ..Mapping::default() };
        let notes = read(csv, &mapping).unwrap().notes;
        assert_eq!(notes.count_of(Severity::Warning), notes.len());
        notes.iter().map(ToString::to_string).collect()
    };
    let found = warnings(None);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with(
        "warning: line 3, column `study`, `Komori` stands on 3 rows, first on line 2; "
    ));
    let found = warnings(Some("type"));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].contains("line 5, column `study`, `Komori` stands on 2 rows, first on line 3")
    );
    let csv = csv.replace("extrusion,28", "sequestration,28");
    let mapping = Mapping { grouping: Some("type".into()), ..Mapping::default() };
    assert!(read(&csv, &mapping).unwrap().notes.is_empty());
}

#[test]
fn the_same_counts_twice_are_noted_five_times_at_most() {
    let csv = "study,events,total\nA,10,20\nB,10,19\nC,10,20\nD,10,19\n";
    let notes = read(csv, &Mapping::default()).unwrap().notes;
    assert_eq!(notes.summary(), "1 note");
    let kind = ProblemKind::SameCounts {
        label: "C".into(),
        other: "A".into(),
        line: 2,
        events: 10,
        total: 20,
    };
    assert_eq!(notes.iter().next().unwrap().kind, kind);
    let rows: Vec<String> = (0..40).map(|i| format!("S{i},{},100\n", i / 2)).collect();
    let notes =
        read(&format!("study,events,total\n{}", rows.concat()), &Mapping::default()).unwrap().notes;
    assert_eq!(notes.summary(), "6 notes");
    let last = notes.iter().last().unwrap();
    assert_eq!(last.kind, ProblemKind::MoreSameCounts { shown: 5 });
    assert_eq!(last.place.as_ref().unwrap().line, 13);
}
