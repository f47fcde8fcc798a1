#!/usr/bin/env bash
# The guess: a text browser, which draws no SVG, shows nothing of a chart in a page, or only what
# `role="img"` and `aria-label` say; and a CDATA section in it is text, as HTML says of foreign
# content.
# Seen (Debian 12's w3m 0.5.3+git20230121-2, links 2.28-1+b2 and lynx 2.9.0dev.12-1, 2026-11-29):
# none shows the name in `aria-label`; all three print the labels of the chart's axes as a line of
# the page, with no space between them: "2021" and "2022" become "20212022". The same labels in
# CDATA sections, which browsers draw alike, are left out by w3m and links; lynx prints them.
# To whom it matters: citizens who read a city's figures in a text browser or by its dump (search
# engines of archives, readers on slow lines), and whoever writes charts into pages by hand.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet 'w3m=0.5.3+git20230121-2' 'links=2.28-1+b2' 'lynx=2.9.0dev.12-1' \
  lynx-common libgc1 libgpm2 liblz1
for package in *.deb; do
  dpkg-deb --extract "$package" programs
done
page() {
  printf '<!doctype html><html lang="en"><title>Wells</title><p>Wells dug.</p>'
  printf '<svg role="img" aria-label="Wells by year" viewBox="0 0 40 20">'
  printf '<text x="0" y="9">%s</text><text x="20" y="9">%s</text></svg><p>End.</p>' "$@"
}
page 2021 2022 > plain.html
page '<![CDATA[2021]]>' '<![CDATA[2022]]>' > cdata.html
programs="$folder/programs/usr/bin"
LD_LIBRARY_PATH="$(find "$folder/programs" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd:)"
export LD_LIBRARY_PATH
touch lynx.cfg
read_all() {
  for browser in "$programs/w3m -dump" "$programs/links -dump" \
    "$programs/lynx -cfg=lynx.cfg -lss=/dev/null -dump -nolist"; do
    name="$(basename "${browser%% *}")"
    # The words between "dug." and "End.".
    words="$($browser "$1" | tr -s ' \n' ' ' | sed 's/.*dug\.//; s/End\..*//' | tr -d ' ')"
    echo "$name:${words:-nothing}"
  done
}
seen="$(read_all plain.html; read_all cdata.html)"
echo "$seen"
expected="w3m:20212022
links:20212022
lynx:20212022
w3m:nothing
links:nothing
lynx:20212022"
[ "$seen" = "$expected" ] || { echo "what text browsers print of a chart has changed"; exit 1; }
