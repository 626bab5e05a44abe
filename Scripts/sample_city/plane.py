"""Rings and points in a metric plane."""
from math import hypot


def contains(ring, x, y):
    """Whether a point is in a closed ring (even-odd rule)."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def distance(ring, x, y):
    """Distance of a point from the line of a ring."""
    best = float("inf")
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        dx, dy = x2 - x1, y2 - y1
        t = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
        best = min(best, hypot(x - x1 - t * dx, y - y1 - t * dy))
    return best


def area(ring):
    """Signed area; positive when the ring runs anticlockwise."""
    x0, y0 = ring[0]
    pairs = zip(ring, ring[1:])
    return sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in pairs) / 2


def bounds(ring):
    """Least and greatest x and y: (x1, y1, x2, y2)."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return min(xs), min(ys), max(xs), max(ys)


def random_point(random, ring, margin):
    """A place in a ring, at least `margin` from its line."""
    x1, y1, x2, y2 = bounds(ring)
    while True:
        x, y = random.uniform(x1, x2), random.uniform(y1, y2)
        if contains(ring, x, y) and distance(ring, x, y) >= margin:
            return x, y
