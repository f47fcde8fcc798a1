//! Checks the files that a text shows or links to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use rayon::prelude::*;

use super::links::{broken_link, rename_composed, suggest_destination};
use crate::content::image::{Image, ImageKind, ImageProblem, MAX_PIXELS};
use crate::content::{Content, Located, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Severity, message};
use crate::record::{LinkProblem, Links, Target};

/// Checks an image that a text shows.
pub(super) fn check_image(
    content: &Content,
    links: &Links<'_>,
    text: &Text,
    image: &Located<String>,
) -> Option<Diagnostic> {
    let error =
        |code, message: Message| Diagnostic::error(code, &text.path, image.span.clone(), message);
    match links.resolve(text, &image.value) {
        Ok(Target::File(file)) if is_svg(&file) => None,
        Ok(Target::File(file)) => match Image::read(content.files.get(&file)?) {
            Ok(shown) if shown.has_ignored_orientation => {
                Some(report_ignored_orientation(text, image, &file))
            }
            Ok(_) => report_damage(content, text, image, &file),
            Err(problem) => Some(report_unpublishable(&text.path, image, &file, problem)),
        },
        Ok(_) => {
            let written = &image.value;
            let message = message!(
                "`{written}` is not a file of this site; a page asks no other host for anything",
                "`{written}` 不是本站的文件；本站页面不从其他网站加载内容"
            );
            let help = message!(
                "put the image beside this file, and name it here",
                "请把图片放在本文件旁边，并在这里写它的文件名"
            );
            Some(error(Code::BadImage, message).help(help))
        }
        Err(LinkProblem::BadScheme(scheme)) if scheme.eq_ignore_ascii_case("data") => {
            let message = message!(
                "the picture is written into the text itself, where no page shows it",
                "这张图片直接写在文字里，页面不会显示"
            );
            let help = message!(
                "save the picture as a file beside this one, and write the file's name here",
                "请把图片另存为文件，放在本文件旁边，并在这里写它的文件名"
            );
            Some(error(Code::BadImage, message).help(help))
        }
        Err(LinkProblem::NoFile { path, meant }) => {
            let missing = error(
                Code::MissingImage,
                message!("there is no image `{path}`", "图片 `{path}` 不存在"),
            );
            let put = message!(
                "put the image there, or write the name of one that is there",
                "请把图片放到该处，或写上已有图片的文件名"
            );
            Some(suggest_destination(missing.help(put), meant.as_ref(), ""))
        }
        Err(problem) => Some(broken_link(text, image, &problem)),
    }
}

/// Checks a file that a text links to: an image is published without its metadata or not at all.
pub(super) fn check_linked(
    content: &Content,
    text: &Text,
    link: &Located<String>,
    file: &Arc<str>,
) -> Option<Diagnostic> {
    match find_unpublishable(content.files.get(file)?) {
        Some(problem) => Some(report_unpublishable(&text.path, link, file, problem)),
        None => report_damage(content, text, link, file),
    }
}

/// Why the bytes of a file cannot be published, if they are an image with metadata that stays.
fn find_unpublishable(bytes: &Bytes) -> Option<ImageProblem> {
    match ImageKind::detect(bytes) {
        Ok(_) => Image::read(bytes).err(),
        Err(problem @ ImageProblem::Unsupported("HEIC" | "TIFF")) => Some(problem),
        Err(_) => None,
    }
}

/// Paths below which Gazette writes its own files.
const RESERVED: [&str; 12] = [
    ".well-known/security.txt",
    "calendar.ics",
    "data/",
    "feed.json",
    "feed.xml",
    "healthz",
    "opensearch.xml",
    "readyz",
    "robots.txt",
    "search/",
    "sitemap.xml",
    "static/",
];

/// Whether a path is one of Gazette's own files.
pub(super) fn is_reserved(path: &str) -> bool {
    let path = path.trim_start_matches('/');
    RESERVED.iter().any(|reserved| path.starts_with(reserved))
}

/// Checks the files that `site.toml` lists, and reports files that no page links to.
pub(super) fn check_published(content: &Content, links: &Links<'_>) -> Vec<Diagnostic> {
    let site = &content.site;
    let listed = site.files.iter().filter_map(|file| {
        let path = file.value.trim_start_matches('/');
        let (message, help) = if !content.files.contains_key(path) {
            (
                message!("there is no file `{path}`", "文件 `{path}` 不存在"),
                rename_composed(path, content.files.keys().map(AsRef::as_ref)).unwrap_or_else(
                    || {
                        message!(
                            "put it into the content folder, or remove it from this list",
                            "请把它放进内容文件夹，或从这个列表中删去"
                        )
                    },
                ),
            )
        } else if is_reserved(path) || links.has_address(&format!("/{path}")) {
            (
                message!(
                    "the site has a page or file of its own at `/{path}`",
                    "`/{path}` 已有本站自己的页面或文件"
                ),
                message!("rename the file", "请给文件改名"),
            )
        } else {
            let problem = find_unpublishable(content.files.get(path)?)?;
            return Some(report_unpublishable(&site.path, file, path, problem));
        };
        let wrong = Diagnostic::error(Code::BrokenLink, &site.path, file.span.clone(), message);
        Some(wrong.help(help))
    });
    listed.collect()
}

/// Reports files whose names differ only in the case of letters: Windows, macOS and some hosts keep
/// one of them.
pub(super) fn find_case_twins(content: &Content) -> Diagnostics {
    let mut names: BTreeMap<String, &Arc<str>> = BTreeMap::new();
    let mut found = Diagnostics::default();
    for path in content.files.keys() {
        let Some(first) = names.insert(path.to_lowercase(), path) else { continue };
        let message = message!(
            "the name of this file differs from `{first}` only in upper and lower case, and some \
             computers and hosts keep one of the two",
            "本文件与 `{first}` 的名称只有字母大小写不同，有些电脑和主机只会保留其中一个"
        );
        let help = message!(
            "rename one of them, also where it is linked; remove it if both are the same",
            "请给其中一个改名，并修改指向它的链接；如果两个文件相同，请删去一个"
        );
        found.push(Diagnostic::warning(Code::DuplicateSlug, path, 0..0, message).help(help));
    }
    found
}

/// Reports files that no page links to, because they are not published.
pub(super) fn find_unused(content: &Content, links: &Links<'_>) -> Vec<Diagnostic> {
    if content.files.is_empty() {
        return Vec::new();
    }
    let listed = content.site.files.iter().map(|file| file.value.trim_start_matches('/'));
    let look = content.site.look_files().map(|file| file.value.as_str());
    let mut used: BTreeSet<Arc<str>> = listed.chain(look).map(Arc::from).collect();
    let texts: Vec<&Text> = content.texts().chain(content.version_texts()).collect();
    let linked = texts.par_iter().flat_map_iter(|text| -> Vec<Arc<str>> {
        let destinations = text.body.links.iter().chain(&text.body.images);
        let files = destinations.filter_map(|link| match links.resolve(text, &link.value) {
            Ok(Target::File(file)) => Some(file),
            _ => None,
        });
        files.collect()
    });
    used.extend(linked.collect::<Vec<_>>());
    let unused = content.files.keys().filter(|path| !used.contains(*path));
    unused
        .map(|path| {
            let message = message!(
                "no page links to this file, so it is not published",
                "没有页面链接到这个文件，因此不会发布"
            );
            let help = message!(
                "link to it, list it under `files` in `site.toml` to publish it as it is, or \
                 remove it",
                "请在页面中链接它；要原样发布，请列在 `site.toml` 的 `files` 中；不需要就删去"
            );
            Diagnostic::warning(Code::UnusedFile, path, 0..0, message).help(help)
        })
        .collect()
}

/// Warns of an image that programs for photos show upright, and browsers do not.
fn report_ignored_orientation(text: &Text, written: &Located<String>, file: &str) -> Diagnostic {
    let message = message!(
        "readers see `{file}` turned or mirrored: which side is up is only in its Exif data, and \
         browsers do not read that in WebP",
        "读者看到的 `{file}` 方向不对：它的方向只写在 Exif 信息里，而浏览器不读取 WebP 的这项信息"
    );
    let help = message!(
        "open it in a program for pictures, turn it there and save it, or save it as JPEG",
        "请用图片软件打开，旋转后保存；或另存为 JPEG"
    );
    Diagnostic::warning(Code::BadImage, &text.path, written.span.clone(), message).help(help)
}

/// Warns of an image whose pixels cannot be read. It is published: a browser may show a part of it,
/// or all.
fn report_damage(
    content: &Content,
    text: &Text,
    written: &Located<String>,
    file: &str,
) -> Option<Diagnostic> {
    let problem = content.pictures.problem(file)?;
    let found = report_unpublishable(&text.path, written, file, problem);
    Some(Diagnostic { severity: Severity::Warning, ..found })
}

pub(super) fn report_unpublishable(
    path: &Arc<str>,
    written: &Located<String>,
    file: &str,
    problem: ImageProblem,
) -> Diagnostic {
    let (message, help) = match problem {
        ImageProblem::Unknown => (
            message!(
                "`{file}` is not an image that browsers show",
                "`{file}` 不是浏览器能显示的图片"
            ),
            message!(
                "use PNG, JPEG, WebP, AVIF, GIF or SVG",
                "请使用 PNG、JPEG、WebP、AVIF、GIF 或 SVG 格式"
            ),
        ),
        ImageProblem::Unsupported(kind) => (
            message!(
                "`{file}` is an image of the kind {kind}, which browsers do not show",
                "`{file}` 是 {kind} 图片，浏览器不能显示"
            ),
            message!(
                "open it, save it as JPEG, and name the new file here",
                "请打开图片，另存为 JPEG，并在这里写新文件的名字"
            ),
        ),
        ImageProblem::Damaged => (
            message!("`{file}` is damaged or cut off", "`{file}` 已损坏或不完整"),
            message!("copy it from its source again", "请从原处重新复制这个文件"),
        ),
        ImageProblem::TooManyPixels(pixels) => {
            let (found, limit) = (pixels / 1_000_000, MAX_PIXELS / 1_000_000);
            (
                message!(
                    "`{file}` has {found} million pixels; the limit is {limit} million",
                    "`{file}` 有 {found}00 万像素，上限为 {limit}00 万"
                ),
                message!(
                    "make it smaller: 2,000 pixels on the longer side are enough for a page",
                    "请缩小图片：网页上长边 2000 像素已足够"
                ),
            )
        }
        ImageProblem::PrintColours => print_colours(file),
        ImageProblem::Metadata => (
            message!(
                "`{file}` has metadata, such as the place of the photo, that cannot be removed",
                "`{file}` 带有拍摄地点等信息，程序无法去除"
            ),
            message!(
                "save it as JPEG or PNG, from which metadata is removed",
                "请另存为 JPEG 或 PNG，程序会自动去除这些信息"
            ),
        ),
    };
    Diagnostic::error(Code::BadImage, path, written.span.clone(), message).help(help)
}

/// The message and the help for a picture in the colours of printing.
fn print_colours(file: &str) -> (Message, Message) {
    let message = message!(
        "`{file}` has the colours of printing (CMYK), which browsers show wrongly",
        "`{file}` 使用印刷色（CMYK），浏览器显示的颜色不对"
    );
    let help = message!(
        "convert it to RGB, as with `magick {file} -colorspace sRGB new.jpg`, \
         and name the new file here",
        "请转换为 RGB，例如用 `magick {file} -colorspace sRGB new.jpg`，\
         并在这里写新文件的名字"
    );
    (message, help)
}

pub(super) fn is_svg(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("svg"))
}
