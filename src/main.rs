//! The `gazette` command.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A compile allocates some 700 times for each page on every core, and a reload frees as much as it
/// allocates. glibc keeps what is freed on another thread, and takes a fifth more time
/// (`docs/benchmarks.md`).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    gazette::cli::run()
}
