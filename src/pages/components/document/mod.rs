//! Parts of the page of an official document: facts, consultation, events, contact, citations.

pub(crate) mod citation;
pub(crate) mod consultation;
pub(crate) mod contact;
pub(crate) mod events;
pub(crate) mod facts;
