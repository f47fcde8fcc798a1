//! Any bytes as front matter: of a bulletin, a goal, a category, a translation, a body, an alert.

#![no_main]

mod judge;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, yaml)) = bytes.split_first() else { return };
    let path = match kind % 6 {
        0 => "bulletins/lake.md",
        1 => "goals/water/lake.md",
        2 => "goals/lake/_index.md",
        3 => "bulletins/_index.zh.md",
        4 => "bodies/lake.md",
        _ => "alerts/lake.md",
    };
    let head: &[u8] = if kind & 0x80 == 0 { b"---\n" } else { b"---\ntitle: A\nsummary: B\npublished: 2022-05-05\n" };
    judge::judge(path, [head, yaml, b"\n---\nWords.\n"].concat());
});
