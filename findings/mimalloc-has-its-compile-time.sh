#!/usr/bin/env bash
# The guess: a Rust program built twice from the same sources, in the same folder, with the same
# lock file and compiler has the same bytes; only paths of the machine differ elsewhere.
# Seen (Rust crate mimalloc 0.1.52 with libmimalloc-sys 0.1.49, GCC, 2026-11-30): the allocator's C
# code holds the time of day at which it was compiled, for its verbose output, so two builds differ
# from the build id on. As the linker merges equal strings, one changed time moves thousands of
# others, and the difference looks like one of the whole program. With SOURCE_DATE_EPOCH set, which
# GCC reads and cargo does not set, both are equal.
# To whom it matters: those who compare builds or sign what others built again: every Rust program
# with this allocator. `[env]` in `.cargo/config.toml` sets the variable for each build.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "allocates"
version = "0.1.0"
edition = "2024"

[dependencies]
libmimalloc-sys = "=0.1.49"
mimalloc = "=0.1.52"
TOML
cat >"$folder/src/main.rs" <<'RUST'
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    println!("{}", String::from("allocated"));
}
RUST
cd "$folder"
build() {
  cargo build --quiet --release
  sha256sum <target/release/allocates
  cargo clean --quiet
  sleep 1
}
unset SOURCE_DATE_EPOCH
plain="$(build)"
again="$(build)"
export SOURCE_DATE_EPOCH=0
fixed="$(build)"
same="$(build)"
printf 'as it is:                %s\n' "$plain" "$again"
printf 'with SOURCE_DATE_EPOCH:  %s\n' "$fixed" "$same"
[[ $plain != "$again" && $fixed == "$same" ]]
