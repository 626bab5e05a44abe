import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Platform
import Storage

/// Everything of a proceeding in one stream, at the pace of the reader.
enum ExportRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/export", operation: "export",
                summary: "All visible contributions as a file, streamed.", tag: "Export", access: .everybody,
                parameters: Call.filterParameters + [
                    Call.formatParameter(ExportFormat.allCases.map(\.rawValue) + [geoPackage]),
                    ParameterDescription(
                        name: "mask",
                        summary:
                            "For publishing: donut moves every place by 30 to 150 m, always alike, and makes lines and "
                            + "areas points.", shape: .choice(PlaceMasking.allCases.map(\.rawValue))),
                    ParameterDescription(
                        name: "zone",
                        summary:
                            "Layer of areas in which masked places stay; for those who may read unpublished aggregates."
                    ),
                    ParameterDescription(
                        name: "population",
                        summary:
                            "Layer of addresses, or of units with inhabitants, of which 5 to 50 lie as far as masked places "
                            + "are moved; for those who may read unpublished aggregates."),
                    ParameterDescription(
                        name: "profile", summary: "Columns of another system, as CSV.",
                        shape: .choice(DIPASTable.Content.allCases.map(\.rawValue))),
                    Call.crsParameter,
                    ParameterDescription(
                        name: "bom",
                        summary:
                            "Whether CSV begins with a byte-order mark, by which Excel knows UTF-8; true by default with "
                            + "profile, false otherwise.", shape: .flag),
                    ParameterDescription(
                        name: "comments",
                        summary:
                            "Comments with their votes within each feature of GeoJSON: nested below what they answer, or "
                            + "flat with their parents; count, their number alone, by default.",
                        shape: .choice(ExportedComments.allCases.map(\.rawValue))),
                ],
                produces: [
                    "application/geo+json", "application/geo+json-seq", "text/csv", "application/geopackage+sqlite3",
                ], problems: [401, 403, 422])
        ) { call in
            let filter = try await call.filter()
            let isGeoPackage = try call.query.text("f") == geoPackage
            let format = try isGeoPackage ? .geojson : call.query.choice("f", as: ExportFormat.self) ?? .geojson
            let profile = try call.query.choice("profile", as: DIPASTable.Content.self)
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let masking = try call.query.choice("mask", as: PlaceMasking.self)
            let bounds = MaskBounds(zone: try call.query.text("zone"), population: try call.query.text("population"))
            if masking == nil, bounds != MaskBounds() {
                throw Problem.parameter(
                    bounds.zone == nil ? "population" : "zone",
                    "zone and population go with mask, for example mask=donut.")
            }
            if masking != nil, profile != nil {
                throw Problem.parameter(
                    "mask", "mask goes without profile: f=geojson, geojsonseq, csv or gpkg can be masked.")
            }
            let crs = try call.coordinates()
            if crs != nil, profile != nil { throw Problem.parameter("crs", "profile has no coordinates.") }
            let mark = try byteOrderMark(call, isTable: profile != nil || (!isGeoPackage && format == .csv))
            let comments = try call.query.choice("comments", as: ExportedComments.self) ?? .count
            if comments != .count, profile != nil || isGeoPackage || format == .csv {
                throw Problem.parameter("comments", "comments goes with f=geojson and f=geojsonseq.")
            }
            if let profile { return try await table(profile, of: proceeding, filter, mark ?? true, call, scope) }
            if isGeoPackage { return try await file(of: proceeding, filter, crs, masking, bounds, call, scope) }
            let stream = try await call.installation.export(
                of: proceeding, filter: filter, format: format,
                shape: ExportShape(crs: crs, hasByteOrderMark: mark ?? false, comments: comments), masking: masking,
                bounds: bounds, scope: scope)
            let (type, ending) =
                switch format {
                case .geojson: ("application/geo+json; charset=utf-8", "geojson")
                case .geojsonseq: ("application/geo+json-seq", "geojsonl")
                case .csv: ("text/csv; charset=utf-8; header=present", "csv")
                }
            return Response(
                status: .ok, headers: headers(type, "\(proceeding.id)-contributions.\(ending)", crs),
                body: body(stream))
        }
    ]

    private static func byteOrderMark(_ call: Call, isTable: Bool) throws -> Bool? {
        guard let flag = try call.query.flag("bom") else { return nil }
        guard isTable else { throw Problem.parameter("bom", "bom goes with f=csv and with profile.") }
        return flag
    }

    private static func headers(_ type: String, _ name: String, _ crs: ServedCRS? = nil) -> HTTPFields {
        var headers: HTTPFields = [
            .contentType: type, .cacheControl: "no-store", .contentDisposition: Answer.attachment(name),
        ]
        if let crs { crs.tell(in: &headers) }
        return headers
    }

    /// At the pace of the reader.
    private static func body<Parts: AsyncSequence & Sendable>(_ parts: Parts) -> ResponseBody
    where Parts.Element == [UInt8] {
        ResponseBody { writer in
            for try await bytes in parts { try await writer.write(ByteBuffer(bytes: bytes)) }
            try await writer.finish(nil)
        }
    }

    private static let geoPackage = "gpkg"

    /// A GeoPackage is made whole before it is sent: its tables lie among one another in the file.
    private static func file(
        of proceeding: Proceeding, _ filter: ContributionFilter, _ crs: ServedCRS?, _ masking: PlaceMasking?,
        _ bounds: MaskBounds, _ call: Call, _ scope: Scope
    ) async throws -> Response {
        let settings = call.services.settings
        let place = try call.services.exportFiles.place(
            tenant: scope.tenant.key, isStaff: !scope.viewer.grants.isEmpty, most: settings.maximumExportFiles,
            mostBytes: settings.maximumExportBytes)
        let folder = try Upload.folder(settings)
        // An open file can be read to its end without its name.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/export.gpkg"
        _ = try await call.services.compute.run(.export, of: call.context.tenant) {
            try await call.installation.writeGeoPackage(
                to: path, of: proceeding, filter: filter, crs: crs, masking: masking, bounds: bounds, scope: scope,
                afterPage: { try place.grow(to: bytes(in: path)) })
        }
        try place.grow(to: bytes(in: path))
        guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd() else {
            throw Problem.overloaded("The server has no room for files at present.")
        }
        try file.seek(toOffset: 0)
        var headers = Self.headers("application/geopackage+sqlite3", "\(proceeding.id)-contributions.gpkg", crs)
        headers[.contentLength] = "\(size)"
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                while let part = try file.read(upToCount: 1 << 18), !part.isEmpty {
                    try await call.installation.requireStillLetIn(scope)
                    try await writer.write(ByteBuffer(bytes: part))
                }
                // Where the answer ends otherwise, file and place go with it.
                try? file.close()
                place.leave()
                try await writer.finish(nil)
            })
    }

    private static func bytes(in path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// A table in the columns of DIPAS.
    private static func table(
        _ content: DIPASTable.Content, of proceeding: Proceeding, _ filter: ContributionFilter,
        _ hasByteOrderMark: Bool, _ call: Call, _ scope: Scope
    ) async throws -> Response {
        if let format = try call.query.text("f"), format != "csv" {
            throw Problem.parameter("f", "f must be csv, or absent, with a profile.")
        }
        if content == .conceptionComments, filter != ContributionFilter() {
            throw Problem.parameter("profile", "profile \(content.rawValue) goes without filters of contributions.")
        }
        let stream = try await call.installation.dipasTable(
            content, of: proceeding, filter: filter, hasByteOrderMark: hasByteOrderMark, scope: scope)
        return Response(
            status: .ok,
            headers: headers("text/csv; charset=utf-8; header=present", "\(proceeding.id)-\(content.rawValue).csv"),
            body: body(stream))
    }
}
