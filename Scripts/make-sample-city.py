#!/usr/bin/env python3
"""Makes the sample city in geodata/: invented, seeded, the same bytes at every run with the same GDAL.

    Scripts/make-sample-city.py [DIRECTORY]      default: geodata/ beside Scripts/

Python's standard library only; GeoPackage and Shapefile are written by ogr2ogr (Debian: gdal-bin). Everything is
drawn in metres of EPSG:25832. The parts are in Scripts/sample_city/: districts (they share their edges, so they tile
the city exactly), layers, texts, participation (background by population, planted hotspots and bad locations).
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from math import hypot
from pathlib import Path

sys.dont_write_bytecode = True

from sample_city import districts as city  # noqa: E402
from sample_city import layers, participation, plane, texts, utm  # noqa: E402

SEED = 20_260_413
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
MADE = "2026-04-01"  # written into files that want a date


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "geodata"
    target.mkdir(parents=True, exist_ok=True)
    parts, outer = city.make(random.Random(SEED))
    planned = {
        "bebauungsplaene": layers.plans(random.Random(SEED + 1), parts),
        "radwegenetz": layers.cycleways(random.Random(SEED + 2), parts),
        "gruenflaechen": layers.greens(random.Random(SEED + 3), parts),
    }
    maker = participation.Participation(random.Random(SEED + 4), parts, outer)
    contributions = maker.make()
    truth = expected(maker, parts, outer, planned)
    for feature in contributions:
        del feature["order"]

    write_lines(target / "radwegenetz.geojson", planned["radwegenetz"], crs=CRS)
    write_lines(target / "gruenflaechen.geojson", planned["gruenflaechen"], crs=CRS)
    write_lines(target / "contributions.geojson", contributions)
    write_table(target / "contributions.csv", contributions)
    write_json(target / "proceeding.json", proceeding(maker))
    write_json(target / "expected.json", truth)
    convert(target / "stadtteile.gpkg", "GPKG", [
        layers.feature("Polygon", [d.ring], {
            "name": d.name, "key": d.key, "population": d.population, "district": d.borough}) for d in parts])
    convert(target / "bebauungsplaene.shp", "ESRI Shapefile", planned["bebauungsplaene"])
    print(f"{len(contributions)} contributions, {len(parts)} districts, "
          f"{sum(f.stat().st_size for f in target.iterdir()) / 1e6:.1f} MB in {target}")


def proceeding(maker):
    """The proceeding as the program reads it."""
    area = {"type": "Polygon", "coordinates": [maker.area]}
    lon1, lat1, lon2, lat2 = plane.bounds(maker.area)
    return {
        "id": participation.PROCEEDING,
        "name": "Musterstadt in Bewegung",
        "description": "Wie wollen wir unterwegs sein, und wo halten wir uns gern auf? Die Stadt sammelt Hinweise für den "
                       "Verkehrsentwicklungsplan und das Freiraumkonzept. (Erfundenes Verfahren einer erfundenen Stadt.)",
        "owner": "Amt für Stadtentwicklung Musterstadt an der Aue",
        "publisher": "Stadt Musterstadt an der Aue",
        "website": "https://mitreden.musterstadt.example/",
        "topics": ["Verkehr", "Freiraum"],
        "districts": sorted(set(city.BOROUGHS)),
        "licence": "CC0-1.0",
        "schedule": {"phase1Start": "2026-04-12T22:00:00Z", "phase1End": "2035-12-31T23:00:00Z"},
        "area": area,
        "centre": [round((lon1 + lon2) / 2, 5), round((lat1 + lat2) / 2, 5)],
        "settings": {"allowedGeometries": ["Point", "LineString", "Polygon"], "maximumTextLength": 1000, "mustBeLocated": False,
                     "outsideArea": "flag", "metricCRS": "EPSG:25832"},
        "visibility": "public",
        "categories": [{"id": i, "name": n, "description": d, "colour": c, "weight": k}
                       for k, (i, n, c, _, d) in enumerate(texts.CATEGORIES, 1)],
    }


def expected(maker, parts, outer, planned):
    """The truth about the contributions, for tests."""
    rows, bad = maker.features, {id(f): kind for kind, fs in maker.bad.items() for f in fs}
    unlocated = sum(bad.get(id(f)) == "unlocated" for f in rows)
    elsewhere = sum(bad.get(id(f)) in ("nullIsland", "swappedAxes", "outsideArea", "otherContinent") for f in rows)
    points = [(utm.forward(*f["geometry"]["coordinates"]), f["properties"]["category"]) for f in rows
              if bad.get(id(f)) in (None, "sameCoordinate") and f["geometry"]["type"] == "Point"]
    hotspots = []
    for spot in maker.hotspots:
        x, y = spot.pop("metric")
        near = [category for (u, v), category in points if hypot(u - x, v - y) <= spot["radiusMetres"]]
        name = next(c[1] for c in texts.CATEGORIES if c[0] == spot["category"])
        hotspots.append(spot | {"pointsWithinRadius": len(near), "ofCategoryWithinRadius": near.count(name)})
    return {
        "seed": SEED,
        "contributions": len(rows),
        "located": len(rows) - unlocated,
        "inside": len(rows) - unlocated - elsewhere,
        "comments": sum(f["properties"]["commentsNumber"] for f in rows),
        "votingPro": sum(int(f["properties"]["votingPro"]) for f in rows),
        "votingContra": sum(f["properties"]["votingContra"] for f in rows),
        "firstCreated": rows[0]["properties"]["dateCreated"],
        "lastCreated": rows[-1]["properties"]["dateCreated"],
        "categories": dict(sorted(Counter(f["properties"]["category"] for f in rows).items())),
        "geometryTypes": dict(sorted(Counter(
            f["geometry"]["type"] for f in rows if bad.get(id(f)) != "unlocated").items())),
        "insideByDistrict": {d.name: maker.inside[d.name] for d in parts},
        "badLocations": {kind: [f["properties"]["id"] for f in fs] for kind, fs in maker.bad.items()},
        "sharedCoordinate": maker.hall,
        "hotspots": hotspots,
        "layers": {"stadtteile": len(parts)} | {name: len(fs) for name, fs in planned.items()},
        "population": sum(d.population for d in parts),
        "areaSquareMetres": round(abs(plane.area(outer)), 1),
    }


def write_table(path, contributions):
    """Every twentieth contribution with a point in the zone, as a German spreadsheet writes it."""
    usable = [f for f in contributions if f["properties"]["dipasLocated"] and (f["geometry"] or {}).get("type") == "Point"
              and 9 < f["geometry"]["coordinates"][0] < 11][::20]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\r\n")
        table.writerow(["Nummer", "Titel", "Text", "Kategorie", "Erstellt am", "Zustimmung", "Ablehnung", "Rechtswert",
                        "Hochwert"])
        for feature in usable:
            row = feature["properties"]
            places = (f"{v:.2f}".replace(".", ",") for v in utm.forward(*feature["geometry"]["coordinates"]))
            table.writerow([row["id"], row["title"], row["contributionContent"], row["category"], row["dateCreated"],
                            row["votingPro"], row["votingContra"], *places])


def write_lines(path, features, crs=None):
    """A feature collection, one feature a line."""
    head = '{"type": "FeatureCollection", ' + (f'"crs": {json.dumps(crs)}, ' if crs else "") + '"features": [\n'
    rows = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    path.write_text(head + rows + "\n]}\n", encoding="utf-8")


def write_json(path, value):
    """A document for reading."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def convert(path, driver, features):
    """A layer through ogr2ogr, with nothing in it that changes from day to day."""
    options = {"GPKG": ["-a_srs", "EPSG:25832", "-nln", path.stem, "-lco", "SPATIAL_INDEX=YES"],
               "ESRI Shapefile": ["-a_srs", "EPSG:25832", "-lco", "ENCODING=UTF-8",
                                  "-lco", f"DBF_DATE_LAST_UPDATE={MADE}"]}[driver]
    path.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "layer.geojson"
        write_lines(source, features, crs=CRS)
        try:
            subprocess.run(["ogr2ogr", "-f", driver, str(path), str(source), *options], check=True,
                           env=os.environ | {"OGR_CURRENT_DATE": f"{MADE}T00:00:00.000Z"})
        except FileNotFoundError:
            sys.exit("make-sample-city: ogr2ogr is missing (Debian: apt-get install gdal-bin)")


if __name__ == "__main__":
    main()
