//! Checks for the places in the metadata of videos (`ISO 6709`) and for the names of people in
//! drawings (SVG).

use std::sync::Arc;

use memchr::memmem;

use super::authors;
use crate::diagnostic::{Code, Diagnostic, message};

/// The names of the metadata in which Android and Apple write where a video was taken.
const PLACES: [&[u8]; 2] = [b"\xA9xyz", b"com.apple.quicktime.location.ISO6709"];

/// Beginnings of attributes of drawings whose value may be a path on the author's computer.
const PATHS: [&str; 3] = ["export-filename=\"", "sodipodi:absref=\"", "\"file://"];

/// The folders that hold the users' home folders.
const HOMES: [&str; 3] = ["/Users/", "\\Users\\", "/home/"];

/// Reports the place that a video names, and the author that a drawing names.
pub(super) fn check(path: &Arc<str>, extension: &str, bytes: &[u8]) -> Option<Diagnostic> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return has_place(bytes).then(|| names_place(path));
    }
    let text = if extension == "svg" { str::from_utf8(bytes).ok()? } else { return None };
    let name = drawing_author(text).or_else(|| user_in_path(text))?;
    Some(authors::names_author(path, &name))
}

fn names_place(path: &Arc<str>) -> Diagnostic {
    let message = message!(
        "the metadata of this video names the place where it was taken, and is published with it",
        "这个视频带有拍摄地点，会随视频一起公开"
    );
    let help = message!(
        "remove the place, as with `ffmpeg -i old.mp4 -map_metadata -1 -c copy new.mp4`, and put \
         the new file here",
        "请去除拍摄地点，例如运行 `ffmpeg -i old.mp4 -map_metadata -1 -c copy new.mp4`，\
         再把新文件放在这里"
    );
    Diagnostic::warning(Code::NamesAuthor, path, 0..0, message).help(help)
}

/// Whether a video (ISO/IEC 14496-12) names a place. The four bytes of Android's name may also
/// occur in the picture data; in the metadata, two lengths and a sign follow them.
fn has_place(bytes: &[u8]) -> bool {
    let [android, apple] = PLACES;
    memmem::find_iter(bytes, android)
        .any(|at| matches!(bytes.get(at + android.len() + 4), Some(b'+' | b'-')))
        || memmem::find(bytes, apple).is_some()
}

/// The author in the metadata of a drawing: `<dc:creator>` with a title inside.
fn drawing_author(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("<dc:creator")?;
    let (creator, _) = rest.split_once("</dc:creator>")?;
    authors::element(creator, "dc:title").or_else(|| {
        let name = creator.split_once('>')?.1.trim();
        (!name.is_empty() && !name.contains('<')).then(|| name.to_owned())
    })
}

/// The name of the user in a path on the author's computer.
fn user_in_path(text: &str) -> Option<String> {
    PATHS.iter().find_map(|start| {
        let (_, rest) = text.split_once(start)?;
        let (path, _) = rest.split_once('"')?;
        HOMES.iter().find_map(|home| {
            let (_, rest) = path.split_once(home)?;
            let name = rest.split(['/', '\\']).next()?;
            (!name.is_empty()).then(|| name.to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(extension: &str, bytes: &[u8]) -> Option<String> {
        check(&Arc::from("a"), extension, bytes).map(|found| found.message.en().to_owned())
    }

    #[test]
    fn place_of_video_is_found() {
        for bytes in [
            &b"\0\0\0\x18ftypmp42\0\0\0\0moovudta\0\0\0\x1E\xA9xyz\0\x12\x15\xC7+45.77+126.66/"[..],
            b"\0\0\0\x14ftypqt  moovkeyscom.apple.quicktime.location.ISO6709",
        ] {
            assert!(said("mp4", bytes).is_some_and(|message| message.contains("place")));
        }
        assert_eq!(said("mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mdat\xA9xyz\0\x12\x15\xC7\0"), None);
        assert_eq!(said("mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mdat\xA9xyz"), None);
    }

    #[test]
    fn author_of_drawing_is_found() {
        for (text, name) in [
            ("<dc:creator><cc:Agent><dc:title>李明</dc:title></cc:Agent></dc:creator>", "李明"),
            ("<dc:creator>Li Ming</dc:creator>", "Li Ming"),
            ("<g inkscape:export-filename=\"C:\\Users\\liming\\a.png\"/>", "liming"),
            ("<image sodipodi:absref=\"/home/liming/a.png\"/>", "liming"),
            ("<image xlink:href=\"file:///C:/Users/Li/a.png\"/>", "Li"),
        ] {
            assert!(said("svg", text.as_bytes()).is_some_and(|said| said.contains(name)), "{text}");
        }
        for text in [
            "<dc:creator><cc:Agent><dc:title/></cc:Agent></dc:creator>",
            "<dc:creator></dc:creator>",
            "<g inkscape:export-filename=\"a.png\"/>",
            "<svg xmlns:dc=\"http://purl.org/dc/elements/1.1/\"/>",
        ] {
            assert_eq!(said("svg", text.as_bytes()), None, "{text}");
        }
    }
}
