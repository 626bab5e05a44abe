"""Twenty-four districts that tile the city: a shaken grid whose edges wind, each edge made once and shared."""
from dataclasses import dataclass

CENTRE = (559_800.0, 5_917_000.0)  # near 9.9 E, 53.4 N
COLUMNS, ROWS, WIDTH, HEIGHT = 6, 5, 1_600.0, 1_500.0
# Row by row from the south; None is not of the city. (name, inhabitants)
GRID = [
    [None, ("Süderholz", 4_210), ("Rosengrund", 6_930), ("Ziegelei", 7_840), ("Sandkamp", 5_120), None],
    [("Birkenloh", 3_960), ("Lindenhof", 8_870), ("Mühlenfeld", 11_420), ("Brückfeld", 9_310), ("Öhlmühle", 6_480),
     None],
    [("Großheide", 2_870), ("Klosterberg", 9_940), ("Altstadt", 14_630), ("Bahnhofsviertel", 13_250),
     ("Hafenkante", 8_190), ("Übersfeld", 3_340)],
    [("Weißenmoor", 1_480), ("Wiesental", 7_210), ("Aueviertel", 12_080), ("Neustadt", 12_770), ("Fischerwinkel", 6_050),
     None],
    [None, ("Kleinheide", 2_190), ("Schlossgarten", 7_560), ("Nordend", 8_420), ("Ährenfeld", 4_730), None],
]
BOROUGHS = ["Süd", "Süd", "Mitte", "Nord", "Nord"]


@dataclass
class District:
    """One Stadtteil; the ring is closed, anticlockwise, in metres of EPSG:25832, with millimetres."""
    name: str
    key: str
    population: int
    borough: str
    ring: list


def make(random):
    """The districts and the outer ring of the city."""
    nodes = {}
    for i in range(COLUMNS + 1):
        for j in range(ROWS + 1):
            x = CENTRE[0] + (i - COLUMNS / 2 + random.uniform(-0.17, 0.17)) * WIDTH
            y = CENTRE[1] + (j - ROWS / 2 + random.uniform(-0.17, 0.17)) * HEIGHT
            nodes[i, j] = (round(x, 3), round(y, 3))
    edges = {}

    def edge(a, b):
        key = (a, b) if a < b else (b, a)
        if key not in edges:
            edges[key] = winding(random, nodes[key[0]], nodes[key[1]], 3)
        return edges[key] if a < b else edges[key][::-1]

    districts, sides = [], {}
    for j, row in enumerate(GRID):
        for i, cell in enumerate(row):
            if cell is None:
                continue
            corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j)]
            ring = []
            for a, b in zip(corners, corners[1:]):
                ring += edge(a, b)[:-1]
                if sides.pop((b, a), None) is None:
                    sides[a, b] = True
            key = f"9901{len(districts) + 1:02d}"
            districts.append(District(cell[0], key, cell[1], BOROUGHS[j], ring + ring[:1]))
    outer, following = [], dict(sides.keys())
    start = at = min(following)
    while True:
        outer += edge(at, following[at])[:-1]
        at = following[at]
        if at == start:
            return districts, outer + outer[:1]


def winding(random, a, b, depth):
    """A line from a to b whose middle is moved aside, again and again."""
    if depth == 0:
        return [a, b]
    shift = random.uniform(-0.09, 0.09)
    dx, dy = b[0] - a[0], b[1] - a[1]
    middle = (round((a[0] + b[0]) / 2 - dy * shift, 3), round((a[1] + b[1]) / 2 + dx * shift, 3))
    return winding(random, a, middle, depth - 1)[:-1] + winding(random, middle, b, depth - 1)
