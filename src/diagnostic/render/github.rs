//! Workflow commands of GitHub, which shows them beside the line that they name
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).

use super::{Diagnostic, Place, RenderOptions, Severity, related};

/// Renders one line: `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`.
#[must_use]
pub fn github(diagnostic: &Diagnostic, options: &RenderOptions<'_>) -> String {
    let Place { path, line, column, end_line, end_column } =
        options.place(&diagnostic.path, &diagnostic.span);
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut message = diagnostic.message.get(options.language).to_owned();
    for related in related(diagnostic, options) {
        message.push('\n');
        message.push_str(&related);
    }
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message.push_str(help.get(options.language));
    }
    // GitHub ignores the columns if the end is on another line, and the whole command if the end is
    // before the start.
    let end = if end_line == line && end_column > column {
        format!(",endLine={line},endColumn={end_column}")
    } else {
        String::new()
    };
    format!(
        "::{command} file={},line={line},col={column}{end},title={}::{}",
        property(&path),
        property(diagnostic.code.name()),
        data(&message)
    )
}

/// Escapes the message after `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property's value, in which `:` and `,` are separators too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
