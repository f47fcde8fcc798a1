"""Requests the home page so many times over one connection: requests.py PORT CODING TIMES"""

import http.client
import sys

port, coding, times = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
for _ in range(times):
    connection.request("GET", "/", headers={"Accept-Encoding": coding})
    response = connection.getresponse()
    body = response.read()
    got = response.getheader("Content-Encoding", "identity")
    if response.status != 200 or got != coding or not body:
        sys.exit(f"error: {response.status} {got}")
