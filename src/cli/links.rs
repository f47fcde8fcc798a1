//! `gazette check --links`: whether the links that lead out of the site still stand.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::Failure;
use super::output::{self, counted};
use crate::content::Content;
use crate::diagnostic::{MessageLanguage, message};
use crate::editor::links::{
    self, CheckOptions, LinkCache, LinkProgress, LinkReport, LinkSummary, RequestPolicy,
    RootCertificates,
};
use crate::source;

#[derive(Debug, Clone, Args)]
pub(super) struct LinkArguments {
    /// Ask the web, too, whether the links that lead out of the site still stand, once there are no errors.
    #[arg(long = "links", id = "links", conflicts_with = "publishing")]
    is_on: bool,
    /// Where the answers of good links are kept for a week; without it, `gazette/links.json` in the folder for caches.
    #[arg(long, value_name = "FILE", requires = "links")]
    links_cache: Option<PathBuf>,
    /// Ask every link anew, and keep no answers.
    #[arg(long, requires = "links", conflicts_with = "links_cache")]
    no_links_cache: bool,
}

/// Checks the links of some content, if that was asked for.
pub(super) fn check(
    arguments: &LinkArguments,
    content: Option<&Content>,
    language: MessageLanguage,
) -> Result<Option<LinkReport>, Failure> {
    let Some(content) = content.filter(|_| arguments.is_on) else { return Ok(None) };
    let options = CheckOptions {
        policy: RequestPolicy::DEFAULT,
        root_certificates: trust(language)?,
        uses_proxy: true,
        now: now(),
    };
    let place = arguments.place();
    let (mut cache, place) =
        place.map_or_else(|| (LinkCache::default(), None), |place| read(place, language));
    let report = links::check(content, &mut cache, &options, &progress(language));
    clear_progress();
    if let Some(place) = place
        && let Err(error) = source::replace_file(&place, &cache.to_bytes())
    {
        output::line(&not_kept(&place, &error.to_string(), language));
    }
    Ok(Some(report))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock and hands the instant on"
)]
fn now() -> Timestamp {
    // Not the instant of `--at`: the web has none but the present.
    Timestamp::now()
}

impl LinkArguments {
    /// Where answers are kept, if they are.
    fn place(&self) -> Option<PathBuf> {
        if self.no_links_cache {
            return None;
        }
        self.links_cache.clone().or_else(|| Some(caches()?.join("gazette/links.json")))
    }
}

/// The user's folder for caches (XDG Base Directory Specification: a relative path counts as not set).
fn caches() -> Option<PathBuf> {
    let folder =
        |name| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")))
}

/// The answers of earlier runs, and where to keep those of this one. A file that is something else is left as it is.
fn read(place: PathBuf, language: MessageLanguage) -> (LinkCache, Option<PathBuf>) {
    let is_no_cache =
        || message!("it is no cache of links", "这不是链接检查的缓存文件").get(language).to_owned();
    let known = match source::read_file(&place) {
        Ok(None) => Ok(LinkCache::default()),
        Ok(Some(bytes)) => LinkCache::read(&bytes).map_err(|_| is_no_cache()),
        Err(error) => Err(error.to_string()),
    };
    match known {
        Ok(cache) => (cache, Some(place)),
        Err(reason) => {
            output::line(&not_kept(&place, &reason, language));
            (LinkCache::default(), None)
        }
    }
}

fn not_kept(place: &Path, reason: &str, language: MessageLanguage) -> String {
    let place = place.display();
    let said = message!(
        "answers are not kept in `{place}`: {reason}",
        "检查结果无法保存到 `{place}`：{reason}"
    );
    format!("gazette: {}", said.get(language))
}

/// The certificates of `SSL_CERT_FILE`, as in OpenSSL, curl and Python; without it, Mozilla's.
fn trust(language: MessageLanguage) -> Result<RootCertificates, Failure> {
    let Some(file) = std::env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty()) else {
        return Ok(RootCertificates::mozilla());
    };
    let file = Path::new(&file);
    let pem = source::read_file(file).ok().flatten();
    pem.and_then(|pem| RootCertificates::from_pem(&pem)).ok_or_else(|| {
        let file = file.display();
        let said = message!(
            "`SSL_CERT_FILE` names `{file}`, in which there are no certificates",
            "`SSL_CERT_FILE` 指定的 `{file}` 中没有证书"
        );
        Failure::Unusable(said.get(language).to_owned())
    })
}

/// A line that counts, for those who wait at a terminal.
fn progress(language: MessageLanguage) -> impl Fn(LinkProgress) + Sync {
    let is_watched = std::io::stderr().is_terminal();
    move |LinkProgress { done, links, hosts }| {
        if is_watched {
            let line = match language {
                MessageLanguage::English => {
                    format!("checking links: {done} of {links}, on {} …", counted(hosts, "host"))
                }
                MessageLanguage::Chinese => {
                    format!("正在检查链接：{done}/{links}，共 {hosts} 台主机 …")
                }
            };
            let _ = write!(std::io::stderr().lock(), "\r{line}");
        }
    }
}

/// Leaves the line of the progress empty (ECMA-48, erase in line).
fn clear_progress() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr().lock(), "\r\u{1b}[2K");
    }
}

/// `37 links: 34 good, 1 moved, 1 dead and 1 slow (12 from the cache)`.
pub(super) fn verdict(summary: LinkSummary, language: MessageLanguage) -> String {
    let LinkSummary { links, good, moved, dead, slow, unchecked, cached } = summary;
    let kinds = [
        (good, "good", "有效"),
        (moved, "moved", "已迁移"),
        (dead, "dead", "失效"),
        (slow, "slow", "缓慢"),
        (unchecked, "not judged", "无法判断"),
    ];
    let kinds = kinds.into_iter().filter(|(count, _, _)| *count > 0);
    match language {
        MessageLanguage::English if links == 0 => "no links lead out of the site".to_owned(),
        MessageLanguage::Chinese if links == 0 => "没有指向站外的链接".to_owned(),
        MessageLanguage::English => {
            let kinds: Vec<String> =
                kinds.map(|(count, word, _)| format!("{count} {word}")).collect();
            let known =
                if cached > 0 { format!(" ({cached} from the cache)") } else { String::new() };
            format!("{}: {}{known}", counted(links, "link"), kinds.join(", "))
        }
        MessageLanguage::Chinese => {
            let kinds: Vec<String> =
                kinds.map(|(count, _, word)| format!("{count} 个{word}")).collect();
            let known = if cached > 0 {
                format!("（其中 {cached} 个来自缓存）")
            } else {
                String::new()
            };
            format!("{links} 个链接：{}{known}", kinds.join("，"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_counts_what_there_is() {
        let summary = LinkSummary {
            links: 37,
            good: 33,
            moved: 1,
            dead: 1,
            slow: 1,
            unchecked: 1,
            cached: 12,
        };
        let english =
            "37 links: 33 good, 1 moved, 1 dead, 1 slow, 1 not judged (12 from the cache)";
        assert_eq!(verdict(summary, MessageLanguage::English), english);
        let chinese = "37 个链接：33 个有效，1 个已迁移，1 个失效，1 个缓慢，1 个无法判断（其中 12 个来自缓存）";
        assert_eq!(verdict(summary, MessageLanguage::Chinese), chinese);
        let one = LinkSummary { links: 1, good: 1, ..LinkSummary::default() };
        assert_eq!(verdict(one, MessageLanguage::English), "1 link: 1 good");
        assert_eq!(verdict(one, MessageLanguage::Chinese), "1 个链接：1 个有效");
        assert_eq!(
            verdict(LinkSummary::default(), MessageLanguage::English),
            "no links lead out of the site"
        );
        assert_eq!(verdict(LinkSummary::default(), MessageLanguage::Chinese), "没有指向站外的链接");
    }
}
