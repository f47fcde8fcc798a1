//! A consultation on the page of its bulletin.

use super::contact::{ContactRow, respond_rows};
use crate::language::{Language, Locale};
use crate::pages::components::progress::BulletinRef;
use crate::pages::context::{Context, Date};
use crate::record::{BulletinId, ConsultationState};

/// Whether the public may comment, until when, and how.
pub(crate) struct ConsultationView<'r> {
    pub(crate) sentence: String,
    pub(crate) opens: Date,
    pub(crate) closes: Date,
    /// The announcements of later last days: a sentence with the old one, and the reason.
    pub(crate) extended: Vec<(String, Option<&'r str>)>,
    /// Ways to comment while it is open.
    pub(crate) respond: Vec<ContactRow<'r>>,
    pub(crate) outcome: Option<BulletinRef<'r>>,
    /// When the outcome was withdrawn.
    pub(crate) outcome_withdrawn: Option<String>,
}

impl<'r> ConsultationView<'r> {
    /// The view of a bulletin's consultation, if it has one.
    pub(crate) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Option<Self> {
        let consultation = context.record.bulletin(id).consultation?;
        let locale = context.locale(language);
        let closes = context.date(consultation.closes, language);
        let opens = context.date(consultation.opens, language);
        let facts = consultation.facts;
        let announced = facts
            .extended
            .iter()
            .filter(|extension| extension.on.value.instant <= context.record.instant);
        let mut before = facts.closes.value;
        let mut extended = Vec::new();
        for extension in announced {
            let old = context.date(before, language).text;
            let on = context.day(extension.on.value, language).text;
            let note = extension.note.as_ref().map(|note| note.get(language));
            extended.push((locale.consultation_extended(&on, &old), note));
            before = extension.closes.value;
        }
        let respond = if consultation.state.is_open() { facts.respond.as_ref() } else { None };
        let respond = respond.map(|respond| respond_rows(context, respond, language));
        let outcome = consultation.outcome;
        let withdrawn = outcome.and_then(|id| context.record.bulletin(id).withdrawn);
        let withdrawn =
            withdrawn.map(|removal| locale.withdrawn_on(&context.day(removal.on, language).text));
        Some(Self {
            sentence: match consultation.state {
                ConsultationState::NotYetOpen => locale.consultation_opens(&opens.text),
                ConsultationState::Open => locale.consultation_open(&closes.text),
                ConsultationState::ClosingSoon => locale.consultation_closing(&closes.text),
                ConsultationState::Closed => locale.consultation_closed(&closes.text),
                ConsultationState::OutcomePublished => {
                    locale.consultation_outcome_published().to_owned()
                }
            },
            opens,
            closes,
            extended,
            respond: respond.unwrap_or_default(),
            outcome: outcome.map(|id| BulletinRef::new(context, id, language)),
            outcome_withdrawn: withdrawn,
        })
    }
}

/// The heading of the consultations with a state.
pub(crate) fn state_word(locale: &Locale, state: ConsultationState) -> &str {
    match state {
        ConsultationState::ClosingSoon => locale.consultations_closing(),
        ConsultationState::Open => locale.consultations_open(),
        ConsultationState::NotYetOpen => locale.consultations_to_come(),
        ConsultationState::Closed => locale.consultations_closed(),
        ConsultationState::OutcomePublished => locale.consultation_outcome_published(),
    }
}
