"""A store of its own with the sample city, served by the program, and connections to it."""

import asyncio
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("MITPLAN", str(ROOT / ".build/release/mitplan"))
BASE = "/api/v1/proceedings/musterstadt-mobil/contributions"


class Connection:
    """One keep-alive connection that sends one request at a time."""

    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def send(self, method, path, body=None, headers=()):
        for attempt in (1, 2, 3):
            try:
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
                return await self.exchange(method, path, body, headers)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                # The same Idempotency-Key goes with it: what was done already is not done again.
                self.close()
                if attempt == 3:
                    return 0, {}, b""

    async def exchange(self, method, path, body, headers):
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        head = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
        if body is not None:
            head += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
        self.writer.write(("\r\n".join(head) + "\r\n\r\n").encode() + data)
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        status = int(lines[0].split()[1])
        content = b""
        if fields.get("transfer-encoding") == "chunked":
            while size := int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16):
                content += await self.reader.readexactly(size)
                await self.reader.readexactly(2)
            await self.reader.readexactly(2)
        elif status not in (204, 304):
            content = await self.reader.readexactly(int(fields.get("content-length", 0)))
        if fields.get("connection") == "close":
            self.close()
        return status, fields, content

    def close(self):
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


async def pages(connection, path):
    while path:
        status, _, content = await connection.send("GET", path)
        if status != 200:
            sys.exit(f"{path}: {status}")
        page = json.loads(content)
        yield page
        path = page["links"][0]["href"] if page["links"] else None


@contextlib.asynccontextmanager
async def served_store(program, port, prepare=lambda mitplan: None):
    """Makes the store, serves it without rate limits, and takes it away afterwards.

    Before it is served, `prepare` may fill it: it is given a function that runs the program.
    """
    folder = tempfile.mkdtemp(prefix="mitplan-benchmark-")
    environment = {**os.environ, "MITPLAN_DATA": f"{folder}/data"}

    def mitplan(*words):
        subprocess.run([program, *words, "--quiet"], check=True, env=environment, stdout=subprocess.DEVNULL)

    mitplan("init", "--tenant", "musterstadt")
    mitplan("proceeding", "create", "--file", str(ROOT / "geodata/proceeding.json"))
    prepare(mitplan)
    server = subprocess.Popen(
        [program, "serve", "--port", str(port), "--no-rate-limits", "--quiet"], env=environment,
        stdout=subprocess.DEVNULL)
    try:
        connection = Connection(port)
        for _ in range(100):
            status, _, _ = await connection.send("GET", "/health/ready")
            if status == 200:
                break
            if server.poll() is not None:
                sys.exit("the server ended")
            await asyncio.sleep(0.1)
        else:
            sys.exit("the server does not start")
        connection.close()
        yield port
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)
