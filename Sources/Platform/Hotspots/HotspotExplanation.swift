import Analysis
import GeoCore

/// What an answer means, in plain words with its numbers, in both languages.
public struct AnalysisExplanation: Sendable, Hashable {
    /// In English.
    public var english: String
    /// In German.
    public var german: String

    /// The text in a language, `de` or `en`.
    public func text(_ language: String) -> String { language.hasPrefix("de") ? german : english }

    /// Both as JSON.
    var json: JSONValue { .object([.init("de", .string(german)), .init("en", .string(english))]) }
}

extension AnalysisAnswer where Question == HotspotQuestion {
    /// What the answer means; only what it tells itself, so that nothing withheld is told here.
    var explanation: AnalysisExplanation {
        var sentences = [begun]
        if analysis.cautions.contains(where: { $0.kind == .noContributions }) { return Self.joined(sentences) }
        if let found { sentences.append(found) }
        if let border { sentences.append(border) }
        if let stability { sentences.append(stability) }
        if let carried { sentences.append(carried) }
        sentences += findings?.sentences ?? []
        sentences.append(
            (
                "This shows where contributions lie, not where the need is greatest; those who take part are no sample of the "
                    + "population.",
                "Das zeigt, wo Beiträge liegen, nicht wo der Bedarf am größten ist; wer sich beteiligt, ist keine Stichprobe der "
                    + "Bevölkerung."
            ))
        return Self.joined(sentences)
    }

    /// The same in both languages.
    typealias Sentence = (english: String, german: String)

    private static func joined(_ sentences: [Sentence]) -> AnalysisExplanation {
        AnalysisExplanation(
            english: sentences.map(\.english).joined(separator: " "),
            german: sentences.map(\.german).joined(separator: " "))
    }

    /// A figure of the whole or a parameter.
    func figure(_ name: String) -> Double? {
        guard
            case .number(let value)? = (analysis.summary + analysis.parameters).first(where: { $0.name == name })?.value
        else { return nil }
        return value
    }

    /// The same for people.
    func number(_ name: String) -> Sentence? {
        guard let value = figure(name) else { return nil }
        let text = PictureClasses.text(value)
        return (text, text.replacing(".", with: ","))
    }

    /// What contributions weigh by, where they do not count alike.
    var weighed: Sentence? {
        switch question.weight {
        case .one: nil
        case .votes: ("weight by votes", "Gewicht nach Stimmen")
        case .support: ("weight by votes for them and comments", "Gewicht nach Stimmen dafür und Kommentaren")
        case .comments: ("weight by comments", "Gewicht nach Kommentaren")
        case .approval: ("weight by share of votes for them", "Gewicht nach dem Anteil der Stimmen dafür")
        }
    }

    /// What was looked at.
    private var begun: Sentence {
        let (english, german) =
            analysis.filters.isEmpty
            ? ("", "") : (" of a selection (\(analysis.filters.line))", " einer Auswahl (\(analysis.filters.line))")
        guard !analysis.isUsedSuppressed else {
            return (
                "How many contributions\(english) were used is withheld, since few people stand behind some of them.",
                "Wie viele Beiträge\(german) verwendet wurden, wird nicht genannt, da hinter manchen nur wenige Menschen stehen."
            )
        }
        if analysis.used == 0 {
            return (
                "No contribution\(english) with a place lies in the area.",
                "Kein verorteter Beitrag\(german) liegt im Gebiet."
            )
        }
        if analysis.used == 1 {
            return ("1 contribution\(english) was looked at.", "Betrachtet wurde 1 Beitrag\(german).")
        }
        return (
            "\(analysis.used) contributions\(english) were looked at.",
            "Betrachtet wurden \(analysis.used) Beiträge\(german)."
        )
    }

    /// What was found, by the method.
    private var found: Sentence? {
        switch question.method {
        case .grid:
            guard let occupied = number("occupiedCells"), let all = number("cells"), let most = number("maximum"),
                let width = number("cell")
            else { return nil }
            return (
                "They lie in \(occupied.english) of \(all.english) cells of \(width.english) m; the fullest holds "
                    + "\(most.english)\(weighed.map { " of \($0.english)" } ?? "").",
                "Sie liegen in \(occupied.german) von \(all.german) Zellen zu \(width.german) m; die vollste enthält "
                    + "\(most.german)\(weighed.map { " an \($0.german)" } ?? "")."
            )
        case .gi: return question.looksAtUnits ? hotUnits : hotCells
        case .kde:
            guard let most = number("maximum"), let reach = number("bandwidth") else { return nil }
            return (
                (weighed.map { "Their \($0.english) is densest" } ?? "They are densest")
                    + " with \(most.english) per km², where each counts around itself (bandwidth \(reach.english) m).",
                (weighed.map { "Am dichtesten ist ihr \($0.german)" } ?? "Am dichtesten liegen sie")
                    + " mit \(most.german) je km², wobei jeder um sich herum zählt (Bandbreite \(reach.german) m)."
            )
        case .dbscan, .hdbscan, .optics:
            guard let clusters = number("clusters") else { return nil }
            let apart = number("noise").map { noise -> Sentence in
                noise.english == "1"
                    ? ("; 1 lies apart", "; 1 liegt abseits")
                    : ("; \(noise.english) lie apart", "; \(noise.german) liegen abseits")
            }
            let isOne = clusters.english == "1"
            return (
                "They form \(clusters.english) \(isOne ? "cluster" : "clusters")\(apart?.english ?? "")."
                    + (isOne ? "" : largestCluster?.english ?? ""),
                "Sie bilden \(clusters.german) \(isOne ? "Häufung" : "Häufungen")\(apart?.german ?? "")."
                    + (isOne ? "" : largestCluster?.german ?? "")
            )
        case .scan:
            return scanned
        case .emerging: return patterns
        case .moran: return moranFound ?? tested
        case .geary: return gearyFound ?? tested
        case .locationQuotient: return quotientFound ?? tested
        case .colocationLocal: return colocationFound ?? tested
        case .relativeRisk: return riskFound ?? tested
        case .auto: return tested
        }
    }

    /// How many places are told, where what was found may not be counted.
    private var tested: Sentence? {
        let count = shapes.cells?.places.count ?? features.count
        guard count > 0 else { return nil }
        return (
            "\(count) places are told, each with its test.",
            "\(count) Orte werden genannt, jeder mit seiner Prüfung."
        )
    }

    /// How many circles or ellipses of a scan are more than chance.
    private var scanned: Sentence? {
        if number("zones")?.english == "0" {
            return (
                "Nothing was tested: no circle was small enough to be looked at.",
                "Nichts wurde geprüft: kein Kreis war klein genug, um angesehen zu werden."
            )
        }
        guard let significant = number("significantClusters") else { return nil }
        let found: Sentence =
            switch (question.window == .ellipse, significant.english == "1") {
            case (true, true): ("of the ellipses holds", "der Ellipsen enthält")
            case (true, false): ("ellipses hold", "Ellipsen enthalten")
            case (false, true): ("of the circles holds", "der Kreise enthält")
            case (false, false): ("circles hold", "Kreise enthalten")
            }
        return (
            "\(significant.english) \(found.english) so unusual a number that chance can be ruled out at the level asked "
                + "for.\(leastLikelyCircle?.english ?? "")",
            "\(significant.german) \(found.german) eine so ungewöhnliche Zahl, dass Zufall auf dem verlangten Niveau "
                + "ausscheidet.\(leastLikelyCircle?.german ?? "")"
        )
    }

    /// How many cells have which pattern in time, the hot ones first.
    private var patterns: Sentence? {
        guard let steps = number("steps"), let cells = number("cells") else { return nil }
        let (english, german) = (PictureWords(language: "en").patterns, PictureWords(language: "de").patterns)
        let codes = EmergingPattern.Kind.allCases.filter { $0 != .none }
        let found: [Sentence] = [true, false].flatMap { isHot in
            codes.enumerated().compactMap { place, kind in
                number("\(kind.rawValue) \(isHot ? "hot" : "cold")").map { count in
                    let index = place + 1 + (isHot ? 0 : codes.count)
                    return ("\(count.english) \(english[index])", "\(count.german) \(german[index])")
                }
            }
        }
        guard !found.isEmpty else {
            // With few steps none was looked for, and how many there are may be withheld.
            let told = features.compactMap { feature in feature.properties.first { $0.name == "pattern" }?.value.string
            }
            guard !told.isEmpty, told.allSatisfy({ $0 == EmergingPattern.Kind.none.rawValue }) else { return tested }
            return (
                "None of \(cells.english) cells has a pattern over \(steps.english) steps that chance would not give.",
                "Keine von \(cells.german) Zellen hat über \(steps.german) Zeitschritte ein Muster, das der Zufall nicht "
                    + "erwarten lässt."
            )
        }
        return (
            "Over \(steps.english) steps, cells of \(cells.english) have these patterns: "
                + found.map(\.english).joined(separator: "; ") + ".",
            "Über \(steps.german) Zeitschritte haben von \(cells.german) Zellen diese Muster: "
                + found.map(\.german).joined(separator: "; ") + "."
        )
    }

    private var hotUnits: Sentence? {
        guard let hot = number("hotUnits"), let cold = number("coldUnits"), let tests = number("tests") else {
            return nil
        }
        if tests.english == "0" { return Self.untested(areUnits: true) }
        let level = atLevel
        return (
            "Of \(tests.english) area units, \(hot.english) lie among high rates per inhabitant and \(cold.english) among low ones, "
                + "more clearly than chance would give, \(level.english).",
            "Von \(tests.german) Gebietseinheiten liegen \(hot.german) unter hohen und \(cold.german) unter niedrigen Raten je "
                + "Einwohner, deutlicher, als der Zufall erwarten lässt, \(level.german)."
        )
    }

    private var hotCells: Sentence? {
        guard let hot = number("hotCells"), let cold = number("coldCells"), let tests = number("tests"),
            let width = number("cell")
        else { return nil }
        if tests.english == "0" { return Self.untested(areUnits: false) }
        let level = atLevel
        return (
            "Of \(tests.english) cells of \(width.english) m, \(hot.english) are hot and \(cold.english) cold: in and around them "
                + (weighed.map { "the \($0.english) is more, or less, than chance would give, " }
                    ?? "there are more, or fewer, contributions than chance would give, ") + "\(level.english).",
            "Von \(tests.german) Zellen zu \(width.german) m sind \(hot.german) heiß und \(cold.german) kalt: in ihnen und um sie "
                + (weighed.map { "herum ist das \($0.german) größer oder kleiner, als der Zufall erwarten lässt, " }
                    ?? "herum liegen mehr oder weniger Beiträge, als der Zufall erwarten lässt, ") + "\(level.german)."
        )
    }

    /// Which area units are not tested.
    private var unitsAside: Sentence? {
        guard let islands = number("islands"), let empty = number("unitsWithoutInhabitants"),
            islands.english != "0" || empty.english != "0"
        else { return nil }
        return (
            "Not tested, as there is nothing to compare: units without a neighbour, \(islands.english), and without "
                + "inhabitants, \(empty.english).",
            "Ungeprüft, da nichts zu vergleichen ist: Einheiten ohne Nachbarn, \(islands.german), und ohne Einwohner, "
                + "\(empty.german)."
        )
    }

    /// Which cells of the map are not tested.
    private var border: Sentence? {
        if question.looksAtUnits { return unitsAside }
        guard let untested = number("untestedCells") else { return nil }
        let isOne = untested.english == "1"
        return (
            "\(untested.english) more \(isOne ? "cell" : "cells") at the border, whose middle lies outside the area, "
                + "\(isOne ? "is" : "are") shown without being tested.",
            "\(untested.german) weitere \(isOne ? "Zelle" : "Zellen") am Rand, deren Mitte außerhalb des Gebiets liegt, "
                + "\(isOne ? "wird" : "werden") ungeprüft gezeigt."
        )
    }

    /// How much of what was found hangs on the grid.
    private var stability: Sentence? {
        guard question.method == .gi, let stable = number("stableHotCells"), let hot = number("hotCells"),
            hot.english != "0", let runs = number("sensitivityRuns")
        else { return nil }
        if hot.english == "1" {
            let (english, german) =
                stable.english == "1" ? ("stays", "bleibt es") : ("does not stay", "bleibt es nicht")
            return (
                "The one hot cell \(english) hot in at least 80 % of \(runs.english) runs with other cells.",
                "Die eine heiße Zelle \(german) in mindestens 80 % von \(runs.german) Läufen mit anderen Zellen."
            )
        }
        let isOne = stable.english == "1"
        return (
            "\(stable.english) of the \(hot.english) hot cells \(isOne ? "stays" : "stay") hot in at least 80 % of "
                + "\(runs.english) runs with other cells.",
            "\(stable.german) der \(hot.german) heißen Zellen \(isOne ? "bleibt" : "bleiben") es in mindestens 80 % "
                + "von \(runs.german) Läufen mit anderen Zellen."
        )
    }
}
