//! Gazette compiles a folder of Markdown into a city's public-information site and serves it from one binary.
//!
//! The modules are stages, and each knows only those before it: [`source`] reads files, [`content`] understands them,
//! [`record`] says what is public at an instant, [`lint`] advises its editors, [`outbound`] asks whether links out of the
//! site still stand, [`pages`] writes it, [`edition`] packs it, [`inspection`] looks at it as an inspector would,
//! [`http`] answers from it, and [`cli`] puts them together. [`diagnostic`] and [`language`] stand beside them, and so does
//! [`kit`], which helps to write content. `ARCHITECTURE.md` says why.

pub mod diagnostic;
pub mod language;

pub mod source;

pub mod content;

pub mod kit;

pub mod record;

pub mod lint;

pub mod outbound;

pub mod search;

pub mod pages;

pub mod edition;

pub mod inspection;

pub mod http;

pub mod cli;
