"""5,000 slow clients of each kind at once, beside a client that must not notice them.

Usage: python3 tests/faults/slow_clients.py BINARY. It needs 12,000 open files for the server and as many for itself.

The waits of the normal client are compared with those that it had in the same run before the slow ones came, so that a
slow machine makes both longer. On a busy machine any single request may wait for the processor: the client is heard
for some seconds several times, and one time without a long wait is enough, because a server that the slow clients keep
busy is so all the time.
"""

import contextlib
import http.client
import multiprocessing
import os
import pathlib
import re
import resource
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLIENTS = 5_000
FILES = 12_000
# How much longer a request of the normal client may take, in seconds.
MAX_DELAY = 0.050
# For how long its waits are measured at once, and how often if there was a long one.
WINDOW, WINDOWS = 1.5, 6
# The timeouts of the server in seconds; they double on a machine that cannot connect all clients in that time.
TIMEOUT, LONGEST_TIMEOUT = 12, 48
KIB, MIB = 1 << 10, 1 << 20
# A body that fits into no buffer of a socket.
LARGE = 8 * MIB
PAGE = b"GET /about/ HTTP/1.1\r\nHost: x\r\n\r\n"
HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX: "


class Kind:
    """`first` is sent at once, then `drip` again and again; `reads` is whether the client takes what it gets.

    `limits` are those of which the metrics tell the closings; `memory` is the most that one client may cost the server.
    """

    def __init__(self, name, first, drip, reads, limits, memory):
        self.name, self.first, self.drip, self.reads = name, first, drip, reads
        self.limits, self.memory = limits, memory


KINDS = (
    Kind("a slow head", HALF, b"x", True, ["head"], 8 * KIB),
    Kind("idle after an answer", PAGE, b"", True, ["idle"], 8 * KIB),
    Kind("a slow second head", PAGE + HALF, b"x", True, ["head"], 8 * KIB),
    # The answer is sent at once, and the connection closed after it.
    Kind("a slow body", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", b"x", True, [], 64 * KIB),
    Kind("a reader that never reads", b"GET /large.pdf HTTP/1.1\r\nHost: x\r\n\r\n", b"", False, ["write"], 16 * KIB),
    # With a query, the application serves it and not the fast lane. A piece of a body is 64 KiB.
    Kind("a reader of the application", b"GET /large.pdf?x HTTP/1.1\r\nHost: x\r\n\r\n", b"", False, ["application"],
         256 * KIB),
)


class Server:
    def __init__(self, binary, content, log, timeout):
        times = [part for name in ("head", "idle", "write") for part in (f"--{name}-timeout", str(timeout))]
        self.process = subprocess.Popen(
            [binary, "serve", "--content", content, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", *times],
            stdout=subprocess.PIPE, stderr=log.open("wb"), text=True)
        lines = [self.process.stdout.readline() for _ in range(3)]
        ports = {is_admin: int(line.rpartition(":")[2]) for line in lines if "http" in line
                 for is_admin in ["admin" in line]}
        self.port, self.admin = ports[False], ports[True]
        while '"search":"ready"' not in self.get("/readyz", self.admin).replace(" ", ""):
            time.sleep(0.05)

    def get(self, path, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        connection.request("GET", path)
        reply = connection.getresponse()
        assert reply.status == 200, f"{path}: {reply.status}"
        with contextlib.closing(connection):
            return reply.read().decode()

    def closed(self, limits):
        """How many connections the limits have closed, as the server tells."""
        text = self.get("/metrics", self.admin)
        counts = dict(re.findall(r'gazette_connections_closed_total\{limit="(\w+)"\} (\d+)', text))
        return sum(int(counts.get(limit, 0)) for limit in limits)

    def memory(self):
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) * KIB

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def be_slow(kind, port, pipe):
    """The slow clients, in their own process; tells when all are connected, and in the end how many were closed."""
    poll = select.epoll()
    clients = {}
    for _ in range(CLIENTS):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * KIB)
        client.connect(("127.0.0.1", port))
        client.setblocking(False)
        client.send(kind.first)
        clients[client.fileno()] = client
        poll.register(client.fileno(), select.EPOLLRDHUP | (select.EPOLLIN if kind.reads else 0))
    pipe.send("connected")
    everyone, begun, dripped = list(clients.values()), time.monotonic(), 0
    while clients:
        for number, event in poll.poll(0.01 if kind.drip else 0.1):
            is_over = event & (select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR)
            with contextlib.suppress(OSError):
                while kind.reads and clients[number].recv(64 * KIB):
                    pass
            if is_over:
                poll.unregister(number)
                clients.pop(number).close()
        # Each sends a piece a second, one after the other: they do not know of each other.
        due = int((time.monotonic() - begun) * CLIENTS) if kind.drip else 0
        for number in range(dripped, due):
            with contextlib.suppress(OSError):
                everyone[number % CLIENTS].send(kind.drip)
        dripped = due
        if pipe.poll():
            break
    pipe.send(CLIENTS - len(clients))


def longest_wait(port):
    """The longest wait of a client for a page, on new connections and on one that stays open, in seconds."""
    longest, end = 0.0, time.monotonic() + WINDOW
    with socket.create_connection(("127.0.0.1", port), timeout=60) as kept:
        while time.monotonic() < end:
            begun = time.monotonic()
            fetch(kept)
            longest, begun = max(longest, time.monotonic() - begun), time.monotonic()
            with socket.create_connection(("127.0.0.1", port), timeout=60) as fresh:
                fetch(fresh)
            longest = max(longest, time.monotonic() - begun)
            time.sleep(0.01)
    return longest


def fetch(connection):
    connection.sendall(PAGE)
    received = b""
    while b"</html>" not in received:
        part = connection.recv(64 * KIB)
        assert part, "the normal client was closed"
        received += part


def check(kind, server, timeout):
    """Whether all clients were connected in time; fails if they are noticed, or not closed."""
    baseline = max(longest_wait(server.port) for _ in range(2))
    server.get("/about/")
    memory, before = server.memory(), server.closed(kind.limits)
    pipe, other = multiprocessing.Pipe()
    slow = multiprocessing.Process(target=be_slow, args=(kind, server.port, other), daemon=True)
    slow.start()
    assert pipe.poll(LONGEST_TIMEOUT), f"{kind.name}: the clients cannot connect"
    pipe.recv()
    cost = max(server.memory() - memory, 0) // CLIENTS
    were_all_open = server.closed(kind.limits) == before
    waits = [longest_wait(server.port)]
    while min(waits) > baseline + MAX_DELAY and len(waits) < WINDOWS:
        wait = longest_wait(server.port)
        # Only what was measured beside all of them counts.
        if kind.limits and server.closed(kind.limits) != before:
            break
        waits.append(wait)
    begun = time.monotonic()
    # A deadline ends up to a second late, and the application closes a second after that.
    while slow.is_alive() and time.monotonic() - begun < 4 * timeout + 10:
        time.sleep(0.1)
        if pipe.poll():
            break
    pipe.send("end")
    closed, counted = pipe.recv(), server.closed(kind.limits) - before
    slow.join()
    if kind.limits and not were_all_open and timeout < LONGEST_TIMEOUT:
        return False
    assert closed == CLIENTS, f"{kind.name}: {closed} of {CLIENTS} clients were closed"
    # The normal client's connections are none of them.
    assert not kind.limits or counted >= CLIENTS, f"{kind.name}: {counted} of {CLIENTS} closings were counted"
    assert min(waits) <= baseline + MAX_DELAY, f"{kind.name}: waits of {waits} s, of {baseline} s without them"
    assert cost <= kind.memory, f"{kind.name}: a client costs {cost} bytes"
    assert longest_wait(server.port) < 60
    print(f"{CLIENTS} clients, each {kind.name}: longest wait {min(waits) * 1000:.1f} ms beside them, "
          f"{baseline * 1000:.1f} ms before; {cost} bytes each; all are closed", flush=True)
    return True


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    else:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        content = scratch / "content"
        shutil.copytree(ROOT / "tests/fixtures/rimewater", content)
        (content / "large.pdf").write_bytes(os.urandom(LARGE))
        with (content / "about.md").open("a") as page:
            page.write("\nThe [large plan](large.pdf).\n")
        for kind in KINDS:
            timeout, is_done = TIMEOUT, False
            while not is_done:
                with contextlib.closing(Server(binary, content, scratch / "log", timeout)) as server:
                    is_done = check(kind, server, timeout)
                timeout *= 2


if __name__ == "__main__":
    main()
