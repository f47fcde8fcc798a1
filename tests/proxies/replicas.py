"""Three processes over copies of the same content behind HAProxy, with Varnish in front, under load: killed, stopped,
started again and reloaded one after the other. No request fails, and every picture of a page is there.

Usage: python3 tests/proxies/replicas.py BINARY, with the packages of Debian that .ci/run names, and the files of deploy/.
"""

import contextlib
import http.client
import pathlib
import re
import shutil
import signal
import sys
import tempfile
import threading
import time

from proxies import DEPLOY, LAKE, NAME, ROOT, START_SECONDS, Bench, Client, free_port, substitute, wait_until_ready

REPLICAS = 3
READERS = 4
PAGES = ("/", "/zh/", LAKE, "/bulletins/", "/goals/", "/feed.xml", "/data/bulletins.json")
ASSET = re.compile(rb'(?:src|href)="(/static/[^"]+)"')
PICTURES = ("strip.jpg", "small-quarters.jpg")


class Replica:
    def __init__(self, bench, number):
        self.bench, self.number, self.port, self.starts = bench, number, free_port(), 0
        self.content = bench.scratch / f"content-{number}"
        shutil.copytree(bench.content(), self.content)
        self.start()

    def start(self):
        self.starts += 1
        self.process, self.log = self.bench.spawn(f"gazette-{self.number}-{self.starts}", [
            self.bench.binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--content", self.content,
            "--base-url", f"https://{NAME}/", "--drain", "3"])
        wait_until_ready(Client(self.port), self.process, self.log)

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait(30)

    def reload(self, text, picture):
        """New content, as a checkout brings it."""
        before = self.edition()
        lake = self.content / "bulletins/2024-lake"
        shutil.copy(picture, lake / "lake.jpg")
        page = (lake / "index.md").read_text()
        (lake / "index.md").write_text(re.sub(r"\).*\n$", f"). {text}\n", page))
        self.process.send_signal(signal.SIGHUP)
        begun = time.monotonic()
        while self.edition() == before:
            assert time.monotonic() - begun < START_SECONDS, self.log.read_text(errors="replace")
            time.sleep(0.05)

    def edition(self):
        return re.search(rb'"edition":"([^"]+)"', Client(self.port).get("/readyz").body).group(1)


class Reader(threading.Thread):
    """Reads pages and all that they show."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.count, self.failures, self.is_over = port, 0, [], threading.Event()

    def run(self):
        client = Client(self.port)
        while not self.is_over.is_set():
            for page in PAGES:
                body = self.read(client, page)
                for asset in set(ASSET.findall(body)):
                    self.read(client, asset.decode())

    def read(self, client, path):
        self.count += 1
        try:
            # Each request asks the replicas, and not the cache alone.
            reply = client.get(path, None, ("x-reader", "1"))
        except (OSError, http.client.HTTPException) as error:
            self.failures.append(f"{path}: {error!r}")
            client.connection.close()
            return b""
        if reply.status != 200 or not reply.body:
            self.failures.append(f"{path}: {reply.status}")
        return reply.body


def start_haproxy(bench, replicas):
    inner, plain, tls = free_port(), free_port(), free_port()
    text = substitute(
        (DEPLOY / "haproxy.cfg").read_text(),
        ("bind :80\n", f"bind 127.0.0.1:{plain}\n"), ("bind :443 ", f"bind 127.0.0.1:{tls} "),
        ("/etc/haproxy/gazette.pem", str(bench.both)),
        ("    server gazette1 127.0.0.1:8080 check\n", servers(replicas, "check")),
        ("    server gazette1 127.0.0.1:8080 track gazette/gazette1\n", servers(replicas, "track gazette/{}")))
    text += (f"\nfrontend inner\n    bind 127.0.0.1:{inner}\n"
             "    use_backend assets if { path_reg ^/static/[^/]+\\.[0-9a-f]{16}[^/]*$ }\n    default_backend gazette\n")
    config = bench.scratch / "replicas.cfg"
    config.write_text(text)
    process, log = bench.spawn("haproxy", ["haproxy", "-db", "-f", config])
    wait_until_ready(Client(inner), process, log)
    return inner


def servers(replicas, options):
    names = [(f"gazette{replica.number}", replica.port) for replica in replicas]
    return "".join(f"    server {name} 127.0.0.1:{port} {options.format(name)}\n" for name, port in names)


def disturb(replicas):
    """What happens to replicas in a day, one after the other."""
    pictures = ROOT / "tests/fixtures/pictures"
    for round_, picture in enumerate(PICTURES):
        for replica in replicas:
            replica.reload(f"Round {round_}.", pictures / picture)
            time.sleep(1)
        assert len({replica.edition() for replica in replicas}) == 1, "the same content, and other editions"
    for replica, how in zip(replicas, (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL)):
        replica.end(how)
        time.sleep(1)
        replica.start()
        time.sleep(2)


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        bench = Bench(binary, pathlib.Path(scratch), stack)
        replicas = [Replica(bench, number) for number in range(1, REPLICAS + 1)]
        inner = start_haproxy(bench, replicas)
        cached, _ = bench.start_varnish(inner)
        # Half of the readers go by the cache, the others ask the replicas each time.
        readers = [Reader(port) for port in (cached, inner) * (READERS // 2)]
        for reader in readers:
            reader.start()
        time.sleep(1)
        disturb(replicas)
        time.sleep(1)
        for reader in readers:
            reader.is_over.set()
            reader.join(30)
        failures = [failure for reader in readers for failure in reader.failures]
        count = sum(reader.count for reader in readers)
    print(f"{count} requests, {len(failures)} failed")
    if failures or count < 1_000:
        sys.exit("\n".join(failures[:20]) or "too few requests")


if __name__ == "__main__":
    main()
