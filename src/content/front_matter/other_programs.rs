//! Keys of other programs (Jekyll, Hugo, Hexo, `WordPress` exports) and in Chinese, with what
//! Gazette has instead.

use super::keys::KeyGroup;
use crate::diagnostic::{Message, message};

/// Names of keys in other programs, and the keys that mean the same. The first key that a group has
/// is meant.
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

/// The replacement in Gazette of a foreign key that no key replaces.
#[derive(Debug, Clone, Copy)]
enum Instead {
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

/// Names of keys in other programs that have no equal key.
const WITHOUT_EQUAL: &[(&str, Instead)] = &[
    ("tags", Instead::Text),
    ("tag", Instead::Text),
    ("keywords", Instead::Text),
    ("keyword", Instead::Text),
    ("标签", Instead::Text),
    ("关键词", Instead::Text),
    ("关键字", Instead::Text),
    ("slug", Instead::FileName),
    ("permalink", Instead::FileName),
    ("url", Instead::FileName),
    ("path", Instead::FileName),
    ("lang", Instead::LanguageInFileName),
    ("language", Instead::LanguageInFileName),
    ("locale", Instead::LanguageInFileName),
    ("语言", Instead::LanguageInFileName),
    ("layout", Instead::Folder),
    ("type", Instead::Folder),
    ("template", Instead::Folder),
    ("image", Instead::Picture),
    ("images", Instead::Picture),
    ("cover", Instead::Picture),
    ("thumbnail", Instead::Picture),
    ("banner", Instead::Picture),
    ("photo", Instead::Picture),
    ("featuredimage", Instead::Picture),
    ("featureimage", Instead::Picture),
    ("topimg", Instead::Picture),
    ("图片", Instead::Picture),
    ("封面", Instead::Picture),
    ("updated", Instead::Changes),
    ("updatedat", Instead::Changes),
    ("modified", Instead::Changes),
    ("modifieddate", Instead::Changes),
    ("lastmod", Instead::Changes),
    ("lastmodified", Instead::Changes),
    ("lastmodifiedat", Instead::Changes),
    ("更新日期", Instead::Changes),
    ("更新时间", Instead::Changes),
    ("修改日期", Instead::Changes),
    ("status", Instead::Draft),
    ("visibility", Instead::Draft),
    ("hidden", Instead::Draft),
    ("private", Instead::Draft),
    ("发文字号", Instead::Document),
    ("文号", Instead::Document),
    ("索引号", Instead::Document),
    ("成文日期", Instead::Document),
    ("ogimage", Instead::Picture),
    ("series", Instead::Text),
    ("taxonomies", Instead::Text),
    ("top", Instead::Nothing),
    ("pinned", Instead::Nothing),
    ("featured", Instead::Nothing),
    ("置顶", Instead::Nothing),
    ("archived", Instead::Nothing),
    ("password", Instead::Nothing),
    ("canonical", Instead::Nothing),
    ("canonicalurl", Instead::Nothing),
    ("extra", Instead::Nothing),
    ("cascade", Instead::Nothing),
    ("output", Instead::Nothing),
    ("outputs", Instead::Nothing),
    ("format", Instead::Nothing),
    ("bibliography", Instead::Nothing),
    ("tocdepth", Instead::Nothing),
    ("outline", Instead::Nothing),
    ("sidebar", Instead::Nothing),
    ("editlink", Instead::Nothing),
    ("prev", Instead::Nothing),
    ("next", Instead::Nothing),
    ("parent", Instead::Nothing),
    ("head", Instead::Nothing),
    ("hidetitle", Instead::Nothing),
    ("license", Instead::Nothing),
    ("copyright", Instead::Nothing),
    ("toc", Instead::Nothing),
    ("comments", Instead::Nothing),
    ("comment", Instead::Nothing),
    ("math", Instead::Nothing),
    ("mathjax", Instead::Nothing),
    ("sticky", Instead::Nothing),
    ("pin", Instead::Nothing),
    ("weight", Instead::Nothing),
    ("id", Instead::Nothing),
    ("guid", Instead::Nothing),
    ("uuid", Instead::Nothing),
    ("sitemap", Instead::Nothing),
    ("robots", Instead::Nothing),
    ("theme", Instead::Nothing),
    ("cssclass", Instead::Nothing),
    ("params", Instead::Nothing),
];

/// The key of a group that another program calls by a name.
pub(super) fn equal_key(name: &str, group: &KeyGroup) -> Option<&'static str> {
    let name = normalized(name);
    let (_, keys) = OTHER_NAMES.iter().find(|(other, _)| *other == name)?;
    keys.iter().copied().find(|key| group.get(key).is_some())
}

/// The help for a name that other programs know and that has no equal key in a group.
pub(super) fn help(name: &str, group: &KeyGroup) -> Option<Message> {
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(message!(
            "a comma ended the number before it; write the number without commas, and with a point \
             before decimals",
            "前面的数字被逗号截断；请去掉数字中的逗号，小数点用英文句点"
        ));
    }
    let normal = normalized(name);
    let (_, instead) = WITHOUT_EQUAL.iter().find(|(other, _)| *other == normal)?;
    Some(match instead {
        Instead::Text if group.get("mentions").is_some() => message!(
            "remove it; search reads the text itself, and `categories` and `mentions` lead to \
             related pages",
            "请删去它；搜索会读取正文，相关页面用 `categories` 和 `mentions` 关联"
        ),
        Instead::Text => {
            message!("remove it; search reads the text itself", "请删去它；搜索会读取正文")
        }
        Instead::FileName => message!(
            "remove it; the address follows from the file's name, and earlier addresses go into \
             `aliases`",
            "请删去它；网址由文件名决定，旧网址写在 `aliases` 中"
        ),
        Instead::LanguageInFileName => message!(
            "remove it; the language follows from the file's name, such as `wells.zh.md`",
            "请删去它；语言由文件名决定，例如 `wells.en.md`"
        ),
        Instead::Folder => message!(
            "remove it; the folder of the file says what kind of page it is",
            "请删去它；页面的种类由文件所在的文件夹决定"
        ),
        Instead::Picture => message!(
            "remove it, and put the picture into the text: `![what it shows](photo.jpg)`",
            "请删去它，并把图片放进正文：`![图片内容](photo.jpg)`"
        ),
        Instead::Changes if group.get("changes").is_some() => message!(
            "remove it, and list the change: `changes: [{{ on: 2022-05-11, note: … }}]`",
            "请删去它，并写明修改内容：`changes: [{{ on: 2022-05-11, note: … }}]`"
        ),
        Instead::Draft if group.get("draft").is_some() => message!(
            "remove it if the page is public; `draft: true` keeps it unpublished",
            "页面公开时请删去它；暂不发布请写 `draft: true`"
        ),
        Instead::Document if group.get("document").is_some() => message!(
            "write it in `document`, as in `document: {{ number: …, index: …, made: 2022-05-05 }}`",
            "请写在 `document` 中，例如 `document: {{ number: …, index: …, made: 2022-05-05 }}`"
        ),
        Instead::Changes | Instead::Draft | Instead::Document | Instead::Nothing => {
            message!("remove it; Gazette has no such setting", "请删去它；Gazette 没有这项设置")
        }
    })
}

/// A name in lower case, without the marks between its words.
fn normalized(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}
