//! Diagnostics for the messages of a city's own that readers would not see as they are meant.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, closest_key, message};
use crate::language::{Locale, MessageFault, MessageProblem, PluralForm, find_faults};

/// Reports every fault of a language's own messages.
pub(super) fn check(path: &Arc<str>, file: &str, locale: &Locale, diagnostics: &mut Diagnostics) {
    for fault in find_faults(locale, file) {
        let (message, help) = describe(&fault, locale);
        let span = key_span(file, &fault);
        diagnostics.push(Diagnostic::warning(Code::BadMessage, path, span, message).help(help));
    }
}

/// The range of a message's key in its file.
fn key_span(file: &str, fault: &MessageFault) -> Range<usize> {
    let key = &*fault.key;
    let mut starts = file.match_indices(key).map(|(at, _)| at).filter(|at| {
        let is_line_start = file[..*at].is_empty() || file[..*at].ends_with('\n');
        is_line_start && file[at + key.len()..].trim_start_matches(' ').starts_with('=')
    });
    starts.nth(fault.earlier).map_or(0..0, |at| at..at + key.len())
}

fn describe(fault: &MessageFault, locale: &Locale) -> (Message, Message) {
    let key = &*fault.key;
    match &fault.problem {
        MessageProblem::UnknownKey => unknown_key(key),
        MessageProblem::Repeated => (
            message!(
                "the message `{key}` is there twice, and only the last is shown",
                "界面用语 `{key}` 写了两次，只显示最后一次"
            ),
            message!("keep one of the two", "请只保留其中一个"),
        ),
        MessageProblem::Attribute(name) => (
            message!(
                "the line `.{name}` below the message `{key}` is never shown",
                "界面用语 `{key}` 下的 `.{name}` 一行不会显示"
            ),
            message!("remove the line", "请删去这一行"),
        ),
        MessageProblem::UnknownArgument(name, given) => unknown_argument(key, name, given),
        MessageProblem::MissingArgument(name) => (
            message!(
                "the message `{key}` does not show `{{ ${name} }}`",
                "界面用语 `{key}` 没有写 `{{ ${name} }}`"
            ),
            message!(
                "put `{{ ${name} }}` where readers are to read it",
                "请在应显示该内容的位置写上 `{{ ${name} }}`"
            ),
        ),
        MessageProblem::UnknownReference(name) => (
            message!(
                "there is no `{name}`, so readers see its name in the message `{key}`",
                "没有 `{name}`，界面用语 `{key}` 会原样显示这个名称"
            ),
            message!(
                "write the words themselves, or define `{name}` in this file",
                "请直接写出文字，或在本文件中定义 `{name}`"
            ),
        ),
        MessageProblem::UnknownForm(name) => unknown_form(key, name, locale),
        MessageProblem::MissingForms(forms) => missing_forms(key, forms, locale),
        MessageProblem::Tag(tag) => (
            message!(
                "readers see `{tag}` in the message `{key}`: messages are plain text",
                "界面用语 `{key}` 会原样显示 `{tag}`：界面用语是纯文字"
            ),
            message!("remove `{tag}`", "请删去 `{tag}`"),
        ),
        MessageProblem::WideBraces => (
            message!(
                "readers see full-width braces in the message `{key}`",
                "界面用语 `{key}` 会原样显示全角大括号"
            ),
            message!(
                "write `{{` and `}}` without the Chinese input method",
                "请改用半角的 `{{` 和 `}}`"
            ),
        ),
    }
}

fn unknown_key(key: &str) -> (Message, Message) {
    let message = message!(
        "the interface has no message `{key}`, so this is never shown",
        "界面没有 `{key}` 这条用语，因此不会显示"
    );
    let help = match closest_key(key, Locale::keys().iter().copied()) {
        Some(near) => message!("did you mean `{near}`?", "您是否想写 `{near}`？"),
        None => message!(
            "remove it; `gazette new language` lists the messages that there are",
            "请删去；运行 `gazette new language` 可列出所有用语"
        ),
    };
    (message, help)
}

fn unknown_argument(key: &str, name: &str, given: &[&str]) -> (Message, Message) {
    let message = message!(
        "readers see `{{${name}}}` in the message `{key}`: it is given nothing of that name",
        "界面用语 `{key}` 会显示出 `{{${name}}}`，因为没有这个名称的内容"
    );
    let help = if given.is_empty() {
        message!("remove it", "请删去")
    } else {
        let names = Message::names(given.iter().map(|name| format!("{{ ${name} }}")));
        message!("keep the names as they are in English: {names}", "请保留英文名称：{names}"; names)
    };
    (message, help)
}

fn unknown_form(key: &str, name: &str, locale: &Locale) -> (Message, Message) {
    let (tag, forms) = (locale.tag(), form_names(&locale.plural_forms().collect::<Vec<_>>()));
    let message = message!(
        "the form `[{name}]` of the message `{key}` is never shown in `{tag}`",
        "在 `{tag}` 中，界面用语 `{key}` 的 `[{name}]` 形式不会显示"
    );
    let help = message!("the forms of the language are {forms}", "该语言的形式有：{forms}"; forms);
    (message, help)
}

fn missing_forms(key: &str, forms: &[PluralForm], locale: &Locale) -> (Message, Message) {
    let first = forms.first().map_or("other", |form| form.name());
    let (tag, forms) = (locale.tag(), form_names(forms));
    let message = message!(
        "the message `{key}` lacks forms that `{tag}` has: {forms}",
        "界面用语 `{key}` 缺少 `{tag}` 的形式：{forms}"; forms
    );
    let help = message!(
        "add a line for each beside the others, such as `[{first}] …`",
        "请在其他形式旁各加一行，例如 `[{first}] …`"
    );
    (message, help)
}

fn form_names(forms: &[PluralForm]) -> Message {
    Message::names(forms.iter().map(|form| form.name()))
}
