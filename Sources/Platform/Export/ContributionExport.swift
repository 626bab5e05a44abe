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

    let installation: Installation
    let proceeding: Proceeding
    let filter: ContributionFilter
    let format: ExportFormat
    let shape: ExportShape
    let scope: Scope
    let places: ExportedPlaces
    private static let pageSize = 2000
    /// Comments of a page beyond which it takes no further contribution.
    private static let commentsOfPage = 5000

    /// Starts from the first contribution.
    public func makeAsyncIterator() -> Iterator {
        places.tally.removeAll()
        return Iterator(export: self)
    }

    /// How well the places are hidden that were written so far; `nil` where none is.
    public var maskReport: MaskReport? { places.report }

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
        /// - Throws: `StorageError`, `CancellationError`; ``PlatformError`` `forbidden` where the operator was let in for a
        ///   while only, and that has ended.
        public mutating func next() async throws -> [UInt8]? {
            switch place {
            case .end: return nil
            case .start:
                place = .rows(after: 0)
                return export.head
            case .rows(let after):
                let isFirst = isFirst
                let export = export
                try await export.installation.requireStillLetIn(export.scope)
                let page = try await export.installation.engine.read { connection in
                    try export.page(after: after, isFirst: isFirst, export.scope.reader(connection))
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

    /// The bytes of one page, and the number of its last contribution; `nil` where there is none.
    private func page(
        after: Int64, isFirst: Bool, _ reader: ScopedReader
    ) throws -> (bytes: [UInt8], last: Int64?) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 << 19)
        var (first, scratch, limit) = (isFirst, [UInt8](), Self.pageSize)
        var comments: [Int64: [Comment]] = [:]
        if shape.comments != .count {
            limit = try reader.exportPageLength(
                of: proceeding, filter: filter, after: after, limit: limit, mostComments: Self.commentsOfPage)
            comments = try reader.exportComments(of: proceeding, filter: filter, after: after, limit: limit)
        }
        let attachments =
            try format == .csv
            ? [:] : reader.exportAttachments(of: proceeding, filter: filter, after: after, limit: limit)
        let last = try reader.exportPage(of: proceeding, filter: filter, after: after, limit: limit) { row in
            let id = row.integer(0)
            try write(row, attachments[id], comments[id] ?? [], isFirst: first, &scratch, to: &bytes)
            first = false
        }
        return (bytes, last)
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
            if let crs = shape.crs {
                bytes += Array(#","crs":{"type":"name","properties":{"name":"\#(crs.uniformName)"}}"#.utf8)
            }
            if let mask = places.mask {
                let how =
                    mask.crowd == .contributions ? "by 30 to 150 m" : "as far as 5 to 50 \(mask.crowd.rawValue) reach"
                bytes += Array(#","mask":"places moved \#(how)""#.utf8)
            }
            bytes += Array(#","features":["#.utf8)
            return bytes
        case .geojsonseq: return []
        case .csv: return (shape.hasByteOrderMark ? CSVText.byteOrderMark : []) + Array(columns.utf8)
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
        _ row: any SQLRow, _ attachments: [Attachment]?, _ comments: [Comment], isFirst: Bool,
        _ scratch: inout [UInt8], to bytes: inout [UInt8]
    ) throws {
        switch format {
        case .geojson:
            bytes += isFirst ? [0x0A] : [0x2C, 0x0A]
            try feature(row, attachments, comments, &scratch, to: &bytes)
        case .geojsonseq:
            // RFC 8142: a record separator before each text, a line feed behind it.
            bytes.append(0x1E)
            try feature(row, attachments, comments, &scratch, to: &bytes)
            bytes.append(0x0A)
        case .csv: try line(row, to: &bytes)
        }
    }
}

extension Installation {
    /// All contributions of a proceeding that a filter lets through and the viewer may see, in order of number; that of
    /// staff is noted in the audit log.
    ///
    /// - Parameters:
    ///   - shape: coordinates, byte-order mark and comments.
    ///   - masking: how places are hidden; not at all when `nil`.
    ///   - bounds: what the mask is held to.
    /// - Throws: ``PlatformError`` `notFound` for a layer or feature that is not there, `unsupported` for a CRS in which places
    ///   cannot be moved, `forbidden` for bounds of those who may not read unpublished aggregates.
    public func export(
        of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(), format: ExportFormat,
        shape: ExportShape = ExportShape(), masking: PlaceMasking? = nil, bounds: MaskBounds = MaskBounds(),
        scope: Scope
    ) async throws -> ContributionExport {
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        let mask = masking == nil ? nil : try await placeMask(bounds, of: proceeding, scope: scope)
        try await noteExport(
            masking.map { "\(format.rawValue) \($0.rawValue)" } ?? format.rawValue, of: proceeding, scope: scope)
        return ContributionExport(
            installation: self, proceeding: proceeding, filter: filter, format: format, shape: shape, scope: scope,
            places: ExportedPlaces(mask: mask, crs: shape.crs))
    }
}
