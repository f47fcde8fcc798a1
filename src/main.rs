//! The `gazette` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    gazette::cli::run()
}
