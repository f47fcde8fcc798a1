//! Ways to reach a body: rows of its page, of bulletins and of consultations.

use crate::content::bulletin::RespondFacts;
use crate::content::{Contact, ContactFacts, GroupKind, Localised};
use crate::language::{Language, Locale};
use crate::pages::context::Context;
use crate::record::{BulletinId, PageRef};

/// A way to reach a body.
pub(crate) struct ContactRow<'r> {
    pub(crate) label: &'r str,
    pub(crate) text: String,
    /// The address of a link.
    pub(crate) href: Option<String>,
}

/// The contact on the page of a bulletin.
pub(crate) struct ContactView<'r> {
    /// The path and the title of the body's page, if the contact is that of a body.
    pub(crate) body: Option<(String, &'r str)>,
    pub(crate) rows: Vec<ContactRow<'r>>,
}

impl<'r> ContactView<'r> {
    /// The contact of a bulletin, if it has one.
    pub(crate) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Option<Self> {
        let record = context.record;
        match record.bulletin(id).source.facts.contact.as_ref()? {
            ContactFacts::Own(contact) => {
                Some(Self { body: None, rows: contact_rows(context, contact, language) })
            }
            ContactFacts::OfBody(name) => {
                let index = record.content.find_group(GroupKind::Body, &name.value)?;
                let (_, body) = &record.content.groups[index];
                let path = PageRef::Group(index).path(record.content, language);
                let title = body.texts.in_language(language).title.value.as_str();
                let contact = body.facts.contact.as_ref();
                let rows = contact.map(|contact| contact_rows(context, contact, language));
                Some(Self { body: Some((path, title)), rows: rows.unwrap_or_default() })
            }
        }
    }
}

pub(crate) fn contact_rows<'r>(
    context: &Context<'r>,
    contact: &Contact,
    language: Language,
) -> Vec<ContactRow<'r>> {
    let locale = context.locale(language);
    let mut rows = linked_rows(locale, [&contact.phone, &contact.email, &contact.url]);
    rows.extend(text_row(locale.contact_address(), contact.address.as_ref(), language));
    rows.extend(text_row(locale.contact_hours(), contact.hours.as_ref(), language));
    rows
}

/// The ways to comment on a draft.
pub(crate) fn respond_rows<'r>(
    context: &Context<'r>,
    respond: &RespondFacts,
    language: Language,
) -> Vec<ContactRow<'r>> {
    let locale = context.locale(language);
    let mut rows = linked_rows(locale, [&respond.phone, &respond.email, &respond.url]);
    rows.extend(text_row(locale.contact_address(), respond.post.as_ref(), language));
    rows
}

fn linked_rows<'r>(
    locale: &'r Locale,
    [phone, email, url]: [&Option<String>; 3],
) -> Vec<ContactRow<'r>> {
    let row = |label, text: &String, href| ContactRow { label, text: text.clone(), href };
    let phone = phone.iter().map(|phone| {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        row(locale.contact_phone(), phone, Some(format!("tel:{digits}")))
    });
    let email = email
        .iter()
        .map(|email| row(locale.contact_email(), email, Some(format!("mailto:{email}"))));
    let url = url.iter().map(|url| row(locale.contact_site(), url, Some(url.clone())));
    phone.chain(email).chain(url).collect()
}

fn text_row<'r>(
    label: &'r str,
    text: Option<&Localised>,
    language: Language,
) -> Option<ContactRow<'r>> {
    text.map(|text| ContactRow { label, text: text.get(language).to_owned(), href: None })
}
