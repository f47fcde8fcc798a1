#!/usr/bin/env bash
# The guess: the setter of a calendar's name escapes it wherever it writes it. RFC 7986 §5.1 gives
# NAME a value of type TEXT, in which RFC 5545 §3.3.11 has commas and semicolons escaped.
# Seen (Rust crate icalendar 0.17.17, 2026-11-28): `Calendar::name` writes the name twice, escaped
# as X-WR-CALNAME and as it is as NAME; `description` of the same calendar is escaped in both.
# To whom it matters: publishers of calendars whose titles have commas or semicolons (“Parks, lakes
# and rivers”): a program that splits the value shows half of the title. A property that carries
# `VALUE=TEXT` is escaped.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "name-of-a-calendar"
version = "0.1.0"
edition = "2024"

[dependencies]
icalendar = { version = "=0.17.17", default-features = false }
TOML
cat >"$folder/src/main.rs" <<'RUST'
use icalendar::{Calendar, Property};

fn main() {
    let mut calendar = Calendar::new();
    calendar.name("Parks, lakes; rivers").description("Parks, lakes; rivers");
    print!("{calendar}");
    let mut named = Calendar::new();
    let mut name = Property::new("NAME", "Parks, lakes; rivers");
    named.append_property(name.add_parameter("VALUE", "TEXT").done());
    print!("{named}");
}
RUST
written="$(cargo run --quiet --manifest-path "$folder/Cargo.toml" | tr -d '\r')"
grep -E '^(NAME|X-WR-CALNAME|DESCRIPTION)' <<<"$written"
grep -qxF 'NAME:Parks, lakes; rivers' <<<"$written"
grep -qxF 'X-WR-CALNAME:Parks\, lakes\; rivers' <<<"$written"
grep -qxF 'DESCRIPTION:Parks\, lakes\; rivers' <<<"$written"
grep -qxF 'NAME;VALUE=TEXT:Parks\, lakes\; rivers' <<<"$written"
echo 'as described'
