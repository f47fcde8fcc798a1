//! Checks that the outcome of a consultation comes after its last day, and that readers see it.

use std::collections::BTreeMap;

use crate::content::bulletin::ConsultationFacts;
use crate::content::{Bulletin, Content, Located, Moment};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, message};

pub(super) fn check(content: &Content) -> Diagnostics {
    let all = content.bulletins.iter();
    let consultations: Vec<_> = all
        .filter_map(|bulletin| {
            let consultation = bulletin.facts.consultation.as_ref()?;
            Some((bulletin, consultation, consultation.outcome.as_ref()?))
        })
        .collect();
    if consultations.is_empty() {
        return Diagnostics::default();
    }
    let by_slug: BTreeMap<&str, &Bulletin> =
        content.bulletins.iter().map(|bulletin| (bulletin.slug.as_str(), &**bulletin)).collect();
    consultations
        .into_iter()
        .filter_map(|(bulletin, consultation, outcome)| {
            let other = *by_slug.get(outcome.value.as_str())?;
            if other.slug == bulletin.slug {
                return None;
            }
            check_order(bulletin, consultation, outcome, other)
                .or_else(|| check_draft(bulletin, outcome, other))
                .or_else(|| check_end(bulletin, outcome, other))
        })
        .collect()
}

/// Reports an outcome that was published before readers could comment, or while they can.
fn check_order(
    bulletin: &Bulletin,
    consultation: &ConsultationFacts,
    outcome: &Located<String>,
    other: &Bulletin,
) -> Option<Diagnostic> {
    let published = &other.facts.published;
    if published.value == Moment::PLACEHOLDER {
        return None;
    }
    let opens = consultation.opens.as_ref().unwrap_or(&bulletin.facts.published);
    let closes = consultation.last_day();
    let (day, first, last) = (published.value.date(), opens.value.date(), closes.value.date());
    let name = &other.slug;
    let message = if day < first {
        message!(
            "the outcome `{name}` is published on {day}, before comments open on {first}",
            "公布结果的 `{name}` 发布于 {day}，早于征求意见的开始日期 {first}"
        )
    } else if day < last {
        message!(
            "the outcome `{name}` is published on {day}, before comments close on {last}",
            "公布结果的 `{name}` 发布于 {day}，早于征求意见的截止日期 {last}"
        )
    } else {
        return None;
    };
    let help = message!("correct one of the two dates", "请更正其中一个日期");
    let early =
        Diagnostic::warning(Code::Inconsistent, bulletin.path(), outcome.span.clone(), message);
    Some(early.help(help).related(
        other.path(),
        published.span.clone(),
        message!("published here", "发布日期在这里"),
    ))
}

/// Notes an outcome that is still a draft. It may be named before it is ready.
fn check_draft(
    bulletin: &Bulletin,
    outcome: &Located<String>,
    other: &Bulletin,
) -> Option<Diagnostic> {
    if bulletin.facts.draft || !other.facts.draft {
        return None;
    }
    let name = &other.slug;
    let message = message!(
        "the outcome `{name}` is a draft: readers see a consultation without an outcome",
        "公布结果的 `{name}` 还是草稿：读者看到的征求意见没有结果"
    );
    let help = message!(
        "when `{name}` is ready, remove its line `draft: true`",
        "`{name}` 完成后，请删去其中的 `draft: true` 一行"
    );
    let found =
        Diagnostic::note(Code::Inconsistent, bulletin.path(), outcome.span.clone(), message);
    Some(found.help(help))
}

/// Reports an outcome that is withdrawn or removed: from then on there is none.
fn check_end(
    bulletin: &Bulletin,
    outcome: &Located<String>,
    other: &Bulletin,
) -> Option<Diagnostic> {
    let (facts, name) = (&other.facts, &other.slug);
    let removals = [&facts.withdrawn, &facts.gone].into_iter().flatten();
    let removal = removals.min_by_key(|removal| removal.on.instant)?;
    let day = removal.on.date();
    let message = message!(
        "the outcome `{name}` ends on {day}: from then on the consultation has none",
        "公布结果的 `{name}` 于 {day} 撤回或移除：此后征求意见没有结果"
    );
    let replacement = removal.replaced_by.as_ref();
    let (create, help): (fn(_, &_, _, _) -> _, _) = match replacement {
        Some(replacement) if replacement.value != bulletin.slug => {
            let other = &replacement.value;
            (Diagnostic::warning, message!("write `outcome: {other}`", "请写成 `outcome: {other}`"))
        }
        _ => (
            Diagnostic::note,
            message!(
                "if another bulletin has the outcome, name it in `outcome`; the page says what \
                 holds in either case",
                "如果另有公报公布结果，请在 `outcome` 中写它的名称；否则页面会如实说明"
            ),
        ),
    };
    let found = create(Code::Inconsistent, bulletin.path(), outcome.span.clone(), message);
    let here = message!("it ends here", "结束日期在这里");
    Some(found.help(help).related(other.path(), removal.span.clone(), here))
}
