#!/usr/bin/env python3
"""Writes seeded contributions as GeoJSON points: half scattered over the sample city, half in forty clusters.

    points.py ROWS FILE.geojson
"""
import json
import random
import sys

WEST, SOUTH, EAST, NORTH = 9.83, 53.37, 9.97, 53.43
CATEGORIES = ["Radverkehr", "Fußverkehr", "ÖPNV", "Grün und Erholung"]


def write(rows, path, seed=1):
    """Writes the file row by row."""
    dice = random.Random(seed)
    centres = [(dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)) for _ in range(40)]
    with open(path, "w", encoding="utf-8", buffering=1 << 20) as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for row in range(rows):
            if row % 2:
                lon, lat = dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)
            else:
                x, y = dice.choice(centres)
                lon, lat = dice.gauss(x, 0.003), dice.gauss(y, 0.002)
            category = json.dumps(CATEGORIES[row % 4], ensure_ascii=False)
            file.write(
                (",\n" if row else "\n")
                + f'{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{lon:.7f},{lat:.7f}]}},"properties":'
                f'{{"id":"{row + 1}","title":"Beitrag Nummer {row + 1}","contributionContent":"Hier fehlt etwas, Nummer '
                f'{row + 1}.","category":{category},"dateCreated":"2026-04-{13 + row % 14:02d}T{row % 24:02d}:00:00Z",'
                f'"votingPro":{row % 17},"votingContra":{row % 5}}}}}')
        file.write("\n]}\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])
