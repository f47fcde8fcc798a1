//! Web addresses and contact URLs.

use super::tree::Located;
use super::value_reader::{Field, ValueReader, strip_curly_quotes};
use crate::diagnostic::{Code, Diagnostic, Message, Span, message};

/// The schemes of contact URLs (RFC 9116 §2.5.3).
const CONTACT_SCHEMES: &[&str] = &["https://", "mailto:", "tel:"];

/// Reads an absolute `http` or `https` URL.
pub(crate) fn read_url(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Located<String>> {
    let text = reader.text(field)?;
    if is_web_address(&text.value) {
        reader.addresses.push(text.clone());
        return Some(text);
    }
    let (name, written) = (field.name, &text.value);
    let message = message!(
        "`{name}` must be a web address that starts with `https://` or `http://`; \
         found `{written}`",
        "`{name}` 应为以 `https://` 或 `http://` 开头的网址，这里却是 `{written}`"
    );
    reader.push(bad_url(reader, text.span, message, web_address_meant(written)));
    None
}

/// Reads a contact URL (RFC 9116 §2.5.3).
pub(crate) fn read_contact(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<String> {
    let text = reader.text(field)?;
    let has_scheme = CONTACT_SCHEMES
        .iter()
        .any(|scheme| text.value.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if has_scheme && !text.value.contains(char::is_whitespace) {
        if text.value.starts_with("https://") {
            reader.addresses.push(text.clone());
        }
        return Some(text.value);
    }
    let name = field.name;
    let message = message!(
        "`{name}` must start with `https://`, `mailto:` or `tel:`",
        "`{name}` 应以 `https://`、`mailto:` 或 `tel:` 开头"
    );
    reader.push(bad_url(reader, text.span, message, contact_meant(&text.value)));
    None
}

/// Reads an e-mail address.
pub(crate) fn read_email(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<String> {
    let text = reader.line(field)?;
    let is_mailbox = text
        .value
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    if is_mailbox && !text.value.contains(char::is_whitespace) {
        return Some(text.value);
    }
    let written = &text.value;
    let message = message!(
        "`{written}` is not an e-mail address, such as `office@city.example`",
        "`{written}` 不是电子邮箱地址；邮箱地址例如 `office@city.example`"
    );
    let help = message!(
        "write the whole address, or remove `email`",
        "请写完整的邮箱地址，或删去 `email`"
    );
    reader.push(reader.error(Code::BadValue, text.span, message).help(help));
    None
}

fn bad_url(
    reader: &ValueReader<'_>,
    span: Span,
    message: Message,
    meant: Option<String>,
) -> Diagnostic {
    let help = match meant {
        Some(meant) => message!("write `{meant}`", "请写成 `{meant}`"),
        None => message!(
            "copy the whole address from the browser, or remove this key",
            "请从浏览器中复制完整的网址，或删去这个键"
        ),
    };
    reader.error(Code::BadUrl, span, message).help(help)
}

/// Whether a text is an absolute `http` or `https` URL with a host that has no punctuation of a
/// sentence in it.
pub(crate) fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme));
    scheme.is_some_and(|scheme| {
        let host = text[scheme.len()..].split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit('@').next().unwrap_or_default();
        !host.is_empty()
            && !host.contains(|c: char| "…，。、；：！？（）《》“”".contains(c))
            && !text.contains(|c: char| {
                c.is_whitespace() || c.is_control() || "<>\"`{}|\\^".contains(c)
            })
    })
}

/// Corrects a URL without its scheme, with full-width characters, or in brackets.
pub(crate) fn web_address_meant(text: &str) -> Option<String> {
    let bare = text.split(['，', '；', '、', '！']).next().unwrap_or_default();
    let bare = strip_curly_quotes(bare).unwrap_or(bare).trim_matches(['<', '>', '《', '》']);
    let bare = bare.replace('：', ":").replace('／', "/").replace('。', ".");
    let lower = bare.to_ascii_lowercase();
    let (scheme, rest) = if let Some(rest) = lower.strip_prefix("http:") {
        ("http", rest.len())
    } else if let Some(rest) = lower.strip_prefix("https:") {
        ("https", rest.len())
    } else {
        ("https", bare.len())
    };
    let rest = bare[bare.len() - rest..].trim_start_matches('/');
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_host = host.split('.').count() > 1
        && host.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    let address = format!("{scheme}://{rest}");
    (is_host && is_web_address(&address)).then_some(address)
}

/// Completes a mail address, a telephone number or a web address to a contact URL.
fn contact_meant(text: &str) -> Option<String> {
    let bare = strip_curly_quotes(text).unwrap_or(text);
    let is_mailbox =
        bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            && !bare.contains(|c: char| c.is_whitespace() || c == ':' || c == '/');
    let digits: String = bare.chars().filter(|c| !" -().".contains(*c)).collect();
    let is_number = digits.len() >= 5
        && digits.trim_start_matches('+').bytes().all(|byte| byte.is_ascii_digit());
    if is_mailbox {
        Some(format!("mailto:{bare}"))
    } else if is_number {
        Some(format!("tel:{digits}"))
    } else {
        web_address_meant(bare).map(|address| address.replacen("http://", "https://", 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incomplete_address_is_completed() {
        for (written, meant) in [
            ("www.example.org/x", Some("https://www.example.org/x")),
            ("example.org", Some("https://example.org")),
            ("//example.org/a?b#c", Some("https://example.org/a?b#c")),
            ("http:/example.org", Some("http://example.org")),
            ("https：//example.org/", Some("https://example.org/")),
            ("<https://example.org/>", Some("https://example.org/")),
            ("“HTTPS://example.org/”", Some("https://example.org/")),
            ("example.org:8080/a", Some("https://example.org:8080/a")),
            ("哈尔滨.中国", Some("https://哈尔滨.中国")),
            ("the office", None),
            ("office@example.org", None),
            ("javascript:alert(1)", None),
            ("/old/path.html", None),
        ] {
            assert_eq!(web_address_meant(written).as_deref(), meant, "{written}");
        }
        assert_eq!(
            contact_meant("office@example.org").as_deref(),
            Some("mailto:office@example.org")
        );
        assert_eq!(contact_meant("+86 451 1234 5678").as_deref(), Some("tel:+8645112345678"));
        assert_eq!(contact_meant("http://example.org/").as_deref(), Some("https://example.org/"));
        assert_eq!(contact_meant("us"), None);
    }
}
