#!/usr/bin/env python3
"""Import and export of many points, beside ogr2ogr on the same file in the same run.

    Scripts/benchmarks/import-export.py [--rows 1000000] [--mitplan .build/release/mitplan] [--directory DIR]

Prints a table in Markdown: wall seconds, rows and megabytes a second, peak resident memory of the process (ru_maxrss
of wait4), and how many times faster than ogr2ogr. "nothing" is a start that does no work, the base of memory growth.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
import points  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PROCEEDING = "musterstadt-mobil"


def measure(command, environment):
    """Wall seconds and peak resident memory in MiB of one process."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"exit code {process.returncode}: {' '.join(command)}")
    return seconds, usage.ru_maxrss / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--mitplan", default=str(ROOT / ".build/release/mitplan"))
    options.add_argument("--directory", help="keeps the files here; default: a temporary directory")
    chosen = options.parse_args()
    if not shutil.which("ogr2ogr"):
        sys.exit("ogr2ogr is missing (Debian: apt-get install gdal-bin)")
    if not os.access(chosen.mitplan, os.X_OK):
        sys.exit(f"no program at {chosen.mitplan} (swift build -c release --product mitplan)")
    with tempfile.TemporaryDirectory() as temporary:
        run(chosen, Path(chosen.directory or temporary))


def run(chosen, folder):
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"MITPLAN_DATA": str(folder / "data")}
    source, package = folder / "points.geojson", folder / "points.gpkg"
    ours, theirs = folder / "mitplan.geojson", folder / "ogr2ogr.geojson"
    for old in (folder / "data", package, ours, theirs):
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    print(f"writing {chosen.rows:,} points", file=sys.stderr)
    points.write(chosen.rows, source)
    program = chosen.mitplan
    measure([program, "init", "--tenant", "musterstadt", "--quiet"], environment)
    measure([program, "proceeding", "create", "--file", str(ROOT / "geodata/proceeding.json"), "--quiet"], environment)

    steps = [
        ("nothing", "mitplan", [program, "proceeding", "list"], None),
        ("import layer", "ogr2ogr -f GPKG", ["ogr2ogr", "-f", "GPKG", str(package), str(source)], source),
        ("import layer", "mitplan", [program, "import", "layer", str(source), "--proceeding", PROCEEDING, "--id",
                                     "points", "--quiet"], source),
        ("import contributions", "mitplan", [program, "import", "contributions", str(source), "--proceeding",
                                             PROCEEDING, "--quiet"], source),
        ("export", "ogr2ogr -f GeoJSON", ["ogr2ogr", "-f", "GeoJSON", str(theirs), str(package)], theirs),
        ("export", "mitplan", [program, "export", PROCEEDING, "--format", "geojson", "-o", str(ours), "--quiet"], ours),
    ]
    print("| step | program | seconds | rows/s | MB/s | peak MiB | times ogr2ogr |\n|---|---|--:|--:|--:|--:|--:|")
    yardstick = {}
    for step, name, command, file in steps:
        seconds, peak = measure(command, environment)
        if name.startswith("ogr2ogr"):
            yardstick[step.split()[0]] = seconds
        megabytes = file.stat().st_size / 1e6 if file else 0
        base = yardstick.get(step.split()[0])
        print(f"| {step} | {name} | {seconds:.2f} | {chosen.rows / seconds if file else 0:,.0f} | "
              f"{megabytes / seconds:.1f} | {peak:.0f} | {f'{base / seconds:.2f}' if base else ''} |", flush=True)


if __name__ == "__main__":
    main()
