//! The status of a goal. Bulletins may state one; the record computes one.

use crate::language::Locale;

/// The status of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The target is reached, or the bound was kept to the end.
    Achieved,
    /// Every milestone was reached.
    Done,
    /// The figure keeps pace with the time, or keeps the bound.
    OnTrack,
    /// Some of it was reported, and nothing is overdue.
    UnderWay,
    /// A task or a direction on which bulletins report in words.
    Continuing,
    /// The figure is a little behind the time.
    SlightlyBehind,
    /// The figure is far behind the time, or breaks the bound.
    Behind,
    /// A milestone is past its date.
    Late,
    /// The figure has moved away from the target.
    WrongWay,
    /// The period is over, and its last figure misses the target.
    NotMet,
    /// A figure is past the day on which it was due.
    DataOverdue,
    /// No bulletin has reported on it.
    NotYetReported,
}

impl Status {
    /// Every status, in the order in which pages and data show them.
    pub const ALL: [Self; 12] = [
        Self::Achieved,
        Self::Done,
        Self::OnTrack,
        Self::UnderWay,
        Self::Continuing,
        Self::SlightlyBehind,
        Self::Behind,
        Self::Late,
        Self::WrongWay,
        Self::NotMet,
        Self::DataOverdue,
        Self::NotYetReported,
    ];

    /// The name in front matter, in data and in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::Done => "done",
            Self::OnTrack => "on-track",
            Self::UnderWay => "under-way",
            Self::Continuing => "continuing",
            Self::SlightlyBehind => "slightly-behind",
            Self::Behind => "behind",
            Self::Late => "late",
            Self::WrongWay => "wrong-way",
            Self::NotMet => "not-met",
            Self::DataOverdue => "data-overdue",
            Self::NotYetReported => "not-yet-reported",
        }
    }

    /// The word for readers.
    pub(crate) fn word(self, locale: &Locale) -> &str {
        match self {
            Self::Achieved => locale.status_achieved(),
            Self::Done => locale.status_done(),
            Self::OnTrack => locale.status_on_track(),
            Self::UnderWay => locale.status_under_way(),
            Self::Continuing => locale.status_continuing(),
            Self::SlightlyBehind => locale.status_slightly_behind(),
            Self::Behind => locale.status_behind(),
            Self::Late => locale.status_late(),
            Self::WrongWay => locale.status_wrong_way(),
            Self::NotMet => locale.status_not_met(),
            Self::DataOverdue => locale.status_data_overdue(),
            Self::NotYetReported => locale.not_yet_reported(),
        }
    }
}
