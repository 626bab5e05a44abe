"""The contributions of the sample city and what is planted among them."""
from collections import Counter
from datetime import datetime, timedelta, timezone
from math import cos, hypot, pi, sin

from . import plane, texts, utm

PROCEEDING = "musterstadt-mobil"
START = datetime(2026, 4, 13, tzinfo=timezone.utc)
DAYS = 42
CLEARANCE = 5.0  # metres kept from borders, so that no count hangs on rounding
# name, category, district, radius in metres, number, share of the category, place with preposition
HOTSPOTS = [
    ("Kreuzung Ringstraße", "radverkehr", "Bahnhofsviertel", 220, 90, 0.9, "an der Kreuzung Ringstraße"),
    ("Grundschule Neustadt", "sicherheit", "Neustadt", 180, 75, 0.9, "vor der Grundschule Neustadt"),
    ("Auepark", "gruen", "Aueviertel", 320, 70, 0.85, "im Auepark"),
    ("Sportpark Öhlmühle", "spiel", "Öhlmühle", 250, 55, 0.85, "am Sportpark Öhlmühle"),
    ("Busbahnhof Klosterberg", "oepnv", "Klosterberg", 150, 50, 0.9, "am Busbahnhof"),
]
BACKGROUND = 1_635
HOURS = [1, 1, 1, 0, 0, 1, 3, 6, 8, 8, 8, 9, 11, 9, 8, 8, 10, 14, 20, 28, 30, 24, 12, 4]  # by local hour


class Participation:
    """Makes the contributions one after the other."""

    def __init__(self, random, districts, outer):
        self.random, self.districts, self.outer = random, districts, outer
        self.area = [list(utm.inverse(*p)) for p in outer]
        self.features, self.bad, self.hotspots, self.inside = [], {}, [], Counter()
        self.comment_id = 0
        self.by_name = {d.name: d for d in districts}

    def make(self):
        """All contributions, in order of time."""
        for hotspot in HOTSPOTS:
            self.plant(hotspot)
        shares = [d.population * self.random.uniform(0.75, 1.25) for d in self.districts]
        for district in self.random.choices(self.districts, shares, k=BACKGROUND):
            self.background(district)
        self.plant_bad()
        self.features.sort(key=lambda f: (f["properties"]["dateCreated"], f["order"]))
        for number, feature in enumerate(self.features, 1001):
            feature["properties"]["id"] = str(number)
            feature["properties"]["link"] = f"https://mitreden.musterstadt.example/#/contribution/{number}"
            for comment in feature["properties"]["commentedBy"]:
                comment["commentOnContribution"] = str(number)
        return self.features

    def plant(self, hotspot):
        """One hotspot: normally scattered around its centre, cut off at its radius."""
        name, category, district, radius, number, share, place = hotspot
        ring = self.by_name[district].ring
        centre = plane.random_point(self.random, ring, radius + 2 * CLEARANCE)
        centre = utm.forward(*utm.inverse(*centre))
        for _ in range(number):
            while True:
                x, y = (self.random.gauss(c, radius / 2.2) for c in centre)
                if hypot(x - centre[0], y - centre[1]) <= radius:
                    break
            chosen = category if self.random.random() < share else self.category()
            self.point(x, y, chosen, place if self.random.random() < 0.6 else texts.street(self.random), popular=True)
            self.inside[district] += 1
        self.hotspots.append({"name": name, "category": category, "district": district, "radiusMetres": radius,
                              "planted": number, "centre": list(utm.inverse(*centre)), "metric": centre})

    def background(self, district):
        """One contribution somewhere in a district: mostly a point, sometimes a line or an area."""
        category, kind = self.category(), self.random.random()
        self.inside[district.name] += 1
        if kind > 0.05:
            x, y = plane.random_point(self.random, district.ring, CLEARANCE)
            self.point(x, y, category, texts.street(self.random))
            return
        x, y = plane.random_point(self.random, district.ring, 200)
        if kind > 0.02:
            angle = self.random.uniform(0, 2 * pi)
            places = [(x + d * cos(angle) + self.random.uniform(-9, 9), y + d * sin(angle) + self.random.uniform(-9, 9))
                      for d in (-150, -70, 0, 80, 160)]
            geometry = {"type": "LineString", "coordinates": [list(utm.inverse(*p)) for p in places]}
        else:
            size = self.random.uniform(30, 110)
            turns = [2 * pi * k / 7 for k in range(7)]
            places = [(x + size * self.random.uniform(0.8, 1.2) * cos(t), y + size * self.random.uniform(0.8, 1.2) * sin(t))
                      for t in turns]
            ring = [list(utm.inverse(*p)) for p in places]
            geometry = {"type": "Polygon", "coordinates": [ring + ring[:1]]}
        self.add(geometry, category, texts.street(self.random))

    def plant_bad(self):
        """Locations that are wrong in the ways that real ones are."""
        x, y = (sum(c) / 2 for c in zip(plane.bounds(self.outer)[:2], plane.bounds(self.outer)[2:]))
        home = self.by_name["Altstadt"].ring

        def note(kind, geometry, located=True, count=1):
            for _ in range(count):
                self.bad.setdefault(kind, []).append(
                    self.add(geometry() if callable(geometry) else geometry, self.category(),
                             texts.street(self.random), located=located))

        def point(lon, lat):
            return {"type": "Point", "coordinates": [lon, lat]}

        def swapped():
            lon, lat = utm.inverse(*plane.random_point(self.random, home, CLEARANCE))
            return point(lat, lon)

        def outside():
            angle, reach = self.random.uniform(0, 2 * pi), self.random.uniform(7_000, 12_000)
            return point(*utm.inverse(x + reach * cos(angle), y + reach * sin(angle)))

        note("nullIsland", point(0, 0), count=3)
        note("swappedAxes", swapped, count=4)
        note("outsideArea", outside, count=5)
        note("otherContinent", point(-70.6483, -33.4569))
        note("otherContinent", point(151.2093, -33.8688))
        note("unlocated", None, count=2)
        note("unlocated", None, located=False, count=2)
        note("unlocated", point(0, 0), located=False, count=1)
        note("unlocated", {"type": "Polygon", "coordinates": [self.area]}, located=False)
        hall = utm.inverse(*plane.random_point(self.random, home, 100))
        note("sameCoordinate", point(*hall), count=5)
        self.inside["Altstadt"] += 5
        self.hall = list(hall)

    def category(self):
        """A category by its share."""
        return self.random.choices([c[0] for c in texts.CATEGORIES], [c[3] for c in texts.CATEGORIES])[0]

    def point(self, x, y, category, place, popular=False):
        """A contribution at a place in metres."""
        return self.add({"type": "Point", "coordinates": list(utm.inverse(x, y))}, category, place, popular=popular)

    def add(self, geometry, category, place, located=True, popular=False):
        """A contribution in the shape of the Participation Data Specification."""
        title, text = texts.contribution(self.random, category, place)
        created = self.instant()
        pro = min(240, int(self.random.lognormvariate(1.9 if popular else 1.1, 1.0)))
        contra = min(90, int(self.random.lognormvariate(0.2, 0.9)))
        comments = self.comments(created, 0, 0.45 if popular else 0.28)
        feature = {"type": "Feature", "order": len(self.features), "geometry": geometry, "properties": {
            "id": "", "dateCreated": stamp(created), "link": "", "title": title, "contributionType": "none",
            "contributionContent": text, "commentsNumber": size(comments),
            "category": next(c[1] for c in texts.CATEGORIES if c[0] == category),
            "votingPro": str(pro) if self.random.random() < 0.03 else pro, "votingContra": contra,
            "keywordSuggested": "", "keywordPicked": "", "belongToProject": PROCEEDING, "dipasLocated": located,
            "commentedBy": comments}}
        self.features.append(feature)
        return feature

    def comments(self, after, depth, chance):
        """Comments after an instant, with replies down to the third level."""
        found = []
        while depth < 3 and self.random.random() < chance:
            self.comment_id += 1
            created, own = after + timedelta(minutes=self.random.randint(9, 4_000)), str(self.comment_id)
            comment = {"id": own, "dateCreated": stamp(created), "title": self.random.choice(texts.SUBJECTS),
                       "commentContent": self.random.choice(texts.REPLIES if depth else texts.COMMENTS)}
            replies = self.comments(created, depth + 1, chance * 0.8)
            for reply in replies:
                reply["commentOnComment"] = own
            found.append(comment | {"commentedBy": replies})
        return found

    def instant(self):
        """An instant in the six weeks: a rush at the start, a smaller one at the end, most in the evening."""
        weights = [1 + 3 * 0.85**d + (1 if d > 36 else 0) + (0.5 if d % 7 > 4 else 0) for d in range(DAYS)]
        day = self.random.choices(range(DAYS), weights)[0]
        local = timedelta(days=day, hours=self.random.choices(range(24), HOURS)[0], seconds=self.random.randrange(3_600))
        return START + local - timedelta(hours=2)  # CEST


def stamp(instant):
    """An instant as DIPAS writes it."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def size(comments):
    """Number of comments of a tree."""
    return sum(1 + size(c["commentedBy"]) for c in comments)
