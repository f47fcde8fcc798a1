//! The binary as a command that ends by itself: output and exit code.

use std::process::{Command, Output, Stdio};

use crate::harness::Folder;

/// The binary, without the settings of this process's environment.
pub(crate) fn gazette(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gazette"));
    for name in ["CONTENT", "LISTEN", "BASE_URL", "WORKERS", "DRAIN", "AT", "LANG", "COLLECTIONS"] {
        command.env_remove(format!("GAZETTE_{name}"));
    }
    command.args(arguments).env_remove("RUST_LOG").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    gazette(arguments).output().expect("the binary runs")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8 output")
}

/// The standard error of a command without the line that names the content.
pub(crate) fn errors(output: &Output) -> String {
    const NAMES: [&str; 4] = ["content: ", "built-in content", "内容：", "程序自带的内容"];
    let errors = text(&output.stderr);
    match errors.split_once('\n') {
        Some((first, rest)) if NAMES.iter().any(|name| first.starts_with(name)) => rest.to_owned(),
        _ => errors,
    }
}

/// Asserts the exit code of a command and the first line of its standard error.
#[track_caller]
pub(crate) fn complains(output: &Output, code: i32, what: &str) {
    let errors = errors(output);
    assert_eq!(output.status.code(), Some(code), "{errors}");
    assert!(
        errors.lines().next().is_some_and(|line| line.contains(what)),
        "`{what}` does not begin:\n{errors}"
    );
    assert!(!errors.contains("panicked") && !errors.contains("Os {"), "{errors}");
}

/// Asserts the same for a standard error of one line.
#[track_caller]
pub(crate) fn complains_in_one_line(output: &Output, code: i32, what: &str) {
    complains(output, code, what);
    let errors = errors(output);
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
}

#[test]
fn empty_variable_warns_and_counts_as_unset() {
    for name in ["BASE_URL", "CONTENT", "LISTEN", "AT", "WORKERS", "LANG", "CACHE"] {
        let mut command = gazette(&["explain"]);
        let output = command.env(format!("GAZETTE_{name}"), "").output().expect("it runs");
        let expected = format!(
            "gazette: the variable `GAZETTE_{name}` is empty and has no effect; remove it, or \
             give it a value\n"
        );
        assert_eq!((text(&output.stderr), output.status.code()), (expected, Some(0)));
    }
}

#[test]
fn empty_flag_is_refused() {
    for flag in ["base-url", "content", "listen", "at", "workers", "cache", "admin-listen"] {
        let output = run(&[&format!("--{flag}="), "--listen", "127.0.0.1:0"]);
        assert_ne!(output.status.code(), Some(0), "{flag}");
        assert!(!errors(&output).is_empty() && output.stdout.is_empty(), "{flag}");
        assert!(!errors(&output).contains("panicked"), "{flag}: {}", errors(&output));
    }
}

#[test]
fn folders_inside_the_content_are_refused() {
    let place = tempfile::TempDir::new().expect("a folder");
    let content = place.path().join("content");
    Folder::city().write_to(&content);
    std::os::unix::fs::symlink(&content, place.path().join("link")).expect("a link");
    for inner in ["content", "content/new", "content/goals/a/b", "link/new", "none/../content/x"] {
        let inner = place.path().join(inner);
        let inner = inner.to_str().expect("a plain path");
        let content = content.to_str().expect("a plain path");
        let serve = ["--listen", "127.0.0.1:0", "--content", content, "--cache", inner];
        complains_in_one_line(&run(&serve), 2, "`--cache`");
        complains_in_one_line(&run(&["export", inner, content]), 2, "is in the content folder");
    }
    assert!(!content.join("new").exists());
}

#[test]
fn unknown_variable_warns_with_nearest_name() {
    let mut command = gazette(&["explain"]);
    let output = command.env("GAZETTE_LISTN", "1").env("GAZETTE_PORT", "tcp://192.0.2.1:80");
    let output = output.output().expect("the binary runs");
    let expected = "gazette: the variable `GAZETTE_LISTN` is unknown and has no effect; did you \
                    mean `GAZETTE_LISTEN`?\n";
    assert_eq!(text(&output.stderr), expected);
    assert_eq!(output.status.code(), Some(0));
}
