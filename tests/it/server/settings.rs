//! Wrong settings: each ends in one clear line, before anything is served.

use tempfile::TempDir;

use super::city;
use super::faults::limited;
use crate::cli::{complains, complains_in_one_line, run};

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
fn too_few_files_for_any_connection_end_start() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let mut command = limited("ulimit -n 20");
    command.args(["serve", "--workers", "2", "--listen", "127.0.0.1:0", "--content"]);
    let output = command.arg(folder.path()).output().unwrap();
    complains_in_one_line(&output, 1, "only 20 files may be open, and 2 workers need at least 32");
}
