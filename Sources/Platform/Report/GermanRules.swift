extension GermanSentences {
    /// By which rules parameters were chosen, beside those of a usual report; see ``known``.
    static let rules: [(english: String, german: String)] = [
        ("permutations would take too long", "Permutationen würden zu lange dauern"),
        (
            "normal law, since only whole numbers of equal weights and few neighbours can be counted",
            "Normalverteilung, da sich nur ganze Zahlen gleichen Gewichts mit wenigen Nachbarn auszählen lassen"
        ),
        (
            "normal law, since permutations would take too long, since only whole numbers of equal weights and few "
                + "neighbours can be counted",
            "Normalverteilung, da Permutationen zu lange dauern würden und sich nur ganze Zahlen gleichen Gewichts mit "
                + "wenigen Nachbarn auszählen lassen"
        ),
        (
            "normal law, since bins have too many neighbours to be counted, since only whole numbers of equal weights and "
                + "few neighbours can be counted",
            "Normalverteilung, da die Fächer zu viele Nachbarn zum Auszählen haben und sich nur ganze Zahlen gleichen "
                + "Gewichts mit wenigen Nachbarn auszählen lassen"
        ),
        (
            "conditional permutations, drawn, since only whole numbers of equal weights and few neighbours can be counted",
            "bedingte Permutationen, gezogen, da sich nur ganze Zahlen gleichen Gewichts mit wenigen Nachbarn auszählen "
                + "lassen"
        ),
        (
            "radius; two cells of the raster, since that of the rule is less",
            "Radius; zwei Zellen des Rasters, da der nach der Regel kleiner ist"
        ),
        (
            "standard deviation; two cells of the raster, since that of the rule is less",
            "Standardabweichung; zwei Zellen des Rasters, da die nach der Regel kleiner ist"
        ),
        (
            "standard deviation, of all contributions together",
            "Standardabweichung, nach allen Beiträgen zusammen"
        ),
        (
            "a line counts evenly along its length, an area over its interior",
            "eine Linie zählt gleichmäßig über ihre Länge, eine Fläche über ihr Inneres"
        ),
        (
            "a line or area counts in each cell by the share of its length or area",
            "eine Linie oder Fläche zählt in jeder Zelle mit dem Anteil ihrer Länge oder Fläche"
        ),
        (
            "inhabitants of its units are shared out to the cells by area, as if they lived evenly over each",
            "die Einwohner ihrer Einheiten werden nach Fläche auf die Zellen verteilt, als wohnten sie überall gleich dicht"
        ),
        (
            "wide enough for at most # cells in the box of the study area",
            "groß genug für höchstens # Zellen im Rechteck um das Untersuchungsgebiet"
        ),
        (
            "wide enough for at most # cells that hold something",
            "groß genug für höchstens # Zellen, in denen etwas liegt"
        ),
        (
            "99 % of the cells have a neighbour within it, and eight on average",
            "99 % der Zellen haben darin einen Nachbarn, im Mittel acht"
        ),
        ("what of each kernel lies in the area", "der Teil jedes Kerns, der im Gebiet liegt"),
        ("the most frequent category", "die häufigste Kategorie"),
        ("the most frequent of the others", "die häufigste der übrigen"),
        (
            "one contribution of two hundred, at least 5 and at most 100",
            "ein Beitrag von zweihundert, mindestens 5 und höchstens 100"
        ),
        ("knee of the sorted neighbour distances", "Knick der sortierten Abstände zu den Nachbarn"),
        (
            "where fewer than minPoints contributions lie at places that differ, which have no knee of distances",
            "wo weniger als minPoints Beiträge an verschiedenen Orten liegen, deren Abstände keinen Knick haben"
        ),
        (
            "log-likelihood ratio of the share of contributions with a word (Dunning 1993), of words that # contributions "
                + "use",
            "Log-Likelihood-Quotient des Anteils der Beiträge mit einem Wort (Dunning 1993), bei Wörtern, die # Beiträge "
                + "verwenden"
        ),
        (
            "shapes 1, 1.5, 2, 3 and 4 in 1, 4, 6, 9 and 12 directions",
            "Formen 1, 1,5, 2, 3 und 4 in 1, 4, 6, 9 und 12 Richtungen"
        ),
        (
            "ratios of ellipses times the root of 4s/(s+1)²",
            "Quotienten der Ellipsen mal der Wurzel aus 4s/(s+1)²"
        ),
        ("ratios of ellipses times 4s/(s+1)²", "Quotienten der Ellipsen mal 4s/(s+1)²"),
        (
            "as many as can be done in time, 99 at least",
            "so viele, wie die Zeit zulässt, mindestens 99"
        ),
        (
            "from which cells and steps mean and variance of Gi* come",
            "aus welchen Zellen und Zeitschritten Mittel und Varianz von Gi* kommen"
        ),
        ("over the cells of all steps", "über die Zellen aller Zeitschritte"),
        (
            "ten for each cell over alpha, 999 to 99999, as far as that can be done in time",
            "zehn je Zelle, geteilt durch alpha, 999 bis 99999, soweit die Zeit das zulässt"
        ),
        (
            "the longest unit of the calendar with at least # whole steps",
            "die längste Einheit des Kalenders mit mindestens # ganzen Zeitschritten"
        ),
        (
            "a twelfth of the time between the first and the last contribution",
            "ein Zwölftel der Zeit zwischen dem ersten und dem letzten Beitrag"
        ),
        (
            "2a / (1 − a)² with a = exp(−epsilon / clip), added to the variance of the counts",
            "2a / (1 − a)² mit a = exp(−epsilon / clip), zur Varianz der Zahlen hinzugezählt"
        ),
        (
            "Beta prior fitted to the votes by moments (Kleinman 1973)",
            "Beta-Verteilung als Vorwissen, an die Stimmen angepasst nach Momenten (Kleinman 1973)"
        ),
        (
            "Beta(2, 2): too few contributions have votes, or their shares differ too little, to fit a prior",
            "Beta(2, 2): zu wenige Beiträge haben Stimmen, oder deren Anteile unterscheiden sich zu wenig, um ein Vorwissen "
                + "anzupassen"
        ),
        (
            "one standard deviation along each axis of the ellipse: about 39 % of normally spread points",
            "eine Standardabweichung entlang jeder Achse der Ellipse: etwa 39 % normalverteilter Punkte"
        ),
        ("none: so many cells would take too long", "keine: so viele Zellen würden zu lange dauern"),
        ("the clock of the tenant", "die Uhr des Mandanten"),
        (
            "the area has # corners, more than #: translate would take too long",
            "das Gebiet hat # Ecken, mehr als #: translate würde zu lange dauern"
        ),
        ("as far as can be computed in time", "so weit, wie es sich in der Zeit rechnen lässt"),
        (
            "a quarter of the shorter side of the area, or where a point has a thousand others within reach",
            "ein Viertel der kürzeren Seite des Gebiets, oder wo ein Punkt tausend andere in Reichweite hat"
        ),
        (
            "the contributions stay, and what they weigh is dealt anew among them",
            "die Beiträge bleiben, und ihre Gewichte werden unter ihnen neu verteilt"
        ),
        (
            "the contributions that the filter lets through, among all of them",
            "die Beiträge, die der Filter durchlässt, unter allen"
        ),
        (
            "the contributions that the filter lets through, among all of them; what they weigh is dealt among the places "
                + "drawn",
            "die Beiträge, die der Filter durchlässt, unter allen; ihre Gewichte werden unter den gezogenen Orten verteilt"
        ),
        ("the inhabitants of the layer", "die Einwohner der Ebene"),
        ("nothing else is known", "anderes ist nicht bekannt"),
        (
            "the layer that tells inhabitants of most units",
            "die Ebene, die für die meisten Einheiten Einwohner nennt"
        ),
    ]
}
