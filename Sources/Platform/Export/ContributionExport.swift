import Formats
import GeoCore
public import Participation
public import Storage

/// The forms in which contributions leave.
public enum ExportFormat: String, Sendable, Hashable, CaseIterable {
    /// One GeoJSON FeatureCollection.
    case geojson
    /// One GeoJSON feature a line.
    case geojsonseq
    /// A table with longitude, latitude and WKT.
    case csv
}

/// Contributions as bytes, made page by page as they are pulled: memory stays bounded whatever the number.
public struct ContributionExport: AsyncSequence, Sendable {
    /// A buffer of some hundred kilobytes.
    public typealias Element = [UInt8]

    private let engine: any SQLEngine
    private let proceeding: Proceeding
    private let filter: ContributionFilter
    private let format: ExportFormat
    private let scope: Scope
    private let mask: PlaceMask?
    private let tally = MaskTally()
    private static let pageSize = 2000

    init(
        engine: any SQLEngine, proceeding: Proceeding, filter: ContributionFilter, format: ExportFormat, scope: Scope,
        mask: PlaceMask? = nil
    ) {
        self.engine = engine
        self.proceeding = proceeding
        self.filter = filter
        self.format = format
        self.scope = scope
        self.mask = mask
    }

    /// Starts from the first contribution.
    public func makeAsyncIterator() -> Iterator {
        tally.removeAll()
        return Iterator(export: self)
    }

    /// How well the places are hidden that were written so far; `nil` where none is.
    public var maskReport: MaskReport? { mask.map { tally.report($0.crowd) } }

    /// Pulls one page after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private enum Place {
            case start, rows(after: Int64), end
        }

        private let export: ContributionExport
        private var place = Place.start
        private var isFirst = true

        fileprivate init(export: ContributionExport) { self.export = export }

        /// The next bytes; `nil` after the last.
        ///
        /// - Throws: `StorageError`, `CancellationError`.
        public mutating func next() async throws -> [UInt8]? {
            switch place {
            case .end: return nil
            case .start:
                place = .rows(after: 0)
                return export.head
            case .rows(let after):
                let isFirst = isFirst
                let export = export
                let page = try await export.engine.read { connection in
                    var bytes: [UInt8] = []
                    bytes.reserveCapacity(1 << 19)
                    var first = isFirst
                    var scratch: [UInt8] = []
                    let reader = export.scope.reader(connection)
                    let attachments =
                        try export.format == .csv
                        ? [:]
                        : reader.exportAttachments(
                            of: export.proceeding, filter: export.filter, after: after,
                            limit: ContributionExport.pageSize)
                    let last = try reader.exportPage(
                        of: export.proceeding, filter: export.filter, after: after, limit: ContributionExport.pageSize
                    ) { row in
                        try export.write(row, attachments, isFirst: first, &scratch, to: &bytes)
                        first = false
                    }
                    return (bytes: bytes, last: last)
                }
                guard let last = page.last else {
                    place = .end
                    return export.tail
                }
                self.isFirst = false
                place = .rows(after: last)
                return page.bytes
            }
        }
    }

    private var head: [UInt8] {
        switch format {
        case .geojson:
            var bytes = Array(#"{"type":"FeatureCollection","name":"#.utf8)
            JSONWriter.append(proceeding.id, to: &bytes)
            if let licence = proceeding.details.licence ?? scope.tenant.licence {
                bytes += Array(#","licence":"#.utf8)
                JSONWriter.append(licence, to: &bytes)
            }
            if let mask {
                let how =
                    mask.crowd == .contributions ? "by 30 to 150 m" : "as far as 5 to 50 \(mask.crowd.rawValue) reach"
                bytes += Array(#","mask":"places moved \#(how)""#.utf8)
            }
            bytes += Array(#","features":["#.utf8)
            return bytes
        case .geojsonseq: return []
        case .csv:
            return Array(
                """
                id,title,text,category,type,longitude,latitude,wkt,locationQuality,state,created,changed,votesUp,\
                votesDown,comments,source,externalId,status,redacted,tags,keywordPicked,keywordSuggested\r\n
                """.utf8)
        }
    }

    private var tail: [UInt8] {
        guard format == .geojson else { return [] }
        var bytes = Array("\n]".utf8)
        if let maskReport {
            bytes += Array(#","maskReport":"#.utf8)
            maskReport.value.append(to: &bytes)
        }
        return bytes + Array("}\n".utf8)
    }

    private func write(
        _ row: any SQLRow, _ attachments: [Int64: [Attachment]], isFirst: Bool, _ scratch: inout [UInt8],
        to bytes: inout [UInt8]
    ) throws {
        switch format {
        case .geojson:
            bytes += isFirst ? [0x0A] : [0x2C, 0x0A]
            try feature(row, attachments[row.integer(0)], &scratch, to: &bytes)
        case .geojsonseq:
            // RFC 8142: a record separator before each text, a line feed behind it.
            bytes.append(0x1E)
            try feature(row, attachments[row.integer(0)], &scratch, to: &bytes)
            bytes.append(0x0A)
        case .csv: try line(row, to: &bytes)
        }
    }

    /// An instant as the viewer may know it: to the minute for the public, since exact times tell people apart.
    private func visible(_ milliseconds: Int64) -> Int64 {
        scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key) ? milliseconds : Timestamp.minute(milliseconds)
    }

    private func feature(
        _ row: any SQLRow, _ attachments: [Attachment]?, _ scratch: inout [UInt8], to bytes: inout [UInt8]
    ) throws {
        JSONWriter.append(literal: "{\"type\":\"Feature\",\"id\":\"", to: &bytes)
        JSONWriter.append(row.integer(0), to: &bytes)
        JSONWriter.append(literal: "\",\"geometry\":", to: &bytes)
        if row.isNull(5) {
            JSONWriter.append(literal: "null", to: &bytes)
        } else {
            scratch.removeAll(keepingCapacity: true)
            if let mask {
                guard let place = try mask.masked(WKB.decode(row.blob(5)), of: row.integer(0), tally) else {
                    throw PlatformError(.unsupported, "contribution \(row.integer(0)) has no place that can be masked")
                }
                WKB.append(place, to: &scratch)
            } else {
                row.appendBytes(of: 5, to: &scratch)
            }
            try WKB.appendGeoJSON(scratch[...], to: &bytes)
        }
        text("{\"title\":", row, 1, opening: ",\"properties\":", &scratch, &bytes)
        text(",\"text\":", row, 2, &scratch, &bytes)
        text(",\"category\":", row, 3, &scratch, &bytes)
        text(",\"type\":", row, 4, &scratch, &bytes)
        JSONWriter.append(literal: ",\"locationQuality\":\"", to: &bytes)
        bytes += (Contribution.LocationQuality(rawValue: row.integer(6)) ?? .suspect).name.utf8
        JSONWriter.append(literal: "\",\"state\":\"", to: &bytes)
        bytes += (Contribution.State(rawValue: row.integer(7)) ?? .hidden).name.utf8
        JSONWriter.append(literal: "\",\"created\":\"", to: &bytes)
        Timestamp.append(visible(row.integer(8)), to: &bytes)
        JSONWriter.append(literal: "\",\"changed\":\"", to: &bytes)
        Timestamp.append(visible(row.integer(9)), to: &bytes)
        JSONWriter.append(literal: "\",\"votesUp\":", to: &bytes)
        JSONWriter.append(row.integer(10), to: &bytes)
        JSONWriter.append(literal: ",\"votesDown\":", to: &bytes)
        JSONWriter.append(row.integer(11), to: &bytes)
        JSONWriter.append(literal: ",\"comments\":", to: &bytes)
        JSONWriter.append(row.integer(12), to: &bytes)
        text(",\"source\":", row, 13, &scratch, &bytes)
        text(",\"externalId\":", row, 14, &scratch, &bytes)
        JSONWriter.append(literal: ",\"status\":\"", to: &bytes)
        bytes += (OfficialStatus(rawValue: row.integer(15)) ?? .received).name.utf8
        JSONWriter.append(literal: "\"", to: &bytes)
        for (name, values) in ExportedLabels(row).lists where !values.isEmpty {
            JSONWriter.append(literal: ",\"", to: &bytes)
            bytes += name.utf8
            JSONWriter.append(literal: "\":", to: &bytes)
            JSONValue.array(values.map { .string($0) }).append(to: &bytes)
        }
        if row.integer(16) != 0 { JSONWriter.append(literal: ",\"redacted\":true", to: &bytes) }
        if let attachments {
            JSONWriter.append(literal: ",\"attachments\":", to: &bytes)
            JSONValue.array(attachments.map { $0.value(in: proceeding) }).append(to: &bytes)
        }
        JSONWriter.append(literal: "}}", to: &bytes)
    }

    private func text(
        _ name: String, _ row: any SQLRow, _ column: Int, opening: String = "", _ scratch: inout [UInt8],
        _ bytes: inout [UInt8]
    ) {
        JSONWriter.append(literal: opening, to: &bytes)
        JSONWriter.append(literal: name, to: &bytes)
        guard !row.isNull(column) else { return JSONWriter.append(literal: "null", to: &bytes) }
        scratch.removeAll(keepingCapacity: true)
        row.appendBytes(of: column, to: &scratch)
        JSONWriter.append(utf8: scratch, to: &bytes)
    }

    private func line(_ row: any SQLRow, to bytes: inout [UInt8]) throws {
        var geometry = row.isNull(5) ? nil : try WKB.decode(row.blob(5))
        if let mask, let place = geometry { geometry = try mask.masked(place, of: row.integer(0), tally) }
        var cells = ["\(row.integer(0))"] + (1...4).map { row.text($0) }
        let point: Position? =
            if case .point(let position)? = geometry { position } else { geometry?.boundingBox?.center }
        cells += [point?.x, point?.y].map { $0.map { "\($0.rounded(toPlaces: 7))" } ?? "" }
        cells.append(geometry.map { WKT.format($0) } ?? "")
        cells.append((Contribution.LocationQuality(rawValue: row.integer(6)) ?? .suspect).name)
        cells.append((Contribution.State(rawValue: row.integer(7)) ?? .hidden).name)
        cells += [8, 9].map { Timestamp.rfc3339(visible(row.integer($0))) }
        cells += (10...12).map { "\(row.integer($0))" }
        cells += [row.text(13), row.text(14), (OfficialStatus(rawValue: row.integer(15)) ?? .received).name]
        cells.append(row.integer(16) == 0 ? "false" : "true")
        cells += ExportedLabels(row).lists.map { $0.values.joined(separator: "; ") }
        bytes += Array(CSVText.record(cells).utf8)
    }
}

extension Installation {
    /// All contributions of a proceeding that a filter lets through and the viewer may see, in order of number; that of
    /// staff is noted in the audit log.
    ///
    /// - Parameters:
    ///   - masking: how places are hidden; not at all when `nil`.
    ///   - bounds: what the mask is held to.
    /// - Throws: ``PlatformError`` `notFound` for a layer or feature that is not there, `unsupported` for a CRS in which places
    ///   cannot be moved, `forbidden` for bounds of those who may not read unpublished aggregates.
    public func export(
        of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(), format: ExportFormat,
        masking: PlaceMasking? = nil, bounds: MaskBounds = MaskBounds(), scope: Scope
    ) async throws -> ContributionExport {
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        let mask = masking == nil ? nil : try await placeMask(bounds, of: proceeding, scope: scope)
        try await noteExport(
            masking.map { "\(format.rawValue) \($0.rawValue)" } ?? format.rawValue, of: proceeding, scope: scope)
        return ContributionExport(
            engine: engine, proceeding: proceeding, filter: filter, format: format, scope: scope, mask: mask)
    }
}
