//! Predicates: what can be written, what it means, and where it is wrong.

use proptest::prelude::*;
use resorb::study::{Column, Counts, Filter, FilterProblem, Moderator, Outcomes, Studies};

fn studies() -> Studies {
    let texts = |cells: [Option<&str>; 4]| Column::Text(cells.map(|c| c.map(Into::into)).to_vec());
    let moderators = [
        ("year", Column::Number(vec![Some(1992.0), Some(2000.0), None, Some(2017.0)])),
        ("country", texts([Some("Japan"), Some("South Korea"), Some("Italy"), None])),
        ("herniation type", texts([Some("a|b"), Some("a in b"), Some("x"), Some("x")])),
        ("Year", Column::Number(vec![Some(1.0); 4])),
        ("in", Column::Number(vec![Some(1.0), Some(2.0), Some(3.0), Some(4.0)])),
    ];
    let moderators =
        moderators.map(|(name, column)| Moderator { name: name.to_owned(), column }).to_vec();
    let counts = [(1, 10), (2, 20), (3, 30), (4, 40)];
    let counts = counts.map(|(events, total)| Counts::new(events, total).unwrap()).to_vec();
    let labels = ["Bush 1992", "Ahn 2000", "Lee", "Kwon"].map(str::to_owned).to_vec();
    Studies::new(labels, vec![2, 3, 4, 5], Outcomes::Proportions(counts), moderators).unwrap()
}

/// The studies that match, by number.
fn matching(predicate: &str) -> Vec<usize> {
    let mask = Filter::parse(predicate).unwrap().mask(&studies()).unwrap();
    (1..).zip(mask).filter(|(_, keep)| *keep).map(|(study, _)| study).collect()
}

#[test]
fn numbers_compare_as_numbers_and_missing_cells_never_match() {
    for (predicate, expected) in [
        ("year = 2000", vec![2]),
        ("year==2e3", vec![2]),
        ("year != 2000", vec![1, 4]),
        ("year < 2000", vec![1]),
        ("year<=2000", vec![1, 2]),
        ("year > 2000", vec![4]),
        ("year>=2000", vec![2, 4]),
        ("year in 1992|2017", vec![1, 4]),
        (" year  =  \"2000\" ", vec![2]),
        ("events >= 3", vec![3, 4]),
        ("TOTAL < 20", vec![1]),
        ("in > 2", vec![3, 4]),
        ("in in 1|4", vec![1, 4]),
    ] {
        assert_eq!(matching(predicate), expected, "{predicate}");
    }
}

#[test]
fn text_compares_exactly() {
    for (predicate, expected) in [
        ("country = Japan", vec![1]),
        ("country = japan", vec![]),
        ("country = South Korea", vec![2]),
        ("country != Japan", vec![2, 3]),
        ("country in Japan|South Korea", vec![1, 2]),
        ("country IN 'Japan' | \"South Korea\"", vec![1, 2]),
        ("\"herniation type\" = x", vec![3, 4]),
        ("herniation type = x", vec![3, 4]),
        ("herniation type in \"a|b\"|x", vec![1, 3, 4]),
        ("'herniation type'='a in b'", vec![2]),
        ("study = Lee", vec![3]),
        ("study in Bush 1992|Kwon", vec![1, 4]),
    ] {
        assert_eq!(matching(predicate), expected, "{predicate}");
    }
}

#[test]
fn what_cannot_be_parsed_says_where() {
    for (predicate, at, problem) in [
        ("", 0..0, FilterProblem::NoColumn),
        (">= 3", 0..2, FilterProblem::NoColumn),
        ("year", 4..4, FilterProblem::NoOperator),
        ("year 2000", 9..9, FilterProblem::NoOperator),
        ("year >=", 7..7, FilterProblem::NoValue),
        ("year in ", 8..8, FilterProblem::NoValue),
        ("year in 1|", 10..10, FilterProblem::NoValue),
        ("year => 3", 5..7, FilterProblem::UnknownOperator { operator: "=>".into() }),
        ("year ~ 3", 5..6, FilterProblem::UnknownOperator { operator: "~".into() }),
        ("country = \"Japan", 10..16, FilterProblem::OpenQuote),
        ("country = \"Japan\" x", 18..19, FilterProblem::AfterQuote),
        ("\"year\" 3", 7..8, FilterProblem::AfterQuote),
    ] {
        let error = Filter::parse(predicate).unwrap_err();
        assert_eq!((error.at(), error.problem()), (at, &problem), "{predicate}");
        assert!(!error.fix().is_empty());
    }
    let error = Filter::parse("größe => 3").unwrap_err();
    assert!(error.to_string().ends_with("character 7: `=>` is not an operator"), "{error}");
}

#[test]
fn what_cannot_be_applied_says_why() {
    let error = |predicate: &str| {
        let error = Filter::parse(predicate).unwrap().mask(&studies()).unwrap_err();
        format!("{}; {}", error.problem(), error.fix())
    };
    assert_eq!(error("contry = Japan"), "there is no column `contry`; did you mean `country`?");
    assert_eq!(
        error("colour = red"),
        "there is no column `colour`; the columns are year, country, herniation type, Year, in, \
         study, events, total"
    );
    assert_eq!(
        error("YEAR > 3"),
        "`YEAR` can be `year` or `Year`; write the name exactly as the header does"
    );
    assert_eq!(
        error("country > 3"),
        "`country` is a column of text, which has no order; one of its cells is `Japan`; use = or \
         !=, or mend the cell"
    );
    assert_eq!(
        error("year = soon"),
        "`year` is a column of numbers and `soon` is not a number; give a number, with a point as \
         its decimal mark"
    );
}

proptest! {
    #[test]
    fn no_predicate_makes_the_parser_or_the_mask_panic(
        predicate in "(year|country|study|größe|in|\"|'|=|!|<|>|~|\\||1|x| in | ){0,12}",
    ) {
        let error = match Filter::parse(&predicate) {
            Err(error) => error,
            Ok(filter) => match filter.mask(&studies()) {
                Err(error) => error,
                Ok(mask) => { assert_eq!(mask.len(), 4); return Ok(()) }
            },
        };
        assert!(predicate.get(error.at()).is_some(), "{error:?}");
        assert!(!error.to_string().is_empty() && !error.fix().is_empty());
    }
}
