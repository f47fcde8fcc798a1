//! Settings, tasks and snippets for VS Code.

use serde_json::{Map, Value, json};

use super::site_outline::SiteOutline;

/// The problem matcher's pattern for a line of `gazette check --format short`: file, line, column,
/// severity, code and message.
pub const PROBLEM_MATCHER: &str = r"^(.+?):(\d+):(\d+): (error|warning|note)\[([^\]]+)\]: (.*)$";

/// The settings that save files as `content` reads them, on every system.
pub(super) fn settings(outline: &SiteOutline) -> Value {
    json!({
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": true,
        "[markdown]": {
            "editor.wordWrap": "on",
            "editor.tabSize": 2,
            "editor.insertSpaces": true,
            "editor.quickSuggestions": { "comments": "on", "strings": "on", "other": "on" },
            "editor.snippetSuggestions": "top",
        },
        // A link to another page of the site names its file.
        "markdown.validate.enabled": true,
        "markdown.updateLinksOnFileMove.enabled": "prompt",
        "markdown.updateLinksOnFileMove.include": [format!("{}/**/*.md", outline.folder)],
    })
}

/// The extension that completes and checks `site.toml` by its schema, which it finds in
/// `.taplo.toml`.
pub(super) fn extensions() -> Value {
    json!({ "recommendations": ["tamasfe.even-better-toml"] })
}

/// Tasks: `gazette check`, whose diagnostics appear among the problems, and commands for new files.
pub(super) fn tasks(outline: &SiteOutline) -> Value {
    let folder = &outline.folder;
    json!({
        "version": "2.0.0",
        "tasks": [
            {
                "label": "Gazette: check",
                "type": "process",
                "command": "gazette",
                "args": ["check", folder, "--format", "short"],
                "group": { "kind": "build", "isDefault": true },
                "presentation": { "reveal": "silent", "clear": true },
                "problemMatcher": {
                    "owner": "gazette",
                    "source": "gazette",
                    "fileLocation": ["autoDetect", "${workspaceFolder}"],
                    "pattern": {
                        "regexp": PROBLEM_MATCHER,
                        "file": 1, "line": 2, "column": 3, "severity": 4, "code": 5, "message": 6,
                    },
                },
            },
            {
                "label": "Gazette: new bulletin",
                "type": "process",
                "command": "gazette",
                "args": ["new", "bulletin", "${input:title}", "--content", folder],
                "problemMatcher": [],
            },
            {
                "label": "Gazette: translate this file",
                "type": "process",
                "command": "gazette",
                "args": ["new", "translation", "${file}", "--content", folder],
                "problemMatcher": [],
            },
            {
                "label": "Gazette: serve",
                "type": "process",
                "command": "gazette",
                "args": ["serve", "--content", folder],
                "isBackground": true,
                "problemMatcher": [],
            },
        ],
        "inputs": [
            {
                "id": "title",
                "type": "promptString",
                "description": "The title of the bulletin · 公报标题",
            },
        ],
    })
}

/// Snippets of front matter.
pub(super) fn snippets(outline: &SiteOutline) -> Value {
    let mut snippets = Map::new();
    let all = whole_files(outline).into_iter().chain(reports(outline)).chain([correction()]);
    for Snippet { name, prefix, description, body } in all {
        let snippet = json!({
            "scope": "markdown,yaml", "prefix": prefix, "description": description, "body": body,
        });
        snippets.insert(name.to_owned(), snippet);
    }
    Value::Object(snippets)
}

struct Snippet {
    name: &'static str,
    prefix: &'static str,
    description: &'static str,
    body: Vec<String>,
}

/// The current day, as a VS Code variable.
const TODAY: &str = "${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}";
const YEAR: &str = "${CURRENT_YEAR}";

/// A tab stop with a choice of the names of goals.
fn goal_choice(outline: &SiteOutline, tab_stop: u8) -> String {
    choice(tab_stop, outline.goals.iter().map(|goal| goal.slug.as_str()), "new-homes")
}

fn whole_files(outline: &SiteOutline) -> [Snippet; 2] {
    let bulletin = vec![
        line("---"),
        line("title: ${1:What the bulletin says}"),
        line("summary: ${2:One or two sentences.}"),
        format!("published: {TODAY}"),
        line("source: { name: ${3:Name of the source} }"),
        format!("mentions: [{}]", goal_choice(outline, 4)),
        line("draft: true"),
        line("---"),
        line("${0:The text.}"),
    ];
    let goal = vec![
        line("---"),
        line("title: ${1:What was promised}"),
        line("kind: ${2|increase,maintain|}"),
        line("target: { value: ${3:100}, unit: ${4:units} }"),
        format!("period: {{ from: {YEAR}-01-01, to: {YEAR}-12-31 }}"),
        line("draft: true"),
        line("---"),
        line("${0:What the goal means and how it is counted.}"),
    ];
    [
        Snippet {
            name: "Bulletin · 公报",
            prefix: "bulletin",
            description: "A bulletin: front matter and text",
            body: bulletin,
        },
        Snippet {
            name: "Goal · 目标",
            prefix: "goal",
            description: "A goal that is counted",
            body: goal,
        },
    ]
}

fn line(text: &str) -> String {
    text.to_owned()
}

/// Snippets of reports on goals.
fn reports(outline: &SiteOutline) -> impl Iterator<Item = Snippet> {
    let goal = goal_choice(outline, 1);
    [
        (
            "Report: a figure · 数值",
            "report",
            "What a bulletin says about goals: a figure",
            "value: ${2:0}",
        ),
        (
            "Report: a bound · 下限",
            "report-bound",
            "What a bulletin says about goals: a bound",
            "at_least: ${2:0}",
        ),
        (
            "Report: a milestone · 节点",
            "report-milestone",
            "What a bulletin says about goals: a step",
            "milestone: ${2:opened}",
        ),
        (
            "Report: a statement · 说明",
            "report-note",
            "What a bulletin says about goals: words",
            "note: ${2:What was done.}",
        ),
    ]
    .into_iter()
    .map(move |(name, prefix, description, said)| {
        let report = format!("  - {{ goal: {goal}, {said}, as_of: {TODAY} }}");
        Snippet { name, prefix, description, body: vec!["reports:".to_owned(), report] }
    })
}

fn correction() -> Snippet {
    Snippet {
        name: "Correction · 更正",
        prefix: "changes",
        description: "What was changed after publication",
        body: vec![format!("changes: [{{ on: {TODAY}, note: ${{1:What was corrected.}} }}]")],
    }
}

/// A tab stop with a choice of names, or with an example if there are none.
fn choice<'n>(tab_stop: u8, names: impl Iterator<Item = &'n str>, example: &str) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        format!("${{{tab_stop}:{example}}}")
    } else {
        format!("${{{tab_stop}|{}|}}", names.join(","))
    }
}

/// The schema of `site.toml`, for the extension that reads TOML. Its VS Code settings cannot name a
/// file of the workspace: they resolve `./` against the folder above it.
pub(super) fn taplo(outline: &SiteOutline, schemas: &str) -> String {
    let folder = &outline.folder;
    format!(
        "[[rule]]\ninclude = [\"{folder}/site.toml\"]\n\n\
         [rule.schema]\npath = \"{schemas}/site.schema.json\"\n"
    )
}

/// The HTML page that loads a form editor.
pub(super) fn page(title: &str, script: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n\
         </head>\n<body>\n{script}\n</body>\n</html>\n"
    )
}
