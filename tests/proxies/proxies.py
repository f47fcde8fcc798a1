"""Runs the proxies of `deploy/` in front of the real binary, and compares what passes with what the binary sends.

Usage: python3 tests/proxies/proxies.py BINARY. It needs curl, openssl, nginx, caddy, haproxy and varnish.
Everything listens on free ports of this machine; the certificate is made for the run.
"""

import contextlib
import http.client
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

from poisoning import check_poisoning

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
NAME = "bulletin.city.example"
CODINGS = (None, "br", "gzip", "zstd", "identity", "gzip, deflate, br", "br;q=0, gzip;q=0.5")
# Headers that must pass unchanged.
KEPT = ("content-type", "content-encoding", "content-language", "etag", "vary", "cache-control", "location",
        "content-security-policy", "x-content-type-options", "accept-ranges", "content-range", "allow")
START_SECONDS = 30
LAKE = "/bulletins/2024-lake/"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def substitute(text, *changes):
    """Replaces what an operator changes; each text must be there, so that a test never passes beside the file."""
    for old, new in changes:
        assert old in text, f"{old!r} is not in the configuration"
        text = text.replace(old, new)
    return text


class Reply:
    def __init__(self, version, status, fields, body=b""):
        self.version, self.status, self.body = version, status, body
        self.headers = {name.lower(): value for name, value in fields}

    def header(self, name):
        return self.headers.get(name)


class Connection(http.client.HTTPConnection):
    """A connection to a port of this machine that asks for the site by its name."""

    def __init__(self, port, context):
        super().__init__(NAME, timeout=20)
        self.address, self.context = ("127.0.0.1", port), context

    def connect(self):
        self.sock = socket.create_connection(self.address, self.timeout)
        if self.context:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=NAME)


class Client:
    """A client of HTTP/1.1 with one connection."""

    def __init__(self, port, context=None):
        self.connection = Connection(port, context)

    def ask(self, method, path, headers=()):
        self.connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in (("host", NAME), *headers):
            self.connection.putheader(name, value)
        self.connection.endheaders()
        reply = self.connection.getresponse()
        return Reply("HTTP/1.1", reply.status, reply.getheaders(), reply.read())

    def get(self, path, coding=None, *headers):
        accepted = [("accept-encoding", coding)] if coding else []
        return self.ask("GET", path, [*accepted, *headers])


class Http2Client(Client):
    """A client of HTTP/2, through curl."""

    def __init__(self, port, certificate):
        self.base = f"https://{NAME}:{port}"
        self.options = ("--http2", "--resolve", f"{NAME}:{port}:127.0.0.1", "--cacert", certificate)

    def ask(self, method, path, headers=()):
        # An empty value takes a header of curl's own away.
        lines = [part for name, value in headers for part in ("--header", f"{name}: {value}")]
        way = ["--head"] if method == "HEAD" else ["--request", method]
        with tempfile.NamedTemporaryFile() as head, tempfile.NamedTemporaryFile() as body:
            subprocess.run(
                ["curl", "--silent", "--show-error", "--path-as-is", "--globoff", "--max-time", "20", "--dump-header",
                 head.name, "--output", body.name, *self.options, *way, *lines, self.base + path], check=True)
            first, *fields = head.read().decode("latin-1").strip().split("\r\n")
            version, status = first.split(" ")[:2]
            return Reply(version, int(status), (field.split(": ", 1) for field in fields), body.read())


def wait_until_ready(client, process, log):
    begun = time.monotonic()
    while time.monotonic() - begun < START_SECONDS:
        with contextlib.suppress(OSError, http.client.HTTPException):
            ready = client.get("/readyz")
            if ready.status == 200 and b'"search":"ready"' in ready.body:
                return
        client.connection.close()
        if process.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"error: it does not start:\n{log.read_text(errors='replace')}")


class Bench:
    """The processes of a run."""

    def __init__(self, binary, scratch, stack):
        self.binary, self.scratch, self.stack = binary, scratch, stack
        self.cert, self.key, self.both = (scratch / name for name in ("cert.pem", "key.pem", "both.pem"))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
             "-keyout", self.key, "-out", self.cert], check=True, capture_output=True)
        self.both.write_text(self.cert.read_text() + self.key.read_text())
        self.context = ssl.create_default_context(cafile=self.cert)

    def spawn(self, name, command, **options):
        log = self.scratch / f"{name}.log"
        process = subprocess.Popen(command, stdout=log.open("wb"), stderr=subprocess.STDOUT, **options)
        self.stack.callback(self.end, process)
        return process, log

    @staticmethod
    def end(process):
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def content(self):
        """The invented city, with a bulletin that has what the others lack."""
        content = self.scratch / "content"
        if not content.exists():
            shutil.copytree(ROOT / "tests/fixtures/rimewater", content)
            lake = content / "bulletins/2024-lake"
            lake.mkdir()
            head = "title: Lake\nsummary: The lake.\n"
            (lake / "index.md").write_text(
                f"---\n{head}published: 2024-05-05\nchanges: [{{ on: 2024-06-01, note: More. }}]\n"
                "aliases: [/old/lake/]\n---\n![The lake](lake.jpg) and [the plan](plan.pdf).\n")
            (lake / "index.2024-05-05.md").write_text(f"---\n{head}---\nThe lake.\n")
            shutil.copy(ROOT / "tests/fixtures/pictures/quarters.jpg", lake / "lake.jpg")
            (lake / "plan.pdf").write_bytes(b"%PDF-1.4 " + bytes(range(256)) * 400)
            (content / "bulletins/2024-error.md").write_text(
                "---\ntitle: Error\nsummary: E.\npublished: 2024-05-05\n"
                "gone: { on: 2024-06-01, reason: It was wrong. }\n---\n")
        return content

    def start_gazette(self, path="/"):
        port = free_port()
        process, log = self.spawn("gazette", [
            self.binary, "serve", "--listen", f"127.0.0.1:{port}", "--content", self.content(),
            "--base-url", f"https://{NAME}{path}"])
        client = Client(port)
        wait_until_ready(client, process, log)
        return port, client

    def start_nginx(self, upstream):
        plain, tls = free_port(), free_port()
        site = substitute(
            (DEPLOY / "nginx.conf").read_text(), ("127.0.0.1:8080", f"127.0.0.1:{upstream}"),
            ("listen 80;", f"listen 127.0.0.1:{plain};"), ("listen 443 ", f"listen 127.0.0.1:{tls} "),
            ("/etc/ssl/gazette/fullchain.pem", str(self.cert)), ("/etc/ssl/gazette/key.pem", str(self.key)))
        return self.run_nginx("nginx", site, plain, tls)

    def start_nginx_below_path(self, upstream, is_stripped):
        plain, tls = free_port(), free_port()
        target = f"http://127.0.0.1:{upstream}"
        location = substitute(
            (DEPLOY / "nginx-path.conf").read_text(), ("http://127.0.0.1:8080;", f"{target}{'/' * is_stripped};"))
        site = (f"server {{\nlisten 127.0.0.1:{plain};\nlisten 127.0.0.1:{tls} ssl http2;\nserver_name {NAME};\n"
                f"ssl_certificate {self.cert};\nssl_certificate_key {self.key};\n"
                f"location = /readyz {{ proxy_pass {target}; }}\n{location}}}\n")
        return self.run_nginx(f"nginx-path-{is_stripped}", site, plain, tls)

    def run_nginx(self, name, site, plain, tls):
        (self.scratch / f"{name}-site.conf").write_text(site)
        temporary = "".join(f"{kind}_temp_path {self.scratch}/nginx-{kind};\n"
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config = self.scratch / f"{name}.conf"
        config.write_text(
            f"daemon off;\npid {self.scratch}/{name}.pid;\nerror_log stderr;\n"
            + ("user root;\n" if os.geteuid() == 0 else "")
            + f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include {self.scratch}/{name}-site.conf;\n}}\n")
        return self.start_proxy(name, ["nginx", "-c", config], plain, tls)

    def start_caddy(self, upstream):
        plain, tls = free_port(), free_port()
        site = substitute(
            (DEPLOY / "Caddyfile").read_text(), ("127.0.0.1:8080", f"127.0.0.1:{upstream}"),
            (f"{NAME} {{", f"{NAME} {{\n\ttls {self.cert} {self.key}\n\tbind 127.0.0.1"))
        config = self.scratch / "Caddyfile"
        config.write_text(f"{{\n\thttp_port {plain}\n\thttps_port {tls}\n\tadmin off\n}}\n{site}")
        home = {**os.environ, "XDG_DATA_HOME": str(self.scratch), "XDG_CONFIG_HOME": str(self.scratch)}
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", config]
        return self.start_proxy("caddy", command, plain, tls, env=home)

    def start_haproxy(self, upstream):
        plain, tls = free_port(), free_port()
        config = self.scratch / "haproxy.cfg"
        config.write_text(substitute(
            (DEPLOY / "haproxy.cfg").read_text(), ("127.0.0.1:8080", f"127.0.0.1:{upstream}"),
            ("bind :80\n", f"bind 127.0.0.1:{plain}\n"), ("bind :443 ", f"bind 127.0.0.1:{tls} "),
            ("/etc/haproxy/gazette.pem", str(self.both))))
        return self.start_proxy("haproxy", ["haproxy", "-db", "-f", config], plain, tls)

    def start_proxy(self, name, command, plain, tls, **options):
        process, log = self.spawn(name, command, **options)
        client = Client(tls, self.context)
        wait_until_ready(client, process, log)
        return client, Http2Client(tls, self.cert), Client(plain), tls

    def start_varnish(self, upstream):
        port = free_port()
        config = self.scratch / "default.vcl"
        config.write_text(substitute(
            (DEPLOY / "varnish.vcl").read_text(), ('.port = "8080"', f'.port = "{upstream}"')))
        process, log = self.spawn("varnish", [
            "varnishd", "-F", "-n", self.scratch / "varnish", "-a", f"127.0.0.1:{port}", "-f", config,
            "-p", "http_gzip_support=off", "-s", "malloc,64m", "-j", "none"])
        client = Client(port)
        wait_until_ready(client, process, log)
        return port, client


def find_paths(direct, below=""):
    """One path of each kind: pages in both languages, earlier texts, feeds, data, calendars, citations, assets, files,
    pictures and their copies, redirects, errors, what is gone, a search."""
    home = direct.get(f"{below}/").body.decode()
    files = direct.get(f"{below}/sitemap.xml").body.decode()
    sitemap = re.findall(rf"<loc>https://{re.escape(NAME + below)}(/[^<]*)</loc>", files)
    kinds = {}
    for path in sitemap:
        kinds.setdefault(tuple(re.sub(r"[^/]+/$", "*", path).split("/")[:3]), path)
    assets = re.findall(rf'href="{below}(/static/[^"]+)"', home)[:3]
    lake = direct.get(f"{below}{LAKE}").body.decode()
    assets += re.findall(rf'["\s,]{below}(/static/lake[^"\s,]+)', lake)
    found = "".join(assets)
    assert all(kind in found for kind in (".css", ".jpg", "-480.webp")), assets
    fixed = [LAKE, f"{LAKE}versions/", f"{LAKE}versions/2024-05-05/", f"{LAKE}versions/2024-05-05/changes/",
             f"{LAKE}versions/timemap.link", f"{LAKE}plan.pdf", "/old/lake/", "/old/lake/?from=wechat",
             "/bulletins/2024-error/", "/calendar.ics", "/n/2022/1/", "/feed.json", "/opensearch.xml", "/feed.xml", "/sitemap.xml", "/robots.txt", "/data/goals.csv", "/data/goals.json", "/data/catalog.jsonld",
             "/search/?q=water", "/search/index.json?q=water", "/goals", "/goals//", "/goals/index.html", "/goals?x=1",
             "/nothing/", "/%ff", "/zh/%2e%2e/goals/"]
    return [below + path for path in (*kinds.values(), *assets, *fixed)]


def compare(name, direct, proxy, path, coding):
    expected, seen = direct.get(path, coding), proxy.get(path, coding)
    where = f"{name}: {path} for {coding}"
    assert seen.status == expected.status, f"{where}: {seen.status}, not {expected.status}"
    assert seen.body == expected.body, f"{where}: another body"
    # Varnish cuts ranges itself, of pages too.
    for header in set(KEPT) - ({"accept-ranges"} if name.startswith("varnish") else set()):
        assert seen.header(header) == expected.header(header), (
            f"{where}: {header} is {seen.header(header)!r}, not {expected.header(header)!r}")
    head = proxy.ask("HEAD", path, [("accept-encoding", coding)] if coding else [])
    assert head.status == expected.status, f"{where}: HEAD {head.status}"
    assert head.header("etag") == expected.header("etag"), f"{where}: HEAD has another tag"
    if expected.header("etag"):
        fresh = proxy.get(path, coding, ("if-none-match", expected.header("etag")))
        assert (fresh.status, fresh.body) == (304, b""), f"{where}: {fresh.status}, not 304"
        assert fresh.header("etag") == expected.header("etag"), f"{where}: the 304 has another tag"
    if expected.header("accept-ranges"):
        part = proxy.get(path, coding, ("range", "bytes=1-4"))
        assert (part.status, part.body) == (206, expected.body[1:5]), f"{where}: range {part.status}"


def check_all(name, direct, proxy, paths, codings=CODINGS):
    for path in paths:
        for coding in codings:
            compare(name, direct, proxy, path, coding)
    refused = proxy.ask("POST", paths[0], [("content-length", "0")])
    assert refused.status == 405 and refused.header("allow") == "GET, HEAD", f"{name}: POST {refused.status}"
    print(f"{name}: {len(paths)} paths in {len(codings)} codings pass unchanged, with HEAD, 304 and ranges")


def check_tls(name, http2, plain):
    seen = http2.get("/goals/")
    assert seen.version == "HTTP/2" and seen.status == 200, f"{name}: {seen.version} {seen.status}"
    assert seen.header("strict-transport-security") == "max-age=63072000", f"{name}: no HSTS"
    moved = plain.get("/goals/?x=1")
    location = moved.header("location") or ""
    assert moved.status == 308 and re.fullmatch(rf"https://{NAME}(:\d+)?/goals/\?x=1", location), (
        f"{name}: {moved.status} to {location}")
    redirect = http2.get("/goals?x=1")
    assert redirect.header("location") == "/goals/?x=1", f"{name}: redirects to {redirect.header('location')}"


def check_earlier_text(name, direct, proxy):
    """A date leads to the text of that day, also from a cache that has the page, and the page stays what it is."""
    asked = ("accept-datetime", "Mon, 06 May 2024 00:00:00 GMT")
    for _ in range(2):
        page, expected, seen = proxy.get(LAKE, "br"), direct.get(LAKE, "br", asked), proxy.get(LAKE, "br", asked)
        assert page.status == 200 and (seen.status, expected.status) == (302, 302), f"{name}: {seen.status} by date"
        for header in ("location", "vary", "link"):
            assert seen.header(header) == expected.header(header), f"{name}: {header} {seen.header(header)!r} by date"


def check_varnish_keeps(client):
    """Varnish 7.1 never caches a 308 by itself; a hit has the ids of two requests."""
    for path in ("/goals?kept", "/goals/", "/data/goals.csv"):
        client.get(path, "br")
        hit = client.get(path, "br")
        assert len(hit.header("x-varnish").split()) == 2, f"varnish: {path} is not cached"
    print("varnish: pages, data and redirects are cached")


def check_smuggling(name, port, context):
    """Requests whose end two programs could see in two places: never a second response from hidden bytes."""
    hidden = "GET /readyz?hidden HTTP/1.1\r\nHost: x\r\n\r\n"
    host = f"Host: {NAME}\r\n"
    length = f"Content-Length: {len(hidden) + 5}\r\n"
    shapes = {
        "CL.TE": f"POST / HTTP/1.1\r\n{host}{length}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}",
        "two lengths": f"POST / HTTP/1.1\r\n{host}Content-Length: 0\r\nContent-Length: {len(hidden)}\r\n\r\n{hidden}",
        "odd coding": f"POST / HTTP/1.1\r\n{host}{length}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}",
        "space before colon": f"POST / HTTP/1.1\r\n{host}Content-Length : {len(hidden)}\r\n\r\n{hidden}",
        "signed length": f"POST / HTTP/1.1\r\n{host}Content-Length: +{len(hidden)}\r\n\r\n{hidden}",
        "chunk extension": f"POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0;\n\r\n\r\n{hidden}",
        "GET with a body": f"GET / HTTP/1.1\r\n{host}Content-Length: {len(hidden)}\r\n\r\n{hidden}",
    }
    for shape, request in shapes.items():
        with context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=NAME) as stream:
            stream.settimeout(3)
            stream.sendall(request.encode())
            received = b""
            with contextlib.suppress(TimeoutError, ssl.SSLError, ConnectionError):
                while piece := stream.recv(65536):
                    received += piece
        assert b'"edition"' not in received or shape in ("chunk extension", "CL.TE"), f"{name}: {shape} shows /readyz"
        statuses = re.findall(rb"HTTP/1\.1 (\d+)", received)
        assert len(statuses) <= 2, f"{name}: {shape} has {len(statuses)} responses"
    print(f"{name}: {len(shapes)} smuggling shapes give nothing hidden")


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        scratch = pathlib.Path(scratch)
        # varnishd and nginx read their files as another user.
        scratch.chmod(0o755)
        bench = Bench(binary, scratch, stack)
        port, direct = bench.start_gazette()
        paths = find_paths(direct)
        assert len(paths) > 20, paths
        for name, start in (("nginx", bench.start_nginx), ("caddy", bench.start_caddy),
                            ("haproxy", bench.start_haproxy)):
            http1, http2, plain, tls = start(port)
            check_all(f"{name}, HTTP/1.1", direct, http1, paths)
            check_all(f"{name}, HTTP/2", direct, http2, paths, ("br",))
            check_tls(name, http2, plain)
            for client in (http1, http2):
                check_earlier_text(name, direct, client)
            check_poisoning(name, direct, http1, NAME)
            if name != "caddy":
                check_smuggling(name, tls, bench.context)
        below = "/bulletin"
        port_below, direct_below = bench.start_gazette(below + "/")
        paths_below = find_paths(direct_below, below)
        for is_stripped in (False, True):
            http1, http2, *_ = bench.start_nginx_below_path(port_below, is_stripped)
            # nginx spells a path canonically before it strips a part of it.
            odd = ("//", "%") if is_stripped else ()
            passed = [path for path in paths_below if not any(part in path for part in odd)]
            name = f"nginx below a path, {'stripped' if is_stripped else 'kept'}"
            check_all(f"{name}, HTTP/1.1", direct_below, http1, passed)
            check_all(f"{name}, HTTP/2", direct_below, http2, passed, ("br",))
        varnish_port, varnish = bench.start_varnish(port)
        # Twice: from the server, and from the cache, where each coding has to be kept apart.
        check_all("varnish", direct, varnish, paths)
        check_all("varnish, from its cache", direct, varnish, paths, tuple(reversed(CODINGS)))
        check_earlier_text("varnish", direct, varnish)
        check_varnish_keeps(varnish)
        check_poisoning("varnish", direct, varnish, NAME)


if __name__ == "__main__":
    main()
