//! Checks the files of the city's look: `[look]` and the pictures of `[[footer]]`.

use super::files::{is_svg, report_unpublishable};
use super::links::rename_composed;
use crate::content::image::{Drawing, DrawingProblem, Image, ImageProblem};
use crate::content::{Content, Located};
use crate::diagnostic::{Code, Diagnostic, Message, closest, message};

/// How pages show a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// In the page itself: a drawing.
    Drawing,
    /// In the page itself if it is a drawing, else as a picture.
    Logo,
    /// As a file of its own.
    Picture,
}

pub(super) fn check(content: &Content) -> Vec<Diagnostic> {
    let look = &content.site.look;
    let parts =
        [(&look.logo, Use::Logo), (&look.drawing, Use::Drawing), (&look.icon, Use::Picture)];
    let parts = parts.into_iter().filter_map(|(file, shown)| Some((file.as_ref()?, shown)));
    let lines = content.site.footer.iter().filter_map(|line| line.image.as_ref());
    let all = parts.chain(lines.map(|file| (file, Use::Picture)));
    all.filter_map(|(file, shown)| check_file(content, file, shown)).collect()
}

fn check_file(content: &Content, file: &Located<String>, shown: Use) -> Option<Diagnostic> {
    let site = &content.site.path;
    let path = file.value.as_str();
    let Some(bytes) = content.files.get(path) else {
        let message = message!("there is no file `{path}`", "文件 `{path}` 不存在");
        let put = message!(
            "put the file there, as a path in the content folder such as `city/logo.svg`",
            "请把文件放到内容文件夹中的该处，路径例如 `city/logo.svg`"
        );
        let wrong = Diagnostic::error(Code::MissingImage, site, file.span.clone(), message);
        if let Some(help) = rename_composed(path, content.files.keys().map(AsRef::as_ref)) {
            return Some(wrong.help(help));
        }
        return Some(match closest(path, content.files.keys().map(AsRef::as_ref)) {
            Some(near) => wrong.help(message!("did you mean `{near}`?", "您是否想写 `{near}`？")),
            None => wrong.help(put),
        });
    };
    let problem = match (is_svg(path), shown) {
        (true, Use::Picture) => return None,
        (true, Use::Drawing | Use::Logo) => {
            let text = std::str::from_utf8(bytes).map_err(|_| DrawingProblem::NotSvg);
            let problem = text.and_then(|text| Drawing::read(text, "check")).err()?;
            let (message, help) = drawing_problem(path, problem);
            let wrong = Diagnostic::error(Code::BadImage, site, file.span.clone(), message);
            return Some(wrong.help(help));
        }
        (false, Use::Drawing) => ImageProblem::Unknown,
        (false, Use::Logo | Use::Picture) => Image::read(bytes).err()?,
    };
    if shown == Use::Drawing {
        let (message, help) = drawing_problem(path, DrawingProblem::NotSvg);
        return Some(
            Diagnostic::error(Code::BadImage, site, file.span.clone(), message).help(help),
        );
    }
    Some(report_unpublishable(site, file, path, problem))
}

fn drawing_problem(path: &str, problem: DrawingProblem) -> (Message, Message) {
    match problem {
        DrawingProblem::NotSvg => (
            message!("`{path}` is not an SVG drawing", "`{path}` 不是 SVG 图形"),
            message!("save the drawing as SVG", "请把图形另存为 SVG"),
        ),
        DrawingProblem::NoViewBox => (
            message!("`{path}` has no `viewBox`", "`{path}` 没有 `viewBox`"),
            message!(
                "add the size of the drawing to `<svg`: `viewBox=\"0 0 width height\"`, in numbers",
                "请在 `<svg` 中写明图形大小：`viewBox=\"0 0 宽 高\"`，宽和高为数字"
            ),
        ),
        DrawingProblem::Element(element) => (
            message!(
                "`{path}` has an element `{element}`; a drawing in a page is made of shapes only",
                "`{path}` 中有 `{element}` 元素；页面中的图形只能由形状组成"
            ),
            message!(
                "save it as plain SVG with texts as paths, and without styles, pictures and \
                 scripts",
                "请另存为普通 SVG：文字转为路径，不带样式表、图片和脚本"
            ),
        ),
    }
}
