//! Checks of the kinds of files: a kind that contradicts the extension, a pointer in place of a
//! file.

use std::sync::Arc;

use super::super::context::LintContext;
use super::{authors, comments, media, places};
use crate::diagnostic::{Code, Diagnostic, Phrase, message};

/// The kinds of files that are recognised by their first bytes: name, bytes, and the extensions
/// that such files may have.
const KINDS: &[(Phrase, &[u8], &[&str])] = &[
    (Phrase::typed("PDF"), b"%PDF-", &["pdf", "ai"]),
    (
        Phrase::new("a workbook, document or archive (ZIP)", "工作簿、文档或压缩包（ZIP）"),
        b"PK\x03\x04",
        &[
            "zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "odg", "ofd", "epub", "wps", "et",
            "dps", "docm", "xlsm", "pptm", "dotx", "xltx", "jar", "apk", "kmz", "3mf", "vsdx",
        ],
    ),
    (
        Phrase::new("an old Office file", "旧版 Office 文件"),
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        &["doc", "xls", "ppt", "wps", "et", "dps", "msg", "msi", "vsd", "dot", "xlt", "pot"],
    ),
];

/// The starts of web pages, in lower case.
const PAGE_STARTS: &[&str] =
    &["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<script"];

/// The first line of the pointers that Git LFS leaves where a file was not fetched.
const LFS_START: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Checks the kinds of all files.
pub(in crate::editor::lint) fn check_file_kinds(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (path, bytes) in context.files() {
        let extension =
            path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        if matches!(extension.as_str(), "md" | "toml" | "ftl") {
            continue;
        }
        found.extend(check_kind(path, &extension, bytes));
        found.extend(authors::check(path, bytes));
        found.extend(media::check(path, &extension, bytes));
        found.extend(places::check(path, bytes));
        found.extend(comments::check(path, bytes));
    }
    found
}

fn check_kind(path: &Arc<str>, extension: &str, bytes: &[u8]) -> Option<Diagnostic> {
    if bytes.starts_with(LFS_START) {
        let message = message!(
            "this is the pointer of Git LFS, not the file itself",
            "这只是 Git LFS 的指针，不是文件本身"
        );
        let help = message!(
            "run `git lfs pull` in the repository, then check again",
            "请在仓库中运行 `git lfs pull`，然后重新检查"
        );
        return Some(Diagnostic::warning(Code::WrongKind, path, 0..0, message).help(help));
    }
    let kind = kind_of(bytes, extension)?;
    let message = message!(
        "this file is {kind}, and its name ends in `.{extension}`",
        "这个文件其实是{kind}，而文件名以 `.{extension}` 结尾"; kind
    );
    let help = message!(
        "open it, save it as a file of the kind `.{extension}`, and put that here; an error page \
         or an empty file must be downloaded or exported again",
        "请打开它，另存为 `.{extension}` 格式后放在这里；如果是出错页面或空文件，请重新下载或导出"
    );
    Some(Diagnostic::warning(Code::WrongKind, path, 0..0, message).help(help))
}

/// The kind of a file, if its extension is of another kind.
fn kind_of(bytes: &[u8], extension: &str) -> Option<Phrase> {
    let known = KINDS.iter().find(|(_, start, _)| bytes.starts_with(start));
    if let Some((name, _, extensions)) = known {
        return (!extensions.contains(&extension)).then_some(*name);
    }
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let start = String::from_utf8_lossy(&start[..start.len().min(20)]).to_ascii_lowercase();
    let is_page = PAGE_STARTS.iter().any(|known| start.starts_with(known));
    let is_text = matches!(extension, "html" | "htm" | "xhtml" | "svg" | "xml" | "txt" | "js");
    if is_page && !is_text {
        return Some(Phrase::new("a web page", "网页"));
    }
    match extension {
        "csv" if start.starts_with("<?xml") => Some(Phrase::new("XML", "XML 文件")),
        "csv" if ["{\"", "[{"].iter().any(|known| start.starts_with(known)) => {
            Some(Phrase::typed("JSON"))
        }
        _ if bytes.is_empty() && is_document(extension) => Some(Phrase::new("empty", "空文件")),
        _ => None,
    }
}

/// Whether a file with this extension is never empty.
fn is_document(extension: &str) -> bool {
    let is_media = ["mp3", "m4a", "mp4"].contains(&extension);
    is_media || KINDS.iter().any(|(_, _, extensions)| extensions.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8], extension: &str) -> Option<&'static str> {
        kind_of(bytes, extension).map(Phrase::en)
    }

    #[test]
    fn file_of_another_kind_is_found() {
        assert_eq!(kind(b"\xEF\xBB\xBF<!DOCTYPE html>", "csv"), Some("a web page"));
        assert_eq!(kind(b"<table>\n<tr>", "csv"), Some("a web page"));
        assert_eq!(kind(b"<html>404", "pdf"), Some("a web page"));
        assert_eq!(kind(b"<html><table>", "xls"), Some("a web page"));
        assert_eq!(kind(b"<?xml version=\"1.0\"?>", "csv"), Some("XML"));
        assert_eq!(kind(b"%PDF-1.7", "docx"), Some("PDF"));
        assert_eq!(kind(b"[{\"area\": 1}]", "csv"), Some("JSON"));
        assert_eq!(kind(b"", "pdf"), Some("empty"));
        assert!(kind(b"PK\x03\x04", "csv").is_some());
        assert!(kind(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "docx").is_some());
        for (bytes, extension) in [
            (&b"%PDF-1.7"[..], "pdf"),
            (b"PK\x03\x04", "xlsx"),
            (b"PK\x03\x04", "ofd"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "wps"),
            (b"a,b\n", "csv"),
            (b"<html>", "html"),
            (b"", "txt"),
            (b"[area],{unit}", "csv"),
        ] {
            assert_eq!(kind(bytes, extension), None, "{extension}");
        }
    }
}
