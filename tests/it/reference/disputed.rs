//! `tests/reference/disputed.toml`: values in which theirs is wrong, with an independent proof.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    ALL,
    ledger::{Place, relative},
    set::folder,
};

/// How close ours must come to the proof.
const PROVEN: f64 = 1e-10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    reason: Vec<Reason>,
}

/// Values that are wrong for one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// What is wrong with theirs and what proves ours.
    why: String,
    values: Vec<Dispute>,
}

/// One disputed number.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dispute {
    /// Where it stands; one number can stand in several fits.
    at: Vec<Place>,
    theirs: f64,
    ours: f64,
    /// Computed by `disputed.py` in 34 digits.
    proof: f64,
}

impl Dispute {
    pub(super) fn by_place() -> BTreeMap<Place, Self> {
        let mut places = BTreeMap::new();
        for reason in table().reason {
            assert!(!reason.why.is_empty());
            for dispute in reason.values {
                for place in dispute.at.clone() {
                    let before = places.insert(place, dispute.clone());
                    assert!(before.is_none(), "{:?}: disputed twice", dispute.at);
                }
            }
        }
        places
    }

    /// What is wrong with the entry or with our value, if anything.
    pub(super) fn verdict(
        &self,
        place: &str,
        ours: f64,
        theirs: f64,
        tolerance: f64,
    ) -> Option<String> {
        if relative(ours, self.proof) > PROVEN || ours.is_nan() {
            Some(format!("{place}: ours {ours:e} is not the proven {:e}", self.proof))
        } else if relative(self.theirs, theirs) > 1e-15 {
            Some(format!("{place}: disputed.toml says theirs is {:e}, not {theirs:e}", self.theirs))
        } else if relative(self.ours, ours) > PROVEN {
            Some(format!("{place}: disputed.toml says ours is {:e}, not {ours:e}", self.ours))
        } else if relative(self.proof, theirs) <= tolerance {
            Some(format!("{place}: theirs is right to {tolerance:.0e}; nothing is disputed"))
        } else {
            None
        }
    }
}

fn table() -> Table {
    toml::from_str(&std::fs::read_to_string(folder().join("disputed.toml")).unwrap()).unwrap()
}

#[test]
fn every_disputed_value_is_compared() {
    for place in Dispute::by_place().keys() {
        assert!(ALL.compared.contains_key(place), "{place} is disputed but not compared");
    }
}
