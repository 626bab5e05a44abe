#!/usr/bin/env python3
"""Hotspots of a large proceeding right after one new contribution, over HTTP.

Prints what a planner waits for: until the server is ready, for the first question, which reads the columns into memory,
for the same question after each new contribution, which brings them up to date, and for the same question again, which
is answered from the cache. Then the update alone beside reading everything anew, measured inside the program. Memory is
the resident set of the server.

    swift build -c release --product mitplan
    python3 Scripts/benchmarks/hotspots-after-write.py [--rows 1000000] [--writes 21] [--cell 250]
        [--method gi] [--gzip]
"""

import argparse
import asyncio
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from served_store import PROGRAM, Connection

PROCEEDING = "/api/v1/proceedings/benchmark"


def resident(process):
    """Megabytes of memory of a process, now."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0


async def ask(connection, query, headers):
    """Milliseconds until the whole answer is there, of them inside the analysis, and bytes."""
    start = time.perf_counter()
    status, fields, content = await connection.send("GET", f"{PROCEEDING}/hotspots?{query}", headers=headers)
    milliseconds = 1000 * (time.perf_counter() - start)
    if status != 200:
        sys.exit(f"{query}: {status} {content[:300]!r}")
    return milliseconds, float(fields["server-timing"].split("dur=")[1]), len(content)


async def submit(connection, number):
    body = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(9.9 + number * 1e-4, 6), 53.5]},
        "properties": {"title": f"Beitrag {number}", "text": f"Hier fehlt etwas, Nummer {number}.", "category": "b"},
    }
    status, _, content = await connection.send("POST", f"{PROCEEDING}/contributions", body)
    if status != 201:
        sys.exit(f"no contribution: {status} {content[:300]!r}")


async def measure(options, folder):
    environment = {**os.environ, "MITPLAN_DATA": f"{folder}/data"}

    def mitplan(*words, **more):
        return subprocess.run([options.mitplan, *words], check=True, env=environment, **more)

    mitplan("init", "--tenant", "musterstadt", "--quiet", stdout=subprocess.DEVNULL)
    mitplan("benchmark", "seed", "--count", str(options.rows), "--quiet", stdout=subprocess.DEVNULL)
    start = time.perf_counter()
    server = subprocess.Popen(
        [options.mitplan, "serve", "--port", str(options.port), "--no-rate-limits", "--quiet"], env=environment,
        stdout=subprocess.DEVNULL)
    try:
        connection = Connection(options.port)
        while (await connection.send("GET", "/health/ready"))[0] != 200:
            if server.poll() is not None:
                sys.exit("the server ended")
            await asyncio.sleep(0.01)
        ready = 1000 * (time.perf_counter() - start)
        query = f"method={options.method}&cell={options.cell}"
        headers = ["Accept-Encoding: gzip"] if options.gzip else []
        print(f"ready after {ready:.0f} ms, {resident(server):.0f} MB")
        first, inside, size = await ask(connection, query, headers)
        print(f"first question {first:.0f} ms ({inside:.0f} inside), {size / 1e6:.1f} MB, then {resident(server):.0f} MB")
        after, again = [], []
        for number in range(options.writes):
            await submit(connection, number)
            after.append(await ask(connection, query, headers))
            again.append(await ask(connection, query, headers))
        for name, times in (("after one contribution", after), ("once more", again)):
            whole, inside = (statistics.median(time[place] for time in times) for place in (0, 1))
            print(f"{name} {whole:.1f} ms ({inside:.1f} inside), 1/{first / whole:.0f} of the first")
        print(f"then {resident(server):.0f} MB")
        connection.close()
    finally:
        server.terminate()
        server.wait()
    mitplan("benchmark", "columns", "--writes", str(options.writes), "--cell", str(options.cell))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--writes", type=int, default=21)
    parser.add_argument("--cell", type=int, default=250, help="width of a cell in metres")
    parser.add_argument("--method", default="grid", help="such as gi, with what else it takes: gi&sensitivity=false")
    parser.add_argument("--gzip", action="store_true", help="ask for compressed answers, as browsers do")
    parser.add_argument("--mitplan", default=PROGRAM)
    parser.add_argument("--port", type=int, default=18082)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="mitplan-benchmark-")
    try:
        asyncio.run(measure(options, folder))
    finally:
        shutil.rmtree(folder)


main()
