//! What each kind of file has in its front matter, told to editors.
//!
//! These types are described and never made: `content` reads front matter key by key, so that it can name every problem.
//! Their comments and titles are what an editor sees beside a key. A test holds their keys against those that `content`
//! reads.

mod bulletin;
mod goal;
mod page;

use serde_json::{Value, json};

pub(crate) use bulletin::{Bulletin, BulletinTranslation};
pub(crate) use goal::Goal;
pub(crate) use page::{Category, Home, HomeTranslation, Page, Translation};

/// That a key is there and not left empty.
fn says(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "not": { "$ref": "#/$defs/Nothing" } } } })
}
