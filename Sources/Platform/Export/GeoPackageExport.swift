import Formats
import GeoCore
public import Participation
public import Storage

extension Installation {
    /// Writes the contributions that a filter lets through and the viewer may see, and the comments on them, as a
    /// GeoPackage: two tables, licence and source inside; that of staff is noted in the audit log.
    ///
    /// Page by page: memory stays bounded whatever the number. The same data give the same file.
    ///
    /// - Parameters:
    ///   - path: where the file is made; nothing may be there.
    ///   - crs: system of the coordinates; longitude and latitude when `nil`.
    ///   - masking: how places are hidden; not at all when `nil`.
    ///   - bounds: what the mask is held to.
    ///   - afterPage: called after each page; the file may have grown, and is given up when this throws.
    /// - Returns: how well places are hidden, where they are.
    /// - Throws: as the other exports; `Formats.FormatError` when the file cannot be written.
    @discardableResult
    public func writeGeoPackage(
        to path: String, of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(),
        crs: ServedCRS? = nil, masking: PlaceMasking? = nil, bounds: MaskBounds = MaskBounds(), scope: Scope,
        afterPage: @Sendable () throws -> Void = {}
    ) async throws -> MaskReport? {
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        let mask = masking == nil ? nil : try await placeMask(bounds, of: proceeding, scope: scope)
        try await noteExport(masking.map { "gpkg \($0.rawValue)" } ?? "gpkg", of: proceeding, scope: scope)
        let export = GeoPackageExport(
            proceeding: proceeding, filter: filter, scope: scope,
            places: ExportedPlaces(mask: mask, crs: ExportShape(crs: crs).crs))
        let file = try export.begin(path)
        var after: Int64 = 0
        while true {
            try Task.checkCancellation()
            try await requireStillLetIn(scope)
            let begin = after
            let page = try await engine.read { try export.page(after: begin, scope.reader($0)) }
            try export.write(page, to: file)
            try afterPage()
            guard let last = page.last else { break }
            after = last
        }
        try export.describe(file)
        try file.finish()
        return export.places.report
    }
}

/// What goes into a GeoPackage of contributions.
private struct GeoPackageExport: Sendable {
    let proceeding: Proceeding
    let filter: ContributionFilter
    let scope: Scope
    let places: ExportedPlaces

    struct Row: Sendable {
        var id: Int64
        var wkb: [UInt8]?
        var values: [GeoPackageWriter.Value]
    }

    struct Page: Sendable {
        var contributions: [Row] = []
        var comments: [Row] = []
        var last: Int64?
    }

    private static let pageSize = 1000
    private static let contributions = "contributions"
    private static let comments = "comments"

    func begin(_ path: String) throws -> GeoPackageWriter {
        let file = try GeoPackageWriter(
            path: path, system: places.crs?.geoPackageSystem ?? .wgs84)
        try file.addTable(
            Self.contributions, title: proceeding.name, about: proceeding.description, hasGeometry: true,
            columns: [
                .init("title", .text), .init("text", .text), .init("category", .text), .init("type", .text),
                .init("location_quality", .text), .init("state", .text), .init("created", .instant),
                .init("changed", .instant), .init("votes_up", .integer), .init("votes_down", .integer),
                .init("comments", .integer), .init("source", .text), .init("external_id", .text),
                .init("status", .text), .init("redacted", .boolean), .init("tags", .text),
                .init("keyword_picked", .text), .init("keyword_suggested", .text),
                .init("channel", .text),
            ], changed: proceeding.created)
        try file.addTable(
            Self.comments, title: "\(proceeding.name): comments", about: "contribution and parent are the fid of a row",
            hasGeometry: false,
            columns: [
                .init("contribution", .integer), .init("parent", .integer), .init("subject", .text),
                .init("text", .text), .init("created", .instant),
            ], changed: proceeding.created)
        return file
    }

    /// Writes licence and source.
    ///
    /// When the data changed is not told: the file names their version, and no time of its own.
    func describe(_ file: GeoPackageWriter) throws {
        let licence = proceeding.details.licence ?? scope.tenant.licence
        let publisher = proceeding.details.publisher ?? scope.tenant.publisher
        var members: [JSONValue.Member] = [
            .init("@context", .string("https://schema.org/")), .init("@type", .string("Dataset")),
            .init("identifier", .string(proceeding.id)), .init("name", .string(proceeding.name)),
            .init("description", .string(proceeding.description)),
            .init("version", .string("\(proceeding.dataVersion)")),
            .init("creator", .string("Mitplan \(Installation.version)")),
        ]
        if let licence { members.append(.init("license", .string(licence))) }
        if let publisher { members.append(.init("publisher", .string(publisher))) }
        if let maskReport = places.report { members.append(.init("mask", maskReport.value)) }
        var text: [UInt8] = []
        JSONValue.object(members).append(to: &text)
        try file.describe(
            String(decoding: text, as: UTF8.self), mediaType: "application/ld+json", at: proceeding.created)
    }

    func page(after: Int64, _ reader: ScopedReader) throws -> Page {
        var page = Page()
        page.last = try reader.exportPage(of: proceeding, filter: filter, after: after, limit: Self.pageSize) { row in
            page.contributions.append(try contribution(row))
        }
        guard let first = page.contributions.first?.id, let last = page.contributions.last?.id else { return page }
        let chosen = Set(page.contributions.map(\.id))
        page.comments = try reader.pdsComments(on: first...last, of: proceeding).filter { chosen.contains($0.root) }
            .map { comment in
                Row(
                    id: comment.id,
                    values: [
                        .integer(comment.root), comment.parent.map { .integer($0) } ?? .null, .init(comment.subject),
                        .text(comment.text), .instant(visible(comment.created)),
                    ])
            }
        return page
    }

    func write(_ page: Page, to file: GeoPackageWriter) throws {
        for row in page.contributions {
            try file.insert(into: Self.contributions, id: row.id, wkb: row.wkb, row.values)
        }
        for row in page.comments { try file.insert(into: Self.comments, id: row.id, row.values) }
    }

    private func contribution(_ row: any SQLRow) throws -> Row {
        let id = row.integer(0)
        let wkb =
            try places.areAsStored ? (row.isNull(5) ? nil : row.blob(5)) : places.shown(row).map { WKB.encode($0) }
        let labels = ExportedLabels(row)
        return Row(
            id: id, wkb: wkb,
            values: [
                .text(row.text(1)), .text(row.text(2)), .init(row.optionalText(3)), .init(row.optionalText(4)),
                .text((Contribution.LocationQuality(rawValue: row.integer(6)) ?? .suspect).name),
                .text((Contribution.State(rawValue: row.integer(7)) ?? .hidden).name),
                .instant(visible(row.integer(8))), .instant(visible(row.integer(9))), .integer(row.integer(10)),
                .integer(row.integer(11)), .integer(row.integer(12)), .init(row.optionalText(13)),
                .init(row.optionalText(14)), .text((OfficialStatus(rawValue: row.integer(15)) ?? .received).name),
                .integer(row.integer(16) == 0 ? 0 : 1),
            ] + labels.lists.map { $0.values.isEmpty ? .null : .text($0.values.joined(separator: "; ")) }
                + [.text(labels.channel.rawValue)])
    }

    /// To the minute for the public: exact times tell people apart.
    private func visible(_ milliseconds: Int64) -> Int64 {
        scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key) ? milliseconds : Timestamp.minute(milliseconds)
    }
}
