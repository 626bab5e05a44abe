import Formats
public import GeoCore
import PROJCoordinates

extension AnalysisAnswer {
    /// The answer as a GeoJSON FeatureCollection in longitude/latitude with an `analysis` member.
    ///
    /// - Throws: ``PlatformError`` when the shapes cannot be brought to degrees.
    public func geoJSON() throws -> [UInt8] {
        let cells = shapes.cells
        let features = cells == nil ? features : []
        var text = collection(count: cells?.places.count ?? features.count)
        if let cells {
            do {
                try text.append(cells)
            } catch { throw Self.notInDegrees }
            return text.finish()
        }
        for (feature, shape) in zip(features, try shapesInDegrees()) {
            text.append(
                id: .string(feature.id), shape, feature.properties.map { JSONValue.Member($0.name, $0.value) })
        }
        return text.finish()
    }

    /// The text of ``geoJSON()`` as a gzip stream, where it can be had without looking for what is repeated in it; `nil`
    /// where it is not made of all cells of an area, or of too many.
    ///
    /// - Throws: ``PlatformError`` when the shapes cannot be brought to degrees.
    public func packedGeoJSON() throws -> [UInt8]? {
        guard let cells = shapes.cells else { return nil }
        do {
            return try collection(count: 0).packed(cells)
        } catch { throw Self.notInDegrees }
    }

    private func collection(count: Int) -> FeatureCollectionText {
        var members = findings?.members ?? []
        if !scales.isEmpty { members.append(.init("scales", .array(scales.map(\.json)))) }
        return FeatureCollectionText(
            analysis: analysis.json(with: members),
            series: series.isEmpty ? nil : .array(series.map(\.json)), count: count)
    }

    /// The answer as CSV: id, centre in longitude/latitude, figures; or the series or the figures of the whole, where they
    /// are its table.
    ///
    /// - Throws: ``PlatformError`` when the shapes cannot be brought to degrees.
    public func csv() throws -> [UInt8] {
        switch table {
        case .series: return seriesCSV
        case .summary: return summaryCSV
        case .features: break
        }
        let names = features.first?.properties.map(\.name) ?? []
        var text = CSVText.record(["id", "longitude", "latitude"] + names)
        let shapes = try shapesInDegrees()
        for (index, feature) in features.enumerated() {
            let center = shapes[index].boundingBox?.center
            var cells = [feature.id]
            cells += [center?.x, center?.y].map { $0.map { String($0.rounded(toPlaces: 7)) } ?? "" }
            cells += feature.properties.map { Self.cell($0.value) }
            text += CSVText.record(cells)
        }
        return Array(text.utf8)
    }

    private var seriesCSV: [UInt8] {
        var text = CSVText.record(series.map(\.name))
        for row in 0..<(series.first?.values.count ?? 0) {
            text += CSVText.record(series.map { Self.cell($0.values[row]) })
        }
        return Array(text.utf8)
    }

    private var summaryCSV: [UInt8] {
        var text = CSVText.record(["name", "value", "unit"])
        for figure in analysis.summary {
            let value: String =
                switch figure.value {
                case .number(let number): String(number)
                case .text(let text): text
                }
            text += CSVText.record([figure.name, value, figure.unit ?? ""])
        }
        for filter in analysis.filters { text += CSVText.record(["filter \(filter.name)", filter.value, ""]) }
        return Array(text.utf8)
    }

    /// The text of a value in a table; nothing for null, the members of an array with blanks between them, those
    /// of an object as name:value.
    static func cell(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .string(let text): text
        case .array(let values): values.map(cell).joined(separator: " ")
        case .object(let members): members.map { "\($0.name):\(cell($0.value))" }.joined(separator: " ")
        case .written: ""
        }
    }

    /// All shapes in longitude/latitude, in order; corners are transformed in one go.
    func shapesInDegrees() throws -> [Geometry] {
        do {
            let transform =
                try plane ?? CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(analysis.crs))
            var (x, y): ([Double], [Double]) = ([], [])
            for feature in features {
                feature.shape.shape.forEachPosition {
                    x.append($0.x)
                    y.append($0.y)
                }
            }
            try transform.inverse(&x, &y)
            var row = -1
            return features.map { feature in
                feature.shape.shape.mapPositions { _ in
                    row += 1
                    return Position(x[row], y[row])
                }
            }
        } catch {
            throw Self.notInDegrees
        }
    }

    private static var notInDegrees: PlatformError {
        PlatformError(.unsupported, "the shapes cannot be brought to longitude and latitude")
    }
}

extension AnalysisSeries {
    /// The series as JSON.
    var json: JSONValue {
        var members = [JSONValue.Member("name", .string(name))]
        if let unit { members.append(.init("unit", .string(unit))) }
        members.append(.init("values", .array(values)))
        return .object(members)
    }
}

extension AnalysisRecord {
    /// The record as JSON, in a fixed order.
    public var json: JSONValue { json(with: []) }

    /// The same with what belongs to the whole answer beside its shapes.
    func json(with findings: [JSONValue.Member]) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("method", .string(method)), .init("reference", .string(reference)),
            .init("parameters", parameters.json(withOrigin: true)), .init("filters", filters.json),
            .init("crs", .string(crs)),
            .init("studyArea", .string(studyArea)), .init("used", isUsedSuppressed ? .null : .integer(Int64(used))),
            .init("leftOut", leftOut.json),
            .init("summary", summary.json(withOrigin: false)),
        ]
        if let classes { members.append(.init("classes", classes.json)) }
        if let explanation { members.append(.init("explanation", explanation.json)) }
        members += findings
        members += [
            .init("warnings", .array(weaknesses("en").map { .string($0) })),
            .init("cautions", cautions.json(with: warnings)),
            .init("dataVersion", .integer(dataVersion)), .init("engineVersion", .string(engineVersion)),
        ]
        return .object(members)
    }
}
