//! Pictures of bulletins and their smaller copies.

use gazette::content::image::{Pictures, Variant};
use gazette::content::{Content, KnownContent};
use gazette::diagnostic::{Code, Diagnostics, Severity};
use webp::WebPImage;

use crate::cli::gazette;
use crate::harness::{Folder, Page, Site, diagnostics};

/// 1600 by 1200 pixels of four colours: red and green above, blue and yellow below. It has an ICC
/// profile and no Exif data.
pub(crate) const QUARTERS: &[u8] = include_bytes!("../fixtures/pictures/quarters.jpg");

/// The same with 600 by 500 pixels, for tests that need no larger one: pixels cost time in debug builds.
const SMALL_QUARTERS: &[u8] = include_bytes!("../fixtures/pictures/small-quarters.jpg");

/// 500 by 24 pixels, with smaller copies.
pub(crate) const STRIP: &[u8] = include_bytes!("../fixtures/pictures/strip.jpg");

/// 700 by 500 pixels of noise at the lowest quality, which WebP cannot make smaller.
const ROUGH: &[u8] = include_bytes!("../fixtures/pictures/rough.jpg");

const SMALL: &[u8] = include_bytes!("../fixtures/pictures/2-by-3.png");

fn lake(name: &str, picture: &[u8]) -> Folder {
    Folder::city()
        .bulletin("lake/index", "published: 2022-05-05", &format!("![The lake]({name})\n"))
        .with(&format!("bulletins/lake/{name}"), picture)
}

/// The widths and addresses in the `srcset` of the page's only picture.
fn candidates(page: &Page) -> Vec<(u32, String)> {
    let sources = page.attributes("figure source[type='image/webp']", "srcset");
    let candidates = sources.iter().flat_map(|srcset| srcset.split(", "));
    candidates
        .map(|candidate| {
            let (href, width) = candidate.split_once(' ').expect("a width");
            (width.trim_end_matches('w').parse().expect("a number"), href.to_owned())
        })
        .collect()
}

#[track_caller]
fn decoded(bytes: &[u8]) -> WebPImage {
    webp::Decoder::new(bytes).decode().expect("a WebP file")
}

/// The smallest variant of the picture of the bulletin on the lake.
#[track_caller]
fn smallest(site: &Site) -> WebPImage {
    let candidates = candidates(&site.page("/bulletins/lake/"));
    decoded(&site.get(&candidates[0].1).is(200).body)
}

/// The letters of the four colours in the corners, from left to right and from above.
fn corners(image: &WebPImage) -> String {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let bytes = if image.is_alpha() { 4 } else { 3 };
    let places = [(20, 20), (width - 20, 20), (20, height - 20), (width - 20, height - 20)];
    let letters = places.map(|(x, y)| {
        let at = (y * width + x) * bytes;
        match image[at..at + 3].iter().map(|part| *part > 128).collect::<Vec<_>>()[..] {
            [true, false, false] => 'r',
            [false, true, false] => 'g',
            [false, false, true] => 'b',
            [true, true, false] => 'y',
            _ => '?',
        }
    });
    letters.iter().collect()
}

/// A JPEG with the Exif orientation.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
    let mut exif = [tiff.as_slice(), &[orientation, 0, 0, 0, 0, 0, 0, 0]].concat();
    let length = u8::try_from(exif.len() + 2).expect("a short segment");
    exif.splice(0..0, [0xFF, 0xE1, 0, length]);
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}

#[test]
fn picture_offers_smaller_copies_beside_the_original() {
    let site = lake("the lake.jpg", QUARTERS)
        .bulletin("lake/index", "published: 2022-05-05", "![The lake](<the lake.jpg>)\n")
        .today();
    let page = site.page("/bulletins/lake/");
    let candidates = candidates(&page);
    let widths: Vec<u32> = candidates.iter().map(|(width, _)| *width).collect();
    assert_eq!(widths, [480, 960, 1440]);
    assert!(page.attribute("figure source", "sizes").ends_with("92vw"));
    let original = page.one("figure picture img").value();
    assert_eq!((original.attr("width"), original.attr("height")), (Some("1600"), Some("1200")));
    let source = site.get(original.attr("src").unwrap());
    source.is(200).has("content-type", "image/jpeg");
    for (width, href) in &candidates {
        let reply = site.get(href);
        reply
            .is(200)
            .has("content-type", "image/webp")
            .has("cache-control", "public, max-age=31536000, immutable");
        let image = decoded(&reply.body);
        assert_eq!((image.width(), image.height()), (*width, width * 3 / 4));
        assert_eq!(corners(&image), "rgby");
        assert!(reply.body.len() < source.body.len());
        let tag = reply.must("etag");
        site.ask("GET", href, &[("if-none-match", tag)]).is(304);
    }
    let feed = site.get("/feed.json").json()["items"][0]["content_html"].to_string();
    assert!(!feed.contains("srcset") && feed.contains("<img src="), "{feed}");
}

#[test]
fn variants_are_upright_for_every_orientation() {
    for (orientation, expected) in [
        (1, "rgby"),
        (2, "gryb"),
        (3, "ybgr"),
        (4, "byrg"),
        (5, "rbgy"),
        (6, "bryg"),
        (7, "ygbr"),
        (8, "gyrb"),
    ] {
        let site = lake("lake.jpg", &turned(SMALL_QUARTERS, orientation)).today();
        let image = smallest(&site);
        assert_eq!(corners(&image), expected, "{orientation}");
        let height = if orientation < 5 { 400 } else { 576 };
        assert_eq!((image.width(), image.height()), (480, height), "{orientation}");
    }
}

#[test]
fn variants_have_colour_profile_and_no_metadata() {
    let site = lake("lake.jpg", &turned(SMALL_QUARTERS, 6)).today();
    for (_, href) in candidates(&site.page("/bulletins/lake/")) {
        let webp = site.get(&href).body;
        let mut chunks = Vec::new();
        let mut rest = &webp[12..];
        while let Some((head, after)) = rest.split_first_chunk::<8>() {
            let length = u32::from_le_bytes(head[4..].try_into().unwrap()) as usize;
            chunks.push((String::from_utf8_lossy(&head[..4]).into_owned(), &after[..length]));
            rest = &after[length + length % 2..];
        }
        let names: Vec<&str> = chunks.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["VP8X", "ICCP", "VP8 "]);
        let profile = chunks[1].1;
        assert!(SMALL_QUARTERS.windows(profile.len()).any(|window| window == profile));
    }
}

/// A PNG of 600 by 400 pixels: its left half is opaque red, the other one transparent green.
fn half_transparent() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 600, 400);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::NoCompression);
    let mut writer = encoder.write_header().unwrap();
    let row: Vec<u8> =
        (0..600).flat_map(|x| if x < 299 { [255, 0, 0, 255] } else { [0, 255, 0, 0] }).collect();
    writer.write_image_data(&row.repeat(400)).unwrap();
    writer.finish().unwrap();
    file
}

#[test]
fn transparent_png_stays_transparent_without_fringe() {
    let site = lake("map.png", &half_transparent()).today();
    let image = smallest(&site);
    assert!(image.is_alpha());
    for pixel in image.chunks_exact(4) {
        // No green of transparent pixels gets into those that are seen.
        assert!(pixel[3] < 20 || pixel[0] > 200 && pixel[1] < 40, "{pixel:?}");
    }
    assert_eq!(image[3], 255);
    assert_eq!(image[image.len() - 1], 0);
}

#[test]
fn pictures_without_smaller_copies_stay_alone() {
    let gif = b"GIF89a\x58\x02\x58\x02\x80\0\0\0\0\0\xff\xff\xff\
        \x2C\0\0\0\0\x58\x02\x58\x02\0\x02\x02\x84\x51\0\x3B";
    for (name, picture) in [("rough.jpg", ROUGH), ("small.png", SMALL), ("moving.gif", gif)] {
        let page = lake(name, picture).today().page("/bulletins/lake/");
        assert_eq!(candidates(&page), [], "{name}");
        assert_eq!(page.all("picture").len(), 0, "{name}");
        assert!(!page.attribute("figure img", "src").is_empty(), "{name}");
    }
}

#[test]
fn pictures_below_first_screen_load_lazily() {
    let words = "The lake is deep. ".repeat(100);
    let body =
        format!("![First](lake.jpg)\n\n{words}\n\n![Last](lake.jpg)\n\nA ![word](lake.jpg)\n");
    let site = lake("lake.jpg", SMALL_QUARTERS)
        .bulletin("lake/index", "published: 2022-05-05", &body)
        .today();
    let page = site.page("/bulletins/lake/");
    let lazy: Vec<Option<&str>> =
        page.all("picture img").iter().map(|image| image.value().attr("loading")).collect();
    assert_eq!(lazy, [None, Some("lazy"), Some("lazy")]);
}

#[test]
fn damaged_pictures_are_told_before_they_are_served() {
    let half = SMALL_QUARTERS.len() / 2;
    let png = half_transparent();
    for (name, picture) in
        [("cut.jpg", &SMALL_QUARTERS[..half]), ("cut.png", &png[..png.len() / 2])]
    {
        let shown = lake(name, picture);
        let text = format!("[The lake]({name})\n");
        let linked = lake(name, picture).bulletin("lake/index", "published: 2022-05-05", &text);
        for folder in [shown, linked] {
            let found = diagnostics(&folder.snapshot(), Diagnostics::default());
            let damaged: Vec<_> = found.iter().filter(|it| it.code == Code::BadImage).collect();
            assert_eq!(damaged.len(), 1, "{found:?}");
            assert_eq!(damaged[0].severity, Severity::Warning);
            let message = damaged[0].message.en();
            assert!(message.contains("is damaged or cut off"), "{message}");
        }
        assert_eq!(lake(name, picture).problems(), Vec::<String>::new());
    }
    // Many programs write no end marker; all of the picture is there.
    let unended = lake("lake.jpg", &SMALL_QUARTERS[..SMALL_QUARTERS.len() - 2]);
    assert_eq!(unended.problems(), Vec::<String>::new());
}

/// A WebP of 4 by 2 pixels with the Exif orientation 6.
const TURNED_WEBP: &[u8] = b"RIFF\x46\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\x03\0\0\x01\0\0\
    VP8L\x06\0\0\0\x2F\x03\x40\0\0\0EXIF\x1a\0\0\0\
    II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";

#[test]
fn turn_that_browsers_ignore_is_told() {
    let found = diagnostics(&lake("lake.webp", TURNED_WEBP).snapshot(), Diagnostics::default());
    let turned: Vec<_> = found.iter().filter(|it| it.code == Code::BadImage).collect();
    assert_eq!(turned.len(), 1, "{found:?}");
    assert_eq!(turned[0].severity, Severity::Warning);
    assert!(turned[0].message.en().contains("turned or mirrored"));
}

#[test]
fn listed_picture_is_published_without_metadata_only() {
    let photo = turned(STRIP, 6);
    let listed = |name: &str, bytes: &[u8]| {
        let site = include_str!("../fixtures/base/site.toml");
        Folder::city().with("site.toml", format!("files = [\"{name}\"]\n{site}")).with(name, bytes)
    };
    let site = listed("photo.jpg", &photo).today();
    site.get("/photo.jpg").is(200).has("content-type", "image/jpeg");
    let problems = listed("photo.heic", b"\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf").problems();
    assert!(problems.iter().any(|problem| problem.contains("HEIC")), "{problems:?}");
}

#[test]
fn pictures_are_decoded_again_only_if_they_changed() {
    let mut known = KnownContent::default();
    let first = lake("lake.jpg", SMALL_QUARTERS);
    let other = turned(SMALL_QUARTERS, 3);
    let renamed = lake("a.jpg", SMALL_QUARTERS);
    for (folder, decoded) in [(&first, 1), (&first, 1), (&renamed, 1), (&lake("a.jpg", &other), 2)]
    {
        let (content, _) = Content::read_after(&folder.snapshot(), &mut known);
        assert_eq!(content.pictures.decoded(), decoded);
    }
    let kept: Vec<_> = known.pictures.kept_files().collect();
    let files = kept.iter().map(|(path, bytes)| (path.as_str(), bytes));
    let mut known = KnownContent::of_pictures(Pictures::of_kept_files(files));
    let (content, _) = Content::read_after(&lake("a.jpg", &other).snapshot(), &mut known);
    assert_eq!(content.pictures.decoded(), 0);
    let widths = |variant: &Variant| (variant.width, decoded(&variant.bytes).width());
    let widths: Vec<_> =
        content.pictures.variants("bulletins/lake/a.jpg").iter().map(widths).collect();
    assert_eq!(widths, [(480, 480), (600, 600)]);
}

#[test]
fn first_picture_is_shown_with_links_to_page() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"/>";
    let body = "![A plan](plan.svg)\n\n![The lake in *May*](lake.jpg)\n\n![Other](lake.jpg)\n";
    let site = lake("lake.jpg", STRIP)
        .with("bulletins/lake/plan.svg", drawing)
        .bulletin("lake/index", "published: 2022-05-05", body)
        .bulletin("pond", "published: 2022-05-06", "No picture.\n")
        .today();
    let page = site.page("/bulletins/lake/");
    let address = page.attribute("meta[property='og:image']", "content");
    let path = address.strip_prefix("https://lakeside.example").expect("an absolute address");
    site.get(path).is(200).has("content-type", "image/jpeg");
    for (name, value) in [("alt", "The lake in May"), ("width", "500"), ("height", "24")] {
        let selector = format!("meta[property='og:image:{name}']");
        assert_eq!(page.attribute(&selector, "content"), value);
    }
    assert!(!site.get("/bulletins/pond/").text().contains("og:image"));
}

#[test]
fn export_has_every_copy_that_pages_name() {
    let folder = tempfile::tempdir().unwrap();
    let (content, out) = (folder.path().join("content"), folder.path().join("out"));
    lake("lake.jpg", QUARTERS).write_to(&content);
    let mut export = gazette(&["export", "--base-url", "https://city.example/gov"]);
    let output = export.arg(&out).arg("--content").arg(&content).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let page = std::fs::read_to_string(out.join("bulletins/lake/index.html")).unwrap();
    let candidates = candidates(&Page::new("/bulletins/lake/", &page));
    assert_eq!(candidates.len(), 3);
    for (_, href) in candidates {
        let path = href.strip_prefix("/gov/").expect("the path of the base URL");
        assert!(out.join(path).is_file(), "{path}");
    }
}
