//! Files that lead programs to the site's pages: feeds, calendars, the sitemap, `robots.txt`,
//! `OpenSearch`.

pub(crate) mod calendars;
pub(crate) mod feeds;
pub(crate) mod opensearch;
pub(crate) mod search_feed;
pub(crate) mod sitemap;
mod tombstones;
pub(crate) mod well_known;
