//! Counts of goals by status, with percentages.

use crate::content::Status;

/// The number of goals of each status.
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
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Returns the number of goals with a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// Returns the statuses that some goal has, in their order, each with its count and percentage.
    #[must_use]
    pub fn shares(&self) -> Vec<(Status, usize, u32)> {
        let percentages = percentages(&self.counts);
        let all = Status::ALL
            .into_iter()
            .map(|status| (status, self.count(status), percentages[status as usize]));
        all.filter(|(_, count, _)| *count > 0).collect()
    }
}

/// Returns whole percentages. Each is rounded by itself, so that equal counts have equal
/// percentages; they may not add up to 100. All are 0 if nothing is counted.
fn percentages<const N: usize>(counts: &[usize; N]) -> [u32; N] {
    let total: usize = counts.iter().sum();
    counts.map(|count| {
        let percentage = (count * 200 + total) / (2 * total).max(1);
        u32::try_from(percentage).unwrap_or(100)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percentages_are_rounded_each_by_itself() {
        assert_eq!(percentages(&[1, 1, 1]), [33, 33, 33]);
        assert_eq!(percentages(&[1, 0, 2]), [33, 0, 67]);
        assert_eq!(percentages(&[0, 0, 0]), [0, 0, 0]);
        assert_eq!(percentages(&[0, 7, 0]), [0, 100, 0]);
        assert_eq!(percentages(&[1, 1, 1, 18]), [5, 5, 5, 86]);
        assert_eq!(percentages(&[2, 17]), [11, 89]);
    }

    #[test]
    fn counts_keep_order_of_statuses() {
        let counts: StatusCounts =
            [Status::NotYetReported, Status::Achieved, Status::NotYetReported]
                .into_iter()
                .collect();
        assert_eq!(counts.total(), 3);
        assert_eq!(counts.shares(), [(Status::Achieved, 1, 33), (Status::NotYetReported, 2, 67)]);
    }

    #[test]
    fn status_order_is_order_of_indices() {
        for (index, status) in Status::ALL.into_iter().enumerate() {
            assert_eq!(status as usize, index);
        }
    }

    proptest! {
        #[test]
        fn equal_counts_have_equal_percentages(
            counts in prop::array::uniform12(0_usize..2000),
        ) {
            let shares = percentages(&counts);
            for (share, count) in shares.iter().zip(&counts) {
                prop_assert!(*share <= 100);
                for (other_share, other) in shares.iter().zip(&counts) {
                    prop_assert!(count != other || share == other_share);
                    prop_assert!(count < other || share >= other_share);
                }
            }
        }
    }
}
