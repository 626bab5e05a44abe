import GEOSGeometry
import GeoCore
import PROJCoordinates
public import Participation
public import Storage

extension Installation {
    /// Makes a report of a proceeding as one HTML document: summary, maps, tables, hot spots with what is said there,
    /// method and limits.
    ///
    /// It needs nothing beside itself and can be printed. The same data and language give the same bytes: it names the
    /// version of the data, and no time of its own.
    ///
    /// - Parameter language: `de` or `en`.
    /// - Throws: ``PlatformError`` as the questions it asks.
    public func report(
        of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(), language: String, scope: Scope
    ) async throws -> [UInt8] {
        let words = ReportWords(language: language)
        let statistics = try await statistics(of: proceeding, filter: filter, scope: scope)
        let hotspots: HotspotAnswer? = try await whereBorne {
            try await findHotspots(HotspotQuestion(method: .auto), of: proceeding, filter: filter, scope: scope)
        }
        var density = HotspotQuestion(method: .kde)
        density.surface = .isolines
        let question = density
        let isolines: HotspotAnswer? = try await whereBorne {
            try await findHotspots(question, of: proceeding, filter: filter, scope: scope)
        }
        var places: [(place: HotspotPlace, contributions: [Contribution])] = []
        let hotPlaces = hotspots?.hotPlaces().prefix(10) ?? []
        let counted = hotPlaces.isEmpty ? [:] : try await countedPlaces(of: proceeding, filter, scope)
        for place in hotPlaces {
            places.append((place, try await said(at: place, in: hotspots, counted, proceeding, filter, scope)))
        }
        let isSelection = !filter.isEmpty
        var report = ReportDocument(
            title: "\(words.report): \(proceeding.name)" + (isSelection ? " (\(words.selection))" : ""),
            language: words.language)
        if isSelection {
            let period = PeriodWords(timeZone: scope.tenant.timeZone).text(from: filter.from, until: filter.until)
            report.paragraph(words.selected(filter.terms, period: period))
        }
        report.paragraph(
            words.analysis.versions(data: [proceeding.dataVersion], engine: Installation.version), style: "small")
        report.summary(words, statistics, hotspots, places.map(\.place), filter)
        report.hotspots(
            words, hotspots, places,
            categories: Dictionary(
                statistics.categories.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first }))
        if let isolines, !isolines.features.isEmpty {
            report.heading(2, words.density)
            report.picture(isolines.svg(language: words.language))
        }
        report.figures(words, statistics, proceeding)
        for layer in try await layers(of: proceeding, scope: scope) where layer.role == .areaUnits {
            let units: AreaStatistics? = try await whereBorne {
                try await areaStatistics(layer: layer.id, of: proceeding, filter: filter, scope: scope)
            }
            if let units { report.areas(words, units, layer.name) }
        }
        report.method(words, [hotspots, isolines].compactMap { $0 })
        return report.bytes()
    }

    /// Where contributions count, by their numbers: those of private categories where everybody sees them, whoever reads the
    /// report.
    private func countedPlaces(
        of proceeding: Proceeding, _ filter: ContributionFilter, _ scope: Scope
    ) async throws -> [Int64: Position] {
        let columns = try await contributionColumns(of: proceeding, filter: filter, scope: scope)
        var places: [Int64: Position] = [:]
        places.reserveCapacity(columns.count)
        for row in 0..<columns.count where columns.longitude[row].isFinite {
            places[columns.id[row]] = Position(columns.longitude[row], columns.latitude[row])
        }
        return places
    }

    /// The contributions that count in a place, those with the most votes for them first.
    private func said(
        at place: HotspotPlace, in answer: HotspotAnswer?, _ counted: [Int64: Position], _ proceeding: Proceeding,
        _ filter: ContributionFilter, _ scope: Scope
    ) async throws -> [Contribution] {
        guard let answer else { return [] }
        let shape: Geometry
        do {
            shape = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(answer.analysis.crs))
                .degrees(place.shape)
        } catch { return [] }
        guard let box = shape.boundingBox else { return [] }
        var near = filter
        // A box of the question stays a condition: only what is in both counts.
        let boxes =
            filter.boxes.isEmpty
            ? [box]
            : filter.boxes.filter(box.intersects).map { given in
                BoundingBox(
                    minX: max(given.minX, box.minX), minY: max(given.minY, box.minY),
                    maxX: min(given.maxX, box.maxX), maxY: min(given.maxY, box.maxY))
            }
        guard !boxes.isEmpty else { return [] }
        near.boxes = boxes
        let found = try await contributions(of: proceeding, filter: near, limit: 1000, after: nil, scope: scope).items
        let index = PolygonIndex([shape])
        let inside = found.filter { contribution in
            // Those who see the true place of a private one would find it elsewhere than it counts.
            guard let point = counted[contribution.id] else { return false }
            return index.firstPolygon(containing: point.x, point.y) != nil
        }
        return inside.sorted { ($1.votesUp, $0.id) < ($0.votesUp, $1.id) }
    }
}
