# Varnish 7.1 or later in front of Gazette: /etc/varnish/default.vcl
# Change: the address of Gazette. TLS is up to the proxy in front of Varnish.
#
# Start it with `-p http_gzip_support=off`: else Varnish asks for gzip alone, unpacks it for others, and weakens the tags.
vcl 4.1;

import std;

backend default {
    .host = "127.0.0.1";
    .port = "8080";
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
    .probe = {
        .url = "/readyz";
        .interval = 1s;
        .timeout = 1s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

sub vcl_recv {
    # Nothing on this site depends on cookies.
    unset req.http.Cookie;
    # One cached body for each coding, and not for each spelling of the header.
    if (req.http.Accept-Encoding && req.http.Accept-Encoding !~ "(?i)q=0(\.0*)?\s*(,|$)|\*|identity") {
        if (req.http.Accept-Encoding ~ "(?i)\bbr\b") {
            set req.http.Accept-Encoding = "br";
        } elseif (req.http.Accept-Encoding ~ "(?i)\bgzip\b") {
            set req.http.Accept-Encoding = "gzip";
        }
    }
    # Health checks are for the proxies, each for itself.
    if (req.url ~ "^/(healthz|readyz)(\?|$)") {
        return (pass);
    }
}

sub vcl_backend_response {
    # Varnish 7.1 does not know 308 and would never cache it.
    if (beresp.status == 308 && beresp.http.Cache-Control ~ "max-age=[0-9]+") {
        set beresp.ttl = std.duration(
            regsub(beresp.http.Cache-Control, "^.*max-age=([0-9]+).*$", "\1") + "s", 60s);
        set beresp.grace = 600s;
    }
}
