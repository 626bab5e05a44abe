#!/usr/bin/env python3
"""Lists, moderation queue and statistics of one large proceeding, before and after writes.

    swift build -c release --product mitplan
    python3 Scripts/benchmarks/large-proceeding.py [--contributions 50000 --comments 250000 --votes 1000000]

Every list is read `--rounds` times over one connection, from the first page on and from a page in the middle. "after a
write" is the first read after a new vote, so that nothing can come from a cache.
"""

import argparse
import asyncio
import json
import os
import sys
import time

from served_store import PROGRAM, Connection, served_store

PROCEEDING = "/api/v1/proceedings/benchmark"
TOKEN = "benchmark-token-of-one-run"


def quantile(times, share):
    return 1000 * sorted(times)[min(len(times) - 1, int(len(times) * share))]


async def read(connection, path, headers):
    start = time.perf_counter()
    status, _, content = await connection.send("GET", path, headers=headers)
    elapsed = time.perf_counter() - start
    if status != 200:
        sys.exit(f"{path}: {status} {content[:300]!r}")
    return elapsed, json.loads(content)


async def measure(connection, rounds):
    staff = [f"Authorization: Bearer {TOKEN}"]
    status, _, content = await connection.send("POST", "/api/v1/participants")
    participant = [f"Authorization: Bearer {json.loads(content)['token']}"]
    _, page = await read(connection, f"{PROCEEDING}/contributions?limit=100&sort=-comments", [])
    item = page["features"][0]["id"]
    lists = {
        "contributions, newest": (f"{PROCEEDING}/contributions?limit=100", []),
        "contributions by rating": (f"{PROCEEDING}/contributions?limit=100&sort=-rating", []),
        "contributions by comments": (f"{PROCEEDING}/contributions?limit=100&sort=-comments", []),
        "contributions, words": (f"{PROCEEDING}/contributions?limit=100&q=place", []),
        "contributions in a box": (f"{PROCEEDING}/contributions?limit=100&bbox=9.9,53.5,9.95,53.53", []),
        "comments on one": (f"{PROCEEDING}/contributions/{item}/comments?limit=100", []),
        "moderation queue": (f"{PROCEEDING}/moderation?limit=100", staff),
        "statistics": (f"{PROCEEDING}/statistics", []),
        "cockpit": ("/api/v1/cockpit", []),
    }
    print("| read | p50 ms | p99 ms | after a write p50 ms | p99 ms |\n|:--|--:|--:|--:|--:|")
    value = 1
    for name, (path, headers) in lists.items():
        again, fresh = [], []
        _, first = await read(connection, path, headers)
        links = first.get("links") or []
        paths = [path] + ([links[0]["href"]] if links and isinstance(links[0], dict) and "href" in links[0] else [])
        for number in range(rounds):
            again.append((await read(connection, paths[number % len(paths)], headers))[0])
        for _ in range(max(20, rounds // 10)):
            value = -value
            status, _, content = await connection.send(
                "PUT", f"{PROCEEDING}/contributions/{item}/vote", {"value": value}, participant)
            if status != 200:
                sys.exit(f"vote: {status} {content[:300]!r}")
            fresh.append((await read(connection, path, headers))[0])
        print(f"| {name} | {quantile(again, 0.5):.1f} | {quantile(again, 0.99):.1f} "
              f"| {quantile(fresh, 0.5):.1f} | {quantile(fresh, 0.99):.1f} |", flush=True)


async def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--contributions", type=int, default=50_000)
    parser.add_argument("--comments", type=int, default=250_000)
    parser.add_argument("--votes", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--mitplan", default=PROGRAM)
    parser.add_argument("--port", type=int, default=18083)
    options = parser.parse_args()
    os.environ["MITPLAN_ADMIN_TOKEN"] = TOKEN
    start = time.perf_counter()

    def fill(mitplan):
        mitplan("benchmark", "seed", "--count", str(options.contributions), "--comments", str(options.comments),
                "--votes", str(options.votes))

    async with served_store(options.mitplan, options.port, fill) as port:
        print(f"{options.contributions:,} contributions, {options.comments:,} comments, {options.votes:,} votes, made "
              f"in {time.perf_counter() - start:.0f} s\n")
        connection = Connection(port)
        await measure(connection, options.rounds)
        connection.close()


asyncio.run(main())
