#!/usr/bin/env python3
"""A tree of comments, read page by page as fast as one connection can: one chain, and one random tree.

    swift build -c release --product mitplan
    python3 Scripts/benchmarks/comment-tree.py [--nodes 10000] [--rounds 20]
"""

import argparse
import asyncio
import json
import random
import sys
import time

from served_store import BASE, PROGRAM, Connection, pages, served_store


async def grow(port, item, nodes, parent_of, workers):
    """Posts comments in order; a comment waits for its parent."""
    made = [asyncio.get_running_loop().create_future() for _ in range(nodes)]
    numbers = iter(range(nodes))

    async def work():
        connection = Connection(port)
        for number in numbers:
            body = {"text": f"Kommentar {number} mit einem Satz, wie man ihn schreibt."}
            if (parent := parent_of(number)) is not None:
                body["parent"] = await made[parent]
            status, _, content = await connection.send("POST", f"{BASE}/{item}/comments", body)
            if status != 201:
                sys.exit(f"comment {number}: {status} {content[:300]!r}")
            made[number].set_result(json.loads(content)["id"])
        connection.close()

    await asyncio.gather(*(work() for _ in range(workers)))
    return [future.result() for future in made]


async def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--mitplan", default=PROGRAM)
    parser.add_argument("--port", type=int, default=18082)
    options = parser.parse_args()
    chance = random.Random(1)
    shapes = {
        "chain": (lambda number: number - 1 if number else None, 1),
        "random": (lambda number: chance.randrange(number) if number and chance.random() < 0.9 else None, 32),
    }
    async with served_store(options.mitplan, options.port) as port:
        print("| tree | comments | grown s | pages | page p50 ms | page p99 ms | KB a page |\n|:--|--:|--:|--:|--:|--:|--:|")
        for name, (parent_of, workers) in shapes.items():
            connection = Connection(port)
            _, _, content = await connection.send("POST", BASE, {
                "type": "Feature", "geometry": None,
                "properties": {"title": f"Baum {name}", "text": "Darüber reden alle hier.", "category": "radverkehr"}})
            item = json.loads(content)["id"]
            start = time.perf_counter()
            made = await grow(port, item, options.nodes, parent_of, workers)
            grown = time.perf_counter() - start
            times, sizes = [], []
            for _ in range(options.rounds):
                seen = []
                start = time.perf_counter()
                async for page in pages(connection, f"{BASE}/{item}/comments?limit=100&form=flat"):
                    times.append(time.perf_counter() - start)
                    sizes.append(len(json.dumps(page)))
                    seen += [comment["id"] for comment in page["comments"]]
                    start = time.perf_counter()
                if sorted(seen) != sorted(made):
                    sys.exit("not every comment was read once")
            times.sort()
            print(f"| {name} | {options.nodes} | {grown:.1f} | {len(times) // options.rounds} "
                  f"| {1000 * times[len(times) // 2]:.1f} | {1000 * times[int(len(times) * 0.99)]:.1f} "
                  f"| {sum(sizes) / len(sizes) / 1024:.0f} |", flush=True)
            connection.close()


asyncio.run(main())
