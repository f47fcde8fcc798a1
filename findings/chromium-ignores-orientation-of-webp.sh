#!/usr/bin/env bash
# The guess: a browser turns a WebP with an Exif orientation as it turns a JPEG with one.
# Seen (Chromium 141.0.7390 from @sparticuz/chromium 141.0.0, pictures by Pillow 13.0.0,
# 2026-11-30): a picture of 40 × 20 pixels with orientation 6 is shown as 20 × 40 from JPEG, PNG and
# AVIF, and as 40 × 20 from WebP. Pillow's exif_transpose and sharp 0.34.5's autoOrient turn all
# four, so a picture that looks right in a picture program lies on its side on the page.
# To whom it matters: sites that make WebP of photos held upright and keep their Exif data, and
# programs that write width and height into HTML: the right ones for JPEG are wrong for WebP.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pillow==13.0.0
npm install --silent --no-audit --no-fund @sparticuz/chromium@141.0.0 puppeteer-core@24.23.0 sharp@0.34.5
python/bin/python - <<'PYTHON'
from PIL import Image, ImageOps

ORIENTATION = 0x0112
for kind in ["jpeg", "png", "avif", "webp"]:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # The camera was turned by a quarter.
    picture = Image.new("RGB", (40, 20), "white")
    picture.save(f"photo.{kind}", exif=exif)
    with Image.open(f"photo.{kind}") as photo:
        size = ImageOps.exif_transpose(photo).size
    print(f"Pillow   {kind}: {size}")
    assert size == (20, 40), kind
PYTHON
cat > show.mjs <<'JAVASCRIPT'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import puppeteer from 'puppeteer-core'
import sharp from 'sharp'

const executablePath = await chromium.executablePath()
const browser = await puppeteer.launch({ args: chromium.args, executablePath, headless: 'shell' })
const page = await browser.newPage()
const shown = {}
for (const kind of ['jpeg', 'png', 'avif', 'webp']) {
  const bytes = readFileSync(`photo.${kind}`)
  const { info } = await sharp(bytes).autoOrient().toBuffer({ resolveWithObject: true })
  console.log(`sharp    ${kind}: (${info.width}, ${info.height})`)
  assert.deepEqual([info.width, info.height], [20, 40])
  await page.setContent(`<img src="data:image/${kind};base64,${bytes.toString('base64')}">`)
  await page.waitForFunction(() => document.images[0].complete)
  shown[kind] = await page.evaluate(() => [document.images[0].naturalWidth, document.images[0].naturalHeight])
  console.log(`Chromium ${kind}: (${shown[kind].join(', ')})`)
}
await browser.close()
assert.deepEqual(shown, { jpeg: [20, 40], png: [20, 40], avif: [20, 40], webp: [40, 20] })
JAVASCRIPT
node show.mjs
echo 'as described'
