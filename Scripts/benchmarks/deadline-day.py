#!/usr/bin/env python3
"""The last evening of a participation: contributions, comments and votes (1:3:10) at a fixed rate over many connections.

Each acknowledged write is looked for afterwards: nothing may be lost, nothing be there twice, and the totals of votes
must be those of the votes that were acknowledged. Latency counts from the moment a request was due, so that waiting in
a queue shows. Then the rate is raised until the server no longer keeps up.

    swift build -c release --product mitplan
    python3 Scripts/benchmarks/deadline-day.py [--rate 200] [--seconds 60] [--connections 64] [--no-limit]
"""

import argparse
import asyncio
import collections
import json
import random
import sys
import time

from served_store import BASE, PROGRAM, Connection, pages, served_store


class Day:
    """What was asked for, what was acknowledged, and how long it took."""

    def __init__(self, tokens, seed):
        self.tokens = tokens
        self.random = random.Random(seed)
        self.contributions = {}  # id: title
        self.known = []  # ids to comment and vote on
        self.comments = {}  # (contribution, comment): text
        self.votes = collections.defaultdict(dict)  # contribution: {participant: value}
        self.number = 0
        self.clear()

    def clear(self):
        self.latencies = []
        self.statuses = collections.Counter()

    def next(self):
        """Kind of the next write: one contribution to three comments to ten votes."""
        self.number += 1
        kind = self.random.choices(("contribution", "comment", "vote"), (1, 3, 10))[0]
        return kind if self.known else "contribution", self.number

    async def write(self, connection, worker, job):
        kind, number = job
        chance = random.Random(number)
        # Every participant belongs to one connection: their votes come in the order in which they were cast.
        mine = self.tokens[worker::self.workers]
        token = mine[chance.randrange(len(mine))]
        headers = [f"Authorization: Bearer {token}"]
        if kind == "contribution":
            title = f"Beitrag Nummer {number}"
            body = {
                "type": "Feature",
                "geometry": {
                    "type": "Point",
                    "coordinates": [round(9.83 + chance.random() * 0.13, 6), round(53.37 + chance.random() * 0.05, 6)],
                },
                "properties": {
                    "title": title,
                    "text": f"Hier fehlt ein sicherer Weg, sagt die Nummer {number} der langen Liste.",
                    "category": "radverkehr",
                },
            }
            status, _, content = await connection.send(
                "POST", BASE, body, headers + [f"Idempotency-Key: day-{number}"])
            if status == 201:
                made = json.loads(content)["id"]
                self.contributions[made] = title
                self.known.append(made)
        elif kind == "comment":
            item = self.known[chance.randrange(len(self.known))]
            text = f"Das ist Kommentar {number}."
            status, _, content = await connection.send(
                "POST", f"{BASE}/{item}/comments", {"text": text}, headers + [f"Idempotency-Key: day-{number}"])
            if status == 201:
                self.comments[item, json.loads(content)["id"]] = text
        else:
            # Half of the votes go to the few that everybody talks about.
            count = len(self.known) if chance.random() < 0.5 else min(20, len(self.known))
            item = self.known[chance.randrange(count)]
            if chance.random() < 0.05:
                status, _, _ = await connection.send("DELETE", f"{BASE}/{item}/vote", None, headers)
                value = None
            else:
                value = chance.choice((1, 1, 1, -1))
                status, _, _ = await connection.send("PUT", f"{BASE}/{item}/vote", {"value": value}, headers)
            if status == 200:
                self.votes[item][token] = value
        self.statuses[kind, status] += 1
        return 200 <= status < 300

    async def run(self, port, rate, seconds, connections):
        """Sends at a rate; answers how long it took in all."""
        self.workers = connections
        queue = asyncio.Queue()
        start = time.perf_counter()

        async def work(worker):
            connection = Connection(port)
            while (due := await queue.get()) is not None:
                await self.write(connection, worker, self.next())
                self.latencies.append(time.perf_counter() - due)
            connection.close()

        workers = [asyncio.create_task(work(index)) for index in range(connections)]
        for index in range(int(rate * seconds)):
            due = start + index / rate
            if (wait := due - time.perf_counter()) > 0.001:
                await asyncio.sleep(wait)
            queue.put_nowait(due)
        for _ in workers:
            queue.put_nowait(None)
        await asyncio.gather(*workers)
        return time.perf_counter() - start


async def check(port, day, faults):
    """Looks for every acknowledged write, once and only once."""
    connection = Connection(port)
    seen = collections.Counter()
    totals = {}
    async for page in pages(connection, f"{BASE}?limit=1000"):
        for feature in page["features"]:
            seen[feature["properties"]["title"]] += 1
            totals[feature["id"]] = (feature["properties"]["votesUp"], feature["properties"]["votesDown"],
                                     feature["properties"]["comments"])
    lost = [title for made, title in day.contributions.items() if seen[title] != 1 or made not in totals]
    twice = [title for title, count in seen.items() if count > 1]
    comments = collections.Counter()
    for item in day.known:
        async for page in pages(connection, f"{BASE}/{item}/comments?limit=1000&form=flat"):
            for comment in page["comments"]:
                comments[item, comment["id"], comment["text"]] += 1
    lost += [text for (item, made), text in day.comments.items() if comments[item, made, text] != 1]
    texts = collections.Counter(text for _, _, text in comments)
    twice += [text for text, count in texts.items() if count > 1]
    wrong = []
    for item in day.known:
        values = list(day.votes[item].values())
        wanted = (values.count(1), values.count(-1), sum(1 for key in comments if key[0] == item))
        if totals[item] != wanted:
            wrong.append((item, totals[item], wanted))
    connection.close()
    print(f"\nlooked for {len(day.contributions)} contributions, {len(day.comments)} comments and the totals of "
          f"{sum(map(len, day.votes.values()))} votes: {len(lost)} lost, {len(twice)} twice, {len(wrong)} wrong totals")
    if faults == 0 and (lost or twice or wrong):
        sys.exit(f"not what was acknowledged: {(lost + twice + wrong)[:5]}")


def row(day, rate, seconds):
    times = sorted(day.latencies)
    quantile = lambda share: 1000 * times[min(len(times) - 1, int(share * len(times)))]
    failed = sum(count for (_, status), count in day.statuses.items() if not 200 <= status < 300)
    kinds = collections.Counter()
    for (kind, status), count in day.statuses.items():
        kinds[kind] += count
    print(f"| {rate} | {len(times) / seconds:.0f} | {kinds['contribution']} | {kinds['comment']} | {kinds['vote']} "
          f"| {failed} | {quantile(0.5):.1f} | {quantile(0.99):.1f} | {times[-1] * 1000:.0f} |", flush=True)
    return failed, quantile(0.99), len(times) / seconds


async def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rate", type=int, default=200, help="writes per second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--no-limit", action="store_true", help="do not look for the limit afterwards")
    parser.add_argument("--mitplan", default=PROGRAM)
    parser.add_argument("--port", type=int, default=18081)
    options = parser.parse_args()

    async with served_store(options.mitplan, options.port) as port:
        connection = Connection(port)
        tokens = []
        for _ in range(16 * options.connections):
            status, _, content = await connection.send("POST", "/api/v1/participants", None, ["Content-Length: 0"])
            if status != 201:
                sys.exit(f"no participant token: {status} {content[:300]!r}")
            tokens.append(json.loads(content)["token"])
        connection.close()

        day = Day(tokens, seed=1)
        print("| asked/s | done/s | contributions | comments | votes | failed | p50 ms | p99 ms | max ms |")
        print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        seconds = await day.run(port, options.rate, options.seconds, options.connections)
        faults, _, _ = row(day, options.rate, seconds)
        rate = options.rate
        while not options.no_limit:
            rate = int(rate * 1.5)
            day.clear()
            seconds = await day.run(port, rate, 10, options.connections)
            failed, late, done = row(day, rate, seconds)
            faults += failed
            if failed or late > 1000 or done < 0.9 * rate:
                break
        await check(port, day, faults)


asyncio.run(main())
