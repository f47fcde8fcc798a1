//! Watches a content folder for changes.
//!
//! Events of the system are hints only: editors write through temporary files, `git checkout`
//! writes many files, and a network file system sends no events. So after an event, and every few
//! seconds without one, the folder is compared with its last state: paths, sizes, times, inodes and
//! the targets of links.

use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::directory;
use super::entry::FolderState;

/// The pause in events after which a change counts as complete.
const QUIET: Duration = Duration::from_millis(10);

/// The same while a file is away: editors move the old file aside before they write the new one.
const QUIET_WHILE_AWAY: Duration = Duration::from_millis(30);

/// The same while a program that writes a file has not closed it: the rest of an upload may take
/// its time. Only Linux tells when a file is closed.
const QUIET_WHILE_OPEN: Duration =
    Duration::from_millis(if cfg!(target_os = "linux") { 500 } else { 30 });

/// The longest time that a change may go on before the folder is scanned all the same.
const MAX_CHANGE: Duration = Duration::from_secs(1);

/// The longest time for which a checkout of git is waited for.
const MAX_CHECKOUT: Duration = Duration::from_secs(10);

/// The time between two scans of the folder without an event.
const RESCAN: Duration = Duration::from_secs(5);

/// The same if the system sends no events.
const RESCAN_WITHOUT_EVENTS: Duration = Duration::from_secs(1);

/// How long a folder may be away: another one takes its place.
const MAX_SWAP: Duration = Duration::from_secs(4);

/// The most links that are followed from the folder's path.
const MAX_LINKS: usize = 40;

/// A folder and its last known state.
#[derive(Debug)]
pub struct FolderWatcher {
    folder: PathBuf,
    /// `None` if the folder cannot be read.
    state: Option<FolderState>,
    /// Since when it cannot be read, if it could before.
    lost: Option<Instant>,
}

/// The folders that the system watches, and the channel of its events.
struct Watches {
    /// Events end when this is dropped. `None` if the system cannot watch.
    watcher: Option<RecommendedWatcher>,
    events: Receiver<Event>,
    watched: Watched,
}

/// The folders to watch. They change when a link in the path of the folder is changed.
#[derive(Debug, PartialEq, Eq)]
struct Watched {
    /// The folder itself, with its device and inode: another folder may take its place.
    root: Option<(PathBuf, (u64, u64))>,
    /// The folders in which links of the path are, and that of the folder itself.
    parents: BTreeSet<PathBuf>,
}

impl FolderWatcher {
    /// Notes the state of a folder. Every later change is noticed, also one before
    /// [`start`](Self::start).
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { state: directory::state(folder), folder: folder.to_owned(), lost: None }
    }

    /// Starts a thread that calls `changed` after each change of the folder.
    ///
    /// # Errors
    /// Fails if the system cannot start a thread.
    pub fn start(self, changed: impl Fn() + Send + 'static) -> io::Result<()> {
        let name = "watch".to_owned();
        thread::Builder::new().name(name).spawn(move || self.run(&changed)).map(drop)
    }

    /// Watches for good: after a panic it begins again, or changes would be missed in silence.
    fn run(mut self, changed: &dyn Fn()) {
        loop {
            let outcome = catch_unwind(AssertUnwindSafe(|| self.watch(changed)));
            if outcome.is_err() {
                tracing::error!("panic while watching the content folder; it is watched again");
                // The change at which it happened is not lost.
                self.state = None;
                thread::sleep(RESCAN_WITHOUT_EVENTS);
            }
        }
    }

    /// Watches until there is a panic.
    fn watch(&mut self, changed: &dyn Fn()) {
        let mut watches = Watches::new(&self.folder);
        loop {
            // A change may have happened before the watches were set.
            if self.has_changed() {
                changed();
            }
            let is_event = watches.wait();
            wait_for_checkout(&self.folder);
            let is_missed = !is_event && self.state != directory::state(&self.folder);
            if is_missed || watches.watched != Watched::of(&self.folder) {
                watches = Watches::new(&self.folder);
            }
        }
    }

    /// Compares the folder with its last state. A folder that is away for a moment has not changed
    /// yet; one that stays away has.
    fn has_changed(&mut self) -> bool {
        let state = directory::state(&self.folder);
        if state == self.state {
            self.lost = None;
            return false;
        }
        if state.is_none() && self.lost.get_or_insert_with(Instant::now).elapsed() < MAX_SWAP {
            return false;
        }
        self.lost = None;
        self.state = state;
        true
    }
}

impl Watches {
    fn new(folder: &Path) -> Self {
        let watched = Watched::of(folder);
        let (sender, events) = channel();
        let handler = move |event: notify::Result<Event>| {
            let event = event.unwrap_or_else(|_| Event::new(EventKind::Any));
            if !is_reading(event.kind) {
                // The receiver is gone when other watches have taken the place of these.
                let _ = sender.send(event);
            }
        };
        let watcher = notify::recommended_watcher(handler).and_then(|mut watcher| {
            if let Some((root, _)) = &watched.root {
                watcher.watch(root, RecursiveMode::Recursive)?;
            }
            for parent in &watched.parents {
                watcher.watch(parent, RecursiveMode::NonRecursive)?;
            }
            Ok(watcher)
        });
        if let Err(error) = &watcher {
            tracing::warn!("no events for the content folder, which is read every second: {error}");
        }
        Self { watcher: watcher.ok(), events, watched }
    }

    /// Waits until events have come and ended, or until it is time to look without one.
    fn wait(&self) -> bool {
        let pause = if self.watcher.is_some() { RESCAN } else { RESCAN_WITHOUT_EVENTS };
        let mut change = Change::default();
        match self.events.recv_timeout(pause) {
            Ok(event) => change.add(event),
            Err(RecvTimeoutError::Timeout) => return false,
            Err(RecvTimeoutError::Disconnected) => {
                thread::sleep(pause);
                return false;
            }
        }
        let end = Instant::now() + MAX_CHANGE;
        loop {
            let rest = end.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(change.quiet().min(rest)) {
                Ok(event) if !rest.is_zero() => change.add(event),
                _ => return true,
            }
        }
    }
}

/// Whether a file is only read, as by a reload.
fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != CLOSED_AFTER_WRITING)
}

const CLOSED_AFTER_WRITING: AccessKind = AccessKind::Close(AccessMode::Write);

/// A change of the folder that goes on.
#[derive(Debug, Default)]
struct Change {
    /// The files that it made.
    made: BTreeSet<PathBuf>,
    /// The files that are written and not closed yet.
    open: BTreeSet<PathBuf>,
    /// The files that were there before and are away.
    away: BTreeSet<PathBuf>,
}

impl Change {
    fn add(&mut self, event: Event) {
        for path in event.paths {
            match event.kind {
                EventKind::Modify(ModifyKind::Data(_)) => {
                    self.open.insert(path);
                }
                EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
                    self.open.remove(&path);
                    if !self.made.contains(&path) {
                        self.away.insert(path);
                    }
                }
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
                    self.away.remove(&path);
                    self.made.insert(path);
                }
                EventKind::Access(CLOSED_AFTER_WRITING) => {
                    self.open.remove(&path);
                }
                _ => {}
            }
        }
    }

    /// The pause in events after which it counts as complete.
    fn quiet(&self) -> Duration {
        if !self.open.is_empty() {
            QUIET_WHILE_OPEN
        } else if !self.away.is_empty() {
            QUIET_WHILE_AWAY
        } else {
            QUIET
        }
    }
}

impl Watched {
    fn of(folder: &Path) -> Self {
        let root = directory::root_identity(folder).ok();
        let mut parents = link_parents(folder);
        parents.extend(root.as_ref().and_then(|(root, _)| root.parent()).map(Path::to_owned));
        Self { root, parents }
    }
}

/// The folders in which the links of a path are.
fn link_parents(path: &Path) -> BTreeSet<PathBuf> {
    let mut parents = BTreeSet::new();
    let mut rest = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for _ in 0..MAX_LINKS {
        let Some((link, below)) = first_link(&rest) else { break };
        let (Some(parent), Ok(target)) = (link.parent(), directory::link_target(&link)) else {
            break;
        };
        parents.insert(parent.to_owned());
        rest = parent.join(target).join(below);
    }
    parents
}

/// The first link on a path, and the path below it.
fn first_link(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let mut above: Vec<&Path> = path.ancestors().collect();
    above.reverse();
    let link = above.into_iter().find(|path| path.is_symlink())?;
    Some((link.to_owned(), path.strip_prefix(link).ok()?.to_owned()))
}

/// Waits while git writes the working tree: it keeps `index.lock` for that time.
fn wait_for_checkout(folder: &Path) {
    let Ok((root, _)) = directory::root_identity(folder) else { return };
    let lock = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.is_dir());
    let Some(lock) = lock.map(|git| git.join("index.lock")) else { return };
    let end = Instant::now() + MAX_CHECKOUT;
    while lock.exists() && Instant::now() < end {
        thread::sleep(QUIET);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::channel;

    use notify::event::{CreateKind, DataChange, RemoveKind};

    use super::*;

    #[test]
    fn quiet_follows_what_is_unfinished() {
        const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        const CLOSED: EventKind = EventKind::Access(CLOSED_AFTER_WRITING);
        const CREATED: EventKind = EventKind::Create(CreateKind::File);
        const REMOVED: EventKind = EventKind::Remove(RemoveKind::File);
        const FROM: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        const TO: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
        for (events, expected) in [
            (&[(WRITTEN, "a.md")][..], QUIET_WHILE_OPEN),
            (&[(WRITTEN, "a.md"), (CLOSED, "a.md")], QUIET),
            (&[(WRITTEN, "a.md"), (WRITTEN, "b.md"), (CLOSED, "a.md")], QUIET_WHILE_OPEN),
            (&[(REMOVED, "a.md")], QUIET_WHILE_AWAY),
            (&[(FROM, "a.md"), (TO, "a.md~")], QUIET_WHILE_AWAY),
            (&[(FROM, "a.md"), (TO, "a.md~"), (CREATED, "a.md"), (CLOSED, "a.md")], QUIET),
            (&[(CREATED, "a.tmp"), (CLOSED, "a.tmp"), (FROM, "a.tmp"), (TO, "a.md")], QUIET),
        ] {
            let mut change = Change::default();
            for (kind, path) in events {
                change.add(Event::new(*kind).add_path(PathBuf::from(path)));
            }
            assert_eq!(change.quiet(), expected, "{events:?}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test changes the folder")]
    fn watcher_goes_on_after_panic() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let (sender, changes) = channel();
        let calls = AtomicUsize::new(0);
        let started = FolderWatcher::new(folder.path()).start(move || {
            let call = calls.fetch_add(1, Ordering::Relaxed);
            let _ = sender.send(call);
            assert!(call > 0, "a test panics here");
        });
        assert!(started.is_ok());
        for call in 0..3 {
            std::fs::write(folder.path().join(format!("{call}.md")), "x").expect("a file");
            assert_eq!(changes.recv_timeout(Duration::from_mins(1)), Ok(call));
        }
    }
}
