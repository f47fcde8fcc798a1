//! The interface's messages for each language of a site: Gazette's own, with those of `i18n/*.ftl`
//! laid over them.

mod faults;

use std::sync::Arc;

use super::site::Site;
use super::syntax::fluent_errors;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, message};
use crate::language::{Locale, LocaleError, MissingMessage, fallback_tag};
use crate::source::Snapshot;

/// How many missing messages a diagnostic names. `gazette new language` writes all of them.
const MISSING_NAMED: usize = 10;

/// Reads the messages of every language, in the site's order. English replaces those that cannot be
/// read.
pub(super) fn read(snapshot: &Snapshot, site: &Site, diagnostics: &mut Diagnostics) -> Vec<Locale> {
    for (path, _) in snapshot.files().filter(|(path, _)| path.starts_with("i18n/")) {
        let tag = path.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".ftl"));
        if tag.and_then(|tag| site.languages.find(tag)).is_none() {
            let message = message!(
                "this file has messages for none of the site's languages",
                "本文件不是本站任何一种语言的界面用语"
            );
            let help = message!(
                "name it after a language of `site.toml`, such as `i18n/en.ftl`, or remove it",
                "请用 `site.toml` 中的语言命名，例如 `i18n/zh.ftl`，或删去本文件"
            );
            diagnostics
                .push(Diagnostic::error(Code::UnknownLanguage, path, 0..0, message).help(help));
        }
    }
    site.languages
        .all()
        .map(|language| read_language(site.languages.tag(language), snapshot, site, diagnostics))
        .collect()
}

fn read_language(
    tag: &str,
    snapshot: &Snapshot,
    site: &Site,
    diagnostics: &mut Diagnostics,
) -> Locale {
    let path: Arc<str> = Arc::from(format!("i18n/{tag}.ftl"));
    let own = snapshot.text(&path);
    let blamed = if own.is_some() { &path } else { &site.path };
    match Locale::new(tag, own) {
        Ok(messages) => {
            if let Some(own) = own {
                faults::check(&path, own, &messages, diagnostics);
            }
            let missing = messages.missing();
            if !missing.is_empty() {
                let message = missing_messages_text(tag, &missing);
                let shown = fallback_tag(tag);
                let help = message!(
                    "they are shown in `{shown}`; `gazette new language {tag}` writes all of them \
                     into `i18n/{tag}.ftl`, to be translated",
                    "它们显示为 `{shown}` 的用语；运行 `gazette new language {tag}`，会把它们全部写入 \
                     `i18n/{tag}.ftl`，供翻译"
                );
                let wrong = Diagnostic::warning(Code::MissingMessage, blamed, 0..0, message);
                diagnostics.push(wrong.help(help));
            }
            return messages;
        }
        Err(LocaleError::Syntax(at, reason)) => {
            diagnostics.push(fluent_errors::explain(blamed, own.unwrap_or_default(), at, &reason));
        }
        Err(LocaleError::UnknownTag) => {
            let message = message!(
                "`{tag}` is not a language whose numbers and dates are known",
                "`{tag}` 这种语言的数字和日期写法未知"
            );
            diagnostics.push(Diagnostic::error(Code::BadValue, blamed, 0..0, message));
        }
    }
    Locale::english()
}

/// Says which messages a language lacks; beyond [`MISSING_NAMED`], how many more.
fn missing_messages_text(tag: &str, missing: &[MissingMessage]) -> Message {
    let all = missing.len();
    let named = Message::names(missing.iter().take(MISSING_NAMED).map(|message| message.0));
    let more = all.saturating_sub(MISSING_NAMED);
    if more == 0 {
        message!(
            "the language `{tag}` lacks {all} of the interface's messages: {named}",
            "语言 `{tag}` 缺少 {all} 条界面用语：{named}"; named
        )
    } else {
        message!(
            "the language `{tag}` lacks {all} of the interface's messages: {named} and {more} more",
            "语言 `{tag}` 缺少 {all} 条界面用语：{named}，另有 {more} 条"; named
        )
    }
}
