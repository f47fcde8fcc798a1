//! The same bulletins exported by Gazette and built by Hugo with minimal templates.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The templates of the Hugo site: a page has its title, its body and nothing else.
const TEMPLATES: [(&str, &str); 4] = [
    ("hugo.toml", "baseURL = \"https://generated.example/\"\ntitle = \"Generated\"\n"),
    (
        "layouts/_default/single.html",
        "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}\n",
    ),
    (
        "layouts/_default/list.html",
        "<!doctype html><title>{{ .Title }}</title>\
         {{ range (.Paginate .Pages 20).Pages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}\n",
    ),
    (
        "layouts/index.html",
        "<!doctype html><title>{{ .Title }}</title>\
         {{ range first 20 .Site.RegularPages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}\n",
    ),
];

/// The time and the largest memory of a process.
struct Cost {
    seconds: f64,
    mebibytes: u64,
}

/// Prints what an export takes in seconds and MiB, with and without compressed files, and Hugo if
/// the variable `HUGO` names its binary.
#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
pub(crate) fn compare(files: &[(String, Vec<u8>)], bulletins: usize) -> io::Result<()> {
    let folder = std::env::temp_dir().join(format!("gazette-bench-{}", std::process::id()));
    let content = folder.join("content");
    write_all(&content, files)?;
    let gazette = Path::new(env!("CARGO_BIN_EXE_gazette"));
    let export = |options: &[&str]| {
        let mut command = Command::new(gazette);
        command.arg("export").args(options).arg(folder.join("site")).arg(&content);
        measure(&mut command)
    };
    let all = export(&[])?;
    std::fs::remove_dir_all(folder.join("site"))?;
    let plain = export(&["--plain"])?;
    println!("{bulletins:>9} export           {:>8.2} s {:>6} MiB", all.seconds, all.mebibytes);
    println!("{bulletins:>9} export --plain   {:>8.2} s {:>6} MiB", plain.seconds, plain.mebibytes);
    if let Some(hugo) = std::env::var_os("HUGO") {
        let site = folder.join("hugo");
        let bulletins_of_city: Vec<_> = files
            .iter()
            .filter(|(path, _)| path.starts_with("bulletins/"))
            .map(|(path, bytes)| (format!("content/{path}"), bytes.clone()))
            .collect();
        write_all(&site, &bulletins_of_city)?;
        write_all(&site, &TEMPLATES.map(|(path, text)| (path.to_owned(), text.into())))?;
        let mut command = Command::new(PathBuf::from(hugo));
        command.arg("--source").arg(&site).arg("--destination").arg(folder.join("hugo-site"));
        let hugo = measure(&mut command)?;
        println!(
            "{bulletins:>9} Hugo             {:>8.2} s {:>6} MiB: {:.1} times as long as export, {:.1} as --plain",
            hugo.seconds,
            hugo.mebibytes,
            hugo.seconds / all.seconds,
            hugo.seconds / plain.seconds
        );
    }
    std::fs::remove_dir_all(folder)
}

fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

/// Runs a command and watches its memory.
fn measure(command: &mut Command) -> io::Result<Cost> {
    let started = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut mebibytes = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes = peak.and_then(|peak| peak.split_whitespace().next()?.parse::<u64>().ok());
        mebibytes = mebibytes.max(kibibytes.unwrap_or_default() / 1024);
        if let Some(exit) = child.try_wait()? {
            if !exit.success() {
                return Err(io::Error::other(format!("{command:?} failed")));
            }
            return Ok(Cost { seconds: started.elapsed().as_secs_f64(), mebibytes });
        }
        thread::sleep(Duration::from_millis(5));
    }
}
