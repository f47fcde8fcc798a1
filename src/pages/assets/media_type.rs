//! Media types of files by their names.

/// The media type of a file by its name; unknown types are offered as downloads. Text is UTF-8 if
/// its bytes are.
pub(super) fn media_type(name: &str, bytes: &[u8]) -> &'static str {
    let Some(extension) = extension(name) else {
        // `apple-app-site-association` and its like.
        return if bytes.trim_ascii_start().starts_with(b"{") { JSON } else { UNKNOWN };
    };
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
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

const JSON: &str = "application/json";
const UNKNOWN: &str = "application/octet-stream";

/// Text types, for files that are UTF-8.
const TEXT_TYPES: [(&str, &str); 16] = [
    ("css", "text/css; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("text", "text/plain; charset=utf-8"),
    ("log", "text/plain; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("tsv", "text/tab-separated-values; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("srt", "text/plain; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("xsd", "application/xml; charset=utf-8"),
    ("ttl", "text/turtle; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
];

/// The media types of files that offices publish, as registered with IANA or, for `ofd`, `wps` and
/// their like, as in common use.
const MEDIA_TYPES: [(&str, &str); 134] = [
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("dot", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("docm", "application/vnd.ms-word.document.macroEnabled.12"),
    ("dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"),
    ("xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12"),
    ("xltx", "application/vnd.openxmlformats-officedocument.spreadsheetml.template"),
    ("xlt", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pps", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12"),
    ("potx", "application/vnd.openxmlformats-officedocument.presentationml.template"),
    ("ppsx", "application/vnd.openxmlformats-officedocument.presentationml.slideshow"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("odg", "application/vnd.oasis.opendocument.graphics"),
    ("odf", "application/vnd.oasis.opendocument.formula"),
    ("ott", "application/vnd.oasis.opendocument.text-template"),
    ("ots", "application/vnd.oasis.opendocument.spreadsheet-template"),
    ("otp", "application/vnd.oasis.opendocument.presentation-template"),
    ("vsd", "application/vnd.visio"),
    ("vsdx", "application/vnd.ms-visio.drawing"),
    ("mpp", "application/vnd.ms-project"),
    ("msg", "application/vnd.ms-outlook"),
    ("eml", "message/rfc822"),
    ("xps", "application/vnd.ms-xpsdocument"),
    ("oxps", "application/oxps"),
    ("ps", "application/postscript"),
    ("eps", "application/postscript"),
    ("rtf", "application/rtf"),
    ("ofd", "application/ofd"),
    ("wps", "application/vnd.ms-works"),
    ("et", "application/vnd.ms-excel"),
    ("dps", "application/vnd.ms-powerpoint"),
    ("wpt", "application/vnd.ms-works"),
    ("ett", "application/vnd.ms-excel"),
    ("dpt", "application/vnd.ms-powerpoint"),
    ("ceb", "application/x-ceb"),
    ("epub", "application/epub+zip"),
    ("mobi", "application/vnd.amazon.mobi8-ebook"),
    ("djvu", "image/vnd.djvu"),
    ("zip", "application/zip"),
    ("7z", "application/x-7z-compressed"),
    ("rar", "application/vnd.rar"),
    ("gz", "application/gzip"),
    ("tar", "application/x-tar"),
    ("tgz", "application/gzip"),
    ("bz2", "application/x-bzip2"),
    ("xz", "application/x-xz"),
    ("zst", "application/zstd"),
    ("json", JSON),
    ("geojson", "application/geo+json"),
    ("jsonld", "application/ld+json"),
    ("topojson", JSON),
    ("ndjson", "application/x-ndjson"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
    ("sql", "application/sql"),
    ("sqlite", "application/vnd.sqlite3"),
    ("rdf", "application/rdf+xml"),
    ("xsl", "application/xslt+xml"),
    ("xslt", "application/xslt+xml"),
    ("xhtml", "application/xhtml+xml"),
    ("rss", "application/rss+xml"),
    ("atom", "application/atom+xml"),
    ("xml", "application/xml"),
    ("kml", "application/vnd.google-earth.kml+xml"),
    ("kmz", "application/vnd.google-earth.kmz"),
    ("gpx", "application/gpx+xml"),
    ("gml", "application/gml+xml"),
    ("shp", "application/vnd.shp"),
    ("shx", "application/vnd.shx"),
    ("dbf", "application/vnd.dbf"),
    ("dwg", "image/vnd.dwg"),
    ("dxf", "image/vnd.dxf"),
    ("stp", "model/step"),
    ("stl", "model/stl"),
    ("glb", "model/gltf-binary"),
    ("gpkg", "application/geopackage+sqlite3"),
    ("parquet", "application/vnd.apache.parquet"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("txt", "text/plain"),
    ("srt", "text/plain"),
    ("ics", "text/calendar"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("m4b", "audio/mp4"),
    ("weba", "audio/webm"),
    ("amr", "audio/AMR"),
    ("wma", "audio/x-ms-wma"),
    ("aif", "audio/x-aiff"),
    ("aiff", "audio/x-aiff"),
    ("mid", "audio/midi"),
    ("aac", "audio/aac"),
    ("wav", "audio/vnd.wave"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("flac", "audio/flac"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("3gp", "video/3gpp"),
    ("mkv", "video/matroska"),
    ("avi", "video/x-msvideo"),
    ("wmv", "video/x-ms-wmv"),
    ("flv", "video/x-flv"),
    ("mpg", "video/mpeg"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mpeg", "video/mpeg"),
    ("svg", "image/svg+xml"),
    ("ico", "image/vnd.microsoft.icon"),
    ("bmp", "image/bmp"),
    ("jxl", "image/jxl"),
    ("jp2", "image/jp2"),
    ("psd", "image/vnd.adobe.photoshop"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("webmanifest", "application/manifest+json"),
    ("p7m", "application/pkcs7-mime"),
    ("p7s", "application/pkcs7-signature"),
    ("asice", "application/vnd.etsi.asic-e+zip"),
    ("sig", "application/pgp-signature"),
    ("apk", "application/vnd.android.package-archive"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_bytes_decide_media_type() {
        for (name, bytes, expected) in [
            ("a/Plan.PDF", &b"%PDF"[..], "application/pdf"),
            ("a.htm", b"<p>", "text/html; charset=utf-8"),
            ("a.csv", b"a,b", "text/csv; charset=utf-8"),
            ("a.csv", b"\xC4\xE3", "text/csv"),
            ("a.xlsm", b"PK", "application/vnd.ms-excel.sheet.macroEnabled.12"),
            ("a.dwg", b"AC1015", "image/vnd.dwg"),
            (".well-known/apple-app-site-association", b"{}", "application/json"),
            (".well-known/token", b"x", UNKNOWN),
            ("a.unheard-of", b"x", UNKNOWN),
        ] {
            assert_eq!(media_type(name, bytes), expected, "{name}");
        }
    }

    #[test]
    fn no_extension_is_listed_twice() {
        for types in [&TEXT_TYPES[..], &MEDIA_TYPES[..]] {
            for (index, (extension, _)) in types.iter().enumerate() {
                assert!(types[..index].iter().all(|(other, _)| other != extension), "{extension}");
            }
        }
    }
}
