//! Any bytes as `site.toml`, alone and after the settings that every site has.

#![no_main]

mod judge;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, toml)) = bytes.split_first() else { return };
    let head = if kind % 2 == 0 { "" } else { judge::SITE };
    judge::judge("site.toml", [head.as_bytes(), toml].concat());
});
