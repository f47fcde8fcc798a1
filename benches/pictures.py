"""What pictures cost: processor time, time and memory from the start to ready, then with the copies of `--cache`, and
a reload in which one bulletin has changed and no picture has.

Usage: python3 benches/pictures.py GAZETTE, with Pillow for the pictures. Each line is one kind of picture; the cost of
the same site without pictures is taken from it.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from PIL import Image, ImageChops

TICKS = os.sysconf("SC_CLK_TCK")
SITE = 'name = "Lakeside"\nbase_url = "https://lakeside.example/"\ntime_zone = "Asia/Shanghai"\nlanguages = ["en"]\n'
# A name, the size, the format, and how many of them.
KINDS = [
    ("no picture", (0, 0), "JPEG", 0),
    ("one JPEG of 12 megapixels", (4000, 3000), "JPEG", 1),
    ("eight JPEGs of 12 megapixels", (4000, 3000), "JPEG", 8),
    ("one JPEG of 48 megapixels", (8000, 6000), "JPEG", 1),
    ("one PNG of 12 megapixels", (4000, 3000), "PNG", 1),
]


def photo(size, seed):
    """Soft shapes with the noise of a camera; the seed makes each picture a different file."""
    width, height = size
    shapes = [Image.effect_noise((width // 64, height // 64), 90).resize(size, Image.BICUBIC) for _ in range(3)]
    noise = Image.effect_noise(size, 8 + seed / 8)
    return ImageChops.add(Image.merge("RGB", shapes), Image.merge("RGB", [noise] * 3), 2)


def write_site(folder, size, form, count):
    bulletins = folder / "bulletins"
    bulletins.mkdir(parents=True)
    (folder / "site.toml").write_text(SITE)
    (bulletins / "_index.md").write_text("---\ntitle: Bulletins\n---\n")
    for number in range(max(count, 1)):
        place = bulletins / f"lake-{number}"
        place.mkdir()
        body = "Words.\n"
        if count:
            name = f"lake.{'jpg' if form == 'JPEG' else 'png'}"
            photo(size, number).save(place / name, form, quality=88)
            body = f"![The lake]({name})\n"
        (place / "index.md").write_text(f"---\ntitle: L\nsummary: L.\npublished: 2022-05-05\n---\n{body}")


class Server:
    """A started server, with what its start has cost."""

    def __init__(self, binary, content, cache):
        begun = time.monotonic()
        command = [binary, "serve", "--content", content, "--listen", "127.0.0.1:0", "--cache", cache]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        assert self.process.stdout.readline().startswith("http"), self.process.stderr.read()
        self.cost = time.monotonic() - begun, self.cpu(), self.peak()

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def reload(self):
        """The seconds of processor time that a reload takes."""
        before = self.cpu()
        self.process.send_signal(signal.SIGHUP)
        for line in self.process.stderr:
            if "serving a new edition" in line:
                return self.cpu() - before
        sys.exit("the reload failed")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def measure(binary, folder, size, form, count):
    content, cache = folder / "content", folder / "cache"
    write_site(content, size, form, count)
    first = Server(binary, content, cache)
    page = content / "bulletins/lake-0/index.md"
    page.write_text(page.read_text() + "\nMore words.\n")
    reload = first.reload()
    first.end()
    second = Server(binary, content, cache)
    second.end()
    return first.cost, second.cost, reload


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    print(f"{os.cpu_count()} cores; start to ready")
    print(f"{'':30} {'s':>6} {'CPU s':>6} {'MiB':>5} {'CPU ms/MP':>9}   from the cache {'s':>5} {'CPU s':>6}   reload CPU s")
    base = None
    for name, size, form, count in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            first, second, reload = measure(binary, pathlib.Path(folder), size, form, count)
        base = base or first
        megapixels = size[0] * size[1] * count / 1e6
        each = f"{(first[1] - base[1]) / megapixels * 1000:.1f}" if megapixels else ""
        print(
            f"{name:30} {first[0]:6.2f} {first[1]:6.2f} {first[2]:5.0f} {each:>9}"
            f"                  {second[0]:5.2f} {second[1]:6.2f}   {reload:6.2f}"
        )


main()
