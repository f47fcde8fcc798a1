"""Faults of the machine below the real binary: a file system that hangs, and memory that runs out.

Usage: python3 tests/faults/faults.py BINARY. It needs no rights: a lease on a file lets whoever opens it wait, as a
network file system that does not answer does, and a limit of the address space stands for little memory.
"""

import contextlib
import fcntl
import http.client
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
MIB = 1 << 20
# A limit that only a failure reaches.
LIMIT_SECONDS = 120
# The start fails with a line of ours, the loader of the system with its own, and an allocation by an abort; the last is
# of Rust, where not even a panic has the memory that it needs.
ENDINGS = ("gazette: ", "error while loading shared libraries", "memory allocation of ", "fatal runtime error: ")


class Server:
    """A process that serves a folder; `limit` is that of its address space in bytes."""

    def __init__(self, binary, content, log, limit=None):
        self.log = log
        before = (lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))) if limit else None
        environment = {name: value for name, value in os.environ.items() if name != "RUST_BACKTRACE"}
        self.process = subprocess.Popen(
            [binary, "serve", "--content", content, "--listen", "127.0.0.1:0", "--workers", "2"],
            stdout=subprocess.PIPE, stderr=log.open("wb"), text=True, env=environment, preexec_fn=before)
        self.process.stdout.readline()
        self.port = int(self.process.stdout.readline().rpartition(":")[2] or 0)

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.read()

    def serves_home(self):
        """Whether the home page is served; False if there is no response."""
        try:
            status = self.get("/")[0]
        except (OSError, http.client.HTTPException):
            return False
        assert status == 200, status
        return True

    def readiness(self):
        return json.loads(self.get("/readyz")[1])

    def wait_for(self, *texts):
        """Waits until the log has one of the texts, or the process has ended; gives the text."""
        begun = time.monotonic()
        while time.monotonic() - begun < LIMIT_SECONDS:
            is_over = self.process.poll() is not None
            log = self.log.read_text(errors="replace")
            for text in texts:
                if text in log:
                    return text
            if is_over:
                return None
            time.sleep(0.05)
        sys.exit(f"the log has none of {texts}:\n{self.log.read_text(errors='replace')}")

    def check_ending(self):
        """The process has ended, and said why in one of its last two lines: a note of Rust may follow."""
        code, lines = self.process.wait(LIMIT_SECONDS), self.log.read_text(errors="replace").strip().split("\n")
        assert code != 0 and any(text in line for text in ENDINGS for line in lines[-2:]), f"{code}: {lines}"

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def change(content):
    page = content / "about.md"
    page.write_text(page.read_text() + "\nOne more sentence.\n")
    return page


def check_hanging_file(binary, content, log):
    """A file that cannot be opened: the edition stays, and `/readyz` and the log say since when the reload waits."""
    with contextlib.closing(Hold(change_after_start(binary, content, log))) as hold:
        server = hold.server
        server.process.send_signal(signal.SIGHUP)
        begun = time.monotonic()
        while "reloading_since" not in server.readiness():
            assert time.monotonic() - begun < LIMIT_SECONDS, "the reload never begins"
        server.wait_for("the reload has not ended")
        status = server.readiness()
        assert status["ready"] and not status["stale"] and status["reloading_since"], status
        assert server.get("/about/")[0] == 200 and b"One more sentence" not in server.get("/about/")[1]
        hold.release()
        assert server.wait_for("serving a new edition"), "it ended"
        assert b"One more sentence" in server.get("/about/")[1]
        assert "reloading_since" not in server.readiness()
    print("a file system that hangs: the edition stays, and the reload ends when the files are back")


def change_after_start(binary, content, log):
    server = Server(binary, content, log)
    assert server.get("/about/")[0] == 200
    return server, change(content)


class Hold:
    """A lease on a file, without an answer to whoever opens it. The system breaks it after 45 seconds."""

    def __init__(self, server_and_page):
        self.server, page = server_and_page
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        self.file = page.open("r+")
        fcntl.fcntl(self.file, fcntl.F_SETLEASE, fcntl.F_WRLCK)

    def release(self):
        fcntl.fcntl(self.file, fcntl.F_SETLEASE, fcntl.F_UNLCK)

    def close(self):
        self.file.close()
        self.server.end()


def check_start(binary, content, log):
    """With ever more memory, a start ends with a line that says why, until there is enough."""
    refused, limit = 0, 64 * MIB
    while True:
        server = Server(binary, content, log, limit)
        is_serving = server.port and server.wait_for("the search is ready", "the search index cannot be made")
        # Memory may also run out between the last line and the first response.
        if is_serving and server.serves_home():
            server.end()
            break
        server.check_ending()
        server.end()
        refused, limit = refused + 1, limit * 5 // 4
        assert limit < 4096 * MIB, "it never starts"
    assert refused, "no start had too little memory"
    print(f"{refused} starts with too little memory end with a line; with {limit // MIB} MiB of addresses it serves")


def check_reload(binary, content, log):
    """A reload without memory: the edition stays, or the process ends with a line."""
    outcomes = []
    for spare in (-256, 0, 64):
        server = Server(binary, content, log)
        server.wait_for("the search is ready")
        pages = int(pathlib.Path(f"/proc/{server.process.pid}/statm").read_text().split()[0])
        limit = max(pages * resource.getpagesize() + spare * MIB, MIB)
        resource.prlimit(server.process.pid, resource.RLIMIT_AS, (limit, limit))
        change(content)
        server.process.send_signal(signal.SIGHUP)
        outcome = server.wait_for("still serving the last good edition", "serving a new edition")
        if not server.serves_home():
            outcome = None
            server.check_ending()
        outcomes.append(f"{spare} MiB: {outcome or 'ended'}")
        server.end()
    print(f"reloads with little memory: {'; '.join(outcomes)}")


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for check in (check_hanging_file, check_start, check_reload):
            content = scratch / check.__name__
            shutil.copytree(ROOT / "tests/fixtures/rimewater", content)
            check(binary, content, scratch / "log")


main()
