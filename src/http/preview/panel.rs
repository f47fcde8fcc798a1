//! The panel of the preview: what was found in the content, and what will change by itself.

use std::sync::Arc;

use arc_swap::ArcSwap;
use askama::Template;
use jiff::Timestamp;

use crate::diagnostic::MessageLanguage;

/// The state of the last compile, as the panel shows it.
#[derive(Debug, Clone, Default)]
pub struct PanelContent {
    /// The instant of the edition, in the site's zone.
    pub instant: String,
    /// Whether the clock was moved.
    pub is_pinned: bool,
    /// Whether there is an edition: without one, each page is the panel.
    pub has_edition: bool,
    pub errors: usize,
    pub diagnostics: Vec<PanelDiagnostic>,
    /// A failure that is not a problem of the content.
    pub failure: Option<String>,
    pub upcoming: Vec<PanelChange>,
    /// The last instant whose changes of states are listed, if there are later ones.
    pub states_until: Option<PanelInstant>,
}

#[derive(Debug, Clone)]
pub struct PanelDiagnostic {
    pub code: &'static str,
    pub is_error: bool,
    /// `content/bulletins/lake.md:4:12`.
    pub place: String,
    /// The address that opens the place in an editor.
    pub editor: Option<String>,
    /// The message with the source line, carets and the help.
    pub text: String,
}

/// A change that comes by itself.
#[derive(Debug, Clone)]
pub struct PanelChange {
    pub at: Timestamp,
    /// The instant in the site's zone.
    pub shown: String,
    pub what: String,
    pub title: String,
}

/// An instant to which the clock can be moved.
#[derive(Debug, Clone)]
pub struct PanelInstant {
    pub at: Timestamp,
    /// The instant in the site's zone.
    pub shown: String,
}

/// The panel and the clock of the preview, which the compiler and the requests share.
#[derive(Debug)]
pub struct Panel {
    content: ArcSwap<PanelContent>,
    /// The instant to which the clock was moved.
    at: ArcSwap<Option<Timestamp>>,
    language: MessageLanguage,
}

/// The most errors on every page; the panel has all.
const MAX_ON_PAGES: usize = 5;

impl PanelContent {
    /// The errors that every page shows.
    fn shown_on_pages(&self) -> impl Iterator<Item = &PanelDiagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error).take(MAX_ON_PAGES)
    }
}

impl Panel {
    #[must_use]
    pub fn new(language: MessageLanguage, at: Option<Timestamp>) -> Self {
        let content = ArcSwap::from_pointee(PanelContent::default());
        Self { content, at: ArcSwap::from_pointee(at), language }
    }

    pub fn set_content(&self, content: PanelContent) {
        self.content.store(Arc::new(content));
    }

    /// The instant to which the clock was moved; `None` for the present.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        **self.at.load()
    }

    pub(super) fn move_clock(&self, at: Option<Timestamp>) {
        self.at.store(Arc::new(at));
    }

    pub(super) fn has_edition(&self) -> bool {
        self.content.load().has_edition
    }

    /// The page at `/_preview/`.
    pub(super) fn page(&self, version: u64) -> String {
        let content = &**self.content.load();
        let page = PanelPage { words: &Words::in_language(self.language), content, version };
        page.render().unwrap_or_else(|error| error.to_string())
    }

    /// The banner at the top of every page.
    pub(super) fn banner(&self) -> String {
        let content = &**self.content.load();
        let banner = Banner { words: &Words::in_language(self.language), content };
        banner.render().unwrap_or_else(|error| error.to_string())
    }
}

#[derive(Template)]
#[template(path = "preview/panel.html")]
struct PanelPage<'a> {
    words: &'a Words,
    content: &'a PanelContent,
    version: u64,
}

#[derive(Template)]
#[template(path = "preview/banner.html")]
struct Banner<'a> {
    words: &'a Words,
    content: &'a PanelContent,
}

/// The words of the panel.
struct Words {
    tag: &'static str,
    preview: &'static str,
    shows: &'static str,
    as_of: &'static str,
    panel: &'static str,
    site: &'static str,
    next: &'static str,
    now: &'static str,
    stale: &'static str,
    found: &'static str,
    clean: &'static str,
    upcoming: &'static str,
    nothing: &'static str,
    states_until: &'static str,
    later_states: &'static str,
    when: &'static str,
    what: &'static str,
    page: &'static str,
    step: &'static str,
    go: &'static str,
}

impl Words {
    const fn in_language(language: MessageLanguage) -> Self {
        match language {
            MessageLanguage::English => Self {
                tag: "en",
                preview: "Preview.",
                shows: "Drafts and scheduled bulletins are shown.",
                as_of: "As of",
                panel: "Preview panel",
                site: "To the site",
                next: "Go to the next change",
                now: "Back to the present",
                stale: "The last good state is shown. Errors:",
                found: "Errors and advice",
                clean: "Nothing was found.",
                upcoming: "Changes that come by themselves",
                nothing: "Nothing is scheduled.",
                states_until: "Changes of status, of validity, of consultations and of alerts are \
                               listed up to",
                later_states: "; move the clock there to see later ones.",
                when: "When",
                what: "What",
                page: "Page",
                step: "Clock",
                go: "Show this instant",
            },
            MessageLanguage::Chinese => Self {
                tag: "zh",
                preview: "预览。",
                shows: "草稿和定时发布的公报也显示。",
                as_of: "时间：",
                panel: "预览面板",
                site: "查看网站",
                next: "跳到下一次变化",
                now: "回到现在",
                stale: "显示的是最近一次正确的内容。错误数：",
                found: "错误和建议",
                clean: "没有发现问题。",
                upcoming: "将自动发生的变化",
                nothing: "没有定时的内容。",
                states_until: "目标状态、文件效力、征求意见和提示的变化列至",
                later_states: "；把时钟移到这一时刻，可查看此后的变化。",
                when: "时间",
                what: "变化",
                page: "页面",
                step: "时钟",
                go: "查看这一时刻",
            },
        }
    }
}
