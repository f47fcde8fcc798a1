//! `gazette check --links`: the check of external links.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::output::{Failure, format_count, print_error};
use crate::content::Content;
use crate::diagnostic::{MessageLanguage, message};
use crate::editor::links::{
    self, CheckOptions, LinkCache, LinkProgress, LinkReport, LinkSummary, RequestPolicy,
    RootCertificates,
};
use crate::source;

#[derive(Debug, Clone, Args)]
pub(super) struct LinkArguments {
    /// Check external links, too, by requesting each of them once there are no errors.
    #[arg(long = "links", id = "links", conflicts_with = "audit")]
    is_enabled: bool,
    /// The file that keeps the results of good links for a week (default: `gazette/links.json` in
    /// the user's cache folder).
    #[arg(long, value_name = "FILE", requires = "links")]
    links_cache: Option<PathBuf>,
    /// Request every link, and keep no results.
    #[arg(long, requires = "links", conflicts_with = "links_cache")]
    no_links_cache: bool,
}

impl LinkArguments {
    fn cache_path(&self) -> Option<PathBuf> {
        if self.no_links_cache {
            return None;
        }
        self.links_cache.clone().or_else(|| Some(user_cache_folder()?.join("gazette/links.json")))
    }
}

/// Checks the external links of the content, if requested.
pub(super) fn check(
    arguments: &LinkArguments,
    content: &Content,
    language: MessageLanguage,
) -> Result<Option<LinkReport>, Failure> {
    if !arguments.is_enabled {
        return Ok(None);
    }
    let options = CheckOptions {
        policy: RequestPolicy::DEFAULT,
        root_certificates: root_certificates(language)?,
        uses_proxy: true,
        now: now(),
    };
    let (mut cache, path) = match arguments.cache_path() {
        Some(path) => read_cache(path, language),
        None => (LinkCache::default(), None),
    };
    let report = links::check(content, &mut cache, &options, &progress_line(language));
    clear_progress_line();
    if let Some(path) = path
        && let Err(error) = source::replace_file(&path, &cache.to_bytes())
    {
        print_cache_error(&path, &error.to_string(), language);
    }
    Ok(Some(report))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock and passes the instant on"
)]
fn now() -> Timestamp {
    // Not the instant of `--at`: links can be checked only now.
    Timestamp::now()
}

/// The user's cache folder (XDG Base Directory Specification: a relative path counts as not set).
fn user_cache_folder() -> Option<PathBuf> {
    absolute_path_variable("XDG_CACHE_HOME")
        .or_else(|| Some(absolute_path_variable("HOME")?.join(".cache")))
}

fn absolute_path_variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// Reads the cache, and returns the path to write it to afterwards. A file that is not a cache is
/// not overwritten.
fn read_cache(path: PathBuf, language: MessageLanguage) -> (LinkCache, Option<PathBuf>) {
    let cache = match source::read_file(&path) {
        Ok(None) => Ok(LinkCache::default()),
        Ok(Some(bytes)) => LinkCache::read(&bytes).map_err(|_| {
            message!("it is not a link cache", "这不是链接检查的缓存文件").get(language).to_owned()
        }),
        Err(error) => Err(error.to_string()),
    };
    match cache {
        Ok(cache) => (cache, Some(path)),
        Err(reason) => {
            print_cache_error(&path, &reason, language);
            (LinkCache::default(), None)
        }
    }
}

fn print_cache_error(path: &Path, reason: &str, language: MessageLanguage) {
    let path = path.display();
    let message = message!(
        "results are not kept in `{path}`: {reason}",
        "检查结果无法保存到 `{path}`：{reason}"
    );
    print_error(&format!("gazette: {}", message.get(language)));
}

/// The certificates of `SSL_CERT_FILE`, as in OpenSSL, curl and Python; Mozilla's if it is not set.
fn root_certificates(language: MessageLanguage) -> Result<RootCertificates, Failure> {
    let Some(file) = std::env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty()) else {
        return Ok(RootCertificates::mozilla());
    };
    let file = Path::new(&file);
    let pem = source::read_file(file).ok().flatten();
    pem.and_then(|pem| RootCertificates::from_pem(&pem)).ok_or_else(|| {
        let file = file.display();
        let message = message!(
            "`SSL_CERT_FILE` is set to `{file}`, which contains no certificates",
            "`SSL_CERT_FILE` 指定的 `{file}` 中没有证书"
        );
        Failure::Usage(message.get(language).to_owned())
    })
}

/// A callback that shows the progress in one line, if standard error is a terminal.
fn progress_line(language: MessageLanguage) -> impl Fn(LinkProgress) + Sync {
    let is_terminal = std::io::stderr().is_terminal();
    move |LinkProgress { done, links, hosts }| {
        if is_terminal {
            let line = match language {
                MessageLanguage::English => {
                    let hosts = format_count(hosts, "host");
                    format!("checking links: {done} of {links}, on {hosts} …")
                }
                MessageLanguage::Chinese => {
                    format!("正在检查链接：{done}/{links}，共 {hosts} 个网站 …")
                }
            };
            let _ = write!(std::io::stderr().lock(), "\r{line}");
        }
    }
}

/// Erases the line of the progress (ECMA-48, erase in line).
fn clear_progress_line() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr().lock(), "\r\u{1b}[2K");
    }
}

/// The last line of a link check: `37 links: 34 good, 1 moved, 1 dead, 1 slow (12 from the cache)`.
pub(super) fn format_summary(summary: LinkSummary, language: MessageLanguage) -> String {
    let LinkSummary { links, good, moved, dead, slow, unchecked, cached } = summary;
    let counts: Vec<String> = [
        (good, "good", "有效"),
        (moved, "moved", "已迁移"),
        (dead, "dead", "失效"),
        (slow, "slow", "缓慢"),
        (unchecked, "not checked", "无法判断"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, english, chinese)| match language {
        MessageLanguage::English => format!("{count} {english}"),
        MessageLanguage::Chinese => format!("{count} 个{chinese}"),
    })
    .collect();
    match language {
        MessageLanguage::English if links == 0 => "there are no external links".to_owned(),
        MessageLanguage::Chinese if links == 0 => "没有指向站外的链接".to_owned(),
        MessageLanguage::English => {
            let cached =
                if cached > 0 { format!(" ({cached} from the cache)") } else { String::new() };
            format!("{}: {}{cached}", format_count(links, "link"), counts.join(", "))
        }
        MessageLanguage::Chinese => {
            let cached = if cached > 0 {
                format!("（其中 {cached} 个来自缓存）")
            } else {
                String::new()
            };
            format!("{links} 个链接：{}{cached}", counts.join("，"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_lists_only_statuses_that_occur() {
        let summary = LinkSummary {
            links: 37,
            good: 33,
            moved: 1,
            dead: 1,
            slow: 1,
            unchecked: 1,
            cached: 12,
        };
        assert_eq!(
            format_summary(summary, MessageLanguage::English),
            "37 links: 33 good, 1 moved, 1 dead, 1 slow, 1 not checked (12 from the cache)"
        );
        assert_eq!(
            format_summary(summary, MessageLanguage::Chinese),
            "37 个链接：33 个有效，1 个已迁移，1 个失效，1 个缓慢，1 个无法判断\
             （其中 12 个来自缓存）"
        );
        let one = LinkSummary { links: 1, good: 1, ..LinkSummary::default() };
        assert_eq!(format_summary(one, MessageLanguage::English), "1 link: 1 good");
        assert_eq!(format_summary(one, MessageLanguage::Chinese), "1 个链接：1 个有效");
        let none = LinkSummary::default();
        assert_eq!(format_summary(none, MessageLanguage::English), "there are no external links");
        assert_eq!(format_summary(none, MessageLanguage::Chinese), "没有指向站外的链接");
    }
}
