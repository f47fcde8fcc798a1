//! Wrong settings: each ends in one clear line, before anything is served.

use std::ffi::OsStr;
use std::fs::Permissions;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::TempDir;

use super::faults::limited;
use super::{Server, city};
use crate::check::gazette_without_rights;
use crate::cli::{complains, complains_in_one_line, gazette, run};

#[test]
fn wrong_flag_ends_in_clear_line() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let content = folder.path().to_str().unwrap();
    let program = std::env::current_exe().unwrap();
    let (file, long) = (program.to_str().unwrap(), format!("unix:/tmp/{}", "a".repeat(120)));
    let (given, twice) = ("127.0.0.1:0", ["--listen", "127.0.0.1:0"]);
    for (flags, code, reason) in [
        (vec!["--listen", "127.0.0.1:99999"], 1, "with a port up to 65535"),
        (vec!["--listen", "[::1]"], 1, "write it as `[::1]:8080`"),
        (vec!["--listen", "[fe80::1%eth0]:8080"], 1, "the zone of an IPv6 address is the number"),
        (vec![twice[0], given, twice[0], given], 1, "it is given twice"),
        (vec!["--listen", "unix:"], 1, "write it as `unix:/run/gazette/gazette.sock`"),
        (vec!["--listen", &long], 1, "the path of a socket has at most 107 bytes"),
        (vec!["--listen", "unix:/nowhere/x.sock"], 1, "there is no folder `/nowhere`"),
        (vec!["--socket-mode", "0"], 2, "give permissions in octal digits"),
        (vec!["--socket-mode", "999"], 2, "give permissions in octal digits"),
        (vec!["--head-timeout", "1e9"], 2, "give a whole number from 1 to 86400, of seconds"),
        (vec!["--idle-timeout", "-1"], 2, "give a whole number from 1 to 86400, of seconds"),
        (vec!["--write-timeout", "4294967297"], 2, "give a whole number from 1 to 86400"),
        (vec!["--drain", "65536"], 2, "give a whole number from 0 to 65535, of seconds"),
        (vec!["--max-connections", "many"], 2, "give a whole number from 1 to 1000000"),
        (vec!["--workers", "-1"], 2, "give a number from 1 to 512"),
        (vec!["--cache", file], 2, "`--cache` is a folder"),
        (vec!["--cache", "/proc/cache"], 2, "cannot write in the folder of `--cache`"),
        (vec!["--access-log", "whole"], 2, "write `--access-log=whole`"),
        (vec!["other"], 2, "the content folder is named twice"),
        (vec!["--preview", "--editor-url", "code://open"], 2, "give the scheme of an editor"),
        (vec!["--preview", "--editor-url", "javascript:{path}"], 2, "give the scheme"),
        (vec!["--preview", "--editor-url", "{path}"], 2, "give the scheme of an editor"),
    ] {
        let arguments = [&["serve", "--content", content], &flags[..]].concat();
        let arguments = if arguments.contains(&"--listen") {
            arguments
        } else {
            [&arguments[..], &["--listen", given]].concat()
        };
        complains(&run(&arguments), code, reason);
    }
}

#[test]
fn value_that_is_not_utf8_is_named() {
    let wrong = OsStr::from_bytes(b"\xff");
    let folder = TempDir::new().unwrap();
    for name in ["GAZETTE_BASE_URL", "GAZETTE_WORKERS", "GAZETTE_LISTEN"] {
        let mut command = gazette(&["serve"]);
        let output = command.env(name, wrong).current_dir(&folder).output().unwrap();
        complains_in_one_line(&output, 2, &format!("the variable `{name}` is not UTF-8"));
    }
    let output = gazette(&["serve", "--at"]).arg(wrong).current_dir(&folder).output().unwrap();
    complains_in_one_line(&output, 2, "is not UTF-8");
}

#[test]
fn cache_that_is_kept_needs_no_writable_folder() {
    let folder = TempDir::new().unwrap();
    city(&folder.path().join("content"));
    let cache = folder.path().join("cache");
    std::fs::create_dir(&cache).unwrap();
    let locked = folder.path().join("locked");
    std::fs::write(&locked, "").unwrap();
    let mut command = gazette_without_rights(folder.path(), &locked);
    command.args(["--listen", "127.0.0.1:0", "--content"]).arg(folder.path().join("content"));
    command.arg("--cache").arg(&cache);
    set_mode(&cache, 0o555);
    let output = command.output().unwrap();
    complains_in_one_line(&output, 2, "cannot write in the folder of `--cache`");

    set_mode(&cache, 0o755);
    std::fs::write(cache.join("last-good-edition"), "of an earlier start").unwrap();
    set_mode(&cache, 0o555);
    let server = Server::start(&mut command);
    assert_eq!(server.get("/").status, 200);
    server.log.says("cannot keep the edition", 1);
}

fn set_mode(folder: &Path, mode: u32) {
    std::fs::set_permissions(folder, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn too_few_files_for_any_connection_end_start() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let mut command = limited("ulimit -n 20");
    command.args(["serve", "--workers", "2", "--listen", "127.0.0.1:0", "--content"]);
    let output = command.arg(folder.path()).output().unwrap();
    complains_in_one_line(&output, 1, "only 20 files may be open, and 2 workers need at least 32");
}
