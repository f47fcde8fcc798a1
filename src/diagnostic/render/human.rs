//! Diagnostics in several lines for people.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, MessageLanguage, RenderOptions, Severity, Span};

/// Renders the message, the source with carets, related positions and the help.
#[must_use]
pub fn human<'a>(
    diagnostic: &'a Diagnostic,
    options: &RenderOptions<'a>,
    is_coloured: bool,
) -> String {
    let language = options.language;
    let word = diagnostic.severity.word(language);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(word),
        Severity::Warning => Level::WARNING.with_name(word),
        Severity::Note => Level::NOTE.with_name(word),
    };
    let title = level.primary_title(diagnostic.message.get(language)).id(diagnostic.code.name());
    let mut group = Group::with_title(title).element(snippet(
        options,
        &diagnostic.path,
        &diagnostic.span,
        |place| AnnotationKind::Primary.span(place),
    ));
    for related in &diagnostic.related {
        group = group.element(snippet(options, &related.path, &related.span, |place| {
            AnnotationKind::Context.span(place).label(related.message.get(language))
        }));
    }
    if let Some(help) = &diagnostic.help {
        let name = match language {
            MessageLanguage::English => "help",
            MessageLanguage::Chinese => "帮助",
        };
        group = group.element(Level::HELP.with_name(name).message(help.get(language)));
    }
    let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// Returns the line of a span with an annotation below it. Only that line is passed on, so that a
/// long file costs no more than a short one.
fn snippet<'a>(
    options: &RenderOptions<'a>,
    path: &str,
    span: &Span,
    annotate: impl FnOnce(Span) -> Annotation<'a>,
) -> Snippet<'a, Annotation<'a>> {
    let place = options.place(path, span);
    let text = options.text(path);
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = text.ceil_char_boundary(span.end.clamp(start, line_end));
    let line = text[line_start..line_end].trim_end_matches('\r');
    let end = (end - line_start).min(line.len());
    let start = (start - line_start).min(end);
    Snippet::source(line).line_start(place.line).path(place.path).annotation(annotate(start..end))
}
