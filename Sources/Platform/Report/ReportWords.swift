/// The fixed words of a report in German and English.
struct ReportWords {
    /// The words for methods and parameters.
    let analysis: ParameterWords
    var isGerman: Bool { analysis.isGerman }

    init(language: String) { analysis = ParameterWords(language: language) }

    private func pick(_ german: String, _ english: String) -> String { isGerman ? german : english }

    var language: String { isGerman ? "de" : "en" }
    var report: String { pick("Auswertung", "Report") }
    var summary: String { pick("Das Wichtigste", "Summary") }
    var figures: String { pick("Zahlen", "Figures") }
    var contributions: String { pick("Beiträge", "Contributions") }
    var comments: String { pick("Kommentare", "Comments") }
    var votesUp: String { pick("Stimmen dafür", "Votes for") }
    var votesDown: String { pick("Stimmen dagegen", "Votes against") }
    var hotspots: String { pick("Schwerpunkte", "Hot spots") }
    var place: String { pick("Ort", "Place") }
    var density: String { pick("Wo die Beiträge liegen", "Where the contributions lie") }
    var categories: String { pick("Kategorien", "Categories") }
    var category: String { pick("Kategorie", "Category") }
    var count: String { pick("Anzahl", "Count") }
    var share: String { pick("Anteil", "Share") }
    var timeLine: String { pick("Zeitverlauf", "Time line") }
    var busiestDays: String { pick("Die stärksten Tage", "Busiest days") }
    var day: String { pick("Tag", "Day") }
    var areas: String { pick("Je Gebietseinheit", "Per area unit") }
    var area: String { pick("Gebiet", "Area") }
    var perKm2: String { pick("je km²", "per km²") }
    var inhabitants: String { pick("Einwohner", "Inhabitants") }
    var rate: String { pick("je 1.000 Einwohner, geglättet", "per 1,000 inhabitants, smoothed") }
    var interval: String { pick("95-%-Bereich, ungeglättet", "95 % interval, raw") }
    var quality: String { pick("Lage der Beiträge", "Location of the contributions") }
    var method: String { pick("Methode und Grenzen", "Method and limits") }
    var parameter: String { pick("Parameter", "Parameter") }
    var value: String { pick("Wert", "Value") }
    var origin: String { pick("Herkunft", "Origin") }
    var title: String { pick("Titel", "Title") }
    var votes: String { pick("Stimmen", "Votes") }

    /// The heading of the contributions of a place, of which not all are told.
    func told(_ count: Int, of all: Int) -> String {
        count == all
            ? "\(all) \(contributions)"
            : pick(
                "\(count) von \(all) Beiträgen, die mit den meisten Stimmen dafür",
                "\(count) of \(all) contributions, those with most votes for them")
    }

    /// - Parameter isWithheld: whether nothing may be told of any place.
    func none(isWithheld: Bool) -> String {
        if isWithheld {
            return pick(
                "Zu Schwerpunkten wird nichts gesagt, da weniger als fünf Menschen hinter den Beiträgen stehen.",
                "Nothing is told of hot spots, since fewer than five people stand behind the contributions.")
        }
        return pick(
            "Kein Ort hebt sich so von seiner Umgebung ab, dass der Zufall als Erklärung ausscheidet.",
            "No place stands out so clearly that chance can be ruled out.")
    }
    var tooFew: String {
        pick(
            "Für eine Prüfung auf Schwerpunkte liegen zu wenige verortete Beiträge vor.",
            "There are too few located contributions to test for hot spots.")
    }
    var limits: [String] {
        isGerman
            ? [
                "Gezählt werden Beiträge, nicht Menschen: wer mehrfach schreibt, zählt mehrfach.",
                "Schwerpunkte zeigen, wo mehr Beiträge liegen, als der Zufall erwarten lässt, nicht wo der Bedarf "
                    + "am größten ist.",
                "Wer sich beteiligt, ist keine Stichprobe der Bevölkerung.",
            ]
            : [
                "Contributions are counted, not people: who writes several times counts several times.",
                "Hot spots show where there are more contributions than chance would give, not where the need is "
                    + "greatest.",
                "Those who take part are no sample of the population.",
            ]
    }

    var selection: String { pick("Auswahl", "selection") }

    /// The conditions of a filter, by their names for people.
    ///
    /// - Parameter period: the time among them.
    func selected(_ filters: [FilterTerm], period: AnalysisExplanation?) -> String {
        "\(pick("Nur eine Auswahl der Beiträge", "A selection of the contributions only")): "
            + filters.map { analysis.filter($0, period: period) }.joined(separator: "; ")
    }

    func sentence(selected count: Int) -> String {
        pick(
            "Alle Zahlen gelten für eine Auswahl von \(count) Beiträgen, nicht für das ganze Verfahren.",
            "All figures are of a selection of \(count) contributions, not of the whole proceeding.")
    }

    func sentence(used: Int, all: Int) -> String {
        pick(
            "\(used) von \(all) Beiträgen haben einen verwertbaren Ort im Gebiet.",
            "\(used) of \(all) contributions have a usable place in the area.")
    }

    var withheld: String {
        pick(
            "Zahl nicht genannt, da zum Teil weniger als fünf Menschen dahinterstehen",
            "number withheld, since fewer than five people stand behind parts of it")
    }

    /// - Parameter contributions: those in the places; `nil` where their number is withheld.
    func sentence(places: Int, contributions: Int64?, used: Int) -> String {
        guard let contributions else {
            return pick(
                "\(places) Orte heben sich statistisch ab (im Mittel sind höchstens 5 % ihrer Zellen Zufall).",
                "\(places) places stand out statistically (on average at most 5 % of their cells by chance).")
        }
        let share = used > 0 ? Int((Double(contributions) / Double(used) * 100).rounded()) : 0
        return pick(
            "\(places) Orte heben sich statistisch ab (im Mittel sind höchstens 5 % ihrer Zellen Zufall); dort liegen "
                + "\(contributions) Beiträge, \(share) % der verorteten.",
            "\(places) places stand out statistically (on average at most 5 % of their cells by chance); they hold "
                + "\(contributions) contributions, \(share) % of those with a place.")
    }

    func sentence(top category: String, share: Double) -> String {
        let percent = Int((share * 100).rounded())
        return pick(
            "Am häufigsten geht es um \(category) (\(percent) % der Beiträge).",
            "Most contributions are about \(category) (\(percent) %).")
    }

    func stability(_ share: Double) -> String {
        let percent = Int((share * 100).rounded())
        return pick(
            "auch auf \(percent) % der anderen Raster ein Schwerpunkt", "hot on \(percent) % of the other grids, too")
    }
}
