//! Keys of other programs (Jekyll, Hugo, Hexo, `WordPress` exports) and in Chinese, with their
//! equivalents in Gazette.

use super::keys::KeyGroup;
use crate::diagnostic::{Message, message};

/// Names of keys in other programs with the keys that mean the same, of which a group's first one
/// counts.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("date", &["published", "on", "as_of", "due"]),
    ("datepublished", &["published"]),
    ("pubdate", &["published"]),
    ("publishdate", &["published"]),
    ("publisheddate", &["published"]),
    ("publishedat", &["published"]),
    ("created", &["published"]),
    ("createdat", &["published"]),
    ("日期", &["published", "on", "as_of"]),
    ("发布日期", &["published"]),
    ("发布时间", &["published"]),
    ("headline", &["title"]),
    ("name", &["title"]),
    ("标题", &["title"]),
    ("名称", &["title", "name"]),
    ("linktitle", &["short_title"]),
    ("shorttitle", &["short_title"]),
    ("navtitle", &["short_title"]),
    ("menutitle", &["short_title"]),
    ("description", &["summary"]),
    ("abstract", &["summary"]),
    ("excerpt", &["summary"]),
    ("subtitle", &["summary"]),
    ("lead", &["summary"]),
    ("摘要", &["summary"]),
    ("简介", &["summary"]),
    ("描述", &["summary"]),
    ("author", &["byline"]),
    ("authors", &["byline"]),
    ("creator", &["byline"]),
    ("作者", &["byline"]),
    ("来源", &["source"]),
    ("发布机构", &["issuer"]),
    ("发文机关", &["issuer"]),
    ("主题", &["topics"]),
    ("主题分类", &["topics"]),
    ("publisher", &["source"]),
    ("category", &["categories"]),
    ("分类", &["categories"]),
    ("类别", &["categories"]),
    ("type", &["kind"]),
    ("类型", &["kind"]),
    ("weight", &["order"]),
    ("navorder", &["order"]),
    ("排序", &["order"]),
    ("expirydate", &["expires"]),
    ("expiry", &["expires"]),
    ("失效日期", &["expires"]),
    ("草稿", &["draft"]),
    ("redirectfrom", &["aliases"]),
    ("redirects", &["aliases"]),
    ("redirect", &["aliases"]),
    ("oldurls", &["aliases"]),
    ("start", &["from"]),
    ("begin", &["from"]),
    ("end", &["to"]),
    ("until", &["to"]),
    ("deadline", &["due"]),
    ("baseurl", &["base_url"]),
    ("timezone", &["time_zone"]),
    ("language", &["languages"]),
    ("lang", &["languages"]),
    ("languagecode", &["languages"]),
    ("defaultcontentlanguage", &["languages"]),
    ("menu", &["navigation"]),
    ("nav", &["navigation"]),
];

/// The place in Gazette for the value of a foreign key that has no equivalent key.
#[derive(Debug, Clone, Copy)]
enum Replacement {
    Text,
    FileName,
    LanguageInFileName,
    Folder,
    Picture,
    Changes,
    Draft,
    /// The key `document`.
    Document,
    Nothing,
}

/// Names of keys in other programs that have no equivalent key.
const WITHOUT_EQUIVALENT: &[(&str, Replacement)] = &[
    ("tags", Replacement::Text),
    ("tag", Replacement::Text),
    ("keywords", Replacement::Text),
    ("keyword", Replacement::Text),
    ("标签", Replacement::Text),
    ("关键词", Replacement::Text),
    ("关键字", Replacement::Text),
    ("slug", Replacement::FileName),
    ("permalink", Replacement::FileName),
    ("url", Replacement::FileName),
    ("path", Replacement::FileName),
    ("lang", Replacement::LanguageInFileName),
    ("language", Replacement::LanguageInFileName),
    ("locale", Replacement::LanguageInFileName),
    ("语言", Replacement::LanguageInFileName),
    ("layout", Replacement::Folder),
    ("type", Replacement::Folder),
    ("template", Replacement::Folder),
    ("image", Replacement::Picture),
    ("images", Replacement::Picture),
    ("cover", Replacement::Picture),
    ("thumbnail", Replacement::Picture),
    ("banner", Replacement::Picture),
    ("photo", Replacement::Picture),
    ("featuredimage", Replacement::Picture),
    ("featureimage", Replacement::Picture),
    ("topimg", Replacement::Picture),
    ("图片", Replacement::Picture),
    ("封面", Replacement::Picture),
    ("updated", Replacement::Changes),
    ("updatedat", Replacement::Changes),
    ("modified", Replacement::Changes),
    ("modifieddate", Replacement::Changes),
    ("lastmod", Replacement::Changes),
    ("lastmodified", Replacement::Changes),
    ("lastmodifiedat", Replacement::Changes),
    ("更新日期", Replacement::Changes),
    ("更新时间", Replacement::Changes),
    ("修改日期", Replacement::Changes),
    ("status", Replacement::Draft),
    ("visibility", Replacement::Draft),
    ("hidden", Replacement::Draft),
    ("private", Replacement::Draft),
    ("发文字号", Replacement::Document),
    ("文号", Replacement::Document),
    ("索引号", Replacement::Document),
    ("成文日期", Replacement::Document),
    ("ogimage", Replacement::Picture),
    ("series", Replacement::Text),
    ("taxonomies", Replacement::Text),
    ("top", Replacement::Nothing),
    ("pinned", Replacement::Nothing),
    ("featured", Replacement::Nothing),
    ("置顶", Replacement::Nothing),
    ("archived", Replacement::Nothing),
    ("password", Replacement::Nothing),
    ("canonical", Replacement::Nothing),
    ("canonicalurl", Replacement::Nothing),
    ("extra", Replacement::Nothing),
    ("cascade", Replacement::Nothing),
    ("output", Replacement::Nothing),
    ("outputs", Replacement::Nothing),
    ("format", Replacement::Nothing),
    ("bibliography", Replacement::Nothing),
    ("tocdepth", Replacement::Nothing),
    ("outline", Replacement::Nothing),
    ("sidebar", Replacement::Nothing),
    ("editlink", Replacement::Nothing),
    ("prev", Replacement::Nothing),
    ("next", Replacement::Nothing),
    ("parent", Replacement::Nothing),
    ("head", Replacement::Nothing),
    ("hidetitle", Replacement::Nothing),
    ("license", Replacement::Nothing),
    ("copyright", Replacement::Nothing),
    ("toc", Replacement::Nothing),
    ("comments", Replacement::Nothing),
    ("comment", Replacement::Nothing),
    ("math", Replacement::Nothing),
    ("mathjax", Replacement::Nothing),
    ("sticky", Replacement::Nothing),
    ("pin", Replacement::Nothing),
    ("weight", Replacement::Nothing),
    ("id", Replacement::Nothing),
    ("guid", Replacement::Nothing),
    ("uuid", Replacement::Nothing),
    ("sitemap", Replacement::Nothing),
    ("robots", Replacement::Nothing),
    ("theme", Replacement::Nothing),
    ("cssclass", Replacement::Nothing),
    ("params", Replacement::Nothing),
];

/// The key of a group that another program calls by a name.
pub(super) fn equivalent_key(name: &str, group: &KeyGroup) -> Option<&'static str> {
    let name = normalized(name);
    let (_, keys) = OTHER_NAMES.iter().find(|(other, _)| *other == name)?;
    keys.iter().copied().find(|key| group.get(key).is_some())
}

/// The help for a name that other programs know and that has no equivalent key in a group.
pub(super) fn help(name: &str, group: &KeyGroup) -> Option<Message> {
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(message!(
            "a comma ended the number before it; write the number without commas, and with a point \
             before decimals",
            "前面的数字被逗号截断；请去掉数字中的逗号，小数点用英文句点"
        ));
    }
    let normal = normalized(name);
    let (_, replacement) = WITHOUT_EQUIVALENT.iter().find(|(other, _)| *other == normal)?;
    Some(match replacement {
        Replacement::Text if group.get("mentions").is_some() => message!(
            "remove it; search reads the text itself, and `categories` and `mentions` lead to \
             related pages",
            "请删去它；搜索会读取正文，相关页面用 `categories` 和 `mentions` 关联"
        ),
        Replacement::Text => {
            message!("remove it; search reads the text itself", "请删去它；搜索会读取正文")
        }
        Replacement::FileName => message!(
            "remove it; the address follows from the file's name, and earlier addresses go into \
             `aliases`",
            "请删去它；网址由文件名决定，旧网址写在 `aliases` 中"
        ),
        Replacement::LanguageInFileName => message!(
            "remove it; the language follows from the file's name, such as `wells.zh.md`",
            "请删去它；语言由文件名决定，例如 `wells.en.md`"
        ),
        Replacement::Folder => message!(
            "remove it; the folder of the file says what kind of page it is",
            "请删去它；页面的种类由文件所在的文件夹决定"
        ),
        Replacement::Picture => message!(
            "remove it, and put the picture into the text: `![what it shows](photo.jpg)`",
            "请删去它，并把图片放进正文：`![图片内容](photo.jpg)`"
        ),
        Replacement::Changes if group.get("changes").is_some() => message!(
            "remove it, and list the change: `changes: [{{ on: 2022-05-11, note: … }}]`",
            "请删去它，并写明修改内容：`changes: [{{ on: 2022-05-11, note: … }}]`"
        ),
        Replacement::Draft if group.get("draft").is_some() => message!(
            "remove it if the page is public; `draft: true` keeps it unpublished",
            "页面公开时请删去它；暂不发布请写 `draft: true`"
        ),
        Replacement::Document if group.get("document").is_some() => message!(
            "write it in `document`, as in `document: {{ number: …, index: …, made: 2022-05-05 }}`",
            "请写在 `document` 中，例如 `document: {{ number: …, index: …, made: 2022-05-05 }}`"
        ),
        Replacement::Changes
        | Replacement::Draft
        | Replacement::Document
        | Replacement::Nothing => {
            message!("remove it; Gazette has no such setting", "请删去它；Gazette 没有这项设置")
        }
    })
}

/// A name in lower case, without the marks between its words.
fn normalized(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}
