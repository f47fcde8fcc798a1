//! Any bytes as a body, in English and in Chinese.

#![no_main]

mod judge;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, body)) = bytes.split_first() else { return };
    let report = "reports: [{ goal: wells, value: 7, as_of: 2022-05-05 }]\n";
    let head = format!("---\ntitle: Lake\nsummary: About it.\npublished: 2022-05-05\nmentions: [wells]\n{report}---\n");
    judge::judge("bulletins/lake.md", [head.as_bytes(), body].concat());
    if kind % 2 == 1 {
        judge::judge("bulletins/_index.zh.md", ["---\ntitle: 湖\n---\n".as_bytes(), body].concat());
    }
});
