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
        /// What was asked beside, by name in a fixed order.
        public var further: [JSONValue.Member] = []
    }

    /// Slug of the layer.
    public var layer: String
    /// The units, in the layer's order.
    public var units: [Unit]
    /// Located contributions in no unit.
    public var outside: Int
    /// Contributions without a usable place.
    public var unlocated: Int
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
    /// Classes of the units, where they were asked for.
    public var classes: ValueClasses?
    /// Outlines of the units in metres, for a map of classes.
    var outlines: [MetricGeometry] = []

    /// A GeoJSON FeatureCollection of the units with their figures.
    public var geoJSON: [UInt8] {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        var about: [JSONValue.Member] = [
            .init("method", .string("Contributions per area unit, empirical-Bayes rates")),
            .init("reference", .string("Garwood 1936; Marshall 1991")), .init("layer", .string(layer)),
            .init("outside", .integer(Int64(outside))), .init("unlocated", .integer(Int64(unlocated))),
            .init("overallRatePer1000", number(overallRate)), .init("smoothing", .string(smoothing.rawValue)),
            .init("silent", .integer(Int64(units.count { $0.isSilent }))), .init("dataVersion", .integer(dataVersion)),
            .init("engineVersion", .string(Installation.version)),
        ]
        if let focus { about += [.init("focus", .string(focus)), .init("focusShare", number(focusShare))] }
        if let classes {
            let value = hasRates ? "smoothedRatePer1000" : "densityPerKm2"
            about += [.init("classified", .string(value)), .init("classes", classes.json)]
        }
        var text = FeatureCollectionText(analysis: .object(about), count: units.count)
        for unit in units { text.append(id: .integer(unit.ordinal), unit.geometry, unit.members) }
        return text.finished()
    }
}

extension AreaStatistics.Unit {
    /// The figures by name, in a fixed order.
    public var members: [JSONValue.Member] {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        return [
            .init("name", .string(name)), .init("count", isSuppressed ? .null : .integer(Int64(count))),
            .init("areaKm2", .number(area)), .init("densityPerKm2", number(density)),
            .init("population", number(population)), .init("ratePer1000", number(rate)),
            .init("rateLower95", number(interval?.lower)), .init("rateUpper95", number(interval?.upper)),
            .init("smoothedRatePer1000", number(smoothedRate)), .init("isUnreliable", .bool(isUnreliable)),
            .init("expected", number(expected)), .init("relativeRate", number(relative)),
            .init("isSilent", .bool(isSilent)), .init("isSuppressed", .bool(isSuppressed)),
        ] + further
    }
}

extension AreaStatistics {
    /// Withholds counts of fewer than five people, and as many others as are needed so that no total gives them away.
    mutating func suppress(_ contributors: [Contributors]) throws {
        let suppression = try CellSuppression(units.map(\.count), contributors: contributors)
        for place in suppression.suppressed {
            units[place].isSuppressed = true
            units[place].count = 0
            (units[place].density, units[place].rate, units[place].smoothedRate) = (nil, nil, nil)
            (units[place].interval, units[place].relative) = (nil, nil)
            units[place].isUnreliable = false
        }
        guard !suppression.isTotalPublishable else { return }
        // What rests on the sum of all would tell the one that is withheld.
        overallRate = nil
        for place in units.indices {
            (units[place].expected, units[place].relative, units[place].smoothedRate) = (nil, nil, nil)
        }
    }
}

extension Installation {
    /// Counts contributions in the polygons of a layer, with densities and, where inhabitants are known, rates.
    ///
    /// A contribution on a shared border counts once, in the unit that comes first. Where contributions of private
    /// categories are among them, the public is not told counts of fewer than five people, nor what would give them away
    /// (``Analysis/CellSuppression``).
    ///
    /// - Throws: ``PlatformError`` `invalidInput` when the layer has no polygons or too many, `badRequest` for a category
    ///   or a number of classes that cannot be.
    public func areaStatistics(
        layer id: String, of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(),
        options: AreaOptions = AreaOptions(), scope: Scope
    ) async throws -> AreaStatistics {
        let layer = try await layer(id, of: proceeding, scope: scope)
        let columns = try await contributionColumns(of: proceeding, filter: filter, scope: scope)
        let units = try await areaUnits(of: layer, scope: scope)
        let crs = try MetricCRS.resolve(
            proceeding.settings.metricCRS ?? scope.tenant.metricCRS, covering: layer.boundingBox)
        do {
            let transform = try CoordinateTransform(from: .wgs84, to: crs, area: layer.boundingBox)
            let index = PolygonIndex(units.map(\.geometry))
            var statistics = try Self.count(columns, units, index, layer, transform, proceeding)
            let totals = statistics.units.map(\.count)
            let hidesFew = try await withholdsFew(columns.categoryNames, of: proceeding, scope: scope)
            // A rate smoothed towards a few neighbours would tell of counts that are withheld.
            if options.smoothing == .local, !hidesFew { try statistics.smoothLocally() }
            if hidesFew { try statistics.suppress(Self.contributors(columns, in: index) { _ in true }) }
            if let focus = options.focus {
                let code = try Self.code(of: focus, columns)
                var counts = [Int](repeating: 0, count: index.count)
                Self.forEachPlaced(columns, in: index) { row, unit in
                    if Int(columns.category[row]) == code { counts[unit] += 1 }
                }
                var contributors: [Contributors]?
                if hidesFew {
                    // A share tells of its category and of all others.
                    let own = Self.contributors(columns, in: index) { Int(columns.category[$0]) == code }
                    let others = Self.contributors(columns, in: index) { Int(columns.category[$0]) != code }
                    contributors = zip(own, others).map { .fewer($0, $1) }
                }
                try statistics.compare(focus, counts: counts, totals: totals, contributors: contributors)
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
        _ columns: ContributionColumns, _ polygons: [AreaUnit], _ index: PolygonIndex, _ layer: PlanningLayer,
        _ transform: CoordinateTransform, _ proceeding: Proceeding
    ) throws -> AreaStatistics {
        let outlines = try polygons.map { try transform.metric($0.geometry) }
        var units = try zip(polygons, outlines).map { unit, outline in
            try Task.checkCancellation()
            return AreaStatistics.Unit(
                ordinal: unit.ordinal, name: unit.name, geometry: unit.geometry, count: 0,
                area: try outline.area() / 1e6, population: unit.population, isUnreliable: false)
        }
        var outside = 0
        var unlocated = 0
        for row in 0..<columns.count {
            if row & 0xFFF == 0 { try Task.checkCancellation() }
            guard columns.longitude[row].isFinite, columns.quality[row] != .suspect else {
                unlocated += 1
                continue
            }
            if let unit = index.firstPolygon(containing: columns.longitude[row], columns.latitude[row]) {
                units[unit].count += 1
            } else {
                outside += 1
            }
        }
        for place in units.indices where units[place].area > 0 {
            units[place].density = Double(units[place].count) / units[place].area
        }
        var overall: Double?
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
        }
        return AreaStatistics(
            layer: layer.id, units: units, outside: outside, unlocated: unlocated, overallRate: overall,
            dataVersion: proceeding.dataVersion, outlines: outlines)
    }

    /// The index of a category in the columns.
    private static func code(of category: String, _ columns: ContributionColumns) throws -> Int {
        guard let code = columns.categoryNames.firstIndex(of: category) else {
            throw PlatformError(
                .badRequest,
                "focus must be a category that has contributions here; there are "
                    + columns.categoryNames.sorted().joined(separator: ", "))
        }
        return code
    }

    /// Who stands behind the contributions in each unit that are counted.
    private static func contributors(
        _ columns: ContributionColumns, in index: PolygonIndex, where isCounted: (Int) -> Bool
    ) -> [Contributors] {
        var found = [Contributors](repeating: Contributors(), count: index.count)
        forEachPlaced(columns, in: index) { row, unit in
            if isCounted(row) { found[unit].add(columns.author[row]) }
        }
        return found
    }

    /// Goes through the contributions that lie in a unit.
    private static func forEachPlaced(
        _ columns: ContributionColumns, in index: PolygonIndex, _ body: (_ row: Int, _ unit: Int) -> Void
    ) {
        for row in 0..<columns.count where columns.longitude[row].isFinite && columns.quality[row] != .suspect {
            if let unit = index.firstPolygon(containing: columns.longitude[row], columns.latitude[row]) {
                body(row, unit)
            }
        }
    }
}
