//! Every value of every reference file is compared or listed in `tests/reference/later.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    ALL, MORE, SETS, Set,
    set::{folder, json},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Later {
    subject: Vec<Subject>,
}

/// Values not compared, and the subject to which they belong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    name: String,
    /// Beginnings of paths, by whole names; `*` is any one name. `FILE: path` is of one file.
    keys: Vec<String>,
    /// How many values they are in all files together.
    values: usize,
}

/// Whether `path` is at or below `key`.
fn covers(key: &str, file: &str, path: &str) -> bool {
    let (of, key) = key.split_once(": ").map_or((None, key), |(of, key)| (Some(of), key));
    if of.is_some_and(|of| of != file) {
        return false;
    }
    let mut names = path.split('/');
    key.split('/').all(|part| names.next().is_some_and(|name| part == "*" || part == name))
}

#[test]
fn every_value_is_compared_or_listed() {
    let text = std::fs::read_to_string(folder().join("later.toml")).unwrap();
    let later: Later = toml::from_str(&text).unwrap();

    let mut problems = Vec::new();
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen_keys = BTreeSet::new();
    for set in SETS.into_iter().chain(MORE).map(Set::open) {
        for (path, _) in set.leaves() {
            let compared = ALL.compared.contains_key(&format!("{}: {path}", set.name));
            let listed: Vec<_> = later
                .subject
                .iter()
                .flat_map(|subject| subject.keys.iter().map(move |key| (&subject.name, key)))
                .filter(|(_, key)| covers(key, &set.name, &path))
                .collect();
            match (compared, listed.as_slice()) {
                (true, []) => {}
                (false, [(subject, key)]) => {
                    *counted.entry(subject).or_default() += 1;
                    seen_keys.insert(*key);
                }
                (true, _) => problems.push(format!("{}: {path}: compared and listed", set.name)),
                (false, []) => problems.push(format!("{}: {path}: nowhere", set.name)),
                (false, _) => problems.push(format!("{}: {path}: listed twice", set.name)),
            }
        }
    }
    for subject in &later.subject {
        let found = counted.get(subject.name.as_str()).copied().unwrap_or(0);
        println!("{found:6} values not compared: {}", subject.name);
        if found != subject.values {
            problems.push(format!("{}: {found} values, not {}", subject.name, subject.values));
        }
        for key in subject.keys.iter().filter(|key| !seen_keys.contains(key)) {
            problems.push(format!("{}: nothing is called {key}", subject.name));
        }
    }
    println!("{:6} values compared", ALL.compared.len());
    let shown: Vec<_> = problems.iter().take(60).map(String::as_str).collect();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), shown.join("\n"));
}

#[test]
fn every_file_is_a_known_set() {
    let known: BTreeSet<String> =
        SETS.into_iter().chain(MORE).map(|name| format!("{name}.json")).collect();
    let found: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| std::path::Path::new(name).extension().is_some_and(|e| e == "json"))
        .collect();
    assert_eq!(known, found);
    for file in found {
        // The README says what they were made with.
        let software = json(&file)["software"].as_str().unwrap().to_owned();
        assert!(software.starts_with("metafor 5.1.12, "), "{file}: {software}");
    }
}
