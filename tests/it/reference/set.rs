//! One reference file with the studies it is about.

use std::path::PathBuf;

use resorb::{
    data::{self, Mapping},
    effect::Measure,
    model::{Fit, Model, Settings, TwoStep, TwoStepCi, pool},
    study::{Column, Moderator, Studies},
};
use serde_json::{Map, Value};

/// Sets of single proportions; their effects come from the counts of the CSV.
pub(super) const PROPORTIONS: [&str; 7] = [
    "pritz1997",
    "nielweise2007_treated",
    "nielweise2007_control",
    "debruin2009",
    "crisafulli2020",
    "ldh_resorption",
    "ldh_resorption_by_type",
];

/// All sets.
pub(super) const SETS: [&str; 13] = [
    "pritz1997",
    "nielweise2007_treated",
    "nielweise2007_control",
    "debruin2009",
    "crisafulli2020",
    "ldh_resorption",
    "ldh_resorption_by_type",
    "bcg",
    "nielweise2007_two_group",
    "nielweise2008",
    "normand1999",
    "molloy2014",
    "raudenbush1985",
];

/// Sets with a second file, `NAME.more.json`.
pub(super) const MORE: [&str; 6] = [
    "pritz1997.more",
    "debruin2009.more",
    "ldh_resorption.more",
    "ldh_resorption_by_type.more",
    "bcg.more",
    "raudenbush1985.more",
];

/// The folder of the reference files.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

/// A file of the folder as JSON.
pub(crate) fn json(file: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The numbers of an array.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// A reference file.
pub(super) struct Set {
    /// Its name without `.json`.
    pub(super) name: String,
    values: Value,
    /// The file with the effects: its own, or that of the set that a `.more` file adds to.
    main: Value,
}

impl Set {
    pub(super) fn open(name: &str) -> Self {
        let main = name.trim_end_matches(".more");
        Self {
            name: name.to_owned(),
            values: keyed(json(&format!("{name}.json"))),
            main: keyed(json(&format!("{main}.json"))),
        }
    }

    /// The value at a path such as `fits/PLO/DL/z/tau2`.
    pub(super) fn at(&self, path: &str) -> Option<&Value> {
        self.values.pointer(&format!("/{path}"))
    }

    /// The paths of all values, and the values.
    pub(super) fn leaves(&self) -> Vec<(String, &Value)> {
        let mut leaves = Vec::new();
        walk(&self.values, String::new(), &mut leaves);
        leaves
    }

    /// The names below a path, in order.
    pub(super) fn keys(&self, path: &str) -> Vec<String> {
        let object = self.at(path).and_then(Value::as_object);
        object.map(|object| object.keys().cloned().collect()).unwrap_or_default()
    }

    pub(super) fn is_proportion(&self) -> bool {
        self.main["kind"] == "proportion"
    }

    /// The measures whose effects and fits the main file has.
    pub(super) fn measures(&self) -> Vec<String> {
        self.main["effects"].as_object().unwrap().keys().cloned().collect()
    }

    /// The measure of everything that names none.
    pub(super) fn default_measure(&self) -> &'static str {
        match self.main["kind"].as_str().unwrap() {
            "proportion" => "PLO",
            "two_group" => "OR",
            "rate" => "IRR",
            "continuous" => "SMD",
            "correlation" => "ZCOR",
            "generic" => "GEN",
            other => panic!("a kind of data that nobody expects: {other}"),
        }
    }

    /// The studies, read from the CSV.
    pub(super) fn studies(&self, _measure: &str) -> Studies {
        let csv = std::fs::read(folder().join(self.main["data"].as_str().unwrap())).unwrap();
        data::read(&csv, &Mapping::default()).unwrap().studies
    }

    /// The studies by their names in the CSV, with its columns `group` and `x`.
    pub(super) fn moderated(&self) -> Studies {
        let name = self.name.trim_end_matches(".more");
        let plain = self.studies(self.default_measure());
        let group = column(name, "group").iter().map(|g| Some(g.as_str().into())).collect();
        let mut moderators = vec![Moderator { name: "group".into(), column: Column::Text(group) }];
        if !self.main["regression_x_z"].is_null() {
            let x = column(name, "x").iter().map(|x| x.parse().ok()).collect();
            moderators.push(Moderator { name: "x".into(), column: Column::Number(x) });
        }
        let labels = column(name, "study");
        Studies::new(labels, plain.rows().to_vec(), plain.outcomes().clone(), moderators).unwrap()
    }

    /// The two-step model of its default measure.
    pub(super) fn settings(&self, ci: TwoStepCi) -> Settings {
        let measure = Self::measure(self.default_measure());
        let model = Model::TwoStep(TwoStep { measure, ci, ..TwoStep::default() });
        Settings { model, ..Settings::default() }
    }

    /// A measure by its code.
    pub(super) fn measure(code: &str) -> Measure {
        serde_json::from_value(code.into()).unwrap()
    }

    /// Pools the studies on `measure` by a two-step model.
    pub(super) fn pool(&self, measure: &str, choices: TwoStep, settings: Settings) -> Fit {
        let model = Model::TwoStep(TwoStep { measure: Self::measure(measure), ..choices });
        pool(&self.studies(measure), &Settings { model, ..settings }).unwrap()
    }
}

/// The array `fits` as a tree: measure, τ² method, test.
fn keyed(mut values: Value) -> Value {
    let Some(fits) = values.get_mut("fits") else { return values };
    let mut tree = Map::new();
    for fit in std::mem::take(fits).as_array().unwrap() {
        let mut fit = fit.as_object().unwrap().clone();
        let [measure, method, test] = ["measure", "tau2_method", "test"]
            .map(|key| fit.remove(key).unwrap().as_str().unwrap().to_owned());
        let branch = tree.entry(measure).or_insert_with(|| Map::new().into());
        let branch = branch.as_object_mut().unwrap();
        let branch = branch.entry(method).or_insert_with(|| Map::new().into());
        let before = branch.as_object_mut().unwrap().insert(test, fit.into());
        assert!(before.is_none(), "the same fit twice");
    }
    *fits = tree.into();
    values
}

fn walk<'a>(value: &'a Value, path: String, leaves: &mut Vec<(String, &'a Value)>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| walk(value, below(key), leaves));
        }
        Value::Array(array) => array
            .iter()
            .enumerate()
            .for_each(|(i, value)| walk(value, below(&i.to_string()), leaves)),
        _ => leaves.push((path, value)),
    }
}

/// A column of a set's CSV.
pub(crate) fn column(name: &str, header: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(folder().join(format!("{name}.csv"))).unwrap();
    let index = reader.headers().unwrap().iter().position(|h| h == header).unwrap();
    reader.records().map(|record| record.unwrap()[index].to_owned()).collect()
}
