//! The alerts above the content of every page.

use std::sync::Arc;

use super::look::AlertView;
use crate::content::AlertLevel;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::markup::markdown;

/// The alerts of this instant in one language, the most urgent first.
pub(crate) fn alert_views<'r>(context: &Context<'r>, language: Language) -> Arc<[AlertView<'r>]> {
    let locale = context.locale(language);
    let views = context.record.alerts.iter().map(|alert| {
        let text = alert.texts.in_language(language);
        AlertView {
            level: match alert.facts.level {
                AlertLevel::Emergency => locale.alert_level_emergency(),
                AlertLevel::Warning => locale.alert_level_warning(),
                AlertLevel::Notice => locale.alert_level_notice(),
            },
            is_urgent: alert.facts.level != AlertLevel::Notice,
            title: &text.title.value,
            lang: context.lang_if_other(text.language, language),
            body: markdown::render(context, text, language),
        }
    });
    views.collect()
}
