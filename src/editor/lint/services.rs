//! Steps and contacts of which one item lacks the form: readers see a plain list or quotation.

use crate::content::Text;
use crate::content::markdown::{self, ServiceBlock};
use crate::diagnostic::{Code, Diagnostic, Span, message};

/// Reports the items of a text that keep a list or a quotation from what it was begun as.
pub(super) fn check_text(text: &Text) -> Vec<Diagnostic> {
    let markdown = &text.body.markdown;
    let (events, ranges): (Vec<_>, Vec<_>) = markdown::events(markdown).unzip();
    let begun = (0..events.len()).filter_map(|start| {
        let (block, item) = ServiceBlock::begun_at(&events[start..])?;
        Some((block, ranges[start + item].clone()))
    });
    begun
        .map(|(block, item)| {
            let line = markdown[item.clone()].lines().next().unwrap_or_default();
            let start = text.body.offset + item.start;
            report(text, block, start..start + line.len())
        })
        .collect()
}

fn report(text: &Text, block: ServiceBlock, span: Span) -> Diagnostic {
    let (message, help) = if block == ServiceBlock::Steps {
        (
            message!(
                "this item does not begin with bold words, so that the list is not shown as steps",
                "这一项没有以粗体开头，因此整个列表不会显示为办事步骤"
            ),
            message!(
                "begin it with bold words like the others, or take theirs away",
                "请像其他各项一样以粗体开头，或去掉其他各项的粗体"
            ),
        )
    } else {
        (
            message!(
                "this line has no label, so that the quotation is not shown as a contact",
                "这一行没有写明是什么，因此整段引用不会显示为联系方式"
            ),
            message!(
                "write what it is and a colon before it, as in `Address: 1 Fern Street`",
                "请在前面写明是什么并加冒号，例如 `地址：松花江街1号`"
            ),
        )
    };
    Diagnostic::warning(Code::PartialBlock, &text.path, span, message).help(help)
}
