import Analysis
import GEOSGeometry
public import GeoCore
import PROJCoordinates
public import Participation
public import Storage

/// Contributions counted in the units of a layer.
public struct AreaStatistics: Sendable {
    /// One unit.
    public struct Unit: Sendable {
        /// Place in the layer, counted from 1.
        public var ordinal: Int64
        /// Name for people, from the first attribute that looks like one.
        public var name: String
        /// Outline in longitude/latitude.
        public var geometry: Geometry
        /// Contributions inside.
        public var count: Int
        /// Area in square kilometres.
        public var area: Double
        /// Contributions per square kilometre.
        public var density: Double?
        /// Inhabitants, where the layer tells them.
        public var population: Double?
        /// Contributions per 1,000 inhabitants.
        public var rate: Double?
        /// 95 % interval of the rate (Garwood).
        public var interval: (lower: Double, upper: Double)?
        /// Rate per 1,000 after empirical-Bayes smoothing (Marshall).
        public var smoothedRate: Double?
        /// Contributions that its inhabitants would have at the rate of the whole.
        public var expected: Double?
        /// Its rate over that of the whole.
        public var relative: Double?
        /// Whether the rate rests on fewer than 20 contributions.
        public var isUnreliable: Bool
        /// Whether nobody has written from here although three or more would have at the rate of the whole; chance alone
        /// leaves such a unit empty in one of twenty cases.
        public var isSilent = false
        /// Whether its figures are withheld, since few of them could tell of single people.
        public var isSuppressed = false
        /// How many contributions are of each category; `null` where the count is withheld.
        public var categories = JSONValue.null
        /// What was asked beside, by name in a fixed order.
        public var further: [JSONValue.Member] = []
    }

    /// Slug of the layer.
    public var layer: String
    /// The units, in the layer's order.
    public var units: [Unit]
    /// Located contributions in no unit.
    public var outside: Int
    /// Whether that number is withheld, as the counts of units may be; it is 0 then.
    public var isOutsideSuppressed = false
    /// Contributions without a place.
    public var unlocated: Int
    /// Whether that number is withheld; it is 0 then.
    public var isUnlocatedSuppressed = false
    /// Contributions whose place cannot be right.
    public var suspect = 0
    /// Whether that number is withheld; it is 0 then.
    public var isSuspectSuppressed = false
    /// Units that overlap where somebody wrote, those with most contributions first.
    public var overlaps: [Overlap] = []
    /// What weakens the figures.
    public var warnings: [String] = []
    /// Further ones, with their numbers and in both languages.
    public var cautions: [AnalysisCaution] = []
    /// What was asked, and by whom it was decided.
    public var parameters: [AnalysisRecord.Parameter] = []
    /// Which contributions were asked about; all where it is empty.
    public var filters: [FilterTerm] = []
    /// Rate of the whole per 1,000 inhabitants.
    public var overallRate: Double?
    /// Towards what rates are smoothed.
    public var smoothing: AreaOptions.Smoothing = .global
    /// Version of the data.
    public var dataVersion: Int64
    /// Category whose share is compared.
    public var focus: String?
    /// Its share in all units.
    public var focusShare: Double?
    /// How much noise is in the counts; `nil` where there is none.
    public var epsilon: Double?
    /// What the noise of a unit exceeds, on either side, in one case of twenty at most.
    public var noiseBound: Int?
    /// Classes of the units, where they were asked for.
    public var classes: ValueClasses?
    /// The metric CRS that areas were measured in.
    public var crs = ""
    /// Outlines of the units in metres, for a map of classes.
    var outlines: [MetricGeometry] = []
}

extension Installation {
    /// Counts contributions in the polygons of a layer, with densities and, where inhabitants are known, rates.
    ///
    /// A contribution on a shared border counts once, in the unit that comes first; so does one where units overlap,
    /// unless ``AreaOptions/overlap`` says otherwise. Where contributions of private
    /// categories are among them, the public is not told counts of fewer than five people, nor what would give them away
    /// (``Analysis/CellSuppression``); nor of a unit where the filter leaves out fewer than five.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` when the layer has no polygons or too many, `badRequest` for a category,
    ///   a number of classes or noise that cannot be, `conflict` where the privacy budget does not bear the noise.
    public func areaStatistics(
        layer id: String, of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(),
        options: AreaOptions = AreaOptions(), scope: Scope
    ) async throws -> AreaStatistics {
        let layer = try await layer(id, namedBy: "layer", of: proceeding, scope: scope)
        try await requireCategories(of: filter, in: proceeding, scope: scope)
        let noise = try await areaNoise(options, in: layer, of: proceeding, filter: filter, scope: scope)
        let (version, columns) = try await versionedColumns(of: proceeding, filter: filter, scope: scope)
        let units = try await areaUnits(of: layer, in: proceeding, scope: scope)
        let crs = try MetricCRS.resolve(
            MetricCRS.name(of: proceeding, scope.tenant), covering: layer.boundingBox)
        do {
            let transform = try CoordinateTransform(from: .wgs84, to: crs, area: layer.boundingBox)
            let index = PolygonIndex(units.map(\.geometry))
            let placement = try AreaPlacement(columns, in: index)
            let outlines = try units.map { try transform.metric($0.geometry) }
            let hidesAll =
                proceeding.settings.withholdsSmallAreas
                && !scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key)
            let hidesSome = try await withholdsFew(columns.categoryNames, of: proceeding, scope: scope)
            let hidesFew = hidesAll || hidesSome
            let hidden = hidesFew ? try await privateCategories(of: proceeding, scope: scope) : PrivateCategories()
            let overlaps = try AreaOverlaps(placement.shared(without: hidden), outlines: outlines)
            let several = options.overlap == .all ? overlaps : nil
            let noisy = noise?.counts(placement, columns, version: version)
            let counts = noisy.map { $0.map { max(0, $0) } + [0, 0, 0] } ?? placement.counts(in: several)
            var statistics = try Self.count(counts, units, outlines, layer, version: version)
            (statistics.filters, statistics.crs) = (filter.terms, crs.label)
            statistics.parameters = options.parameters(layer: layer.id)
            let totals = statistics.units.map(\.count)
            if hidesFew, options.overlap == .all {
                throw PlatformError(
                    .invalidInput, "overlap=all tells of few people, whose numbers are withheld here",
                    hint: "overlap=first can be answered")
            }
            // A rate smoothed towards a few neighbours would tell of counts that are withheld.
            if options.smoothing == .local, !hidesFew { try statistics.smoothLocally(snap: options.snap) }
            if hidesFew {
                var people = placement.contributors(hidden: hidden)
                if !filter.isEmpty {
                    // Less those with the filter, those without it are of whom it leaves out.
                    let all = try await contributionColumns(of: proceeding, filter: ContributionFilter(), scope: scope)
                    let numbers = Set(columns.id)
                    let others = try AreaPlacement(all, in: index).contributors(hidden: hidden) {
                        !numbers.contains(all.id[$0])
                    }
                    people = zip(people, others).map { $0.orFewer(leftOut: $1) }
                }
                try statistics.suppress(people)
                statistics.parameters += hidden.parameters
            }
            if noise == nil {
                try statistics.tell(
                    placement.mixes(hidden: hidden), isMasked: hidesFew, isFiltered: !filter.isEmpty)
                statistics.tell(overlaps, counted: options.overlap)
                if !hidesFew {
                    // The sum of the units counts some twice where these overlap.
                    let inside = placement.counts().prefix(units.count).reduce(0, +)
                    statistics.cautions = [
                        .few(inside, isTest: false),
                        .inNoUnit(statistics.outside, of: inside + statistics.outside),
                    ].compactMap(\.self)
                }
            }
            if let focus = options.focus {
                let code = try Self.code(of: focus, columns)
                var contributors: [Contributors]?
                if hidesFew {
                    // A share tells of its category and of all others.
                    let own = placement.contributors(hidden: hidden) { Int(columns.category[$0]) == code }
                    let others = placement.contributors(hidden: hidden) { Int(columns.category[$0]) != code }
                    contributors = zip(own, others).prefix(units.count).map(Contributors.fewer)
                }
                let counts = placement.counts(in: several) { Int(columns.category[$0]) == code }
                try statistics.compare(
                    focus, counts: Array(counts.prefix(units.count)), totals: totals, contributors: contributors)
            }
            if let noise, let noisy {
                statistics.tell(noise, counts: noisy)
                try await spendPrivacy(
                    noise.epsilon, on: noise.source.question, version: version, of: proceeding, scope: scope)
            }
            if let breaks = options.breaks { try statistics.classify(breaks) }
            return statistics
        } catch let error as PROJError {
            throw PlatformError(.unsupported, error.description)
        } catch let error as GEOSError {
            throw PlatformError(.invalidInput, error.description)
        } catch let error as AnalysisError {
            if error.code == .cancelled { throw CancellationError() }
            throw PlatformError(.invalidInput, error.description)
        }
    }

    private static func count(
        _ counts: [Int], _ polygons: [AreaUnit], _ outlines: [MetricGeometry], _ layer: PlanningLayer,
        version: Int64
    ) throws -> AreaStatistics {
        var units = try zip(polygons, outlines).map { unit, outline in
            try Task.checkCancellation()
            return AreaStatistics.Unit(
                ordinal: unit.ordinal, name: unit.name, geometry: unit.geometry, count: 0,
                area: try outline.area() / 1e6, population: unit.population, isUnreliable: false)
        }
        for place in units.indices {
            units[place].count = counts[place]
            if units[place].area > 0 { units[place].density = Double(counts[place]) / units[place].area }
        }
        var overall: Double?
        var warnings: [String] = []
        if units.contains(where: { ($0.population ?? 0) > 0 }) {
            let known = units.indices.filter { units[$0].population != nil }
            let rates = try ArealRates(
                observed: known.map { Double(units[$0].count) },
                population: known.map { max(0, units[$0].population ?? 0) })
            overall = rates.overallRate.map { $0 * 1000 }
            for (row, place) in known.enumerated() {
                units[place].rate = rates.rate[row].map { $0 * 1000 }
                units[place].smoothedRate = rates.smoothed[row].map { $0 * 1000 }
                if let lower = rates.lower[row], let upper = rates.upper[row] {
                    units[place].interval = (lower * 1000, upper * 1000)
                }
                units[place].isUnreliable = rates.isUnreliable[row]
                units[place].relative = rates.relative[row]
                units[place].expected = rates.overallRate.map { $0 * rates.population[row] }
                units[place].isSilent = units[place].count == 0 && (units[place].expected ?? 0) >= 3
            }
            let empty = known.indices.filter { rates.hasNoPopulation[$0] }.map { units[known[$0]].name }
            if !empty.isEmpty {
                warnings.append(
                    "\(empty.count) units have contributions and no inhabitants, and so no rate: "
                        + empty.prefix(5).joined(separator: "; ") + (empty.count > 5 ? "; …" : ""))
            }
        }
        return AreaStatistics(
            layer: layer.id, units: units, outside: counts[units.count], unlocated: counts[units.count + 1],
            suspect: counts[units.count + 2], warnings: warnings, overallRate: overall, dataVersion: version,
            outlines: outlines)
    }

    /// The index of a category in the columns.
    private static func code(of category: String, _ columns: ContributionColumns) throws -> Int {
        guard let code = columns.categoryNames.firstIndex(of: category) else {
            throw PlatformError(
                .badRequest,
                "focus must be a category that has contributions here; there are "
                    + columns.categoryNames.sorted().joined(separator: ", "), parameter: "focus")
        }
        return code
    }
}
