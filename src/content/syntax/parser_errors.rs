//! Turns a parser's error into a diagnostic with the mistake that is likeliest behind it, in plain
//! words.

use std::sync::Arc;

use super::document_number;
use super::hints::{self, SyntaxHint};
use crate::content::front_matter::tree::SyntaxError;
use crate::diagnostic::{Code, Diagnostic, Message, Phrase, message};

/// A parser's error in plain words.
struct ParserError {
    /// Parts of the messages of the parsers of YAML and TOML; one of them is enough.
    matches: &'static [&'static str],
    reason: Phrase,
    help: Phrase,
}

/// The errors that have plain words, a special one before a general one.
const PARSER_ERRORS: &[ParserError] = &[
    ParserError {
        matches: &["mapping values are not allowed"],
        reason: Phrase::new("there is a `: ` where none is expected", "此处不应出现 `: `"),
        help: Phrase::new(
            "put a value that holds `: ` between quotes, \
             and let keys of one group begin at the same column",
            "请给含有 `: ` 的值加英文引号，并让同一组的键左对齐",
        ),
    },
    ParserError {
        matches: &[
            "unclosed bracket",
            "unclosed array",
            "unclosed inline table",
            "unclosed table",
            "starting with \"}\"",
            "illegal placement of ':'",
        ],
        reason: Phrase::new("a bracket is not closed", "括号没有成对"),
        help: Phrase::new("close the bracket", "请补上右括号"),
    },
    ParserError {
        matches: &["misplaced bracket", "Unbalanced closing brace"],
        reason: Phrase::new("a bracket is closed that is not open", "多了一个右括号"),
        help: Phrase::new(
            "remove the bracket, or open it before",
            "请删去这个右括号，或在前面补上左括号",
        ),
    },
    ParserError {
        matches: &[
            "unclosed quote",
            "invalid basic string, expected `\"`",
            "invalid literal string",
            "Unterminated string",
        ],
        reason: Phrase::new("a quote is not closed", "引号没有成对"),
        help: Phrase::new("close it with the same quote", "请补上另一半引号"),
    },
    ParserError {
        matches: &["invalid trailing content after"],
        reason: Phrase::new("something follows the closing quote", "右引号后面还有内容"),
        help: Phrase::new(
            "put the whole value between quotes, of the kind that is not inside it",
            "请给整个值加引号；值里已有双引号时，外面用单引号，反之亦然",
        ),
    },
    ParserError {
        matches: &["budget breached", "recursion limit"],
        reason: Phrase::new("it is too long, or nested too deeply", "内容过长或层次过深"),
        help: Phrase::new("make it shorter", "请缩短文件头信息"),
    },
    ParserError {
        matches: &["unexpected character: `\\u{"],
        reason: Phrase::new("there is a character that cannot be seen", "此处有看不见的控制字符"),
        help: Phrase::new("write the line again", "请重新输入这一行"),
    },
    ParserError {
        matches: &[
            "unexpected character",
            "unknown anchor",
            "mapping keys are not allowed",
            "did not find expected comment or line break",
            "did not find expected alphabetic",
            "unexpected EOF while parsing",
        ],
        reason: Phrase::new("a value cannot begin with this sign", "值不能以这个符号开头"),
        help: Phrase::new("put the value between quotes", "请给值加英文引号"),
    },
    ParserError {
        matches: &["block sequence entries are not allowed"],
        reason: Phrase::new("a list begins on the line of its key", "列表与键写在了同一行"),
        help: Phrase::new(
            "write each `- …` on a line of its own, or the list as `[…, …]`",
            "请让每个 `- …` 各占一行，或写成 `[…, …]`",
        ),
    },
    ParserError {
        matches: &["unknown escape character", "missing escaped value"],
        reason: Phrase::new(
            "a `\\` between double quotes means nothing here",
            "双引号中的 `\\` 在这里没有意义",
        ),
        help: Phrase::new("use single quotes, or write `\\\\`", "请改用单引号，或写成 `\\\\`"),
    },
    ParserError {
        matches: &["expected ',' or", "missing comma"],
        reason: Phrase::new("a comma is missing between two values", "两个值之间缺少英文逗号"),
        help: Phrase::new(
            "separate them with `,`, not with the full-width `，`",
            "请用英文半角 `,` 分隔，不要用全角 `，`",
        ),
    },
    ParserError {
        matches: &[
            "simple key expected",
            "did not find expected key",
            "did not find expected '-' indicator",
        ],
        reason: Phrase::new(
            "this line does not fit those above it",
            "这一行与上面各行的写法不一致",
        ),
        help: Phrase::new(
            "write it as `key: value`, and let keys of one group begin at the same column",
            "请写成 `键: 值`，并让同一组的键左对齐",
        ),
    },
    ParserError {
        matches: &["string values must be quoted"],
        reason: Phrase::new("a text needs straight quotes", "文字须加英文直引号"),
        help: Phrase::new("write `\"…\"`", "请写成 `\"…\"`"),
    },
    ParserError {
        matches: &["key with no value", "starting with \"=\"", "missing assignment"],
        reason: Phrase::new("a name is not followed by `=`", "名称后面没有 `=`"),
        help: Phrase::new("write `… = …`", "请写成 `… = …`"),
    },
    ParserError {
        matches: &["invalid fraction", "expected digits", "invalid datetime"],
        reason: Phrase::new("a number cannot be read", "数字无法识别"),
        help: Phrase::new(
            "write a number in digits, such as `14`, and put a text between quotes",
            "数字请只用阿拉伯数字书写，例如 `14`；文字请加英文引号",
        ),
    },
    ParserError {
        matches: &["duplicate key"],
        reason: Phrase::new("a key is written twice", "同一个键出现了两次"),
        help: Phrase::new("keep one of the two", "请只保留其中一个"),
    },
    ParserError {
        matches: &["unexpected key or value"],
        reason: Phrase::new("something follows the value", "值后面还有内容"),
        help: Phrase::new(
            "put a text between quotes, and write a number without separators",
            "文字请加英文引号，数字请不要写分隔符",
        ),
    },
    ParserError {
        matches: &["invalid unquoted key"],
        reason: Phrase::new(
            "a name has other characters than letters and digits",
            "名称中有英文字母和数字以外的字符",
        ),
        help: Phrase::new("write it in letters a to z", "请用英文字母书写名称"),
    },
];

/// The help for all other errors in YAML.
const GENERAL_HELP: Phrase = Phrase::new(
    "put a value that holds `: ` or starts with a sign between quotes, \
     close every quote and bracket, and indent with spaces",
    "含有 `: ` 或以符号开头的值请加英文引号；引号和括号请成对；缩进请用空格",
);

/// The diagnostic for YAML that begins `offset` bytes into its file.
pub(crate) fn front_matter(
    path: &Arc<str>,
    yaml: &str,
    offset: usize,
    error: SyntaxError,
) -> Diagnostic {
    let hint = document_number::find_in_yaml(yaml).or_else(|| hints::find_in_yaml(yaml));
    let (span, reason, help) = match hint {
        Some(SyntaxHint { span, reason, help }) => {
            (span.start + offset..span.end + offset, reason, help)
        }
        None => {
            let (reason, help) = explain(&error.message);
            (error.span, reason, help.unwrap_or(GENERAL_HELP.into()))
        }
    };
    let message = message!(
        "the front matter cannot be read: {reason}",
        "文件头信息无法读取：{reason}"; reason
    );
    Diagnostic::error(Code::Syntax, path, span, message).help(help)
}

/// The diagnostic for a `site.toml`.
pub(crate) fn site(path: &Arc<str>, toml: &str, error: SyntaxError) -> Diagnostic {
    let (span, reason, help) = match hints::find_in_toml(toml) {
        Some(SyntaxHint { span, reason, help }) => (span, reason, Some(help)),
        None => {
            let (reason, help) = explain(&error.message);
            (error.span, reason, help)
        }
    };
    let message =
        message!("`site.toml` cannot be read: {reason}", "`site.toml` 无法读取：{reason}"; reason);
    Diagnostic { help, ..Diagnostic::error(Code::Syntax, path, span, message) }
}

/// The diagnostic for `numbers.toml`. A number that is written twice is the work of two editors.
pub(crate) fn ledger(path: &Arc<str>, error: SyntaxError) -> Diagnostic {
    if error.message.contains("duplicate key") {
        let message = message!("a number is used twice", "同一个编号使用了两次");
        let help = message!(
            "keep the line that was published first, remove the other, and run `gazette number`",
            "请保留先公布的一行，删去另一行，再运行 `gazette number`"
        );
        return Diagnostic::error(Code::RepeatedNumber, path, error.span, message).help(help);
    }
    let (reason, help) = explain(&error.message);
    let message = message!(
        "`numbers.toml` cannot be read: {reason}",
        "`numbers.toml` 无法读取：{reason}"; reason
    );
    Diagnostic { help, ..Diagnostic::error(Code::Syntax, path, error.span, message) }
}

/// The reason and the help for a parser's message; the message itself if it has no plain words.
fn explain(parser: &str) -> (Message, Option<Message>) {
    let known =
        PARSER_ERRORS.iter().find(|error| error.matches.iter().any(|part| parser.contains(part)));
    match known {
        Some(error) => (error.reason.into(), Some(error.help.into())),
        None => (Message::new(parser, "格式有误"), None),
    }
}
