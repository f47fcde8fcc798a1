//! `gazette new bulletin`, `goal`, `category` and `section`.

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::files::write;
use crate::cli::output::{CommandResult, Failure};
use crate::cli::shared_arguments::parse_instant;
use crate::cli::workspace::{FolderArguments, Workspace};
use crate::content::goal::{GoalFacts, GoalKind, KINDS};
use crate::content::section::HUES;
use crate::content::{Entry, is_slug};
use crate::diagnostic::{Message, MessageLanguage, closest, message};
use crate::editor::kit::scaffold::{self, ScaffoldContext};
use crate::editor::kit::slug_from_title;
use crate::language::{is_chinese, is_han};

#[derive(Debug, Clone, Args)]
pub(super) struct PageArguments {
    /// The title; several words are one title, with or without quotes.
    #[arg(value_name = "TITLE", required = true)]
    title: Vec<String>,
    /// The name in addresses, in letters a to z, digits and hyphens (default: made from the title).
    #[arg(long, value_name = "NAME")]
    slug: Option<String>,
    /// The language of the title, if it is not the site's first one; two files are written then. A
    /// title of Chinese characters alone is Chinese.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// The instant of writing, such as `2024-11-20T12:00:00+08:00` (default: now).
    #[arg(long, env = "GAZETTE_AT", value_name = "INSTANT", value_parser = parse_instant)]
    at: Option<Timestamp>,
    #[command(flatten)]
    content: FolderArguments,
}

#[derive(Debug, Clone, Args)]
pub(super) struct BulletinArguments {
    #[command(flatten)]
    page: PageArguments,
    /// The section of the bulletin (default: `bulletins`, or the first one).
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
    /// A goal that the bulletin is about; can be repeated.
    #[arg(long = "goal", value_name = "NAME")]
    goals: Vec<String>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct GoalArguments {
    #[command(flatten)]
    page: PageArguments,
    /// The category of the goal; not needed if there is only one.
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// The kind of goal: increase, maintain, direction, deliver or continue.
    #[arg(long, value_name = "KIND", default_value = "increase", value_parser = parse_kind)]
    kind: GoalKind,
}

#[derive(Debug, Clone, Args)]
pub(super) struct CategoryArguments {
    #[command(flatten)]
    page: PageArguments,
}

#[derive(Debug, Clone, Args)]
pub(super) struct SectionArguments {
    #[command(flatten)]
    page: PageArguments,
}

fn parse_kind(text: &str) -> Result<GoalKind, String> {
    if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == text) {
        return Ok(*kind);
    }
    let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
    Err(match closest(text, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("it is one of {}", names.join(", ")),
    })
}

pub(super) fn new_bulletin(
    arguments: &BulletinArguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let page = NewPage::open(&arguments.page, message_language)?;
    let section = page.section(arguments.section.as_deref())?;
    let goals =
        arguments.goals.iter().map(|goal| page.goal(goal)).collect::<Result<Vec<_>, _>>()?;
    let slug = page.slug(&names(page.workspace.content.bulletins.iter().map(|it| &**it)))?;
    let text = scaffold::bulletin(&page.title, &goals, &page.scaffold_context());
    page.write(&format!("{section}/{slug}"), text, FirstState::DraftBulletin)
}

pub(super) fn new_goal(
    arguments: &GoalArguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let page = NewPage::open(&arguments.page, message_language)?;
    let goals = &page.workspace.content.goals;
    let category = page.category(arguments.category.as_deref())?;
    let slug = page.slug(&names(goals))?;
    let siblings = goals.iter().filter(|goal| goal.folder == category);
    let order = next_order(siblings.map(|goal| goal.facts.order));
    let text = scaffold::goal(&page.title, arguments.kind, order, &page.scaffold_context());
    let path = format!("goals/{category}/{slug}");
    page.write(&path, text, FirstState::DraftGoal)
}

pub(super) fn new_category(
    arguments: &CategoryArguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let page = NewPage::open(&arguments.page, message_language)?;
    let categories = &page.workspace.content.categories;
    let slug = page.slug(&names(categories))?;
    let order = next_order(categories.iter().map(|category| category.facts.order));
    let (hue, _) = HUES
        .iter()
        .find(|(hue, _)| !categories.iter().any(|category| category.facts.hue.name() == *hue))
        .unwrap_or(&HUES[categories.len() % HUES.len()]);
    let text = scaffold::category(&page.title, order, hue, &page.scaffold_context());
    page.write(&format!("goals/{slug}/_index"), text, FirstState::Public)
}

pub(super) fn new_section(
    arguments: &SectionArguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let page = NewPage::open(&arguments.page, message_language)?;
    let content = &page.workspace.content;
    let mut known = names(&content.sections);
    known.extend(names(&content.pages));
    known.extend(content.goals_index.iter().map(|entry| (entry.slug.as_str(), &**entry.path())));
    let slug = page.slug(&known)?;
    let order = next_order(content.sections.iter().map(|section| section.facts.order));
    let text = scaffold::section(&page.title, order, &page.scaffold_context());
    page.write(&format!("{slug}/_index"), text, FirstState::Public)
}

/// The names of pages in addresses, with the paths of their files.
pub(super) fn names<'e, F: 'e>(
    entries: impl IntoIterator<Item = &'e Entry<F>>,
) -> Vec<(&'e str, &'e str)> {
    entries.into_iter().map(|entry| (entry.slug.as_str(), &**entry.path())).collect()
}

/// The `order` that puts a page after all others.
pub(super) fn next_order(orders: impl Iterator<Item = u32>) -> u32 {
    orders.max().map_or(1, |last| last.saturating_add(1).min(1_000_000))
}

/// Whether a new file is public, and the kind of one that is not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstState {
    DraftBulletin,
    DraftGoal,
    DraftPage,
    DraftAlert,
    Public,
}

/// A page about to be written.
pub(super) struct NewPage<'a> {
    pub(super) workspace: Workspace,
    arguments: &'a PageArguments,
    pub(super) title: String,
    languages: Vec<String>,
    /// The language of the title, if it is not the site's default.
    title_language: Option<String>,
    today: Date,
}

impl<'a> NewPage<'a> {
    pub(super) fn open(
        arguments: &'a PageArguments,
        message_language: MessageLanguage,
    ) -> Result<Self, Failure> {
        let workspace = Workspace::open(&arguments.content, message_language)?;
        let title = arguments.title.join(" ").trim().to_owned();
        if title.is_empty() {
            return Err(workspace.error(&message!("the title is empty", "标题是空的")));
        }
        if title.contains(char::is_control) {
            let message = message!("the title must be one line of text", "标题必须是一行文字");
            return Err(workspace.error(&message));
        }
        let languages: Vec<String> =
            workspace.content.site.languages.tags().map(ToOwned::to_owned).collect();
        let chinese = if is_written_in_chinese(&title) {
            languages.iter().find(|tag| is_chinese(tag))
        } else {
            None
        };
        let title_language = match arguments.lang.as_ref().or(chinese) {
            Some(tag) if !workspace.language(tag)?.is_default() => Some(tag.clone()),
            _ => None,
        };
        let today = workspace.today(arguments.at);
        Ok(Self { workspace, arguments, title, languages, title_language, today })
    }

    pub(super) fn scaffold_context(&self) -> ScaffoldContext<'_> {
        ScaffoldContext {
            message_language: self.workspace.message_language,
            languages: &self.languages,
            today: self.today,
            title_language: self.title_language.as_deref(),
        }
    }

    /// The name given with `--slug`, or one made from the title, unless a known page has it.
    pub(super) fn slug(&self, known: &[(&str, &str)]) -> Result<String, Failure> {
        let slug = match &self.arguments.slug {
            Some(slug) if is_slug(slug) => slug.clone(),
            Some(slug) => {
                let near = slug_from_title(slug).unwrap_or_else(|| "water-supply".to_owned());
                return Err(self.workspace.error(&message!(
                    "`{slug}` cannot be part of an address; use lower-case letters a to z, digits \
                     and single hyphens: `--slug {near}`",
                    "`{slug}` 不能用于网址；请使用小写字母 a–z、数字和单个连字符：`--slug {near}`"
                )));
            }
            None => slug_from_title(&self.title).ok_or_else(|| {
                self.workspace.error(&message!(
                    "this title cannot be spelt in letters a to z; give a name, such as \
                     `--slug water-supply`",
                    "无法由该标题生成名称；请用小写字母指定，例如 `--slug water-supply`"
                ))
            })?,
        };
        let Some((_, path)) = known.iter().find(|(name, _)| *name == slug) else { return Ok(slug) };
        // One of these names is free, because there are more of them than known pages.
        let other = (2..known.len() + 3)
            .map(|number| format!("{slug}-{number}"))
            .find(|name| !known.iter().any(|(known, _)| known == name))
            .unwrap_or_default();
        let path = self.workspace.display_path(path);
        Err(self.workspace.error(&message!(
            "the name `{slug}` is taken by `{path}`; choose another, such as `--slug {other}`",
            "名称 `{slug}` 已被 `{path}` 使用；请指定其他名称，例如 `--slug {other}`"
        )))
    }

    fn section(&self, requested: Option<&str>) -> Result<String, Failure> {
        let sections: Vec<&str> =
            self.workspace.content.sections.iter().map(|section| section.slug.as_str()).collect();
        let default =
            sections.iter().find(|name| **name == "bulletins").or_else(|| sections.first());
        match (requested, default) {
            (Some(name), _) if sections.contains(&name) => Ok(name.to_owned()),
            (Some(name), _) => Err(self.workspace.unknown_name(
                &message!("there is no section `{name}`", "没有名为 `{name}` 的栏目"),
                name,
                &sections,
            )),
            (None, Some(name)) => Ok((*name).to_owned()),
            (None, None) => Err(self.workspace.error(&message!(
                "there is no section yet; add one with `gazette new section`",
                "还没有栏目；请用 `gazette new section` 添加"
            ))),
        }
    }

    fn category(&self, requested: Option<&str>) -> Result<String, Failure> {
        let categories: Vec<&str> =
            self.workspace.content.categories.iter().map(|known| known.slug.as_str()).collect();
        match (requested, &categories[..]) {
            (Some(name), all) if all.contains(&name) => Ok(name.to_owned()),
            (Some(name), all) => Err(self.workspace.unknown_name(
                &message!("there is no category `{name}`", "没有名为 `{name}` 的类别"),
                name,
                all,
            )),
            (None, [only]) => Ok((*only).to_owned()),
            (None, []) => Err(self.workspace.error(&message!(
                "there is no category yet; add one with `gazette new category`",
                "还没有类别；请用 `gazette new category` 添加"
            ))),
            (None, all) => {
                let names = all.join(", ");
                Err(self.workspace.error(&message!(
                    "give the category with `--category`; it is one of {names}",
                    "请用 `--category` 指定类别，可选：{names}"
                )))
            }
        }
    }

    fn goal(&self, name: &'a str) -> Result<(&'a str, &GoalFacts), Failure> {
        let goals = &self.workspace.content.goals;
        let found = goals.iter().find(|goal| goal.slug == name);
        found.map(|goal| (name, &goal.facts)).ok_or_else(|| {
            let known: Vec<&str> = goals.iter().map(|goal| goal.slug.as_str()).collect();
            self.workspace.unknown_name(
                &message!("there is no goal `{name}`", "没有名为 `{name}` 的目标"),
                name,
                &known,
            )
        })
    }

    /// The end of the next step on a site that numbers its bulletins.
    fn number_note(&self, state: FirstState) -> Message {
        let is_numbered = !self.workspace.content.numbers.entries.is_empty();
        if is_numbered && state == FirstState::DraftBulletin {
            message!(
                "; once it is public, `gazette number` gives it its permanent number",
                "；公开之后请运行 `gazette number`，为它分配永久编号"
            )
        } else {
            Message::new("", "")
        }
    }

    /// Writes the page, and a translation if the title is not in the default language.
    pub(super) fn write(&self, stem: &str, text: String, state: FirstState) -> CommandResult {
        let original = format!("{stem}.md");
        let path = self.workspace.display_path(&original);
        let mut files = vec![(original, text)];
        let folder = self.workspace.folder.display();
        let is_draft = state != FirstState::Public;
        let has_summary = matches!(state, FirstState::DraftBulletin | FirstState::DraftPage);
        let next_step = if let Some(tag) = &self.title_language {
            let context = self.scaffold_context();
            let translation =
                scaffold::first_translation(&self.title, has_summary, is_draft, &context);
            files.push((format!("{stem}.{tag}.md"), translation));
            let default = &self.languages[0];
            message!(
                "next: {path} holds the facts; translate its title into `{default}`, then run \
                 `gazette check {folder}`",
                "下一步：事实写在 {path} 中，其标题还需译成 `{default}`；然后运行 \
                 `gazette check {folder}`"
            )
        } else if is_draft {
            let numbers = self.number_note(state);
            message!(
                "next: fill in {path}, then run `gazette check {folder}`; it is a draft \
                 until the line `draft: true` is removed{numbers}",
                "下一步：填写 {path}，然后运行 `gazette check {folder}`；删除 `draft: true` 一行之前\
                 不会公开{numbers}"; numbers
            )
        } else {
            message!(
                "next: fill in {path}; the page is public as soon as the site reads it",
                "下一步：填写 {path}；网站读取后即公开"
            )
        };
        write(&self.workspace, &files, &next_step)
    }
}

fn is_written_in_chinese(title: &str) -> bool {
    title.contains(is_han) && !title.contains(|c: char| c.is_ascii_alphabetic())
}
