//! Bodies and topics: pages with the bulletins of one issuer or about one subject.

use super::front_matter::keys::KeyType::{
    Date, Group, Line, List, Localised as Words, Sentences, SitePath, WebAddress, WholeNumber,
};
use super::front_matter::keys::{Key, KeyGroup};
use super::front_matter::localised::{self, Localised};
use super::front_matter::mapping::MappingReader;
use super::front_matter::moment::Moment;
use super::front_matter::scalar::ELLIPSIS;
use super::front_matter::shorthand;
use super::front_matter::tree::{Located, NodeKind};
use super::front_matter::value_reader::{Field, ValueReader};
use super::front_matter::web;
use super::paths::GroupKind;
use crate::content::number::read_order;
use crate::diagnostic::{Code, Phrase, message};

/// The facts of a body or a topic.
#[derive(Debug, Clone, Default)]
pub struct GroupFacts {
    /// Its position among those of its kind, from low to high.
    pub order: u32,
    /// How to reach a body.
    pub contact: Option<Contact>,
    /// Earlier names of a body, the earliest first.
    pub formerly: Vec<FormerName>,
    /// Earlier paths of the page.
    pub aliases: Vec<Located<String>>,
}

/// How to reach a body.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    pub phone: Option<String>,
    pub email: Option<String>,
    /// The URL of its own site.
    pub url: Option<String>,
    pub address: Option<Localised>,
    /// When it can be reached.
    pub hours: Option<Localised>,
}

/// The contact of a bulletin.
#[derive(Debug, Clone)]
pub enum ContactFacts {
    /// That of a body, by its slug.
    OfBody(Located<String>),
    Own(Contact),
}

/// A name that a body had.
#[derive(Debug, Clone)]
pub struct FormerName {
    pub title: Localised,
    /// The last day on which it had the name.
    pub until: Located<Moment>,
}

impl GroupFacts {
    /// The name that a body had on the day of a moment, if that was another one.
    #[must_use]
    pub fn name_at(&self, moment: Moment) -> Option<&Localised> {
        let former = self.formerly.iter().find(|name| moment.date() <= name.until.value.date());
        former.map(|name| &name.title)
    }
}

pub(crate) const BODY: KeyGroup = KeyGroup::new(
    "Body",
    Phrase::new("a body", "机构"),
    "An organisation that issues documents.",
    &[
        TITLE,
        SHORT_TITLE,
        SUMMARY,
        ORDER,
        Key::optional("contact", Group(&CONTACT))
            .label("Contact", "联系方式")
            .description("How to reach it."),
        Key::optional("formerly", List(&Group(&FORMER_NAME)))
            .label("Former names", "曾用名")
            .description("Names that it had. Documents from before keep the name of their day."),
        ALIASES,
    ],
);

pub(crate) const TOPIC: KeyGroup = KeyGroup::new(
    "Topic",
    Phrase::new("a topic", "主题"),
    "A subject of bulletins.",
    &[TITLE, SHORT_TITLE, SUMMARY, ORDER, ALIASES],
);

pub(crate) const CONTACT: KeyGroup = KeyGroup::new(
    "ContactBlock",
    Phrase::typed("`contact`"),
    "How to reach a body.",
    &[
        Key::optional("phone", Line).label("Telephone", "电话").description("A telephone number."),
        Key::optional("email", Line).label("E-mail", "电子邮箱").description("An e-mail address."),
        Key::optional("url", WebAddress).label("Website", "网站").description("Its own site."),
        Key::optional("address", Words).label("Address", "地址").description("Where it is."),
        Key::optional("hours", Words)
            .label("Hours", "办公时间")
            .description("When it can be reached."),
    ],
)
.shorthand(shorthand::phone);

pub(crate) const FORMER_NAME: KeyGroup = KeyGroup::new(
    "FormerName",
    Phrase::new("a former name", "曾用名"),
    "A name that a body had.",
    &[
        Key::required("title", Words, Phrase::typed(ELLIPSIS))
            .label("Title", "名称")
            .description("The name."),
        Key::required("until", Date, Phrase::typed("2019-03-01"))
            .label("Until", "使用至")
            .description("The last day on which it had the name."),
    ],
)
.shorthand(shorthand::title);

const TITLE: Key = Key::required("title", Line, Phrase::typed(ELLIPSIS))
    .label("Title", "名称")
    .description("Its name.");

const SHORT_TITLE: Key = Key::optional("short_title", Line)
    .label("Short title", "短标题")
    .description("A shorter name for navigation.");

const SUMMARY: Key = Key::optional("summary", Sentences)
    .label("Summary", "摘要")
    .description("One or two sentences, shown in lists.");

const ORDER: Key = Key::optional("order", WholeNumber)
    .label("Order", "排序")
    .description("Its position among those of its kind, from low to high.");

const ALIASES: Key = Key::optional("aliases", List(&SitePath))
    .label("Old addresses", "旧网址")
    .description("Earlier addresses of the page, which redirect to it.");

pub(super) fn read(
    kind: GroupKind,
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> GroupFacts {
    let order = keys.read("order", reader, read_order).unwrap_or_default();
    let aliases = keys.read_names("aliases", reader);
    if kind == GroupKind::Topic {
        return GroupFacts { order, aliases, ..GroupFacts::default() };
    }
    let contact = keys.read("contact", reader, read_contact);
    let mut formerly = keys.read_list("formerly", reader, read_former_name);
    formerly.sort_by_key(|name| name.until.value);
    check_former_names(&formerly, reader);
    GroupFacts { order, contact, formerly, aliases }
}

/// Reports two names that a body had until the same day: no document would have the second.
fn check_former_names(formerly: &[FormerName], reader: &mut ValueReader<'_>) {
    for pair in formerly.windows(2) {
        let [first, second] = pair else { continue };
        let day = second.until.value.date();
        if first.until.value.date() != day {
            continue;
        }
        let message = message!("two former names end on {day}", "有两个曾用名都使用至 {day}");
        let help = message!("correct one of the two dates", "请更正其中一个日期");
        let wrong = reader.error(Code::Inconsistent, second.until.span.clone(), message);
        let other = message!("the other name", "另一个名称");
        let wrong = wrong.help(help).related(reader.path, first.until.span.clone(), other);
        reader.push(wrong);
    }
}

/// Reads the name of a body, or a contact of its own.
pub(super) fn read_contact_facts(
    reader: &mut ValueReader<'_>,
    field: Field<'_>,
) -> Option<ContactFacts> {
    match &field.node.kind {
        NodeKind::Mapping(_) => read_contact(reader, field).map(ContactFacts::Own),
        _ => reader.name(field).map(ContactFacts::OfBody),
    }
}

fn read_contact(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Contact> {
    let mut keys = MappingReader::nested(&CONTACT, field, reader)?;
    let contact = Contact {
        phone: keys.read("phone", reader, ValueReader::line).map(|phone| phone.value),
        email: keys.read("email", reader, web::read_email),
        url: keys.read("url", reader, web::read_url).map(|url| url.value),
        address: keys.read("address", reader, localised::read),
        hours: keys.read("hours", reader, localised::read),
    };
    keys.finish(reader);
    Some(contact)
}

fn read_former_name(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<FormerName> {
    let mut keys = MappingReader::nested(&FORMER_NAME, item, reader)?;
    let title = keys.read("title", reader, localised::read);
    let until = keys.read("until", reader, ValueReader::moment);
    keys.finish(reader);
    Some(FormerName { title: title?, until: until? })
}
