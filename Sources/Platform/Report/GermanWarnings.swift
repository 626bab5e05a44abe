extension GermanSentences {
    /// What answers warn of, where no caution says it in both languages.
    static let warnings: [(english: String, german: String)] = [
        (
            "bandwidth reaches less than two cells of # m: peaks between the middles of cells are not seen",
            "bandwidth reicht keine zwei Zellen von # m weit: Spitzen zwischen den Zellmitten sind nicht zu sehen"
        ),
        (
            "deviation reaches less than two cells of # m: peaks between the middles of cells are not seen",
            "deviation reicht keine zwei Zellen von # m weit: Spitzen zwischen den Zellmitten sind nicht zu sehen"
        ),
        (
            "the border is not corrected for: Donnelly's correction holds for rectangles, and this area is none",
            "der Rand ist nicht berücksichtigt: Donnellys Korrektur gilt für Rechtecke, und dieses Gebiet ist keines"
        ),
        (
            "reach is above # m, a quarter of the shorter side of the area: few pairs lie so far apart without the "
                + "border in between, and what is found there is rough",
            "reach liegt über # m, einem Viertel der kürzeren Seite des Gebiets: wenige Paare liegen so weit auseinander, "
                + "ohne dass der Rand dazwischenliegt, und was dort gefunden wird, ist ungenau"
        ),
        (
            "# pairs are too many to permute: p is by the normal law, with the exact variance",
            "# Paare sind zu viele zum Vertauschen: p folgt der Normalverteilung, mit der genauen Varianz"
        ),
        (
            "# cells are too many to permute: p is by the normal law under randomisation",
            "# Zellen sind zu viele zum Vertauschen: p folgt der Normalverteilung unter Zufallsanordnung"
        ),
        (
            "more than half of the contributions have one and the same time: where dates were imported without a time, "
                + "this says nothing",
            "mehr als die Hälfte der Beiträge hat ein und dieselbe Uhrzeit: wo Daten ohne Uhrzeit übernommen wurden, sagt "
                + "das nichts"
        ),
        (
            "contributions are never spread evenly over a city: name a layer of inhabitants, or compare a category with "
                + "all contributions",
            "Beiträge sind nie gleichmäßig über eine Stadt verteilt: nennen Sie eine Ebene mit Einwohnern, oder "
                + "vergleichen Sie eine Kategorie mit allen Beiträgen"
        ),
        (
            "with a filter and a weight both the choice among all contributions and what they weigh are tested at once; "
                + "null=uniform tests against contributions spread evenly",
            "mit Filter und Gewicht werden die Auswahl aus allen Beiträgen und ihr Gewicht zugleich geprüft; null=uniform "
                + "prüft gegen gleichmäßig verteilte Beiträge"
        ),
        (
            "# pairs lie at one place each; they make any pattern look clustered",
            "# Paare liegen jeweils an einem Ort; sie lassen jedes Muster gehäuft aussehen"
        ),
        (
            "areas shared after a shift come from a table: the largest error found is # % of the area",
            "die nach einer Verschiebung gemeinsamen Flächen kommen aus einer Tabelle: der größte gefundene Fehler ist # % "
                + "der Fläche"
        ),
        (
            "lower and upper are pointwise, not a test: the p-values of the deviations hold over all distances",
            "lower und upper gelten je Abstand und sind keine Prüfung: die p-Werte der Abweichungen gelten über alle "
                + "Abstände"
        ),
        (
            "pairs with categories of few people are withheld, and what would give them away",
            "Paare mit Kategorien weniger Personen werden zurückgehalten, und was diese verriete"
        ),
        (
            "contributions of private categories are among these: counts of fewer than # people, or # in sensitive "
                + "categories, sums that are mostly those of one or two, and what would give them away, are "
                + "withheld",
            "Beiträge privater Kategorien sind darunter: Zahlen von weniger als # Personen, in sensiblen Kategorien #, "
                + "Summen, die großenteils von einer oder zweien stammen, und was diese verriete, werden "
                + "zurückgehalten"
        ),
        (
            "contributions of private categories are among these: counts of fewer than # people, sums that are "
                + "mostly those of one or two, and what would give them away, are withheld",
            "Beiträge privater Kategorien sind darunter: Zahlen von weniger als # Personen, Summen, die "
                + "großenteils von einer oder zweien stammen, und was diese verriete, werden zurückgehalten"
        ),
        (
            "carried by few: the effective number of weights is below 10",
            "von wenigen getragen: die wirksame Zahl der Gewichte liegt unter 10"
        ),
        (
            "# pairs of area units overlap or lie less than 1 m apart without a shared corner (#), and are no neighbours: "
                + "snap joins corners within as many metres",
            "# Paare von Gebietseinheiten überlappen oder liegen weniger als 1 m auseinander, ohne eine Ecke zu teilen "
                + "(#), und sind keine Nachbarn: snap verbindet Ecken innerhalb so vieler Meter"
        ),
        (
            "many contributions are the heaviest of one place or another: trying these places without them would take too "
                + "long, and was left out",
            "viele Beiträge sind an diesem oder jenem Ort die schwersten: diese Orte ohne sie zu prüfen würde zu lange dauern "
                + "und unterblieb"
        ),
        (
            "fewer than 99 simulations were made: p decides, since no Gumbel law can be fitted",
            "weniger als 99 Simulationen wurden gemacht: p entscheidet, da sich keine Gumbel-Verteilung anpassen lässt"
        ),
        (
            "the order of more than # contributions is not told one by one",
            "die Reihenfolge von mehr als # Beiträgen wird nicht einzeln genannt"
        ),
        (
            "a line or area counts in every cell that it touches: sums over cells mean nothing",
            "eine Linie oder Fläche zählt in jeder Zelle, die sie berührt: Summen über Zellen bedeuten nichts"
        ),
        (
            "tails=directed does not double the smaller tail: twice as many cells as alpha says are significant by chance",
            "tails=directed verdoppelt das kleinere Ende nicht: doppelt so viele Zellen, wie alpha sagt, sind durch Zufall "
                + "signifikant"
        ),
        (
            "# step is too few for a pattern, which wants #: only the trend is told",
            "# Zeitschritt ist zu wenig für ein Muster, das # braucht: nur der Trend wird genannt"
        ),
        (
            "# steps are too few for a pattern, which wants #: only the trend is told",
            "# Zeitschritte sind zu wenige für ein Muster, das # braucht: nur der Trend wird genannt"
        ),
        (
            "neighbouring steps overlap, so trends are found a little too easily; previousSteps=0 or "
                + "trendCorrection=hamed-rao is stricter",
            "benachbarte Zeitschritte überlappen, sodass Trends etwas zu leicht gefunden werden; previousSteps=0 oder "
                + "trendCorrection=hamed-rao ist strenger"
        ),
        (
            "# cells have contributions and no inhabitants, and so no rate",
            "# Zellen haben Beiträge und keine Einwohner, und so keine Rate"
        ),
        (
            "# units have contributions and no inhabitants, and so no rate: #",
            "# Einheiten haben Beiträge und keine Einwohner, und so keine Rate: #"
        ),
        (
            "# contributions lie in more than one unit: # pairs of units overlap#; each counts in the unit that comes "
                + "first, and rates are left out: overlap=first or overlap=all says how to count",
            "# Beiträge liegen in mehr als einer Einheit: # Paare von Einheiten überlappen#; jeder zählt in der Einheit, "
                + "die zuerst kommt, und Raten bleiben weg: overlap=first oder overlap=all sagt, wie zu zählen ist"
        ),
        (
            "# contributions lie in more than one unit: # pairs of units overlap#; each counts in the unit that comes first",
            "# Beiträge liegen in mehr als einer Einheit: # Paare von Einheiten überlappen#; jeder zählt in der Einheit, "
                + "die zuerst kommt"
        ),
        (
            "# contributions lie in more than one unit: # pairs of units overlap#; each counts in all of them, and the sum "
                + "of the units is larger than what there is",
            "# Beiträge liegen in mehr als einer Einheit: # Paare von Einheiten überlappen#; jeder zählt in allen, und die "
                + "Summe der Einheiten ist größer als das, was es gibt"
        ),
        (
            "edges are corrected for Gaussian and quartic kernels only; densities near the border are low",
            "am Rand wird nur für den Gauß- und den quartischen Kern korrigiert; nahe der Grenze ist die Dichte zu niedrig"
        ),
        (
            "more than # contributions lie where others of the same author do: which of them were sent twice was not "
                + "looked for",
            "mehr als # Beiträge liegen, wo andere derselben Person liegen: welche davon doppelt eingingen, wurde nicht "
                + "gesucht"
        ),
        (
            "counts carry noise: the true one lies within # of what is told in 95 of 100 cells, and some are negative. "
                + "Every other question tells a little more, and spends of the privacy budget",
            "die Zahlen tragen Rauschen: die wahre liegt in 95 von 100 Zellen höchstens # neben der genannten, und manche "
                + "sind negativ. Jede weitere Frage verrät etwas mehr und verbraucht vom Datenschutzbudget"
        ),
        (
            "p and its contours hold at each place alone, not over the whole map",
            "p und seine Konturen gelten für jeden Ort allein, nicht für die ganze Karte"
        ),
        (
            "for the correction at the border it was simplified to # corners",
            "für die Korrektur am Rand wurde dieser auf # Ecken vereinfacht"
        ),
    ]
}
