//! Earlier versions of a file, from the git repository that a content folder may be in.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The most commits that are considered.
const MAX_COMMITS: &str = "--max-count=1000";

/// Returns the longest text that a file of a folder has in the history of the current commit.
/// `None` without git, outside a repository, and where no commit has the file.
#[must_use]
pub fn longest_committed_text(folder: &Path, name: &str) -> Option<String> {
    let commits = git(folder, &["rev-list", MAX_COMMITS, "HEAD", "--", name], "")?;
    let objects: String = commits.lines().map(|commit| format!("{commit}:./{name}\n")).collect();
    if objects.is_empty() {
        return None;
    }
    let format = "--batch-check=%(objectsize) %(objectname)";
    let sizes = git(folder, &["cat-file", format], &objects)?;
    // A commit that removed the file has the line `… missing`.
    let sizes = sizes.lines().filter_map(|line| line.split_once(' '));
    let sizes = sizes.filter_map(|(size, object)| Some((size.parse::<u64>().ok()?, object)));
    // The newest of several of the same size.
    let (_, longest) = sizes.rev().max_by_key(|(size, _)| *size)?;
    git(folder, &["cat-file", "blob", longest], "")
}

/// Runs a plumbing command of git, which starts no program that the repository names.
fn git(folder: &Path, arguments: &[&str], input: &str) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("--no-replace-objects").args(arguments).current_dir(folder);
    // A hook has variables that mean another folder.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    // Objects that a partial clone lacks are not fetched.
    command.env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let mut stdin = child.stdin.take()?;
    let input = input.to_owned();
    // Output that fills its pipe before all input is read would block both.
    let writer = std::thread::Builder::new();
    let writer = writer.spawn(move || stdin.write_all(input.as_bytes())).ok()?;
    let output = child.wait_with_output().ok()?;
    let _ = writer.join();
    output.status.success().then(|| String::from_utf8(output.stdout).ok())?
}
