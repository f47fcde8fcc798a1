//! The stable codes of diagnostics.

use std::fmt;

macro_rules! codes {
    (
        rules { $($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+ }
        lints { $($(#[doc = $lint_doc:literal])+ $lint:ident = $lint_name:literal,)+ }
    ) => {
        /// The stable name of a rule, such as `front-matter/unknown-key`. Names are never reused
        /// for another rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
            $($(#[doc = $lint_doc])+ $lint,)+
        }

        impl Code {
            /// Every rule, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$variant,)+ $(Self::$lint,)+];

            /// The name in output and in the documentation.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                    $(Self::$lint => $lint_name,)+
                }
            }

            /// Whether it is a lint, which a site may switch off.
            #[must_use]
            pub const fn is_lint(self) -> bool {
                matches!(self, $(Self::$lint)|+)
            }

            /// Finds a code by its name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }
        }
    };
}

codes! {
    rules {
        /// A file cannot be read as UTF-8 text.
        NotUtf8 = "file/not-utf8",
        /// A file is larger than Gazette reads.
        TooLarge = "file/too-large",
        /// No page links to a file.
        UnusedFile = "file/unused",
        /// A link in the file system leads out of the content folder, or to nothing.
        SymlinkEscape = "file/symlink-escape",
        /// A folder is too deep, or a link that would lead into a circle.
        UnreadFolder = "file/unread-folder",
        /// A file or folder name cannot be part of an address.
        BadName = "file/bad-name",
        /// A file in a place where no kind of page is expected.
        Misplaced = "file/misplaced",
        /// A file holds both versions of a merge conflict.
        MergeConflict = "file/merge-conflict",
        /// `site.toml` is missing.
        MissingSite = "site/missing",
        /// `site.toml` or front matter cannot be parsed at all.
        Syntax = "front-matter/syntax",
        /// A content file does not start with front matter.
        NoFrontMatter = "front-matter/missing",
        /// Front matter has no closing line.
        Unclosed = "front-matter/unclosed",
        /// A key that this kind of file does not have.
        UnknownKey = "front-matter/unknown-key",
        /// A key that is listed twice.
        DuplicateKey = "front-matter/duplicate-key",
        /// A key that this kind of file must have.
        MissingKey = "front-matter/missing-key",
        /// A value of the wrong type.
        WrongType = "front-matter/wrong-type",
        /// A value that is not one of those allowed, or out of range.
        BadValue = "front-matter/bad-value",
        /// A text that is not a date, or a date in another form.
        BadDate = "front-matter/bad-date",
        /// A text that is not a web address.
        BadUrl = "front-matter/bad-url",
        /// Facts that contradict each other, such as an end before its beginning.
        Inconsistent = "front-matter/inconsistent",
        /// A goal that does not exist.
        UnknownGoal = "reference/unknown-goal",
        /// A milestone that its goal does not have.
        UnknownMilestone = "reference/unknown-milestone",
        /// A category that does not exist.
        UnknownCategory = "reference/unknown-category",
        /// A folder that is not a section.
        UnknownSection = "reference/unknown-section",
        /// A bulletin that does not exist.
        UnknownSlug = "reference/unknown-slug",
        /// A kind of document that `site.toml` does not list.
        UnknownKind = "reference/unknown-kind",
        /// An issuer that has no file in `bodies/`.
        UnknownBody = "reference/unknown-body",
        /// A topic that has no file in `topics/`.
        UnknownTopic = "reference/unknown-topic",
        /// Two documents with one number.
        DuplicateNumber = "document/duplicate-number",
        /// A document that repeals or changes itself, by way of others.
        DocumentCircle = "document/circle",
        /// An act on a document before the document is made.
        EarlyAct = "document/early-act",
        /// An act on a document that has ended.
        NoEffect = "document/no-effect",
        /// A line of the ledger of permanent numbers that was changed.
        ChangedNumber = "number/changed",
        /// A permanent number that is no longer in the ledger.
        RemovedNumber = "number/removed",
        /// A permanent number for two bulletins, or a bulletin with two.
        RepeatedNumber = "number/repeated",
        /// A report that does not fit its goal's kind.
        ReportMismatch = "reference/report-mismatch",
        /// A figure below an earlier one of a goal that adds up.
        ShrinkingFigure = "reference/shrinking-figure",
        /// Two pages, goals or categories with one name.
        DuplicateSlug = "url/duplicate-slug",
        /// An alias that another page already has.
        DuplicateAlias = "url/duplicate-alias",
        /// A translation of a file that does not exist.
        NoOriginal = "translation/without-original",
        /// A translation that repeats a fact of its original.
        RepeatsFacts = "translation/repeats-facts",
        /// A translation whose original has changed since.
        StaleTranslation = "translation/stale",
        /// An earlier version of a file that does not exist.
        NoBulletin = "version/without-bulletin",
        /// An earlier version of a day on which its bulletin had no new text.
        WrongDay = "version/wrong-day",
        /// A language that `site.toml` does not name.
        UnknownLanguage = "translation/unknown-language",
        /// The wording of the interface lacks a message in a language.
        MissingMessage = "translation/missing-message",
        /// A message of the interface that readers do not see as it is meant.
        BadMessage = "translation/bad-message",
        /// A relative link without a target.
        BrokenLink = "link/broken",
        /// A `#fragment` without its heading.
        BrokenFragment = "link/broken-fragment",
        /// The definition of a link that is not on the page.
        UnusedDefinition = "link/unused-definition",
        /// A scheme that a public page must not link to.
        BadScheme = "link/bad-scheme",
        /// An image that does not exist.
        MissingImage = "image/missing",
        /// An image without alternative text.
        NoAlt = "image/no-alt",
        /// An image from another host, or of a kind that is not shown.
        BadImage = "image/unsupported",
        /// A heading that skips a level.
        SkippedLevel = "heading/skipped-level",
        /// A heading without words.
        EmptyHeading = "heading/empty",
        /// A heading of the first level, which is reserved for the title.
        FirstLevel = "heading/first-level",
        /// A heading in an alert, which comes before the title of a page.
        HeadingInAlert = "heading/in-alert",
        /// A footnote in an alert, whose note would be above the page.
        FootnoteInAlert = "body/footnote-in-alert",
        /// Raw HTML.
        RawHtml = "body/raw-html",
        /// A delimiter of emphasis that CommonMark treats as text.
        LiteralEmphasis = "body/literal-emphasis",
        /// Markup of another dialect of Markdown, which readers would see literally.
        LiteralMark = "body/literal-mark",
        /// A line of a paragraph that was probably meant as a paragraph or item of its own.
        MissingEmptyLine = "body/missing-empty-line",
        /// A list that is shown with other numbers or levels than it was written with.
        ChangedList = "body/changed-list",
        /// Prose that its indentation makes a code block.
        IndentedProse = "body/indented-prose",
        /// A code block that no line ends.
        OpenCodeBlock = "body/open-code-block",
        /// A paragraph that was probably meant as a table.
        NotATable = "table/not-a-table",
        /// A row of a table with more or fewer cells than the head.
        RowWidth = "table/row-width",
        /// A row of a table without its first cell, as merged cells leave it.
        EmptyFirstCell = "table/empty-first-cell",
        /// A caption that a converter wrote twice.
        RepeatedCaption = "body/repeated-caption",
        /// A footnote reference without its text, or a text without a reference.
        BrokenFootnote = "body/broken-footnote",
    }
    lints {
        /// A link text that says nothing on its own.
        VagueLink = "link/vague-text",
        /// A link to a host that only one network reaches.
        PrivateAddress = "link/private-address",
        /// A link by way of a program that watches links.
        WrappedAddress = "link/wrapped-address",
        /// A heading that is a sentence: large text, not the title of a part.
        HeadingAsEmphasis = "heading/as-emphasis",
        /// A bold paragraph in place of a heading.
        EmphasisAsHeading = "body/emphasis-as-heading",
        /// Steps or a contact of which one item lacks the form.
        PartialBlock = "body/partial-block",
        /// A column of a table without a head.
        NoTableHead = "table/no-head",
        /// A summary so long that lists and feed readers cut it.
        LongSummary = "summary/too-long",
        /// An alert so long that it hides the content of every page.
        LongAlert = "body/long-alert",
        /// A title that another page has, or that the page's text repeats.
        RepeatedTitle = "title/repeated",
        /// A placeholder that was never replaced.
        Placeholder = "text/placeholder",
        /// Text that was decoded with another encoding than its own.
        GarbledText = "text/garbled",
        /// A table (CSV) that programs read in another way than it was meant.
        BadTable = "file/bad-table",
        /// A file of another kind than its name says.
        WrongKind = "file/wrong-kind",
        /// A file whose properties name its author.
        NamesAuthor = "file/names-author",
        /// A document that still has comments or tracked changes.
        HasComments = "file/has-comments",
        /// An English sentence that is hard to follow.
        LongSentence = "text/long-sentence",
        /// Spaces in Chinese text in the wrong places, or not everywhere.
        ChineseSpacing = "text/chinese-spacing",
        /// Half-width punctuation in Chinese text, or full-width in Latin.
        ChinesePunctuation = "text/chinese-punctuation",
        /// A radical in the place of the character that looks the same.
        Radical = "text/radical",
        /// A paragraph that was pasted twice.
        RepeatedText = "text/repeated",
        /// A paragraph or a heading in another language than its page.
        OtherLanguage = "text/other-language",
        /// A number in the text other than the one that the front matter reports.
        ContradictedReport = "report/contradicted",
        /// A figure without a source.
        NoSource = "report/no-source",
        /// A figure that changes nothing for its goal.
        NotCounted = "report/not-counted",
        /// A reference to a bulletin or goal that is not public.
        NotPublic = "reference/not-public",
        /// A date so far away that it is probably a typo.
        FarDate = "date/far",
        /// A day in the text that is not in the calendar.
        NoSuchDay = "date/no-such-day",
        /// A time of the day that does not exist.
        NoSuchTime = "date/no-such-time",
        /// A weekday that its date does not have.
        WrongWeekday = "date/wrong-weekday",
        /// An image that is slow to load.
        HeavyImage = "image/heavy",
        /// A bulletin that concerns no goal.
        NoGoal = "bulletin/no-goal",
        /// A consultation that names no way to comment.
        NoWayToComment = "document/no-way-to-comment",
        /// The text of a home page, section or category, or a word of its facts, is missing in a
        /// language.
        MissingText = "translation/missing-text",
        /// A page that is not translated yet.
        Untranslated = "translation/missing",
        /// A link to another site that is broken.
        DeadLink = "link/dead",
        /// A link to another site whose page has a new address.
        MovedLink = "link/moved",
        /// A link to another site that responds slowly.
        SlowLink = "link/slow",
        /// A link to another site that could not be checked.
        UncheckedLink = "link/unchecked",
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}
