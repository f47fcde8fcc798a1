//! How many goals have which status: counts that sum to the goals, percentages that sum to 100.

use crate::content::Status;

/// Goals by status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatusCounts {
    counts: [usize; Status::ALL.len()],
}

impl FromIterator<Status> for StatusCounts {
    fn from_iter<I: IntoIterator<Item = Status>>(statuses: I) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            counts.counts[status as usize] += 1;
        }
        counts
    }
}

impl StatusCounts {
    /// How many goals there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// How many goals have a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// The statuses that some goal has, in their order, each with its count and its percentage.
    #[must_use]
    pub fn shares(&self) -> Vec<(Status, usize, u32)> {
        let percentages = percentages(&self.counts);
        let all = Status::ALL
            .into_iter()
            .map(|status| (status, self.count(status), percentages[status as usize]));
        all.filter(|(_, count, _)| *count > 0).collect()
    }
}

/// Whole percentages that sum to 100 (largest remainder; of equal remainders, the first). All are 0 when nothing is
/// counted.
fn percentages<const N: usize>(counts: &[usize; N]) -> [u32; N] {
    let total: usize = counts.iter().sum();
    let mut shares = [0; N];
    if total == 0 {
        return shares;
    }
    let mut order: Vec<usize> = (0..N).collect();
    order.sort_by_key(|place| std::cmp::Reverse(counts[*place] * 100 % total));
    for (share, count) in shares.iter_mut().zip(counts) {
        *share = u32::try_from(count * 100 / total).unwrap_or(100);
    }
    let missing = 100 - shares.iter().sum::<u32>();
    for place in order.into_iter().take(missing as usize) {
        shares[place] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thirds_share_what_rounding_leaves() {
        assert_eq!(percentages(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(percentages(&[1, 0, 2]), [33, 0, 67]);
        assert_eq!(percentages(&[0, 0, 0]), [0, 0, 0]);
        assert_eq!(percentages(&[0, 7, 0]), [0, 100, 0]);
        assert_eq!(percentages(&[1, 1, 1, 18]), [5, 5, 5, 85]);
    }

    #[test]
    fn a_tally_keeps_the_order_of_the_statuses() {
        let counts: StatusCounts =
            [Status::NotYetReported, Status::Achieved, Status::NotYetReported]
                .into_iter()
                .collect();
        assert_eq!(counts.total(), 3);
        assert_eq!(counts.shares(), [(Status::Achieved, 1, 33), (Status::NotYetReported, 2, 67)]);
    }

    #[test]
    fn the_order_of_the_names_is_the_order_of_the_places() {
        for (place, status) in Status::ALL.into_iter().enumerate() {
            assert_eq!(status as usize, place);
        }
    }

    proptest! {
        #[test]
        fn percentages_sum_to_100_and_none_is_off_by_one_or_more(counts in prop::array::uniform12(0_usize..2000)) {
            let total: usize = counts.iter().sum();
            let shares = percentages(&counts);
            prop_assert_eq!(shares.iter().sum::<u32>(), if total == 0 { 0 } else { 100 });
            for (share, count) in shares.iter().zip(&counts) {
                if total > 0 {
                    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                    let exact = *count as f64 * 100.0 / total as f64;
                    prop_assert!((f64::from(*share) - exact).abs() < 1.0);
                }
            }
        }
    }
}
