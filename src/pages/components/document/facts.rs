//! An official document on its page: its identity, whether it is in force and why, and the
//! documents that it is related to.

use crate::content::GroupKind;
use crate::content::bulletin::Relation;
use crate::language::{Language, Locale};
use crate::pages::components::progress::BulletinRef;
use crate::pages::context::{Context, Date};
use crate::pages::markup::html::{Html, escape_in_its_language};
use crate::record::{BulletinId, PageRef, Validity, ValidityState};

/// The parts of a page about an official document.
pub(crate) struct DocumentView<'r> {
    /// Facts in words: a label, a text and perhaps a page each.
    pub(crate) facts: Vec<(&'r str, Html, Option<String>)>,
    /// Dates, each with its label.
    pub(crate) dates: Vec<(&'r str, Date)>,
    pub(crate) validity: Option<ValidityView<'r>>,
    /// Related bulletins, each with the label of its relation.
    pub(crate) related: Vec<(&'r str, BulletinRef<'r>)>,
}

/// The bodies that issued a bulletin, under their names of its day, or its topics, with their
/// pages.
pub(crate) fn group_links(
    context: &Context<'_>,
    id: BulletinId,
    kind: GroupKind,
    language: Language,
) -> Vec<(String, String)> {
    let (record, facts) = (context.record, &context.record.bulletin(id).source.facts);
    let names = match kind {
        GroupKind::Body => &facts.issuers,
        GroupKind::Topic => &facts.topics,
    };
    let made = facts.document.as_ref().and_then(|document| document.made.as_ref());
    let day = made.unwrap_or(&facts.published).value;
    let places = names.iter().filter_map(|name| record.content.find_group(kind, &name.value));
    places
        .map(|index| {
            let (_, group) = &record.content.groups[index];
            let name = match group.facts.name_at(day) {
                Some(former) => former.get(language),
                None => &group.texts.in_language(language).title.value,
            };
            (PageRef::Group(index).path(record.content, language), name.to_owned())
        })
        .collect()
}

/// Whether a document is in force.
pub(crate) struct ValidityView<'r> {
    pub(crate) sentence: String,
    /// The document that made it so, with the label of what it did.
    pub(crate) by: Option<(&'r str, BulletinRef<'r>)>,
    /// Whether readers are told before the text.
    pub(crate) is_notice: bool,
}

impl<'r> DocumentView<'r> {
    /// The view of a bulletin; none if it is no document and has no relations.
    pub(crate) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Option<Self> {
        let bulletin = context.record.bulletin(id);
        let locale = context.locale(language);
        let document = bulletin.source.facts.document.as_ref();
        if document.is_none() && bulletin.relations.is_empty() && bulletin.related_by.is_empty() {
            return None;
        }
        let (mut facts, mut dates) = (Vec::new(), Vec::new());
        if let Some(document) = document {
            let kinds = &context.record.content.site.documents;
            let kind = document.kind.as_ref().and_then(|kind| kinds.find_kind(&kind.value));
            let title = kind.map(|index| kinds.kinds[index].title.get(language).to_owned());
            let page = kind.map(PageRef::DocumentKind);
            let page = page.and_then(|page| context.record.public_address(page, language));
            let number = document.number.as_ref().map(|number| number.value.clone());
            let index = document.index.as_ref().map(|index| index.value.clone());
            let texts = [
                (locale.document_number(), number, None),
                (locale.document_kind(), title, page.map(|page| page.path)),
                (locale.document_index(), index, None),
            ];
            let chinese = context.chinese_within(language);
            let marked = |text: String| {
                let mut html = String::new();
                escape_in_its_language(chinese, &text, &mut html);
                Html::new(html)
            };
            facts.extend(
                texts
                    .into_iter()
                    .filter_map(|(label, text, page)| Some((label, marked(text?), page))),
            );
            let days = [
                (locale.document_made(), &document.made),
                (locale.document_effective(), &document.effective),
                (locale.document_until(), &document.until),
            ];
            dates.extend(days.into_iter().filter_map(|(label, day)| {
                Some((label, context.date(day.as_ref()?.value, language)))
            }));
        }
        let active = bulletin.relations.iter().map(|(relation, other)| {
            (relation_word(locale, *relation), BulletinRef::new(context, *other, language))
        });
        let passive = bulletin.related_by.iter().map(|(relation, other)| {
            (passive_word(locale, *relation), BulletinRef::new(context, *other, language))
        });
        Some(Self {
            facts,
            dates,
            validity: bulletin
                .validity
                .map(|validity| ValidityView::new(context, validity, language)),
            related: active.chain(passive).collect(),
        })
    }
}

impl<'r> ValidityView<'r> {
    fn new(context: &Context<'r>, validity: Validity, language: Language) -> Self {
        let locale = context.locale(language);
        let by = validity.by.and_then(|index| context.record.bulletin_at(index));
        let relation = match validity.state {
            ValidityState::Repealed => locale.repealed_by(),
            ValidityState::Amended => locale.amended_by(),
            _ => locale.corrected_by(),
        };
        Self {
            sentence: validity_sentence(context, validity, language),
            by: by.map(|id| (relation, BulletinRef::new(context, id, language))),
            is_notice: !matches!(validity.state, ValidityState::InForce | ValidityState::Unknown),
        }
    }
}

/// The word for a state, for facets and data.
pub(crate) fn validity_word(locale: &Locale, state: ValidityState) -> &str {
    match state {
        ValidityState::NotYetInForce => locale.validity_not_yet_in_force(),
        ValidityState::InForce => locale.validity_in_force(),
        ValidityState::Corrected => locale.validity_corrected(),
        ValidityState::Amended => locale.validity_amended(),
        ValidityState::Repealed => locale.validity_repealed(),
        ValidityState::Lapsed => locale.validity_lapsed(),
        ValidityState::Unknown => locale.validity_unknown(),
    }
}

/// The state with its date: `Repealed from 1 March 2023`.
pub(crate) fn validity_sentence(
    context: &Context<'_>,
    validity: Validity,
    language: Language,
) -> String {
    let locale = context.locale(language);
    let Some(since) = validity.since else {
        return validity_word(locale, validity.state).to_owned();
    };
    let since = context.date(since, language).text;
    match validity.state {
        ValidityState::NotYetInForce => locale.in_force_from(&since),
        ValidityState::InForce => locale.in_force_since(&since),
        ValidityState::Corrected => locale.corrected_on(&since),
        ValidityState::Amended => locale.amended_from(&since),
        ValidityState::Repealed => locale.repealed_from(&since),
        ValidityState::Lapsed => locale.lapsed_after(&since),
        ValidityState::Unknown => locale.validity_unknown().to_owned(),
    }
}

fn relation_word(locale: &Locale, relation: Relation) -> &str {
    match relation {
        Relation::Amends => locale.amends(),
        Relation::Repeals => locale.repeals(),
        Relation::Corrects => locale.corrects(),
        Relation::Explains => locale.explains(),
        Relation::Implements => locale.implements(),
        Relation::Answers => locale.answers(),
    }
}

fn passive_word(locale: &Locale, relation: Relation) -> &str {
    match relation {
        Relation::Amends => locale.amended_by(),
        Relation::Repeals => locale.repealed_by(),
        Relation::Corrects => locale.corrected_by(),
        Relation::Explains => locale.explained_by(),
        Relation::Implements => locale.implemented_by(),
        Relation::Answers => locale.answered_by(),
    }
}
