import Analysis
import Formats
import GeoCore

/// What is asked of area units beside their counts.
public struct AreaOptions: Sendable, Hashable {
    /// Category whose share in each unit is compared with its share in all, by its slug.
    public var focus: String?
    /// Classes of the rates, or of the densities where no inhabitants are known.
    public var breaks: ClassBreaks?

    /// Towards what rates are smoothed.
    public var smoothing: Smoothing
    /// Metres up to which two corners of units count as one under ``Smoothing/local``.
    public var snap = 0.0

    /// How much noise hides whether somebody is among those counted: the smaller, the more; none when `nil`.
    public var epsilon: Double?
    /// Contributions of one participant that count at all under `epsilon`.
    public var clip = 3

    /// Towards what empirical Bayes draws rates of few inhabitants.
    public enum Smoothing: String, Sendable, Hashable, CaseIterable {
        /// The rate of all units.
        case global
        /// The rate of each unit with those that touch it; of all where few must be withheld.
        case local
    }

    /// In which unit a contribution counts where units overlap; rates are left out there when `nil`.
    public var overlap: Overlap?

    /// In which unit a contribution counts where units overlap.
    public enum Overlap: String, Sendable, Hashable, CaseIterable {
        /// The one that comes first in the layer.
        case first
        /// Every one that it lies in.
        case all
    }

    /// Asks for nothing more.
    public init(
        focus: String? = nil, breaks: ClassBreaks? = nil, smoothing: Smoothing = .global, overlap: Overlap? = nil
    ) {
        self.focus = focus
        self.overlap = overlap
        self.breaks = breaks
        self.smoothing = smoothing
    }
}

extension AreaOptions {
    /// What was asked, and by whom it was decided.
    func parameters(layer: String) -> [AnalysisRecord.Parameter] {
        let classes = breaks.map {
            AnalysisRecord.Parameter(name: "classes", value: .number(Double($0.classes)), origin: .given)
        }
        let noise = [
            ("epsilon", epsilon), ("clip", epsilon == nil ? nil : Double(clip)), ("snap", snap == 0 ? nil : snap),
        ].map { name, value in
            value.map { AnalysisRecord.Parameter(name: name, value: .number($0), origin: .given) }
        }
        let words: [AnalysisRecord.Parameter?] =
            [
                .given("layer", layer), .given("focus", focus), .word("smoothing", smoothing, standard: .global),
                .given("overlap", overlap?.rawValue), .given("breaks", breaks?.rule.rawValue), classes,
            ] + noise
        return words.compactMap { $0 }
    }
}

extension AreaStatistics {
    /// Contributions that count in no unit, by reason.
    var leftOut: [AnalysisRecord.LeftOut] {
        [
            AnalysisRecord.LeftOut(reason: "outsideUnits", count: outside, isSuppressed: isOutsideSuppressed),
            AnalysisRecord.LeftOut(reason: "suspectPlace", count: suspect, isSuppressed: isSuspectSuppressed),
            AnalysisRecord.LeftOut(reason: "unlocated", count: unlocated, isSuppressed: isUnlocatedSuppressed),
        ].filter { $0.count > 0 || $0.isSuppressed }
    }

    /// Tells of each unit how the share of a category compares with that of all units (location quotient).
    ///
    /// - Parameters:
    ///   - counts: contributions of the category in each unit.
    ///   - totals: all contributions in each unit.
    ///   - contributors: who stands behind the fewer, those of the category or all others, where shares that rest on few
    ///     people are withheld.
    mutating func compare(_ focus: String, counts: [Int], totals: [Int], contributors: [Contributors]?) throws {
        let quotient = try LocationQuotient(counts: counts, totals: totals)
        let fewer = zip(counts, totals).map { count, total in [count, total - count].filter { $0 > 0 }.min() ?? 0 }
        let suppression = try contributors.map { try CellSuppression(fewer, contributors: $0) }
        let hidden = Set(suppression?.suppressed ?? [])
        self.focus = focus
        // The share of the whole would tell of the only unit that is withheld.
        focusShare = suppression?.isTotalPublishable ?? true ? quotient.share : nil
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        // What is smoothed hangs on the spread of all shares, and so tells of those that are withheld.
        let isSmoothedTold = hidden.isEmpty && !units.contains(where: \.isSuppressed)
        for place in units.indices {
            let isHidden = units[place].isSuppressed || hidden.contains(place)
            units[place].further += [
                .init("focusCount", isHidden ? .null : .integer(Int64(counts[place]))),
                .init("locationQuotient", number(isHidden ? nil : quotient.quotient[place])),
                .init("smoothedQuotient", number(isSmoothedTold ? quotient.smoothed[place] : nil)),
                .init("quotientP", number(isHidden ? nil : quotient.p[place])),
                .init("quotientQ", number(isHidden ? nil : quotient.q[place])),
            ]
        }
    }

    /// Smooths rates towards those of the units that touch each one, at vertices that are the same but for
    /// `snap` metres.
    mutating func smoothLocally(snap: Double) throws {
        smoothing = .local
        let known = units.indices.filter { units[$0].population != nil }
        let shapes = known.map { outlines[$0] }
        let weights = SpatialWeights.touching(shapes, snap: snap)
        let loose = try LooseBorders(shapes, weights)
            .warning(known.map { units[$0].name }, remedy: "snap joins corners within as many metres")
        if let loose { warnings.append(loose) }
        let rates = try ArealRates.locallySmoothed(
            observed: known.map { Double(units[$0].count) },
            population: known.map { max(0, units[$0].population ?? 0) }, weights: weights)
        for (rate, place) in zip(rates, known) { units[place].smoothedRate = rate.map { $0 * 1000 } }
    }

    /// Divides the units into classes by their rates, or by their densities where no inhabitants are known.
    mutating func classify(_ breaks: ClassBreaks) throws {
        classes = try breaks.divide(units.compactMap(classified))
        for place in units.indices {
            let number = classes.flatMap { classes in classified(units[place]).map(classes.number) }
            units[place].further.append(.init("class", number.map { .integer(Int64($0)) } ?? .null))
        }
    }

    /// Whether units are compared by inhabitants.
    var hasRates: Bool { units.contains { $0.smoothedRate != nil } }

    /// How the values came about, for the caption of a picture.
    func methodLine(_ words: ParameterWords) -> String {
        ((hasRates ? ["Empirical Bayes (Marshall 1991)"] : [])
            + parameters.filter { $0.name == "breaks" }.map(words.value)
            + filters.map(words.caption)).joined(separator: " · ")
    }

    /// How the figures came about, for their picture.
    func pictured(_ words: ParameterWords) -> PictureRecord {
        PictureRecord(
            method: Self.method, reference: Self.reference, parameters: parameters, filters: [("filters", filters)],
            crs: crs, data: [dataVersion], words)
    }

    /// The value that a unit is classified by.
    func classified(_ unit: Unit) -> Double? { hasRates ? unit.smoothedRate : unit.density }

    /// The units in the colours of their classes.
    func map(title: String, _ words: PictureWords) -> [UInt8]? {
        guard let classes, outlines.count == units.count else { return nil }
        let heading = hasRates ? words.rate : words.density
        let legend = PictureClasses.given(classes, title: heading, words)
        let shapes = zip(units, outlines).compactMap { unit, outline in
            classified(unit).map { value in
                MapPicture.Shape(
                    geometry: outline, classIndex: legend.index(value),
                    label: "\(unit.name): \(words.number(value))")
            }
        }
        var map = MapPicture(
            title: "\(heading): \(title)",
            methodLine: methodLine(words.analysis),
            shapes: shapes, legend: legend.labels, legendTitle: legend.title, scale: legend.scale,
            language: words.language)
        map.withheld = units.indices.filter { units[$0].isSuppressed }.map { outlines[$0] }
        return map.svg(record: pictured(words.analysis))
    }
}
