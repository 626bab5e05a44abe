import Analysis
import GeoCore
import PROJCoordinates
import Participation
import Storage

/// What `auto` finds beside its map: rates per inhabitant, and where single categories gather more than the others.
struct OneClickFindings: Sendable {
    /// One category, and the circle that is least likely by chance.
    struct Gathering: Sendable {
        /// Name of the category for people.
        var label: String
        /// What was asked.
        var focus: String
        /// The figures of the circle; none where it is withheld or there is none.
        var figures: [(name: String, value: JSONValue)]
        /// Middle of the circle in longitude/latitude.
        var center: Position?
        /// Simulations that it was held against.
        var simulations: Int
        /// Its probability after correction for the categories looked at (Holm 1979); `nil` where it is not known.
        var adjusted: Double?

        /// A figure of the circle.
        func figure(_ name: String) -> Double? { figures.first { $0.name == name }?.value.double }
    }

    /// Rates in the units of the first layer that tells inhabitants.
    var rates: AreaStatistics?
    /// Name of that layer.
    var layerName = ""
    /// The most frequent categories, as far as they were looked at.
    var gatherings: [Gathering] = []
    /// The contributions themselves, where they are too few for a test.
    var listed: ListedContributions?

    /// Categories that are looked at one by one.
    static let mostCategories = 5
    /// Contributions that a category, and all others together, must have.
    static let fewest = 10
    /// Simulations of each scan: enough for 0.05 after correction, and quick.
    static let simulations = 199
    /// Level of significance.
    static let alpha = 0.05

    /// Corrects the probabilities for as many tests as there are categories.
    ///
    /// Source: Holm 1979, Scand. J. Stat. 6.
    mutating func adjust() {
        let order = gatherings.indices.filter { gatherings[$0].figure("p") != nil }.sorted {
            (gatherings[$0].figure("p") ?? 1, $0) < (gatherings[$1].figure("p") ?? 1, $1)
        }
        var least = 0.0
        for (rank, place) in order.enumerated() {
            least = max(least, min(1, (gatherings[place].figure("p") ?? 1) * Double(gatherings.count - rank)))
            gatherings[place].adjusted = least
        }
    }
}

extension Installation {
    /// What `auto` tells beside its map.
    ///
    /// - Throws: ``PlatformError``, `CancellationError`.
    func oneClickFindings(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope
    ) async throws -> OneClickFindings {
        var findings = OneClickFindings()
        let layers = try await layers(of: proceeding, scope: scope)
        let populated = layers.filter { $0.populationField != nil }
        if let layer = populated.first(where: { $0.role == .areaUnits }) ?? populated.first {
            findings.layerName = layer.name
            findings.rates = try await whereBorne {
                try await areaStatistics(layer: layer.id, of: proceeding, filter: filter, scope: scope)
            }
        }
        let columns = try await contributionColumns(of: proceeding, filter: filter, scope: scope)
        let hidden = try await privateCategories(of: proceeding, scope: scope)
        let labels = Dictionary(
            try await categories(of: proceeding, scope: scope).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        let most = columns.count - OneClickFindings.fewest
        let frequent = zip(columns.categories.names, columns.categories.counts)
            .filter { !hidden.slugs.contains($0.0) && $0.1 >= OneClickFindings.fewest && $0.1 <= most }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        for (category, _) in frequent.prefix(OneClickFindings.mostCategories) {
            var question = HotspotQuestion(method: .scan)
            (question.focus, question.permutations) = (category, OneClickFindings.simulations)
            question.sensitivity = false
            let asked = question
            let answer: HotspotAnswer? = try await whereBorne {
                try await findHotspots(asked, of: proceeding, filter: filter, scope: scope)
            }
            guard let answer else { continue }
            let first = answer.features.first
            findings.gatherings.append(
                OneClickFindings.Gathering(
                    label: labels[category] ?? category, focus: category, figures: first?.properties ?? [],
                    center: first == nil ? nil : try answer.shapesInDegrees().first?.boundingBox?.center,
                    simulations: OneClickFindings.simulations))
        }
        findings.adjust()
        return findings
    }

    /// The answer of a question, or nothing where the data do not bear it.
    func whereBorne<Answer>(_ question: () async throws -> Answer) async throws -> Answer? {
        do {
            return try await question()
        } catch let error as PlatformError where error.code == .invalidInput {
            return nil
        }
    }
}

extension OneClickFindings {
    /// The findings as members of the `analysis`.
    var members: [JSONValue.Member] {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        var members: [JSONValue.Member] = []
        if let rates {
            members.append(
                .init(
                    "rates",
                    .object([
                        .init("layer", .string(rates.layer)),
                        .init("method", .string("Contributions per 1,000 inhabitants, empirical-Bayes rates")),
                        .init("reference", .string("Garwood 1936; Marshall 1991")),
                        .init("overallRatePer1000", number(rates.overallRate)),
                        .init("warnings", .array(rates.warnings.map { .string($0) })),
                        .init(
                            "units",
                            .array(
                                rates.units.map { unit in
                                    .object([.init("id", .integer(unit.ordinal))] + unit.members)
                                })),
                    ])))
        }
        if let listed { members.append(listed.member) }
        guard !gatherings.isEmpty else { return members }
        let scans = gatherings.map { gathering in
            JSONValue.object(
                [
                    .init("focus", .string(gathering.focus)), .init("label", .string(gathering.label)),
                    .init("permutations", .integer(Int64(gathering.simulations))),
                    .init("adjustedP", number(gathering.adjusted)),
                    .init(
                        "center",
                        gathering.center.map { center in
                            .array([center.x, center.y].map { .number($0.rounded(toPlaces: 7)) })
                        } ?? .null),
                ] + gathering.figures.map { .init($0.name, $0.value) })
        }
        members.append(
            .init(
                "scans",
                .object([
                    .init("method", .string("Bernoulli scan of each category against all others")),
                    .init("reference", .string("Kulldorff 1997; Holm 1979")), .init("alpha", .number(Self.alpha)),
                    .init("categories", .array(scans)),
                ])))
        return members
    }

    /// What is told of them in plain words.
    var sentences: [(english: String, german: String)] {
        var sentences: [(english: String, german: String)] = []
        if let listed, !listed.contributions.isEmpty { sentences.append(listed.sentence) }
        func german(_ text: String) -> String { text.replacing(".", with: ",") }
        if let rates, let overall = rates.overallRate {
            let all = PictureClasses.text(overall)
            let highest = rates.units.filter { $0.smoothedRate != nil && !$0.isSuppressed }
                .sorted { ($1.smoothedRate ?? 0, $0.ordinal) < ($0.smoothedRate ?? 0, $1.ordinal) }.prefix(3)
            let named = highest.map { ($0.name, PictureClasses.text($0.smoothedRate ?? 0)) }
            let silent = rates.units.count { $0.isSilent && !$0.isSuppressed }
            sentences.append(
                (
                    "Per 1,000 inhabitants of \(layerName) there are \(all); most, drawn towards that where inhabitants are few, in "
                        + named.map { "\($0.0) (\($0.1))" }.joined(separator: ", ")
                        + (silent > 0 ? "; \(silent) units are silent." : "."),
                    "Auf 1.000 Menschen in \(layerName) kommen \(german(all)); am meisten, bei wenigen Menschen daran angenähert, in "
                        + named.map { "\($0.0) (\(german($0.1)))" }.joined(separator: ", ")
                        + (silent > 0 ? "; \(silent) Einheiten schweigen." : ".")
                ))
        }
        let found = gatherings.filter { ($0.adjusted ?? 1) <= Self.alpha }
        for gathering in found {
            guard let cases = gathering.figure("cases"), let all = gathering.figure("contributions"),
                let radius = gathering.figure("radius"), let expected = gathering.figure("expected")
            else { continue }
            let figures = [cases, all, radius, expected.rounded(toPlaces: 1)].map(PictureClasses.text)
            sentences.append(
                (
                    "\(gathering.label) gathers more than other matters within \(figures[2]) m: \(figures[0]) of \(figures[1]) "
                        + "contributions there, where \(figures[3]) were expected.",
                    "\(gathering.label) häuft sich stärker als anderes im Umkreis von \(german(figures[2])) m: "
                        + "\(figures[0]) von \(figures[1]) Beiträgen dort, erwartet waren \(german(figures[3]))."
                ))
        }
        if found.isEmpty, !gatherings.isEmpty {
            sentences.append(
                (
                    "No category gathers anywhere more than the others do, by scans of the \(gatherings.count) most frequent.",
                    "Keine Kategorie häuft sich irgendwo stärker als die anderen, nach Suche bei den "
                        + "\(gatherings.count) häufigsten."
                ))
        }
        return sentences
    }
}
