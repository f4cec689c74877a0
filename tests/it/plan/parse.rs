//! What is written and what it means; what is wrong with it and where.

use proptest::prelude::*;
use resorb::{
    analysis::{LevelOrder, Order},
    plan::{Plan, Section, locate},
};

/// The problem of a text, with its line and column.
fn problem(text: &str) -> (String, Option<(usize, usize)>) {
    let problems = all(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.into_iter().next().unwrap()
}

/// All problems of a text, each with its line and column.
fn all(text: &str) -> Vec<(String, Option<(usize, usize)>)> {
    let problems = Plan::parse(text).unwrap_err();
    problems.iter().map(|problem| (problem.to_string(), problem.position(text))).collect()
}

#[test]
fn all_problems_are_told_at_once() {
    let text = "data = \"a.csv\"\non-failure = \"jump\"\n[settings]\nmodle = \"glmm\"\ntau2 = \"reml\"\n\
                level = 0\n[[subgroup]]\nbi = \"type\"\n[[subgroup]]\norder = \"name\"\n[[regress]]\n\
                on = \"year +\"\n[output]\nformats = [\"table\", \"pgn\", \"jsn\"]\n";
    let lines: Vec<(usize, usize)> = all(text).into_iter().filter_map(|(_, at)| at).collect();
    // The second subgroup lacks `by`; the first has it as `bi`, and the regression has its terms.
    let wanted = [(2, 14), (4, 1), (5, 8), (6, 9), (8, 1), (9, 1), (12, 6), (14, 21), (14, 28)];
    assert_eq!(lines, wanted, "{:#?}", all(text));
    let found = Plan::parse(text).unwrap_err();
    assert_eq!(found.to_string().lines().count(), wanted.len());
    let rest = found.rest().unwrap();
    assert_eq!(
        (rest.data.as_str(), rest.subgroup.len(), rest.output.formats.len()),
        ("a.csv", 0, 1)
    );
}

#[test]
fn what_is_no_toml_hides_no_other_problem() {
    let text =
        "data = \"a.csv\"\n[settings]\ntau2 = REML\nmodle = \"glmm\"\n[[regress]]\non = year\n";
    let lines: Vec<usize> = all(text).into_iter().filter_map(|(_, at)| Some(at?.0)).collect();
    assert_eq!(lines, [3, 4, 6], "{:#?}", all(text));
    // Nothing is known of the data, and of what is in the other parts it is.
    let none = all("[settings]\nmodle = \"glmm\"\n");
    assert_eq!(none.len(), 2, "{none:#?}");
}

#[test]
fn a_single_value_stands_for_a_list_of_one() {
    let one = "data = \"a.csv\"\n[reading]\nwhere = \"year >= 2000\"\n[subgroup]\nby = \"type\"\n";
    let list =
        "data = \"a.csv\"\n[reading]\nwhere = [\"year >= 2000\"]\n[[subgroup]]\nby = [\"type\"]\n";
    assert_eq!(Plan::parse(one).unwrap(), Plan::parse(list).unwrap());
}

#[test]
fn a_plan_is_written_as_it_is_read() {
    let text = r#"
data = "a.csv"
on-failure = "skip"
[reading]
column = ["events1=cured"]
where = ["year >= 2000", "design in cohort|trial"]
exclude-study = ["Lee 2017"]
missing = "drop"
decimal = "comma"
[settings]
preset = "cochrane-2025"
level = 90
seed = 7
[pool]
permutations = 999
null = 0.5
[[subgroup]]
by = ["type", "design"]
order = 'mild,"very, very severe",name'
tau2-common = true
robust = "CR1"
[[regress]]
on = "type + center(year)"
reference = ["type=bulge"]
at = ["year=2020,type=bulge"]
adjust = "bh"
[sensitivity]
cumulative = "year"
bootstrap = "studies"
[bias]
cut-points = 0.05
side = "left"
[gosh]
budget = 1000
sampling = "sizes"
[multiverse]
holds = "76.6%"
[multiverse.grid]
families = ["two-step", "glmm"]
intervals = ["hk", "t"]
[[claim]]
claim-rate = "0.60"
claim-ci = "0.49,0.77"
[[predictors]]
by = "predictor"
[[figure]]
plot = "forest"
formats = ["svg", "pdf"]
width = 174
sort = "year"
[output]
formats = ["table", "md"]
"#;
    let plan = Plan::parse(text).unwrap();
    assert_eq!(plan.settings.level, Some("90".parse().unwrap()));
    let order = LevelOrder::Given(vec![
        "mild".to_owned(),
        "very, very severe".to_owned(),
        "name".to_owned(),
    ]);
    assert_eq!(plan.subgroup[0].order, order);
    assert_eq!(plan.sensitivity.as_ref().unwrap().cumulative, Order::Column("year".to_owned()));
    assert_eq!(plan.bias.as_ref().unwrap().cut_points, [0.05]);
    assert_eq!(plan.figure[0].options["width"].words(), ["174"]);
    let written = plan.to_toml().unwrap();
    assert_eq!(Plan::parse(&written).unwrap(), plan, "{written}");
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_one_and_its_place() {
    let (message, at) = problem("data = \"a.csv\"\n\n[settings]\n  taw2 = \"DL\"\n");
    assert_eq!(message, "there is no key `taw2` here; did you mean `tau2`?");
    assert_eq!(at, Some((4, 3)));
    let (message, at) = problem("data = \"a.csv\"\nfigrue = 1\n");
    assert_eq!(
        (message.as_str(), at),
        ("there is no key `figrue` here; did you mean `figure`?", Some((2, 1)))
    );
    let (message, _) = problem("data = \"a.csv\"\n[[subgroup]]\nby = \"type\"\nxyzzy = 1\n");
    assert_eq!(
        message,
        "there is no key `xyzzy` here; possible are by, order, tau2-common, robust, cluster"
    );
}

#[test]
fn an_unknown_value_is_named_with_the_nearest_one_and_its_place() {
    let (message, at) = problem("data = \"a.csv\"\n[settings]\ntau2 = \"reml\"\n");
    assert_eq!(message, "there is no value `reml` here; did you mean `REML`?");
    assert_eq!(at, Some((3, 8)));
}

#[test]
fn a_value_of_the_wrong_type_is_pointed_at() {
    let (message, at) = problem("data = \"a.csv\"\n[pool]\npermutations = \"many\"\n");
    assert!(
        message.starts_with("invalid type: string \"many\", expected a whole number"),
        "{message}"
    );
    assert_eq!(at, Some((3, 16)));
    let (message, at) = problem("data = \"a.csv\"\n[[claim]]\nclaim-rate = 0.6\n");
    assert!(message.contains("expected a string"), "{message}");
    assert_eq!(at, Some((3, 14)));
}

#[test]
fn what_cannot_be_read_inside_a_value_is_pointed_at() {
    let (message, at) =
        problem("data = \"a.csv\"\n[reading]\nwhere = [\"year >= 2000\", \"year >\"]\n");
    assert_eq!(at, Some((3, 9)));
    assert!(message.starts_with("`year >`: "), "{message}");
    let (message, at) = problem("data = \"a.csv\"\n[[regress]]\non = \"year +\"\n");
    assert_eq!(at, Some((3, 6)), "{message}");
    let (message, at) = problem("data = \"a.csv\"\n[settings]\nlevel = 0\n");
    assert!(message.contains("is not a confidence level"), "{message}");
    assert_eq!(at, Some((3, 9)));
    let (message, _) =
        problem("data = \"a.csv\"\n[[regress]]\non = \"type\"\nreference = \"bulge\"\n");
    assert!(message.contains("`bulge` is no pair"), "{message}");
}

#[test]
fn data_must_be_named() {
    assert!(problem("[pool]\n").0.contains("data"));
    let (message, at) = problem("[pool]\n");
    assert!(message.contains("missing field `data`"), "{message}");
    assert!(at.is_some());
    assert_eq!(problem("data = \" \"\n").1, Some((1, 1)));
}

#[test]
fn a_part_is_found_in_its_text() {
    let text = "data = \"a.csv\"\n[[subgroup]]\nby = \"a\"\n[[subgroup]]\nby = \"b\"\n[bias]\n";
    let line = |section| {
        let at = locate(text, &section).unwrap().start;
        text[..at].matches('\n').count() + 1
    };
    assert_eq!(line(Section::Subgroup(0)), 2);
    assert_eq!(line(Section::Subgroup(1)), 4);
    assert_eq!(line(Section::Bias), 6);
    assert_eq!(locate(text, &Section::Gosh), None);
}

proptest! {
    /// No text makes the reader fail in any other way than by saying what is wrong.
    #[test]
    fn any_text_is_read_or_refused(text in "(data = \"[a-z]*\"\n)?(\\[{1,2}[a-z.]{1,9}\\]{1,2}\n)?([a-z0-9-]{1,8} = [-0-9.\"a-z\\[\\],]{0,12}\n){0,4}") {
        if let Err(problems) = Plan::parse(&text) {
            for problem in problems.iter() {
                prop_assert!(!problem.message.is_empty());
                if let Some(span) = problem.span.clone() {
                    prop_assert!(text.get(span).is_some());
                }
            }
        }
    }
}
