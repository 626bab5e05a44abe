/// A weakness of an answer with the numbers that show it, in both languages.
public struct AnalysisCaution: Sendable, Hashable {
    /// What is weak.
    public enum Kind: String, Sendable, Hashable {
        case noContributions, fewContributions, fewCells, manyAtOnePlace, manyOutside, uncorrectedEdges,
            uncorrectedTests, islands, noCircles, oneCluster, sharedContributions, fixedBins, coarsePlaces
    }

    /// What is weak.
    public let kind: Kind
    /// The sentence in English.
    public let english: String
    /// The sentence in German.
    public let german: String

    /// Whether its numbers could tell of few people.
    var tellsCounts: Bool { ![.uncorrectedTests, .islands, .fixedBins, .coarsePlaces].contains(kind) }

    /// The sentence in a language, `de` or `en`.
    public func text(_ language: String) -> String { language.hasPrefix("de") ? german : english }
}

extension AnalysisCaution {
    /// Fewest contributions that show more than chance, fewest that a test of places is worth anything with, and fewest
    /// cells that must hold some (after the Optimized Hot Spot Analysis of ArcGIS).
    static let fewest = (contributions: 30, tested: 60, cells: 30)
    /// The part of the contributions at places of others, or outside the area, from which on it is told.
    private static let notable = (atOnePlace: 0.2, outside: 0.05)

    /// No contribution at all.
    static let nothing = AnalysisCaution(
        kind: .noContributions, english: "no contribution with a place lies in the area: there is nothing to analyse",
        german: "kein verorteter Beitrag liegt im Gebiet: es gibt nichts auszuwerten")

    /// Contributions whose places are those of a coarse grid.
    static let coarsePlaces = AnalysisCaution(
        kind: .coarsePlaces,
        english:
            "contributions of private categories lie on a grid of a hundredth of a degree, many at one point: distances, "
            + "clusters and cells narrower than a kilometre or two show that grid rather than where they gather",
        german:
            "Beiträge privater Kategorien liegen auf einem Gitter von einem hundertstel Grad, viele an einem Punkt: Abstände, "
            + "Häufungen und Zellen, die schmaler als ein oder zwei Kilometer sind, zeigen eher das Gitter, als wo sie sich "
            + "häufen")

    /// Few contributions.
    static func few(_ used: Int, isTest: Bool) -> AnalysisCaution? {
        guard used < (isTest ? fewest.tested : fewest.contributions) else { return nil }
        if used < fewest.contributions {
            return AnalysisCaution(
                kind: .fewContributions,
                english:
                    "few contributions: \(used) \(plural(used, "was", "were")) used, and with fewer than "
                    + "\(fewest.contributions) any pattern may be chance",
                german:
                    "wenige Beiträge: \(used) \(plural(used, "wurde", "wurden")) verwendet, und bei weniger als "
                    + "\(fewest.contributions) kann jedes Muster Zufall sein")
        }
        return AnalysisCaution(
            kind: .fewContributions,
            english: "few contributions: \(used) were used, and a test of places wants \(fewest.tested)",
            german: "wenige Beiträge: \(used) wurden verwendet, und eine Prüfung von Orten braucht \(fewest.tested)")
    }

    /// Few cells that hold something.
    static func few(cells: Int) -> AnalysisCaution? {
        guard cells < fewest.cells else { return nil }
        return AnalysisCaution(
            kind: .fewCells,
            english: "few cells: \(cells) \(plural(cells, "holds", "hold")) something, and a test of cells wants "
                + "\(fewest.cells)",
            german:
                "wenige Zellen: \(cells) \(plural(cells, "ist", "sind")) besetzt, und eine Prüfung von Zellen braucht "
                + "\(fewest.cells)")
    }

    /// Many contributions exactly where another lies.
    static func repeated(_ count: Int, of used: Int) -> AnalysisCaution? {
        guard used > 1, Double(count) >= notable.atOnePlace * Double(used) else { return nil }
        let share = percent(count, of: used)
        return AnalysisCaution(
            kind: .manyAtOnePlace,
            english:
                "many at the same place: \(count) of \(used) contributions (\(share) %) \(plural(count, "lies", "lie")) "
                + "exactly where another does, "
                + "as addresses and contributions sent twice do; distances between them tell little",
            german:
                "viele am selben Ort: \(count) von \(used) Beiträgen (\(share) %) \(plural(count, "liegt", "liegen")) "
                + "genau dort, wo ein anderer liegt, "
                + "wie bei Adressen und doppelt Abgeschicktem; Abstände zwischen ihnen sagen wenig")
    }

    /// Many contributions that do not lie where is looked.
    static func outside(_ count: Int, of located: Int) -> AnalysisCaution? {
        guard located > 0, Double(count) >= notable.outside * Double(located) else { return nil }
        let share = percent(count, of: located)
        return AnalysisCaution(
            kind: .manyOutside,
            english:
                "\(count) of \(located) contributions with a place (\(share) %) "
                + plural(count, "lies outside the area and is left out", "lie outside the area and are left out"),
            german:
                "\(count) von \(located) verorteten Beiträgen (\(share) %) "
                + plural(count, "liegt", "liegen") + " außerhalb des Gebiets und "
                + plural(count, "bleibt", "bleiben") + " außen vor")
    }

    /// Many contributions that lie in no area unit, within the area or outside.
    static func inNoUnit(_ count: Int, of located: Int) -> AnalysisCaution? {
        guard located > 0, Double(count) >= notable.outside * Double(located) else { return nil }
        let share = percent(count, of: located)
        return AnalysisCaution(
            kind: .manyOutside,
            english: "\(count) of \(located) contributions with a place (\(share) %) lie in no unit",
            german: "\(count) von \(located) verorteten Beiträgen (\(share) %) liegen in keiner Gebietseinheit")
    }

    /// Contributions near a border that a density is not corrected for, or pairs of them are not.
    static func edges(_ near: Int, of used: Int, within metres: Double, arePairs: Bool) -> AnalysisCaution? {
        guard near > 0 else { return nil }
        let (share, reach) = (percent(near, of: used), AnalysisParameter.text(metres.rounded()))
        let (english, german) =
            arePairs
            ? ("beyond which pairs are not seen", "jenseits dessen Paare nicht gesehen werden")
            : ("where densities are too low", "wo die Dichte zu niedrig ist")
        return AnalysisCaution(
            kind: .uncorrectedEdges,
            english:
                "edges are not corrected for: \(near) of \(used) contributions (\(share) %) \(plural(near, "lies", "lie")) "
                + "within \(reach) m of the border, \(english)",
            german:
                "Ränder sind nicht korrigiert: \(near) von \(used) Beiträgen (\(share) %) \(plural(near, "liegt", "liegen")) "
                + "höchstens \(reach) m vom Rand, \(german)")
    }

    /// Many tests whose probabilities nobody corrects, of cells or of area units.
    static func uncorrected(tests: Int, alpha: Double, ofUnits: Bool) -> AnalysisCaution? {
        guard tests > 1 else { return nil }
        let (level, chance) = (AnalysisParameter.text(alpha), AnalysisParameter.text((Double(tests) * alpha).rounded()))
        let tested = ofUnits ? (english: "area units", german: "Gebieten") : (english: "cells", german: "Zellen")
        return AnalysisCaution(
            kind: .uncorrectedTests,
            english:
                "no correction for many tests: of \(tests) \(tested.english) about \(chance) would be significant at "
                + "\(level) by chance alone",
            german:
                "keine Korrektur für viele Tests: von \(tests) \(tested.german) wären etwa \(chance) schon durch Zufall "
                + "auffällig (Niveau \(level))")
    }

    /// Cells without neighbours.
    static func islands(_ islands: Int, of cells: Int) -> AnalysisCaution? {
        guard islands > 0 else { return nil }
        let isAll = islands == cells
        return AnalysisCaution(
            kind: .islands,
            english: (isAll
                ? "no cell has a neighbour"
                : "\(islands) of \(cells) cells \(plural(islands, "has", "have")) no neighbour")
                + ": nothing can be told of what lies around them; a longer distance or more rings may reach some",
            german: (isAll
                ? "keine Zelle hat einen Nachbarn"
                : "\(islands) von \(cells) Zellen \(plural(islands, "hat", "haben")) keinen Nachbarn")
                + ": über ihre Umgebung lässt sich nichts sagen; ein größerer Abstand oder mehr Ringe erreichen vielleicht "
                + "welche")
    }

    /// A scan that could not look at any circle.
    ///
    /// - Parameter ofInhabitants: whether it is inhabitants of whom a circle holds a share.
    static func noCircles(share: Double, ofInhabitants: Bool) -> AnalysisCaution {
        let (english, german) = ofInhabitants ? ("inhabitants", "Einwohner") : ("contributions", "Beiträge")
        let (most, isLargest) = (AnalysisParameter.text(share), share >= 0.5)
        return AnalysisCaution(
            kind: .noCircles,
            english: "nothing was tested: no circle holds at most a share of \(most) of the \(english)"
                + (isLargest ? ", since too many lie at one place" : "; share=0.5 looks at larger ones"),
            german: "nichts wurde geprüft: kein Kreis enthält höchstens einen Anteil von \(most) der \(german)"
                + (isLargest ? ", da zu viele an einem Ort liegen" : "; share=0.5 sieht größere an"))
    }

    /// A hierarchy of clusters whose root alone could be one.
    static let oneCluster = AnalysisCaution(
        kind: .oneCluster,
        english: "no cluster parts from another: single=true lets all contributions be one",
        german: "keine Häufung trennt sich von einer anderen: single=true lässt alle Beiträge eine sein")

    /// Two sets that are compared as if they had nothing in common.
    ///
    /// - Parameter count: how many are in both; `nil` where that is withheld.
    static func shared(_ count: Int?) -> AnalysisCaution {
        let number = count.map { "\($0)" }
        return AnalysisCaution(
            kind: .sharedContributions,
            english: (number.map { "\($0) \(plural(count ?? 0, "contribution is", "contributions are")) in both sets" }
                ?? "contributions may be in both sets")
                + ": the test supposes that none is, and p and q are rough; choose sets that have none in common",
            german: (number.map { "\($0) \(plural(count ?? 0, "Beitrag liegt", "Beiträge liegen")) in beiden Mengen" }
                ?? "Beiträge können in beiden Mengen liegen")
                + ": die Prüfung setzt voraus, dass es keiner tut, und p und q sind nur ein Anhalt; wählen Sie Mengen, die "
                + "keinen gemeinsam haben")
    }

    /// The word for one, or that for more.
    static func plural(_ count: Int, _ one: String, _ more: String) -> String { count == 1 ? one : more }

    private static func percent(_ count: Int, of all: Int) -> Int {
        Int((Double(count) / Double(max(1, all)) * 100).rounded())
    }
}
