//! Which studies are in which subset.

use serde::{Deserialize, Serialize};

use crate::numeric::rng::Rng;

/// How a sample of subsets is drawn, with replacement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampling {
    /// Each subset equally likely, as in the list of all of them: sizes near k/2 prevail.
    #[default]
    Subsets,
    /// Each size from 1 to k equally likely, then each subset of that size.
    Sizes,
}

/// Which subsets are to be pooled.
#[derive(Clone, Copy, Debug)]
pub(super) enum Plan {
    All { k: usize },
    Sample { k: usize, seed: u64, sampling: Sampling },
}

impl Plan {
    /// 64-bit words a subset.
    pub(super) fn words(&self) -> usize {
        let (Self::All { k } | Self::Sample { k, .. }) = self;
        k.div_ceil(64)
    }

    /// The members of subsets `from` to `to`, word by word.
    pub(super) fn draw(&self, from: u64, to: u64) -> Vec<u64> {
        match *self {
            Self::All { .. } => (from + 1..=to).collect(),
            Self::Sample { k, seed, sampling } => (from..to)
                .flat_map(|i| {
                    // One stream a subset: which thread draws it changes nothing.
                    let mut rng = Rng::stream(seed, i);
                    match sampling {
                        Sampling::Subsets => equally(k, &mut rng),
                        Sampling::Sizes => by_size(k, &mut rng),
                    }
                })
                .collect(),
        }
    }
}

/// Each study with probability ½, until there is one.
fn equally(k: usize, rng: &mut Rng) -> Vec<u64> {
    loop {
        let words: Vec<u64> = (0..k.div_ceil(64))
            .map(|word| {
                let bits = (k - 64 * word).min(64);
                let kept = if bits == 64 { u64::MAX } else { (1 << bits) - 1 };
                ((rng.below(1 << 32) << 32) | rng.below(1 << 32)) & kept
            })
            .collect();
        if words.iter().any(|word| *word != 0) {
            return words;
        }
    }
}

/// A size, then that many studies.
fn by_size(k: usize, rng: &mut Rng) -> Vec<u64> {
    let mut words = vec![0; k.div_ceil(64)];
    let size = 1 + rng.below(k as u64);
    let mut places: Vec<usize> = (0..k).collect();
    for taken in 0..size {
        let left = k as u64 - taken;
        let pick = usize::try_from(rng.below(left)).unwrap_or(0);
        let place = places.swap_remove(pick);
        if let Some(word) = words.get_mut(place / 64) {
            *word |= 1_u64 << (place % 64);
        }
    }
    words
}

/// The members of all subsets pooled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    k: usize,
    /// Empty where all subsets were pooled: subset `i` is then the binary number `i + 1`.
    words: Vec<u64>,
}

impl Members {
    pub(super) fn with_room(plan: &Plan, total: u64) -> Self {
        match *plan {
            Plan::All { k } => Self { k, words: Vec::new() },
            Plan::Sample { k, .. } => {
                let room = usize::try_from(total).unwrap_or(0) * plan.words();
                Self { k, words: Vec::with_capacity(room) }
            }
        }
    }

    pub(super) fn extend(&mut self, words: Vec<u64>) {
        self.words.extend(words);
    }

    /// Word `w` of subset `i`.
    fn word(&self, i: usize, w: usize) -> u64 {
        if self.words.is_empty() {
            return i as u64 + 1;
        }
        self.words.get(i * self.k.div_ceil(64) + w).copied().unwrap_or(0)
    }

    /// The number of studies that subsets are made of.
    #[must_use]
    pub const fn k(&self) -> usize {
        self.k
    }

    /// Whether subset `i` has study `study`, both counted from 0.
    #[must_use]
    pub fn contains(&self, i: usize, study: usize) -> bool {
        self.word(i, study / 64) >> (study % 64) & 1 == 1
    }

    /// The studies in subset `i`.
    #[must_use]
    pub fn size(&self, i: usize) -> usize {
        (0..self.k.div_ceil(64)).map(|w| self.word(i, w).count_ones() as usize).sum()
    }
}
