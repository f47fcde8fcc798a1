"""What one client says of itself never reaches another: neither through the server nor through a proxy's cache."""

EVIL = "evil.example"

# Fields from which programs make addresses, variants or other requests.
FIELDS = (
    ("host", EVIL),
    ("x-forwarded-host", EVIL),
    ("x-forwarded-proto", "ftp"),
    ("x-forwarded-port", "8443"),
    ("x-forwarded-prefix", "/evil"),
    ("x-forwarded-for", f"{EVIL}, 1.2.3.4"),
    ("forwarded", f"for=1.2.3.4;host={EVIL};proto=ftp"),
    ("x-original-url", "/evil/"),
    ("x-rewrite-url", "/evil/"),
    ("x-http-method-override", "DELETE"),
    ("accept", "text/evil"),
    ("accept-language", "zh, ru;q=0.5"),
    ("accept-charset", "gb2312"),
    ("accept-encoding", "evil, br;q=0.1"),
    ("cookie", f"language=zh; host={EVIL}"),
    ("origin", f"https://{EVIL}"),
    ("referer", f"https://{EVIL}/"),
    ("range", "bytes=0-0"),
    ("if-none-match", '"evil"'),
)

PATHS = ("/", "/bulletins/2024-lake/", "/bulletins/2024-lake", "/old/lake/", "/bulletins/2024-error/", "/feed.xml",
         "/nothing/", "/search/?q=lake")


def say(client, path, name, value, host):
    """Sends a request with one odd field, and returns its status and all that it got."""
    connection = client.connection
    connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("host", value if name == "host" else host)
    if name != "host":
        connection.putheader(name, value)
    connection.endheaders()
    reply = connection.getresponse()
    head = "\n".join(f"{key}: {text}" for key, text in reply.getheaders())
    return reply.status, head.encode() + reply.read()


def check_poisoning(name, direct, client, host):
    """The same request of another client gets what it gets without the odd one before it."""
    for number, (field, value) in enumerate(FIELDS):
        for path in PATHS:
            # An address that no cache has yet.
            fresh = f"{path}{'&' if '?' in path else '?'}n={number}"
            status, received = say(client, fresh, field, value, host)
            assert status < 500, f"{name}: {status} for {field} at {path}"
            # The proxy itself may turn away another host, and names it then.
            assert field == "host" or EVIL.encode() not in received, f"{name}: {field} is in {path}"
            expected, found = direct.get(fresh), client.get(fresh)
            assert (found.status, found.body) == (expected.status, expected.body), f"{name}: {field} changes {path}"
            for key in ("location", "content-type", "content-language", "etag"):
                assert found.header(key) == expected.header(key), f"{name}: {field} changes {key} of {path}"
    print(f"{name}: {len(FIELDS)} fields of one client change nothing for the next at {len(PATHS)} addresses")
