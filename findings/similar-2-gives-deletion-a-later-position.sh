#!/usr/bin/env bash
# The guess: the operations of a comparison follow each other, so that each begins in both lists
# where the one before has ended, and a list can be cut at their positions.
# Seen (Rust crate similar 2.7.0, 2026-11-29): for [1, 0] and [0, 0] Myers' algorithm gives a
# deletion at position 1 of the new list, and behind it a run of equal items at position 0. The
# lengths are right. In 3.2.1 the deletion is at position 0, and no two lists of together up to
# twelve items of three kinds had such a gap.
# To whom it matters: pages that show versions of a law or a notice side by side: what is cut out
# by these positions covers a clause twice or shifts the words of the next one.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

# Prints the operations as their starts and lengths in the old and the new list.
operations() {
  mkdir -p "$folder/$1/src"
  cat >"$folder/$1/Cargo.toml" <<TOML
[package]
name = "operations"
version = "0.1.0"
edition = "2024"

[dependencies]
similar = { version = "=$1", default-features = false }
TOML
  cat >"$folder/$1/src/main.rs" <<'RUST'
use similar::{Algorithm, capture_diff_slices};

fn main() {
    for operation in capture_diff_slices(Algorithm::Myers, &[1, 0], &[0, 0]) {
        let (old, new) = (operation.old_range(), operation.new_range());
        let tag = format!("{:?}", operation.tag());
        println!("{tag} old {}+{} new {}+{}", old.start, old.len(), new.start, new.len());
    }
}
RUST
  cargo run --quiet --manifest-path "$folder/$1/Cargo.toml"
}

seen="$(operations 2.7.0)"
printf '2.7.0\n%s\n' "$seen"
[[ $seen == $'Delete old 0+1 new 1+0\nEqual old 1+1 new 0+1\nInsert old 1+0 new 1+1' ]]
later="$(operations 3.2.1)"
printf '3.2.1\n%s\n' "$later"
grep -qxF 'Delete old 0+1 new 0+0' <<<"$later"
