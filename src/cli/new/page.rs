//! Bulletins, goals, categories and sections.

use clap::Args;
use jiff::Timestamp;

use super::write;
use crate::cli::workspace::{FolderArguments, Workspace};
use crate::cli::{Failure, Outcome, instant};
use crate::content::goal::{GoalFacts, GoalKind, KINDS};
use crate::content::is_slug;
use crate::content::section::HUES;
use crate::diagnostic::{Message, MessageLanguage, closest, message};
use crate::editor::kit::scaffold::{self, ScaffoldContext};
use crate::editor::kit::slug_from_title;
use crate::language::{is_chinese, is_han};

/// What every page is given.
#[derive(Debug, Clone, Args)]
pub(super) struct PageArguments {
    /// The title; several words count as one title, with or without quotes.
    #[arg(value_name = "TITLE", required = true)]
    title: Vec<String>,
    /// The name in addresses, in letters a to z, digits and hyphens; without it, one is made of the title.
    #[arg(long, value_name = "NAME")]
    slug: Option<String>,
    /// The language of the title, if it is not the site's first one; two files are written then. A title of Chinese
    /// characters alone is Chinese.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// The instant at which it is written, instead of now, such as `2024-11-20T12:00:00+08:00`.
    #[arg(long, env = "GAZETTE_AT", value_name = "INSTANT", value_parser = instant)]
    at: Option<Timestamp>,
    #[command(flatten)]
    content: FolderArguments,
}

#[derive(Debug, Clone, Args)]
pub(super) struct BulletinArguments {
    #[command(flatten)]
    page: PageArguments,
    /// The section that it belongs to; without it, `bulletins`, or the first one.
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
    /// A goal that it is about; can be given again.
    #[arg(long = "goal", value_name = "NAME")]
    goals: Vec<String>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct GoalArguments {
    #[command(flatten)]
    page: PageArguments,
    /// The category that it belongs to; may be left out where there is only one.
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// The kind of promise: increase, maintain, direction, deliver or continue.
    #[arg(long, value_name = "KIND", default_value = "increase", value_parser = kind)]
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

fn kind(text: &str) -> Result<GoalKind, String> {
    let names = || KINDS.iter().map(|(name, _)| *name);
    let found = KINDS.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind);
    found.ok_or_else(|| match closest(text, names()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("it is one of {}", names().collect::<Vec<_>>().join(", ")),
    })
}

pub(super) fn bulletin(
    arguments: &BulletinArguments,
    message_language: MessageLanguage,
) -> Outcome {
    let page = NewPage::open(&arguments.page, message_language)?;
    let content = &page.workspace.content;
    let section = page.section(arguments.section.as_deref())?;
    let goals =
        arguments.goals.iter().map(|goal| page.goal(goal)).collect::<Result<Vec<_>, _>>()?;
    let slug =
        page.slug(content.bulletins.iter().map(|known| (known.slug.as_str(), &**known.path())))?;
    let text = scaffold::bulletin(&page.title, &goals, &page.context());
    page.write(&format!("{section}/{slug}"), text, true, true)
}

pub(super) fn goal(arguments: &GoalArguments, message_language: MessageLanguage) -> Outcome {
    let page = NewPage::open(&arguments.page, message_language)?;
    let content = &page.workspace.content;
    let category = page.category(arguments.category.as_deref())?;
    let slug =
        page.slug(content.goals.iter().map(|known| (known.slug.as_str(), &**known.path())))?;
    let order = next(
        content.goals.iter().filter(|goal| goal.folder == category).map(|goal| goal.facts.order),
    );
    let text = scaffold::goal(&page.title, arguments.kind, order, &page.context());
    page.write(&format!("goals/{category}/{slug}"), text, false, true)
}

pub(super) fn category(
    arguments: &CategoryArguments,
    message_language: MessageLanguage,
) -> Outcome {
    let page = NewPage::open(&arguments.page, message_language)?;
    let categories = &page.workspace.content.categories;
    let slug = page.slug(categories.iter().map(|known| (known.slug.as_str(), &**known.path())))?;
    let order = next(categories.iter().map(|category| category.facts.order));
    let is_free =
        |hue: &&(&str, _)| !categories.iter().any(|category| category.facts.hue.name() == hue.0);
    let hue =
        HUES.iter().find(is_free).map_or(HUES[categories.len() % HUES.len()].0, |(name, _)| *name);
    let text = scaffold::category(&page.title, order, hue, &page.context());
    page.write(&format!("goals/{slug}/_index"), text, false, false)
}

pub(super) fn section(arguments: &SectionArguments, message_language: MessageLanguage) -> Outcome {
    let page = NewPage::open(&arguments.page, message_language)?;
    let content = &page.workspace.content;
    let known = content.sections.iter().chain(&content.pages).chain(&content.goals_index);
    let slug = page.slug(known.map(|known| (known.slug.as_str(), &**known.path())))?;
    let order = next(content.sections.iter().map(|section| section.facts.order));
    let text = scaffold::section(&page.title, order, &page.context());
    page.write(&format!("{slug}/_index"), text, false, false)
}

/// The place behind all others.
fn next(orders: impl Iterator<Item = u32>) -> u32 {
    orders.max().map_or(1, |last| last.saturating_add(1).min(1_000_000))
}

/// A page that is being put together.
struct NewPage<'a> {
    workspace: Workspace,
    arguments: &'a PageArguments,
    title: String,
    languages: Vec<String>,
    /// The language of the title, if it is not the site's default.
    foreign: Option<String>,
    today: jiff::civil::Date,
}

fn is_written_in_chinese(title: &str) -> bool {
    title.contains(is_han) && !title.contains(|c: char| c.is_ascii_alphabetic())
}

impl<'a> NewPage<'a> {
    fn open(
        arguments: &'a PageArguments,
        message_language: MessageLanguage,
    ) -> Result<Self, Failure> {
        let workspace = Workspace::open(&arguments.content, message_language)?;
        let title = arguments.title.join(" ").trim().to_owned();
        if title.is_empty() {
            return Err(workspace.refuse(&message!("the title is empty", "标题是空的")));
        }
        if title.contains(char::is_control) {
            return Err(workspace
                .refuse(&message!("the title must be one line of text", "标题必须是一行文字")));
        }
        let languages: Vec<String> =
            workspace.content.site.languages.tags().map(ToOwned::to_owned).collect();
        let chinese =
            languages.iter().find(|tag| is_chinese(tag)).filter(|_| is_written_in_chinese(&title));
        let foreign = match arguments.lang.as_ref().or(chinese) {
            Some(tag) => Some(workspace.language(tag)?)
                .filter(|language| !language.is_default())
                .map(|_| tag.clone()),
            None => None,
        };
        let today = workspace.today(arguments.at);
        Ok(Self { workspace, arguments, title, languages, foreign, today })
    }

    fn context(&self) -> ScaffoldContext<'_> {
        ScaffoldContext {
            message_language: self.workspace.message_language,
            languages: &self.languages,
            today: self.today,
            foreign: self.foreign.as_deref(),
        }
    }

    /// The name that was asked for, or one made of the title, if nothing has it yet.
    fn slug<'k>(&self, known: impl Iterator<Item = (&'k str, &'k str)>) -> Result<String, Failure> {
        let slug = match &self.arguments.slug {
            Some(slug) if is_slug(slug) => slug.clone(),
            Some(slug) => {
                let near = slug_from_title(slug).unwrap_or_else(|| "water-supply".to_owned());
                return Err(self.workspace.refuse(&message!(
                    "`{slug}` cannot be part of an address; write it in lower-case letters a to z, digits and single hyphens: `--slug {near}`",
                    "`{slug}` 不能用于网址；请使用小写字母 a–z、数字和单个连字符：`--slug {near}`"
                )));
            }
            None => slug_from_title(&self.title).ok_or_else(|| {
                self.workspace.refuse(&message!(
                    "no name can be made of this title; give one in letters a to z, such as `--slug water-supply`",
                    "无法由该标题生成名称；请用小写字母指定，例如 `--slug water-supply`"
                ))
            })?,
        };
        let known: Vec<(&str, &str)> = known.collect();
        let Some((_, path)) = known.iter().find(|(name, _)| *name == slug) else { return Ok(slug) };
        let is_free = |name: &String| !known.iter().any(|(known, _)| known == name);
        // One of so many names is free.
        let other = (2..known.len() + 3)
            .map(|count| format!("{slug}-{count}"))
            .find(is_free)
            .unwrap_or_default();
        let path = self.workspace.shown(path);
        Err(self.workspace.refuse(&message!(
            "the name `{slug}` is taken by `{path}`; choose another, such as `--slug {other}`",
            "名称 `{slug}` 已被 `{path}` 使用；请指定其他名称，例如 `--slug {other}`"
        )))
    }

    fn section(&self, asked: Option<&str>) -> Result<String, Failure> {
        let sections: Vec<&str> =
            self.workspace.content.sections.iter().map(|section| section.slug.as_str()).collect();
        let usual =
            || sections.iter().find(|name| **name == "bulletins").or_else(|| sections.first());
        match (asked, usual()) {
            (Some(name), _) if sections.contains(&name) => Ok(name.to_owned()),
            (Some(name), _) => Err(self.unknown(
                &message!("no section is called `{name}`", "没有名为 `{name}` 的栏目"),
                name,
                &sections,
            )),
            (None, Some(name)) => Ok((*name).to_owned()),
            (None, None) => Err(self.workspace.refuse(&message!(
                "there is no section yet; add one with `gazette new section`",
                "还没有栏目；请用 `gazette new section` 添加"
            ))),
        }
    }

    fn category(&self, asked: Option<&str>) -> Result<String, Failure> {
        let categories: Vec<&str> =
            self.workspace.content.categories.iter().map(|known| known.slug.as_str()).collect();
        match (asked, &categories[..]) {
            (Some(name), all) if all.contains(&name) => Ok(name.to_owned()),
            (Some(name), all) => Err(self.unknown(
                &message!("no category is called `{name}`", "没有名为 `{name}` 的类别"),
                name,
                all,
            )),
            (None, [only]) => Ok((*only).to_owned()),
            (None, []) => Err(self.workspace.refuse(&message!(
                "there is no category yet; add one with `gazette new category`",
                "还没有类别；请用 `gazette new category` 添加"
            ))),
            (None, all) => {
                let names = all.join(", ");
                Err(self.workspace.refuse(&message!(
                    "name the category with `--category`; it is one of {names}",
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
            self.unknown(
                &message!("no goal is called `{name}`", "没有名为 `{name}` 的目标"),
                name,
                &known,
            )
        })
    }

    fn unknown(&self, what: &Message, name: &str, known: &[&str]) -> Failure {
        self.workspace.unknown(what, name, known)
    }

    /// Writes the page, and its words in the language of the title if that is another one.
    fn write(&self, stem: &str, text: String, has_summary: bool, is_kept_back: bool) -> Outcome {
        let original = format!("{stem}.md");
        let shown = self.workspace.shown(&original);
        let mut files = vec![(original, text)];
        let folder = self.workspace.folder.display();
        let next = if let Some(tag) = &self.foreign {
            files.push((
                format!("{stem}.{tag}.md"),
                scaffold::first_translation(
                    &self.title,
                    has_summary,
                    is_kept_back,
                    &self.context(),
                ),
            ));
            let default = &self.languages[0];
            message!(
                "next: {shown} holds the facts, and its title is still to be put into `{default}`; then `gazette check {folder}`",
                "下一步：事实写在 {shown} 中，其标题还需译成 `{default}`；然后运行 `gazette check {folder}`"
            )
        } else if is_kept_back {
            message!(
                "next: fill in {shown}, then `gazette check {folder}`; it is a draft until its line `draft: true` is removed",
                "下一步：填写 {shown}，然后运行 `gazette check {folder}`；删除 `draft: true` 一行之前不会公开"
            )
        } else {
            message!(
                "next: fill in {shown}; it is public as soon as the site reads it",
                "下一步：填写 {shown}；网站读取后即公开"
            )
        };
        write(&self.workspace, &files, &next)
    }
}
