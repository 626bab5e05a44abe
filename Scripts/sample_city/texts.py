"""German titles and texts of contributions and comments, put together from interchangeable sentences."""

# id, name, colour (Okabe and Ito's palette, told apart by colour-blind people), share of the background, description
CATEGORIES = [
    ("radverkehr", "Radverkehr", "#0072B2", 24, "Radwege, Abstellanlagen, Führung an Kreuzungen"),
    ("fussverkehr", "Fußverkehr", "#56B4E9", 14, "Gehwege, Querungen, Barrierefreiheit"),
    ("oepnv", "ÖPNV", "#CC79A7", 12, "Bus und Bahn, Haltestellen, Anschlüsse"),
    ("gruen", "Grün und Erholung", "#009E73", 15, "Parks, Bäume, Wege am Wasser"),
    ("spiel", "Spiel und Sport", "#F0E442", 9, "Spielplätze, Bolzplätze, Bewegung"),
    ("aufenthalt", "Aufenthalt", "#E69F00", 10, "Plätze, Sitzgelegenheiten, Schatten"),
    ("sicherheit", "Verkehrssicherheit", "#D55E00", 12, "Gefahrenstellen, Tempo, Schulwege"),
    ("sonstiges", "Sonstiges", "#666666", 4, "Alles, was sonst nirgends passt"),
]

# {o} is a place with its preposition ("in der Lindenstraße", "am Mühlenweg").
TITLES = {
    "radverkehr": ["Radweg {o} fehlt", "Mehr Fahrradbügel {o}", "Radweg {o} ist zu schmal", "Wurzelschäden auf dem Radweg {o}",
                   "Fahrradstraße {o} einrichten", "Falschparker auf dem Radweg {o}"],
    "fussverkehr": ["Gehweg {o} ist zugeparkt", "Bordstein {o} absenken", "Zebrastreifen {o} gewünscht",
                    "Grünphase für Fußgänger {o} zu kurz", "Gehweg {o} ausbessern"],
    "oepnv": ["Bushaltestelle {o} ohne Dach", "Dichterer Takt für den Bus {o}", "Anschluss {o} klappt nicht",
              "Haltestelle {o} barrierefrei umbauen", "Abendbus {o} gewünscht"],
    "gruen": ["Mehr Bäume {o}", "Blühwiese {o} anlegen", "Grünstreifen {o} pflegen", "Uferweg {o} öffnen",
              "Baumscheiben {o} bepflanzen"],
    "spiel": ["Spielplatz {o} erneuern", "Bolzplatz {o} gewünscht", "Schatten für den Spielplatz {o}",
              "Tischtennisplatte {o}", "Calisthenics-Anlage {o}"],
    "aufenthalt": ["Mehr Bänke {o}", "Trinkbrunnen {o}", "Kein Schatten {o}", "Platz {o} neu gestalten",
                   "Öffentliche Toilette {o} fehlt"],
    "sicherheit": ["Tempo 30 {o}", "Gefährliche Kreuzung {o}", "Schulweg {o} sichern", "Schlechte Sicht {o}",
                   "Raser {o}"],
    "sonstiges": ["Mülleimer {o} fehlen", "Beleuchtung {o}", "Lärm {o}", "Öffentliches WLAN {o}", "Schaukasten {o}"],
}
PROBLEMS = {
    "radverkehr": ["{O} müssen Radfahrende auf die Fahrbahn ausweichen, obwohl dort viel Verkehr ist.",
                   "Der Radweg {o} ist so schmal, dass man niemanden überholen kann.",
                   "{O} heben Wurzeln den Belag an; mit dem Lastenrad ist das kaum noch zu fahren.",
                   "Abends stehen {o} regelmäßig Autos auf dem Radweg.",
                   "{O} endet der Radweg ohne Vorwarnung mitten auf der Kreuzung.",
                   "Wer {o} sein Fahrrad abstellen will, findet meist keinen freien Bügel."],
    "fussverkehr": ["{O} ist der Gehweg so zugestellt, dass man mit dem Kinderwagen nicht durchkommt.",
                    "Mit dem Rollator komme ich {o} nicht über den hohen Bordstein.",
                    "Die Ampel {o} springt schon wieder auf Rot, bevor man drüben ist.",
                    "{O} gibt es auf langer Strecke keine sichere Möglichkeit, die Straße zu überqueren.",
                    "Die Gehwegplatten {o} sind lose und bei Nässe rutschig."],
    "oepnv": ["{O} wartet man bei Regen völlig ungeschützt auf den Bus.",
              "Der Bus fährt {o} nach 20 Uhr nur noch einmal in der Stunde.",
              "{O} fährt der Anschlussbus oft genau eine Minute vor der Ankunft der Bahn ab.",
              "Die Haltestelle {o} ist mit dem Rollstuhl nicht zu erreichen.",
              "Morgens sind die Busse {o} so voll, dass Schulkinder stehen bleiben."],
    "gruen": ["{O} gibt es kaum einen Baum, im Sommer ist es dort unerträglich heiß.",
              "Der Grünstreifen {o} ist vertrocknet und wird als Parkplatz benutzt.",
              "{O} liegt eine Wiese brach, aus der man viel machen könnte.",
              "Der Weg an der Aue ist {o} plötzlich zu Ende.",
              "{O} wurden im letzten Jahr drei große Linden gefällt und nicht ersetzt."],
    "spiel": ["Die Schaukeln {o} sind seit Monaten abgebaut.",
              "{O} treffen sich viele Jugendliche, die nirgends Fußball spielen können.",
              "Der Sand auf dem Spielplatz {o} ist verschmutzt, und es fehlt ein Zaun zur Straße.",
              "{O} gibt es für ältere Kinder kein einziges Spielgerät.",
              "Im Sommer werden die Rutschen {o} so heiß, dass niemand sie benutzen kann."],
    "aufenthalt": ["{O} kann man sich nirgends hinsetzen, ohne etwas zu bestellen.",
                   "Der Platz {o} ist eine reine Steinwüste ohne Schatten.",
                   "{O} fehlt ein Ort, an dem sich die Nachbarschaft treffen kann.",
                   "Die Bänke {o} sind morsch und stehen in der prallen Sonne.",
                   "{O} hält sich niemand gern auf, weil die Autos direkt daneben vorbeifahren."],
    "sicherheit": ["{O} wird trotz der Schule viel zu schnell gefahren.",
                   "Beim Abbiegen {o} wird man als Radfahrerin leicht übersehen.",
                   "Parkende Lieferwagen nehmen {o} jede Sicht auf querende Kinder.",
                   "{O} ist es in diesem Jahr schon mehrmals zu Beinaheunfällen gekommen.",
                   "Die Kreuzung {o} ist unübersichtlich, und die Vorfahrt ist vielen nicht klar."],
    "sonstiges": ["{O} liegt nach jedem Wochenende Müll herum.",
                  "{O} ist es nachts stockdunkel.",
                  "Die Lüftungsanlage {o} ist bis spät in die Nacht zu hören.",
                  "Von Veranstaltungen erfährt man {o} immer erst hinterher."],
}
WISHES = {
    "radverkehr": ["Bitte einen durchgehenden Radweg von mindestens zwei Metern Breite anlegen.",
                   "Ein geschützter Radfahrstreifen wäre hier die beste Lösung.", "Ein paar Bügel mit Dach würden schon helfen.",
                   "Poller könnten das Parken auf dem Radweg verhindern."],
    "fussverkehr": ["Ein Zebrastreifen würde die Lage entschärfen.", "Bitte die Bordsteine an allen Ecken absenken.",
                    "Die Ampel sollte länger Grün zeigen.", "Der Gehweg braucht dringend neues Pflaster."],
    "oepnv": ["Ein Wartehäuschen mit Bank wäre schön.", "Ein Takt von 15 Minuten bis 23 Uhr würde vielen helfen.",
              "Bitte die Fahrpläne besser aufeinander abstimmen.", "Die Haltestelle sollte ein Blindenleitsystem bekommen."],
    "gruen": ["Bitte Bäume pflanzen, die mit Trockenheit zurechtkommen.", "Eine Blühwiese wäre gut für Bienen und fürs Auge.",
              "Der Weg sollte bis zur Brücke weitergeführt werden.", "Anwohnende würden gern Patenschaften übernehmen."],
    "spiel": ["Bitte den Spielplatz gemeinsam mit den Kindern neu planen.", "Ein Sonnensegel wäre eine günstige Lösung.",
              "Ein kleiner Bolzplatz mit Ballfangzaun würde genügen.", "Auch für Ältere wären Fitnessgeräte schön."],
    "aufenthalt": ["Ein paar Bänke mit Lehne unter Bäumen wären ein Gewinn.", "Ein Trinkbrunnen würde im Sommer vielen helfen.",
                   "Weniger Stellplätze, dafür Tische und Grün, das wäre schön.", "Bitte den Platz mit den Anliegern zusammen planen."],
    "sicherheit": ["Bitte Tempo 30 anordnen und auch kontrollieren.", "Ein Spiegel und ein Halteverbot würden sofort helfen.",
                   "Die Kreuzung sollte übersichtlich umgebaut werden.", "Vor der Schule braucht es eine sichere Querung."],
    "sonstiges": ["Bitte mehr und größere Mülleimer aufstellen.", "Ein paar Laternen mit Bewegungsmelder würden reichen.",
                  "Vielleicht kann sich das jemand vor Ort ansehen.", "Ein Schaukasten könnte Abhilfe schaffen."],
}
CLOSINGS = ["", "", "", "Das betrifft vor allem Kinder und ältere Menschen.", "Ich komme hier jeden Tag vorbei.",
            "In der Nachbarschaft sehen das viele so.", "Gerade im Winter ist das ein großes Problem.",
            "Seit dem Umbau ist es noch schlimmer geworden.", "Andere Städte machen vor, wie es geht.",
            "Das wäre mit wenig Aufwand möglich.", "Über eine Rückmeldung würde ich mich freuen.",
            "Dafür würden wir gern auf ein paar Parkplätze verzichten."]
COMMENTS = ["Das sehe ich genauso.", "Guter Vorschlag, das fehlt hier wirklich.", "Dem kann ich nicht zustimmen, es gibt Wichtigeres.",
            "Stimmt, besonders morgens vor der Schule.", "Bitte auch an die Anwohnenden denken.", "Wer soll das bezahlen?",
            "Das Problem besteht schon seit Jahren.", "Vielleicht ließe sich das mit der nächsten Baustelle verbinden.",
            "Ich wohne gegenüber und kann das bestätigen.", "Für Menschen mit Rollstuhl ist das sehr wichtig."]
REPLIES = ["Danke für den Hinweis.", "Das ist ein gutes Argument.", "Da bin ich anderer Meinung.", "Genau so ist es!",
           "So teuer ist das gar nicht.", "Man sollte es zumindest ausprobieren."]
SUBJECTS = ["Zustimmung", "Ergänzung", "Frage", "Einwand", ""]

FIRST = ["Linden", "Mühlen", "Kloster", "Garten", "Deich", "Ring", "Fähr", "Ähren", "Kirsch", "Wasser", "Schmiede", "Töpfer",
         "Königs", "Bäcker", "Erlen", "Süder", "Öl", "Fuchs", "Heide", "Weiden", "Schul", "Müller", "Birken", "Röhren",
         "Grün", "Anker", "Brücken", "Hafen", "Wiesen", "Eschen", "Nelken", "Färber"]
LAST = [("straße", "in der"), ("weg", "am"), ("allee", "in der"), ("gasse", "in der"), ("damm", "am"), ("stieg", "am"),
        ("platz", "am")]


def street(random):
    """A street with its preposition."""
    last, preposition = random.choice(LAST)
    return f"{preposition} {random.choice(FIRST)}{last}"


def contribution(random, category, place):
    """Title and text."""
    fill = {"o": place, "O": place[0].upper() + place[1:]}
    parts = [random.choice(PROBLEMS[category]), random.choice(WISHES[category]), random.choice(CLOSINGS)]
    if random.random() < 0.25:
        parts.insert(1, random.choice(CLOSINGS[3:9]))
    kept = list(dict.fromkeys(part for part in parts if part))
    return random.choice(TITLES[category]).format(**fill), " ".join(kept).format(**fill)
