"""Faults of the machine below the real binary: a file system that hangs, memory that runs out, a clock that jumps.

Usage: python3 tests/faults/faults.py BINARY. A lease on a file lets whoever opens it wait, as a network file system
that does not answer does. Memory is limited by the address space, without rights, and by a control group, as systemd
and containers do, where this process may make one; where it may not, it says so. The clock is set by Debian's
libfaketime, for one process.
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
from random import Random

ROOT = pathlib.Path(__file__).resolve().parents[2]
MIB = 1 << 20
# A limit that only a failure reaches.
LIMIT_SECONDS = 120
# The start fails with a line of ours, the loader of the system with its own, and an allocation by an abort; the last is
# of Rust, where not even a panic has the memory that it needs, or of glibc.
ENDINGS = ("gazette: ", "error while loading shared libraries", "memory allocation of ", "fatal runtime error: ",
           "Fatal glibc error: ")


# What the log says of the index of a start.
OUTCOMES = ("the search is ready", "the search index cannot be made", "panic while building the search index")
# How many limits are tried between half of enough memory and enough.
STEPS = 60


class Group:
    """A control group of its own with a limit of memory, of either version."""

    def __init__(self):
        second = pathlib.Path("/sys/fs/cgroup/cgroup.controllers")
        root = second.parent if second.exists() else second.parent / "memory"
        name = "memory.max" if second.exists() else "memory.limit_in_bytes"
        self.folder = root / f"gazette-faults-{os.getpid()}"
        self.folder.mkdir()
        self.limit, self.used = self.folder / name, self.folder / (
            "memory.current" if second.exists() else "memory.usage_in_bytes")

    def set_limit(self, limit):
        self.limit.write_text(str(limit))

    def join(self):
        (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def close(self):
        begun = time.monotonic()
        while True:
            try:
                self.folder.rmdir()
                return
            except OSError:
                # Ended processes leave the group a little later.
                assert time.monotonic() - begun < LIMIT_SECONDS, "the group stays busy"
                time.sleep(0.05)


class Server:
    """A process that serves a folder; `limit` is that of its address space in bytes, `group` its control group."""

    def __init__(self, binary, content, log, limit=None, group=None, variables=()):
        self.log, self.group = log, group
        before = (lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))) if limit else group and group.join
        environment = {name: value for name, value in os.environ.items() if name != "RUST_BACKTRACE"}
        environment.update(variables)
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
        """The process has ended, and said why in one of its last four lines: two notes of Rust may follow, and the
        lines of two threads that fail at once are mixed, because Rust writes such a line in pieces."""
        code, lines = self.process.wait(LIMIT_SECONDS), self.log.read_text(errors="replace").strip().split("\n")
        if self.group and code == -signal.SIGKILL:
            # By the kernel, which leaves no process the time for a line.
            return
        assert code != 0 and any(text in line for text in ENDINGS for line in lines[-4:]), f"{code}: {lines}"

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
        is_serving = server.port and server.wait_for(*OUTCOMES)
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


def check_lost_search(binary, content, log):
    """Little short of the memory that a start needs, there is often no thread for the index or for a search: pages
    are served all the same, `/readyz` says what the search is, and searches are answered; or it ends with a line."""
    enough, counts = 64 * MIB, {"ready": 0, "failed": 0, "ended": 0}
    while not serves_with(binary, content, log, enough):
        enough = enough * 9 // 8
    for step in range(STEPS):
        counts[search_with(binary, content, log, enough * (2 * STEPS - step) // (2 * STEPS))] += 1
    print(f"starts with little memory: {', '.join(f'{count} {state}' for state, count in counts.items())}")


def serves_with(binary, content, log, limit):
    return search_with(binary, content, log, limit) == "ready"


def search_with(binary, content, log, limit):
    """The state of the search after a start with a limit, or that it has ended."""
    server = Server(binary, content, log, limit)
    with contextlib.ExitStack() as stack:
        stack.callback(server.end)
        is_serving = server.port and server.wait_for(*OUTCOMES)
        try:
            # Each worker has its turn.
            searches = [server.get("/search/?q=water")[0] for _ in range(4)] if is_serving else []
        except (OSError, http.client.HTTPException):
            is_serving = False
        if not is_serving or not server.serves_home():
            server.check_ending()
            return "ended"
        state = server.readiness()["search"]
        # It may be made again meanwhile.
        assert state in ("ready", "failed", "preparing"), state
        assert set(searches) <= {200, 503} and (state == "ready" or 503 in searches), f"{state}: {searches}"
        return "ready" if state == "ready" else "failed"


def reload_once(server, content):
    """The outcome of a reload with another text; ends the server."""
    change(content)
    server.process.send_signal(signal.SIGHUP)
    outcome = server.wait_for("still serving the last good edition", "serving a new edition")
    if not server.serves_home():
        outcome = "ended"
        server.check_ending()
    server.end()
    return outcome


def check_reload(binary, content, log):
    """A reload without memory: the edition stays, or the process ends with a line."""
    outcomes = []
    for spare in (-256, 0, 64):
        server = Server(binary, content, log)
        server.wait_for("the search is ready")
        pages = int(pathlib.Path(f"/proc/{server.process.pid}/statm").read_text().split()[0])
        limit = max(pages * resource.getpagesize() + spare * MIB, MIB)
        resource.prlimit(server.process.pid, resource.RLIMIT_AS, (limit, limit))
        outcomes.append(f"{spare} MiB: {reload_once(server, content)}")
    print(f"reloads with little memory: {'; '.join(outcomes)}")


def check_group(binary, content, log):
    """The same within a control group: the kernel ends the process, and nothing that was published is harmed."""
    try:
        group = Group()
        group.set_limit(1024 * MIB)
    except OSError as error:
        print(f"no control group can be made here ({error}), so memory is limited by the address space alone")
        return
    with contextlib.closing(group):
        refused, limit = start_in_group(binary, content, log, group)
        print(f"{refused} starts in a control group are ended; with {limit // MIB} MiB it serves")
        check_export_in_group(binary, content, group)
        print(f"reloads in a control group: {'; '.join(reload_in_group(binary, content, log, group))}")


def start_in_group(binary, content, log, group):
    refused, limit = 0, 8 * MIB
    while True:
        group.set_limit(limit)
        server = Server(binary, content, log, group=group)
        is_serving = server.port and server.wait_for(*OUTCOMES)
        if is_serving and server.serves_home():
            server.end()
            assert refused, "no start had too little memory"
            return refused, limit
        server.check_ending()
        server.end()
        refused, limit = refused + 1, limit * 5 // 4
        assert limit < 1024 * MIB, "it never starts"


def check_export_in_group(binary, content, group):
    """An export that is ended by the kernel leaves the one before it as it was."""
    site = content.parent / "site"
    command = [binary, "export", site, "--content", content]
    group.set_limit(1024 * MIB)
    subprocess.run(command, check=True, capture_output=True)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    change(content)
    group.set_limit(8 * MIB)
    code = subprocess.run(command, capture_output=True, preexec_fn=group.join).returncode
    assert code == -signal.SIGKILL, code
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before, "a file was changed"
    print("an export that the kernel ends leaves the site as it was")


def reload_in_group(binary, content, log, group):
    outcomes = []
    for spare in (0, 4, 64):
        group.set_limit(1024 * MIB)
        server = Server(binary, content, log, group=group)
        server.wait_for("the search is ready")
        group.set_limit(int(group.used.read_text()) + spare * MIB)
        outcomes.append(f"{spare} MiB: {reload_once(server, content)}")
    # What was there before the end is served after it.
    group.set_limit(1024 * MIB)
    server = Server(binary, content, log, group=group)
    assert b"One more sentence" in server.get("/about/")[1]
    server.end()
    return outcomes


def check_clock(binary, content, log):
    """A clock that is set forward and back: within a minute a page appears on its day, and is gone again before it."""
    libraries = list(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    assert libraries, "libfaketime is not installed"
    (content / "bulletins/later.md").write_text(
        "---\ntitle: Later\nsummary: For another day.\npublished: 2031-01-01\n---\nText.\n")
    clock = content.parent / "clock"
    set_clock(clock, 2030)
    server = Server(binary, content, log, variables={
        "LD_PRELOAD": str(libraries[0]), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
    with contextlib.ExitStack() as stack:
        stack.callback(server.end)
        assert server.get("/bulletins/later/")[0] == 404
        seconds = []
        for year, status in ((2032, 200), (2030, 404)):
            set_clock(clock, year)
            begun = time.monotonic()
            while server.get("/bulletins/later/")[0] != status:
                assert time.monotonic() - begun < LIMIT_SECONDS, f"{year}: the page has not the status {status}"
                assert server.readiness()["ready"]
                time.sleep(0.2)
            seconds.append(round(time.monotonic() - begun))
    assert "panic" not in log.read_text()
    print(f"a clock that jumps: forward seen after {seconds[0]} s, back after {seconds[1]} s")


def check_returned_memory(binary, content, log):
    """What a start and a large index took goes back to the system while nothing is saved."""
    random = Random(1)
    for number in range(4000):
        words = " ".join(f"w{random.randrange(200_000)}" for _ in range(1000))
        (content / f"bulletins/many-{number}.md").write_text(
            f"---\ntitle: Many {number}\nsummary: One of many.\npublished: 2022-05-05\n---\n{words}.\n")
    server = Server(binary, content, log)
    with contextlib.ExitStack() as stack:
        stack.callback(server.end)
        server.wait_for("the search is ready")
        begun = time.monotonic()
        while memory(server, "VmRSS") > memory(server, "VmHWM") * 0.9:
            assert time.monotonic() - begun < LIMIT_SECONDS, "the memory stays"
            time.sleep(0.2)
        print(f"memory at rest: {memory(server, 'VmRSS') >> 10} MiB, {memory(server, 'VmHWM') >> 10} at most")


def memory(server, name):
    """A figure of the memory of a server, in KiB."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0])


def set_clock(file, year):
    """Sets the clock to the middle of a year, in one step."""
    new = file.with_suffix(".new")
    new.write_text(f"@{year}-06-15 12:00:00\n")
    new.rename(file)


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for check in (check_hanging_file, check_start, check_lost_search, check_reload, check_group, check_clock,
                      check_returned_memory):
            content = scratch / check.__name__
            shutil.copytree(ROOT / "tests/fixtures/rimewater", content)
            check(binary, content, scratch / "log")


main()
