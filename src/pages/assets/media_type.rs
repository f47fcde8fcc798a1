//! Media types of files by their names.

/// The media type of a file by its name; unknown types are offered as downloads. Text is UTF-8 if
/// its bytes are.
pub(super) fn media_type(name: &str, bytes: &[u8]) -> &'static str {
    let Some(extension) = extension(name) else { return UNKNOWN };
    if let Some((_, media_type)) = TEXT_TYPES.iter().find(|(known, _)| *known == extension)
        && std::str::from_utf8(bytes).is_ok()
    {
        return media_type;
    }
    MEDIA_TYPES
        .iter()
        .find(|(known, _)| *known == extension)
        .map_or(UNKNOWN, |(_, media_type)| media_type)
}

/// The extension of a file name, in lower case.
pub(super) fn extension(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

const UNKNOWN: &str = "application/octet-stream";

/// Text types, for files that are UTF-8.
const TEXT_TYPES: [(&str, &str); 11] = [
    ("css", "text/css; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("tsv", "text/tab-separated-values; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("srt", "text/plain; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
];

/// The media types of files that offices publish, as registered with IANA or, for `ofd`, `wps` and
/// their like, as in common use.
const MEDIA_TYPES: [(&str, &str); 58] = [
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("dot", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("ppsx", "application/vnd.openxmlformats-officedocument.presentationml.slideshow"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("odg", "application/vnd.oasis.opendocument.graphics"),
    ("rtf", "application/rtf"),
    ("ofd", "application/ofd"),
    ("wps", "application/vnd.ms-works"),
    ("et", "application/vnd.ms-excel"),
    ("dps", "application/vnd.ms-powerpoint"),
    ("ceb", "application/x-ceb"),
    ("epub", "application/epub+zip"),
    ("zip", "application/zip"),
    ("7z", "application/x-7z-compressed"),
    ("rar", "application/vnd.rar"),
    ("gz", "application/gzip"),
    ("tar", "application/x-tar"),
    ("json", "application/json"),
    ("geojson", "application/geo+json"),
    ("xml", "application/xml"),
    ("kml", "application/vnd.google-earth.kml+xml"),
    ("kmz", "application/vnd.google-earth.kmz"),
    ("gpx", "application/gpx+xml"),
    ("gpkg", "application/geopackage+sqlite3"),
    ("parquet", "application/vnd.apache.parquet"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("txt", "text/plain"),
    ("srt", "text/plain"),
    ("ics", "text/calendar"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("aac", "audio/aac"),
    ("wav", "audio/vnd.wave"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("flac", "audio/flac"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mpeg", "video/mpeg"),
    ("svg", "image/svg+xml"),
    ("ico", "image/vnd.microsoft.icon"),
    ("bmp", "image/bmp"),
    ("webmanifest", "application/manifest+json"),
    ("p7m", "application/pkcs7-mime"),
];
