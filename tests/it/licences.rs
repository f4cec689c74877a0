//! Every dependency may be linked into a program under MIT OR Apache-2.0.
//!
//! The allowed licences stand in `deny.toml`, so that `cargo deny` and this test hold the same list.

use std::{collections::BTreeSet, path::Path, process::Command};

use spdx::{Expression, LicenseReq, ParseMode};

fn allowed() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    let deny: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let list = deny["licenses"]["allow"].as_array().unwrap();
    list.iter().map(|licence| licence.as_str().unwrap().to_owned()).collect()
}

/// Whether a licence expression can be met with the allowed licences alone.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    // Older crates write `MIT/Apache-2.0`, which means OR.
    let lax = ParseMode { allow_slash_as_or_operator: true, ..ParseMode::STRICT };
    Expression::parse_mode(expression, lax)
        .is_ok_and(|parsed| parsed.evaluate(|req: &LicenseReq| allowed.contains(&req.to_string())))
}

#[test]
fn every_dependency_has_an_allowed_licence() {
    let allowed = allowed();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo metadata failed; without a network run `cargo fetch --locked` beforehand:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    // Platforms other than this one count as well, so the list is long.
    assert!(packages.len() > 100, "only {} packages were listed", packages.len());
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| {
            !package["license"].as_str().is_some_and(|licence| is_met(licence, &allowed))
        })
        .map(|package| {
            format!("{} {}: {}", package["name"], package["version"], package["license"])
        })
        .collect();
    assert!(refused.is_empty(), "not on the list in deny.toml:\n{}", refused.join("\n"));
}

#[test]
fn expressions() {
    let allowed = allowed();
    for (expression, met) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("Apache-2.0 / MIT", true),
        ("MIT OR GPL-3.0-only", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND LGPL-2.1-or-later", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("GPL-2.0-only WITH Classpath-exception-2.0", false),
        ("GPL-3.0-or-later", false),
        ("MPL-2.0", false),
        ("no licence", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}
