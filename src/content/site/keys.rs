//! The keys of `site.toml`.

use crate::content::front_matter::keys::KeyType::{
    BaseUrl, Bulletin, Contact, DaysBySection, FooterKind, Group, LanguageTag, Line, List,
    Localised, Profile, ReasonsByCode, SitePath, TimeZone, WebAddress, WholeNumber,
};
use crate::content::front_matter::keys::{Key, KeyGroup};
use crate::content::front_matter::shorthand;
use crate::diagnostic::Phrase;

const TEXT: Phrase = Phrase::typed("\"…\"");

pub(crate) const SETTINGS: KeyGroup = KeyGroup::new(
    "Settings",
    Phrase::typed("`site.toml`"),
    "The settings of a site.",
    &[
        Key::required("name", Localised, TEXT)
            .description("The site's name, shown at the top of every page."),
        Key::optional("tagline", Localised).description("A few words under the name."),
        Key::required("base_url", BaseUrl, Phrase::typed("\"https://…/\""))
            .description("The site's public address: scheme, host and perhaps a path."),
        Key::required("time_zone", TimeZone, Phrase::typed("\"Asia/Shanghai\""))
            .description("The zone of every date and time that names no zone of its own."),
        Key::required("languages", List(&LanguageTag), Phrase::typed("[\"en\"]"))
            .description("The languages. The first is the default: its files hold the facts."),
        Key::optional("profile", Profile).description(
            "A set of further rules: `cn-gov` adds the tags that are mandatory on sites of \
             Chinese government bodies.",
        ),
        Key::optional("featured", List(&Bulletin))
            .description("Bulletins shown at the foot of every bulletin, by name."),
        Key::optional("navigation", List(&SitePath))
            .description("The links at the top of every page, in this order."),
        Key::optional("strip", Localised).description(
            "Words at the very top of every page, such as that this is an official site.",
        ),
        Key::optional("mistakes", Contact).description(
            "Where readers report a mistake on a page: `mailto:…`, or a form to which the address \
             and the version of the page are handed on as `page` and `version`.",
        ),
        Key::optional("files", List(&Line)).description(
            "Files of the content folder that are published as they are, although no page links \
             to them, such as the verification file of a search engine.",
        ),
        Key::optional("look", Group(&LOOK))
            .description("The city's own look: logo, drawing, icon and colour."),
        Key::optional("footer", List(&Group(&FOOTER_LINE))).description(
            "Lines at the foot of every page that an authority asks for, such as a record number.",
        ),
        Key::optional("publisher", Group(&PUBLISHER))
            .description("The organisation that publishes the site."),
        Key::optional("security", Group(&SECURITY)).description("The contents of `security.txt`."),
        Key::optional("government", Group(&GOVERNMENT))
            .description("Settings of the profile `cn-gov`."),
        Key::optional("freshness", DaysBySection).description(
            "The number of days within which the home page and each section should have \
             something new, for `gazette check --audit`.",
        ),
        Key::optional("documents", Group(&DOCUMENTS))
            .description("The kinds of official documents, and the form of their numbers."),
        Key::optional("lints", Group(&LINTS))
            .description("The advice of `gazette check` that is switched off for this site."),
        Key::optional("search", Group(&SEARCH)).description("Settings of the search."),
    ],
);

pub(crate) const LOOK: KeyGroup = KeyGroup::new(
    "Look",
    Phrase::typed("`[look]`"),
    "What only this city has. Paths are those of files in the content folder.",
    &[
        Key::optional("logo", Line)
            .description("A drawing (SVG) or a picture beside the site's name."),
        Key::optional("drawing", Line)
            .description("A drawing (SVG) at the foot of every page, such as a skyline."),
        Key::optional("icon", Line).description("The icon of browser tabs: SVG or PNG."),
        Key::optional("colour", Line)
            .description("The colour of links and buttons, such as `#1f5a9e`."),
        Key::optional("dark_colour", Line)
            .description("The same on dark pages; without it a lighter shade of `colour` is used."),
    ],
);

pub(crate) const FOOTER_LINE: KeyGroup = KeyGroup::new(
    "FooterLine",
    Phrase::new("a line of `footer`", "`footer` 中的一行"),
    "A line at the foot of every page.",
    &[
        Key::required("text", Localised, TEXT).description("The text of the line."),
        Key::optional("kind", FooterKind).description("What it is, for `gazette check --audit`."),
        Key::optional("url", WebAddress).description("The address that the line links to."),
        Key::optional("image", Line)
            .description("A small picture before the text: a file of the content folder."),
    ],
);

pub(crate) const PUBLISHER: KeyGroup = KeyGroup::new(
    "Publisher",
    Phrase::typed("`[publisher]`"),
    "The organisation that publishes the site.",
    &[
        Key::required("name", Localised, TEXT).description("The organisation's full name."),
        Key::optional("url", WebAddress).description("Its own site."),
        Key::optional("contact", Contact).description("How to reach it."),
        Key::optional("logo", WebAddress).description("The address of its logo."),
        Key::optional("license", WebAddress)
            .description("The address of the terms under which the data may be used."),
    ],
)
.shorthand(shorthand::name);

pub(crate) const SECURITY: KeyGroup = KeyGroup::new(
    "Security",
    Phrase::typed("`[security]`"),
    "The contents of `security.txt` (RFC 9116).",
    &[
        Key::required("contact", Contact, Phrase::typed("\"mailto:…\""))
            .description("Where to report a vulnerability."),
        Key::optional("policy", WebAddress).description("The address of the policy."),
    ],
)
.shorthand(shorthand::contact);

pub(crate) const GOVERNMENT: KeyGroup = KeyGroup::new(
    "Government",
    Phrase::typed("`[government]`"),
    "Settings of the profile `cn-gov`.",
    &[Key::required("site_id_code", Line, TEXT)
        .description("The identification code, as it was issued to the site.")],
)
.shorthand(shorthand::site_id_code);

pub(crate) const SEARCH: KeyGroup = KeyGroup::new(
    "Search",
    Phrase::typed("`[search]`"),
    "Settings of the search.",
    &[Key::optional("synonyms", List(&List(&Line))).description(
        "Groups of words of the same meaning: a search for one finds pages with another.",
    )],
);

pub(crate) const DOCUMENTS: KeyGroup = KeyGroup::new(
    "Documents",
    Phrase::typed("`[documents]`"),
    "Settings of official documents.",
    &[
        Key::optional("kinds", List(&Group(&DOCUMENT_KIND)))
            .description("The kinds of documents, in the order of lists."),
        Key::optional("outcome_days", WholeNumber).description(
            "The most days from the end of a consultation to its outcome, for `gazette check \
             --audit`; 90 without it.",
        ),
        Key::optional("index", Line).description(
            "An index number as an example, such as `000014349/2022-00110`: others have digits, \
             letters and marks at the same places.",
        ),
    ],
);

pub(crate) const DOCUMENT_KIND: KeyGroup = KeyGroup::new(
    "DocumentKind",
    Phrase::new("a kind of document", "公文种类"),
    "A kind of official document.",
    &[
        Key::required("name", Line, Phrase::typed("\"notice\""))
            .description("Its name in front matter and addresses."),
        Key::required("title", Localised, TEXT).description("Its title on pages."),
    ],
)
.shorthand(shorthand::document_kind);

pub(crate) const LINTS: KeyGroup = KeyGroup::new(
    "Lints",
    Phrase::typed("`[lints]`"),
    "The advice that is switched off for this site.",
    &[Key::optional("off", ReasonsByCode).description("A reason for each code.")],
);
