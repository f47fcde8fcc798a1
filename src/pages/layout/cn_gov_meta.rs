//! The meta tags that Chinese government sites must carry, for `profile = "cn-gov"`.
//!
//! Source: the specification of pages of government sites (GOV tags for site, column and content
//! pages) in the State Council office's guide for the development of government websites
//! (国办发〔2017〕47号), appendix.

use crate::content::Moment;
use crate::language::Language;
use crate::pages::context::Context;
use crate::record::BulletinId;

/// A meta tag: name and content.
pub(crate) type Tag = (&'static str, String);

/// The tags of every page.
pub(crate) fn site_tags(name: &str, base_url: &str, site_id_code: &str) -> Vec<Tag> {
    let domain = base_url.split('/').nth(2).unwrap_or(base_url);
    vec![
        ("SiteName", name.to_owned()),
        ("SiteDomain", domain.to_owned()),
        ("SiteIDCode", site_id_code.to_owned()),
    ]
}

/// The tags of a column: a list of bulletins, a list of goals, or a static page.
pub(crate) fn column_tags(name: &str, description: &str, kind: &str) -> Vec<Tag> {
    vec![
        ("ColumnName", name.to_owned()),
        ("ColumnDescription", if description.is_empty() { name } else { description }.to_owned()),
        ("ColumnKeywords", name.to_owned()),
        ("ColumnType", kind.to_owned()),
    ]
}

/// The tags of a bulletin, with those of its section.
pub(crate) fn article_tags(context: &Context<'_>, id: BulletinId, language: Language) -> Vec<Tag> {
    let bulletin = context.record.bulletin(id);
    let section = context
        .record
        .sections
        .iter()
        .find(|section| section.source.slug == bulletin.source.folder);
    let mut tags = section.map_or_else(Vec::new, |section| {
        let text = section.source.texts.in_language(language);
        let description = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        column_tags(&text.title.value, description, &text.title.value)
    });
    let site = &context.record.content.site;
    let publisher = site
        .publisher
        .as_ref()
        .map_or_else(|| site.name(language), |publisher| publisher.name.get(language));
    let source =
        bulletin.source.facts.source.as_ref().map_or(publisher, |source| source.name.get(language));
    tags.push(("ArticleTitle", bulletin.source.texts.in_language(language).title.value.clone()));
    tags.push(("PubDate", pub_date(bulletin.published())));
    tags.push(("ContentSource", source.to_owned()));
    tags
}

/// Formats a moment as `2022-05-05 09:30`, in the site's time zone.
fn pub_date(moment: Moment) -> String {
    let (date, time) = (moment.civil.date(), moment.civil.time());
    format!("{date} {:02}:{:02}", time.hour(), time.minute())
}
