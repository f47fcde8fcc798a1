//! The hash of a page's inputs. Pages with the same inputs have the same bytes.
//!
//! The pages of bulletins and of the lists of sections have one, because only they grow in number
//! with the site. All else is rendered for each edition, and so is a bulletin whose page shows
//! what depends on more than texts: the progress of goals, and consultations.

use std::hash::Hasher as _;

use rayon::prelude::*;
use siphasher::sip128::{Hasher128 as _, SipHasher13};

use super::context::Context;
use super::markup::addresses;
use super::section::List;
use crate::content::Text;
use crate::language::Language;
use crate::record::BulletinId;

/// The hash of the inputs of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InputHash([u8; 16]);

/// The inputs that pages share.
pub(super) struct Inputs<'m, 'r> {
    context: &'m Context<'r>,
    /// All that every page has: settings, navigation, assets.
    site: InputHash,
    /// For each public bulletin, all that another page shows of it.
    bulletins: Vec<InputHash>,
}

/// Hashes inputs one after the other, each with its length or its place. Texts are short or come
/// as their digests, for which a cryptographic hash is slower and no safer: whoever can write two
/// texts with one hash can write the page itself.
#[derive(Default)]
struct InputHasher(SipHasher13);

impl InputHasher {
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len());
        self.0.write(bytes);
        self
    }

    fn number(&mut self, number: usize) -> &mut Self {
        self.0.write(&number.to_le_bytes());
        self
    }

    /// Any value, by its `Debug` form.
    fn value(&mut self, value: &impl std::fmt::Debug) -> &mut Self {
        self.bytes(format!("{value:?}").as_bytes())
    }

    fn texts<'t>(&mut self, texts: impl Iterator<Item = &'t Text>) -> &mut Self {
        for text in texts {
            self.0.write(text.digest.as_bytes());
        }
        self
    }

    fn finish(&self) -> InputHash {
        InputHash(self.0.finish128().as_bytes())
    }
}

impl<'m, 'r> Inputs<'m, 'r> {
    pub(super) fn new(context: &'m Context<'r>) -> Self {
        let site = site_inputs(context);
        let ids: Vec<BulletinId> = context.record.bulletin_ids().collect();
        let bulletins = ids.into_par_iter().map(|id| bulletin_inputs(context, id)).collect();
        Self { context, site, bulletins }
    }

    /// The inputs of a bulletin's page in one language; none if it is always rendered.
    pub(super) fn of_bulletin(&self, id: BulletinId, text: &Text) -> Option<InputHash> {
        let record = self.context.record;
        let bulletin = record.bulletin(id);
        if bulletin.touches_goals() || bulletin.consultation.is_some() {
            return None;
        }
        let mut hasher = InputHasher::default();
        hasher.bytes(&self.site.0).number(text.language.index()).bytes(&self.bulletins[id.0].0);
        let replacement = bulletin.withdrawn.and_then(|removal| removal.replaced_by.as_ref());
        let replacement = replacement.and_then(|slug| record.find_bulletin(&slug.value));
        let validity = bulletin.validity.and_then(|validity| record.bulletin_at(validity.by?));
        let neighbours = [bulletin.older, bulletin.newer, replacement, validity];
        for other in neighbours {
            self.other(&mut hasher, other);
        }
        for others in [&bulletin.related, &self.context.featured_beside(id)] {
            hasher.number(others.len());
            for other in others {
                self.other(&mut hasher, Some(*other));
            }
        }
        for relations in [&bulletin.relations, &bulletin.related_by] {
            hasher.number(relations.len());
            for (relation, other) in relations {
                hasher.value(relation);
                self.other(&mut hasher, Some(*other));
            }
        }
        self.links(&mut hasher, text);
        Some(hasher.finish())
    }

    /// The inputs of the pages of a bulletin's earlier texts in one language.
    pub(super) fn of_versions(&self, id: BulletinId, text: &Text) -> InputHash {
        let bulletin = self.context.record.bulletin(id);
        let mut hasher = InputHasher::default();
        // They begin with another number than the pages of bulletins.
        hasher.number(usize::MAX).bytes(&self.site.0).number(text.language.index());
        hasher.bytes(&self.bulletins[id.0].0);
        for version in &bulletin.versions {
            for text in version.source.texts.all() {
                self.links(&mut hasher, text);
            }
        }
        hasher.finish()
    }

    /// The inputs of one page of a list, from 1; none if it is always rendered: the section's own
    /// page has its introduction and its calendar, in which any bulletin may be.
    pub(super) fn of_list(
        &self,
        list: &List,
        language: Language,
        page: usize,
        years: &[i16],
    ) -> Option<InputHash> {
        if list.is_section_page(page) {
            return None;
        }
        let mut hasher = InputHasher::default();
        hasher.bytes(&self.site.0).number(language.index()).number(page).value(&years);
        hasher.bytes(list.path(self.context, language, 1).as_bytes());
        hasher.number(list.pages()).number(list.len());
        for id in list.shown(page) {
            self.other(&mut hasher, Some(*id));
        }
        hasher.value(&list.calendar_path(self.context, language));
        Some(hasher.finish())
    }

    /// The addresses to which the links and images of a text lead at this instant.
    fn links(&self, hasher: &mut InputHasher, text: &Text) {
        for address in addresses::of_text(self.context, text) {
            hasher.bytes(address.unwrap_or_default().as_bytes());
        }
    }

    fn other(&self, hasher: &mut InputHasher, id: Option<BulletinId>) {
        hasher.number(usize::from(id.is_some()));
        if let Some(id) = id {
            hasher.bytes(&self.bulletins[id.0].0);
        }
    }
}

/// The inputs of every page.
fn site_inputs(context: &Context<'_>) -> InputHash {
    let record = context.record;
    let content = record.content;
    let mut hasher = InputHasher::default();
    hasher.bytes(content.settings.as_bytes()).bytes(content.site.base_url.as_bytes());
    hasher.texts(record.other_texts());
    hasher.value(&context.look).value(&record.has_consultations()).value(&context.has_calendar);
    hasher.value(&record.group_lists());
    for language in record.languages() {
        hasher.value(&context.suggestions(language));
    }
    for language in record.languages() {
        hasher.value(&context.alerts(language));
    }
    for id in record.goal_ids() {
        hasher.bytes(record.goal(id).source.path().as_bytes());
    }
    for asset in context.assets.addresses() {
        hasher.value(&asset);
    }
    hasher.finish()
}

/// All that other pages show of a bulletin.
fn bulletin_inputs(context: &Context<'_>, id: BulletinId) -> InputHash {
    let bulletin = context.record.bulletin(id);
    let mut hasher = InputHasher::default();
    hasher.bytes(bulletin.source.folder.as_bytes()).bytes(bulletin.source.slug.as_bytes());
    hasher.texts(bulletin.source.texts.all()).number(bulletin.versions.len());
    hasher.texts(bulletin.versions.iter().flat_map(|version| version.source.texts.all()));
    hasher.number(usize::from(bulletin.withdrawn.is_some())).number(bulletin.changes.len());
    hasher.bytes(&bulletin.modified().as_nanosecond().to_le_bytes());
    match bulletin.number {
        Some(number) => {
            hasher.bytes(&number.year.to_le_bytes()).bytes(&number.serial.to_le_bytes())
        }
        None => hasher.number(0),
    };
    for count in [bulletin.sets.len(), bulletin.mentions.len(), bulletin.reports.len()] {
        hasher.number(count);
    }
    hasher.number(bulletin.revises.len()).number(bulletin.overrides.len());
    hasher.number(bulletin.categories.len());
    for category in &bulletin.categories {
        hasher.number(category.index());
    }
    if let Some(validity) = &bulletin.validity {
        hasher.value(&(validity.state, validity.since));
    }
    hasher.finish()
}
