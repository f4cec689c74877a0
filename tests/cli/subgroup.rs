//! `resorb subgroup`: groups, their order, nesting, missing levels, and what is refused.

use serde_json::Value;

use crate::run::{Folder, run, stderr, stdout, transcript};

const CSV: &str = "\
study,events,total,arm,site,team
Bush 1992,64,84,open,north,1
Komori 1996,35,77,closed,north,1
Ahn 2000,25,36,closed,south,2
Cribb 2007,14,15,open,south,3
Kwon 2009,15,35,closed,south,3
Yu 2014,20,83,open,north,4
Seo 2016,3,9,,north,5
";

fn json(options: &[&str]) -> Value {
    let folder = Folder::with("data.csv", CSV);
    let arguments = [&["subgroup", "data.csv", "--format", "json"], options].concat();
    serde_json::from_str(&stdout(&folder.run(&arguments).success())).unwrap()
}

fn groups(json: &Value) -> Vec<&str> {
    json["groups"].as_array().unwrap().iter().map(|g| g["group"].as_str().unwrap()).collect()
}

#[test]
fn without_data_the_lumbar_data_by_type_and_says_so() {
    let table = stdout(&run(&["subgroup"]).success());
    let first = "bundled lumbar data ldh_resorption_by_type: 13 rows\n4 groups by herniation_type";
    assert!(table.starts_with(first), "{table}");
    // The three tests and what they show together.
    let text = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("neither settles the question with 8 studies."), "{text}");
    assert!(text.contains("1.7 denominator degrees of freedom"), "{text}");
    let ran = run(&["subgroup", "--format", "json"]).success();
    assert!(stderr(&ran).contains("these are the bundled lumbar data by type"));
    let by_containment = stdout(&run(&["subgroup", "--by", "containment"]).success());
    assert!(by_containment.contains("2 groups by containment"));
}

#[test]
fn a_missing_level_is_an_error_or_left_out_and_said() {
    let folder = Folder::with("data.csv", CSV);
    let refused = folder.run(&["subgroup", "data.csv", "--by", "arm"]).code(2);
    assert!(stderr(&refused).contains("the value of `arm` is missing"), "{}", stderr(&refused));
    let json = json(&["--by", "arm", "--missing", "drop"]);
    assert_eq!(json["input"]["used"], 6);
    assert_eq!(json["input"]["excluded"][0]["reason"], "for a missing value of arm");
    assert_eq!(groups(&json), ["open", "closed"]);
}

#[test]
fn the_order_is_that_of_the_data_by_name_or_given() {
    let order = |order: &str| {
        let json = json(&["--by", "arm", "--missing", "drop", "--order", order]);
        groups(&json).iter().map(|&name| name.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(order("data"), ["open", "closed"]);
    assert_eq!(order("NAME"), ["closed", "open"]);
    assert_eq!(order("closed, open"), ["closed", "open"]);
    let folder = Folder::with("data.csv", CSV);
    let quoted = CSV.replace("closed", "\"closed, mostly\"");
    let commas = Folder::with("data.csv", &quoted);
    let names = "\"closed, mostly\",open";
    let options = ["--by", "ARM", "--missing", "drop", "--order", names, "--format", "json"];
    let ran = commas.run(&[&["subgroup", "data.csv"], options.as_slice()].concat()).success();
    let json: Value = serde_json::from_str(&stdout(&ran)).unwrap();
    assert_eq!(groups(&json), ["closed, mostly", "open"]);
    let arguments = ["subgroup", "data.csv", "--by", "site", "--order", "east"];
    let refused = folder.run(&arguments).code(2);
    assert!(
        stderr(&refused).contains("no study has the level `east`; the levels are north, south")
    );
}

#[test]
fn several_columns_nest() {
    let json = json(&["--by", "site", "--by", "arm", "--missing", "drop"]);
    assert_eq!(groups(&json), ["north / open", "north / closed", "south / closed", "south / open"]);
    // Names of either column order the groups column by column; whole groups can be named too.
    let ordered = |order: &str| {
        let options = ["--by", "site", "--by", "arm", "--missing", "drop", "--order", order];
        groups(&self::json(&options)).iter().map(|&name| name.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        ordered("south,north,closed,open"),
        ["south / closed", "south / open", "north / closed", "north / open"]
    );
    assert_eq!(
        ordered("south / open,closed"),
        ["south / open", "north / closed", "south / closed", "north / open"]
    );
}

#[test]
fn a_common_variance_and_clusters_by_a_column() {
    let json = json(&["--by", "site", "--model", "two-step", "--tau2-common", "--cluster", "team"]);
    assert_eq!(json["tau2_common"], true);
    let tau2 = |i: usize| &json["groups"][i]["heterogeneity"]["tau2"];
    assert_eq!(tau2(0), tau2(1));
    // Team 3 works in one site only, so that no cluster spans groups but none is asked for.
    assert!(json["robust"].is_null());
    let forced = self::json(&["--by", "site", "--cluster", "team", "--robust=CR1"]);
    assert_eq!(forced["robust"]["method"], "CR1");
    assert_eq!(forced["robust"]["cluster"], "team");
}

#[test]
fn what_cannot_be_done_says_why() {
    let folder = Folder::with("data.csv", CSV);
    let refused = |options: &[&str]| {
        let arguments = [&["subgroup", "data.csv", "--missing", "drop"], options].concat();
        transcript(&folder, &arguments)
    };
    insta::assert_snapshot!(
        [
            refused(&[]),
            refused(&["--by", "amr"]),
            refused(&["--by", "study"]),
            refused(&["--by", "site", "--by", "Site"]),
            refused(&["--by", "site", "--order", "north,,south"]),
            refused(&["--by", "site", "--order", "\"north"]),
            refused(&["--by", "site", "--model", "beta-binomial", "--tau2-common"]),
            refused(&["--by", "site", "--robust=CR9"]),
        ]
        .join("\n")
    );
}
