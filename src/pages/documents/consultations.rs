//! The list of consultations: what is open first, then what is closed.

use askama::Template;

use crate::language::Language;
use crate::pages::components::document::consultation::state_word;
use crate::pages::components::list_items::{BulletinRow, bulletin_rows};
use crate::pages::context::Context;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::page::Head;
use crate::pages::data::page::section::SectionData;
use crate::pages::data::references::BulletinLink;
use crate::pages::layout::description::describe_bulletins;
use crate::pages::layout::{Layout, PageMeta, cn_gov_meta};
use crate::pages::output::{Output, RenderError};
use crate::record::{BulletinId, ConsultationState, PageRef};

#[derive(Template)]
#[template(path = "pages/consultations.html")]
struct ConsultationsPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    groups: Vec<StateGroup<'r>>,
}

/// The consultations of one state.
struct StateGroup<'r> {
    id: &'static str,
    title: &'r str,
    rows: Vec<BulletinRow<'r>>,
}

/// The first day for comments that are still to come, or else the last day.
fn day(context: &Context<'_>, id: BulletinId, language: Language) -> Option<String> {
    let consultation = context.record.bulletin(id).consultation?;
    let locale = context.locale(language);
    let (name, day) = match consultation.state {
        ConsultationState::NotYetOpen => (locale.consultation_from(), consultation.opens),
        _ => (locale.consultation_until(), consultation.closes),
    };
    Some(locale.label(name, &context.date(day, language).text))
}

/// Renders the list in one language: the page and its JSON alternate.
pub(in crate::pages) fn render(
    context: &Context<'_>,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let (record, locale) = (context.record, context.locale(language));
    let path_in = |language| PageRef::Consultations.path(record.content, language);
    let path = path_in(language);
    let title = locale.consultations();
    let mut meta = PageMeta::everywhere(context, language, path_in);
    title.clone_into(&mut meta.title);
    let ids = record.consultations();
    meta.description = describe_bulletins(context, title, &ids, language);
    meta.government_tags = cn_gov_meta::column_tags(title, "", title);
    let groups = ConsultationState::ALL.map(|state| {
        let mut of_state = ids.clone();
        of_state.retain(|id| record.bulletin(*id).consultation.is_some_and(|it| it.state == state));
        let mut rows = bulletin_rows(context, &of_state, language);
        for (row, id) in rows.iter_mut().zip(of_state) {
            row.labels.splice(..0, day(context, id, language));
        }
        StateGroup { id: state.name(), title: state_word(locale, state), rows }
    });
    let page = ConsultationsPage {
        layout: Layout::new(context, meta),
        title,
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
    };
    let data = SectionData {
        head: Head::new(record.content, FileKind::Section, &path, language),
        title,
        year: None,
        page: 1,
        pages: 1,
        total: ids.len(),
        bulletins: ids.iter().map(|id| BulletinLink::new(context, *id, language)).collect(),
    };
    Output::page_with_data(&path, language, &page, &data)
}
