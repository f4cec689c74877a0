//! Sums over the members of one subset after the other, without starting again.
//!
//! Subsets come as binary numbers. From one to the next a run of low bits is cleared and the bit above
//! it is set, so that the sums over the higher bits, kept for each level, need one addition: two copies a
//! subset on average. Unlike along a Gray code, nothing is ever taken away from a sum: it holds the same
//! digits as one made from scratch.

/// `N` sums over the members of consecutive subsets.
pub(super) struct Running<'a, const N: usize> {
    terms: &'a [[f64; N]],
    /// The sums over members at bit `j` and above.
    above: Vec<[f64; N]>,
}

impl<'a, const N: usize> Running<'a, N> {
    /// Ready for subset `first` and those after it.
    pub(super) fn new(terms: &'a [[f64; N]], first: u64) -> Self {
        let mut above = vec![[0.0; N]; terms.len() + 1];
        let before = first - 1;
        for j in (0..terms.len()).rev() {
            let sum = if before >> j & 1 == 1 { add(above[j + 1], terms[j]) } else { above[j + 1] };
            above[j] = sum;
        }
        Self { terms, above }
    }

    /// The sums of `subset`, the one after that of the last call.
    #[inline]
    pub(super) fn at(&mut self, subset: u64) -> [f64; N] {
        let bit = subset.trailing_zeros() as usize;
        let (Some(higher), Some(term)) = (self.above.get(bit + 1), self.terms.get(bit)) else {
            return [0.0; N];
        };
        let sum = add(*higher, *term);
        self.above.iter_mut().take(bit + 1).for_each(|level| *level = sum);
        sum
    }
}

#[inline]
fn add<const N: usize>(mut a: [f64; N], b: [f64; N]) -> [f64; N] {
    for (a, b) in a.iter_mut().zip(b) {
        *a += b;
    }
    a
}

#[cfg(test)]
mod tests {
    use super::Running;

    /// Every subset of six, from several starts, has the sum of its members.
    #[test]
    fn every_subset() {
        let terms: Vec<[f64; 2]> = (0..6).map(|i| [f64::from(1 << i), f64::from(i)]).collect();
        for first in [1, 2, 17, 40] {
            let mut running = Running::new(&terms, first);
            for subset in first..64 {
                let [mask, places] = running.at(subset);
                assert_eq!(mask, subset as f64);
                let expected: u32 = (0..6).filter(|i| subset >> i & 1 == 1).sum();
                assert_eq!(places, f64::from(expected));
            }
        }
    }
}
