"""Planning layers of the sample city: development plans, cycle network, green spaces (EPSG:25832)."""
from math import cos, hypot, pi, sin

from . import plane, texts

KINDS = ["Wohnquartier", "Gewerbegebiet", "Nahversorgung", "Schulstandort", "Quartiersmitte", "Kindertagesstätte"]
STATES = ["festgesetzt", "festgesetzt", "im Verfahren", "Aufstellungsbeschluss"]
GREENS = ["Park", "Park", "Spielplatz", "Kleingärten", "Wäldchen", "Friedhof"]


def plans(random, districts, count=36):
    """Development plans: turned quadrilaterals, every sixth with a hole, none overlapping another."""
    found, taken = [], []
    while len(found) < count:
        district = random.choice(districts)
        x, y = plane.random_point(random, district.ring, 60)
        half_x, half_y, angle = random.uniform(60, 170), random.uniform(50, 120), random.uniform(0, pi / 2)
        reach = hypot(half_x, half_y)
        if any(hypot(x - u, y - v) < reach + r for u, v, r in taken):
            continue
        taken.append((x, y, reach))
        rings = [turned(x, y, half_x, half_y, angle)]
        if len(found) % 6 == 5:
            rings.append(turned(x, y, half_x / 3, half_y / 3, angle)[::-1])
        number, year = len(found) + 1, random.randint(1968, 2025)
        found.append(feature("Polygon", rings, {
            "nummer": f"MA {number}", "name": f"{random.choice(KINDS)} {texts.street(random)}",
            "stadtteil": district.name, "status": random.choice(STATES), "jahr": year,
            "flaeche_ha": round(sum(plane.area(r) for r in rings) / 10_000, 3)}))
    return found


def cycleways(random, districts):
    """Winding lines from the middle of a district to those of its three nearest neighbours."""
    found, centres = [], [middle(d.ring) for d in districts]
    for district, centre in zip(districts, centres):
        near = sorted(zip(districts, centres), key=lambda o: hypot(o[1][0] - centre[0], o[1][1] - centre[1]))[1:4]
        for other, end in near:
            if other.key < district.key and any(n[0] is district for n in near):
                continue
            a = (centre[0] + random.uniform(-90, 90), centre[1] + random.uniform(-90, 90))
            steps = [(a[0] + (end[0] - a[0]) * t / 6 + random.uniform(-45, 45),
                      a[1] + (end[1] - a[1]) * t / 6 + random.uniform(-45, 45)) for t in range(1, 6)]
            line = [rounded(p) for p in [a, *steps, end]]
            length = sum(hypot(q[0] - p[0], q[1] - p[1]) for p, q in zip(line, line[1:]))
            found.append(feature("LineString", line, {
                "name": f"Route {len(found) + 1}: {district.name} – {other.name}",
                "art": random.choice(["Radweg", "Radfahrstreifen", "Fahrradstraße", "Veloroute"]),
                "breite_m": random.choice([1.2, 1.5, 1.8, 2.0, 2.5, 3.0]),
                "zustand": random.choice(["gut", "mäßig", "schlecht", None]),
                "beleuchtet": random.random() < 0.7, "laenge_m": round(length, 1)}))
    return found


def greens(random, districts):
    """Green spaces: one or two roundish areas in each district."""
    found = []
    for district in districts:
        for _ in range(random.choice([1, 1, 2])):
            radius = random.uniform(60, 160)
            x, y = plane.random_point(random, district.ring, radius * 1.3)
            turns = [2 * pi * k / 18 for k in range(18)]
            ring = [rounded((x + r * cos(t), y + r * sin(t)))
                    for t in turns for r in [radius * random.uniform(0.75, 1.2)]]
            ring.append(ring[0])
            kind = random.choice(GREENS)
            found.append(feature("Polygon", [ring], {
                "name": f"{kind} {district.name}", "art": kind, "stadtteil": district.name,
                "flaeche_m2": round(plane.area(ring))}))
    return found


def turned(x, y, half_x, half_y, angle):
    """A closed rectangle around a place, anticlockwise."""
    c, s = cos(angle), sin(angle)
    corners = [(-half_x, -half_y), (half_x, -half_y), (half_x, half_y), (-half_x, half_y), (-half_x, -half_y)]
    return [rounded((x + u * c - v * s, y + u * s + v * c)) for u, v in corners]


def middle(ring):
    """Mean of the vertices of a ring."""
    points = ring[:-1]
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def rounded(point):
    """A place with centimetres."""
    return round(point[0], 2), round(point[1], 2)


def feature(kind, coordinates, properties):
    """A GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
