//! Describes links that cannot be resolved.

use crate::content::markdown::{as_destination, is_title_mark};
use crate::content::{Located, Text};
use crate::diagnostic::{Code, Diagnostic, Message, message};
use crate::record::address::PageRef;
use crate::record::links::{LinkProblem, Links, is_same_composed};

/// Describes a link that cannot be resolved.
pub(super) fn broken_link(
    text: &Text,
    link: &Located<String>,
    problem: &LinkProblem,
) -> Diagnostic {
    let (code, message) = (problem_code(problem), problem_message(problem, &link.value));
    let error = Diagnostic::error(code, &text.path, link.span.clone(), message);
    match problem {
        LinkProblem::NoFile { meant, .. } | LinkProblem::NoPage { meant, .. } => {
            suggest_destination(error, meant.as_ref(), "")
        }
        LinkProblem::Nothing => error
            .help(message!("write the address between the round brackets", "请在圆括号中写上网址")),
        LinkProblem::NoAddress(meant) => {
            let help = message!(
                "write the whole address, such as `https://www.city.example/` or \
                 `mailto:office@city.example`",
                "请写完整的地址，例如 `https://www.city.example/` 或 `mailto:office@city.example`"
            );
            suggest_destination(error.help(help), meant.as_ref(), "")
        }
        LinkProblem::OwnComputer(name) => {
            let name = as_destination(name);
            error.help(message!(
                "put the file beside this one, and write its name here: `{name}`",
                "请把该文件放在本文件旁边，并在这里写它的文件名：`{name}`"
            ))
        }
        LinkProblem::NoFragment { fragment, meant, known } => {
            no_fragment(error, fragment, meant.as_ref(), known)
        }
        LinkProblem::NoParagraph { count: 0, .. } => {
            error.help(message!("remove the part from `#` on", "请删去 `#` 及其后的部分"))
        }
        LinkProblem::NoParagraph { count, .. } => error.help(message!(
            "the last paragraph there is `#p{count}`",
            "那里的最后一段是 `#p{count}`"
        )),
        LinkProblem::BadScheme(_) => error.help(message!(
            "use `https://`, `http://`, `mailto:` or `tel:`",
            "请使用 `https://`、`http://`、`mailto:` 或 `tel:`"
        )),
    }
}

/// Adds the help for a fragment that no heading has.
fn no_fragment(
    error: Diagnostic,
    fragment: &str,
    meant: Option<&String>,
    known: &[String],
) -> Diagnostic {
    let named = Message::names(known.iter().take(MAX_NAMED).map(|id| format!("#{id}")));
    let help = if is_footnote(fragment) {
        message!(
            "if it leads to a footnote, write `[^1]` here, and the note on a line \
             `[^1]: …`; if it leads back from the note, remove it",
            "如果它指向脚注，请在这里写 `[^1]`，并把脚注单独写成一行 `[^1]: …`；\
             如果它是从脚注返回正文的链接，请删去"
        )
    } else if known.is_empty() {
        message!(
            "that page has no headings; remove `#{fragment}`",
            "该页面没有小标题；请删去 `#{fragment}`"
        )
    } else {
        message!("the headings there are {named}", "那里的小标题有{named}"; named)
    };
    match known.iter().find(|id| is_same_composed(id, fragment)) {
        Some(id) => error.help(copy_composed(id)),
        None => suggest_destination(error.help(help), meant, "#"),
    }
}

/// Reports a link whose text asks for the title of another page than it leads to.
pub(super) fn wrong_title(
    links: &Links<'_>,
    text: &Text,
    link: &Located<String>,
    page: PageRef,
) -> Option<Diagnostic> {
    let id = links.id_of(page)?;
    let written = text.body.words_with_at(link)?;
    if written[1..] == *id {
        return None;
    }
    let message = if is_title_mark(written) {
        message!(
            "`{written}` asks for the title of another page than the link leads to",
            "`{written}` 要显示的标题，不是链接所指页面的标题"
        )
    } else {
        message!(
            "`{written}` is the name of no file, so that it is shown as it is written",
            "`{written}` 不是文件名，会原样显示"
        )
    };
    let help = message!(
        "write `@{id}` for the title of that page, or words without `@`",
        "要显示该页面的标题，请写 `@{id}`；否则请写不带 `@` 的文字"
    );
    let span = link.span.clone();
    Some(Diagnostic::warning(Code::BrokenLink, &text.path, span, message).help(help))
}

fn problem_code(problem: &LinkProblem) -> Code {
    match problem {
        LinkProblem::NoFragment { .. } | LinkProblem::NoParagraph { .. } => Code::BrokenFragment,
        LinkProblem::BadScheme(_) => Code::BadScheme,
        LinkProblem::NoFile { .. }
        | LinkProblem::NoPage { .. }
        | LinkProblem::Nothing
        | LinkProblem::NoAddress(_)
        | LinkProblem::OwnComputer(_) => Code::BrokenLink,
    }
}

fn problem_message(problem: &LinkProblem, written: &str) -> Message {
    match problem {
        LinkProblem::NoFile { path, .. } => message!(
            "this link leads to `{path}`, which does not exist",
            "这个链接指向 `{path}`，而它并不存在"
        ),
        LinkProblem::NoPage { path, .. } => {
            message!("there is no page at `{path}` on this site", "本站没有地址为 `{path}` 的网页")
        }
        LinkProblem::Nothing => message!("this link has no address", "这个链接没有网址"),
        LinkProblem::NoAddress(_) => message!(
            "`{written}` is no address that can be opened",
            "`{written}` 不是可以打开的地址"
        ),
        LinkProblem::OwnComputer(_) => message!(
            "`{written}` is a file on one computer, which readers cannot open",
            "`{written}` 是某台电脑上的文件，读者无法打开"
        ),
        LinkProblem::NoFragment { fragment, .. } => message!(
            "no heading there has the id `{fragment}`",
            "链接所指的页面没有标识为 `{fragment}` 的小标题"
        ),
        LinkProblem::NoParagraph { number, .. } => {
            message!("the text there has no paragraph {number}", "链接所指的正文没有第 {number} 段")
        }
        LinkProblem::BadScheme(scheme) => message!(
            "`{scheme}` is not a kind of address that a public page links to",
            "公开页面不能链接到 `{scheme}` 这类地址"
        ),
    }
}

/// Whether a fragment is one that Word or a converter gives to a footnote or its mark.
fn is_footnote(fragment: &str) -> bool {
    ["footnote", "sdfootnote", "endnote", "fn", "_ftn", "_edn"].iter().any(|start| {
        let rest = fragment.strip_prefix(start).unwrap_or_default();
        let rest = rest.strip_prefix("ref").or_else(|| rest.strip_prefix("-ref")).unwrap_or(rest);
        let number = rest.trim_start_matches(['-', ':', '_']).trim_end_matches(char::is_alphabetic);
        !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit())
    })
}

/// The largest number of headings that a help lists.
const MAX_NAMED: usize = 8;

/// Suggests the destination that was probably meant, as the help.
pub(super) fn suggest_destination(
    wrong: Diagnostic,
    meant: Option<&String>,
    mark: &str,
) -> Diagnostic {
    match meant {
        Some(meant) => {
            wrong.help(message!("did you mean `{mark}{meant}`?", "您是否想写 `{mark}{meant}`？"))
        }
        None => wrong,
    }
}

fn copy_composed(id: &str) -> Message {
    message!(
        "accents are characters of their own in one of the two, as macOS writes them: copy `#{id}` \
         from here",
        "两处的重音符号编码不同（macOS 会把它们拆开）：请从这里复制 `#{id}`"
    )
}

/// The help for a file whose name has the accents of a path as characters of their own.
pub(super) fn rename_composed<'n>(
    path: &str,
    mut names: impl Iterator<Item = &'n str>,
) -> Option<Message> {
    names.any(|name| is_same_composed(name, path)).then(|| {
        message!(
            "the file is there, but its name has the accents as characters of their own, as macOS \
             writes them: rename it to `{path}`, copied from here",
            "文件就在那里，但文件名中的重音符号是分开的字符（macOS 的写法）：请从这里复制 `{path}` 给它改名"
        )
    })
}
