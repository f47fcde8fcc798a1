//! The state of a file on disk by which a later change of it is noticed.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::time::{Duration, SystemTime};

/// The time after its last change from which on a file's state tells its versions apart: the times
/// of a file system advance in steps, and those of a server may differ from this machine's.
const SETTLED: Duration = Duration::from_secs(2);

/// The state of a file by which a change of its content is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FileState {
    device: u64,
    inode: u64,
    length: u64,
    /// When its content and its metadata last changed, in seconds and nanoseconds.
    changed: [i64; 4],
}

impl FileState {
    pub(super) fn new(metadata: &fs::Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            length: metadata.len(),
            changed: [
                metadata.mtime(),
                metadata.mtime_nsec(),
                metadata.ctime(),
                metadata.ctime_nsec(),
            ],
        }
    }

    /// Its device and inode.
    pub(super) const fn identity(&self) -> (u64, u64) {
        (self.device, self.inode)
    }

    /// In bytes.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Whether its last change was well before a moment, so that another one will be seen.
    pub(super) fn is_settled(&self, moment: SystemTime) -> bool {
        let since = moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let limit = since.saturating_sub(SETTLED).as_secs();
        [self.changed[0], self.changed[2]]
            .into_iter()
            .all(|second| u64::try_from(second).is_ok_and(|second| second < limit))
    }
}
