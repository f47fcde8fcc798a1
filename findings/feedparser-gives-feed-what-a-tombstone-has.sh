#!/usr/bin/env bash
# The guess: feedparser, which knows no tombstones (`at:deleted-entry` of RFC 6721), skips one as a
# whole, as it skips other unknown elements of a feed.
# Seen (feedparser 6.0.14, 2026-11-29): it skips the element's own tag alone. The elements of Atom in
# it count as the feed's: with `<id>` and `<link>` of the entry that was taken away, the feed has
# that id and that address. A tombstone with nothing but `at:comment` leaves the feed as it is.
# To whom it matters: feeds that tell of withdrawn pages. Programs that know a feed by its id take
# it for another one.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$folder/python/bin/python" - <<'PYTHON'
import feedparser


def read(inside):
    feed = feedparser.parse(f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<id>urn:city</id><title>City</title><updated>2024-01-03T00:00:00Z</updated>
<link href="https://city.example/"/>
<at:deleted-entry ref="urn:gone" when="2024-01-02T00:00:00Z">{inside}</at:deleted-entry>
<entry><id>urn:notice</id><title>Notice</title><updated>2024-01-01T00:00:00Z</updated>
<link href="https://city.example/notice/"/></entry>
</feed>""")
    assert not feed.bozo and len(feed.entries) == 1
    found = feed.feed.id, feed.feed.link
    print(inside, found)
    return found


own = "urn:city", "https://city.example/"
assert read("<at:comment>Withdrawn</at:comment>") == own
assert read("<id>urn:gone</id>") == ("urn:gone", own[1])
assert read('<link href="https://city.example/gone/"/>') == (own[0], "https://city.example/gone/")
PYTHON
