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
                ],
                produces: [
                    "application/geo+json", "application/geo+json-seq", "text/csv", "application/geopackage+sqlite3",
                ], problems: [401, 403, 422])
        ) { call in
            let filter = try call.filter()
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
            if let profile { return try await table(profile, of: proceeding, filter, call, scope) }
            if isGeoPackage { return try await file(of: proceeding, filter, masking, bounds, call, scope) }
            let stream = try await call.installation.export(
                of: proceeding, filter: filter, format: format, masking: masking, bounds: bounds, scope: scope)
            let (type, ending) =
                switch format {
                case .geojson: ("application/geo+json; charset=utf-8", "geojson")
                case .geojsonseq: ("application/geo+json-seq", "geojsonl")
                case .csv: ("text/csv; charset=utf-8; header=present", "csv")
                }
            let body = ResponseBody { writer in
                for try await bytes in stream {
                    try await call.installation.requireStillLetIn(scope)
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                try await writer.finish(nil)
            }
            return Response(
                status: .ok,
                headers: [
                    .contentType: type, .cacheControl: "no-store",
                    .contentDisposition: Answer.attachment("\(proceeding.id)-contributions.\(ending)"),
                ], body: body)
        }
    ]

    private static let geoPackage = "gpkg"

    /// A GeoPackage is made whole before it is sent: its tables lie among one another in the file.
    private static func file(
        of proceeding: Proceeding, _ filter: ContributionFilter, _ masking: PlaceMasking?, _ bounds: MaskBounds,
        _ call: Call, _ scope: Scope
    ) async throws -> Response {
        let folder = try Upload.folder(call.services.settings)
        // An open file can be read to its end without its name.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/export.gpkg"
        _ = try await call.services.compute.run(.export, of: call.context.tenant) {
            try await call.installation.writeGeoPackage(
                to: path, of: proceeding, filter: filter, masking: masking, bounds: bounds, scope: scope)
        }
        guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd() else {
            throw Problem.overloaded("The server has no room for files at present.")
        }
        try file.seek(toOffset: 0)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/geopackage+sqlite3", .cacheControl: "no-store",
                .contentLength: "\(size)",
                .contentDisposition: Answer.attachment("\(proceeding.id)-contributions.gpkg"),
            ],
            body: ResponseBody { writer in
                while let part = try file.read(upToCount: 1 << 18), !part.isEmpty {
                    try await call.installation.requireStillLetIn(scope)
                    try await writer.write(ByteBuffer(bytes: part))
                }
                try await writer.finish(nil)
            })
    }

    /// A table in the columns of DIPAS.
    private static func table(
        _ content: DIPASTable.Content, of proceeding: Proceeding, _ filter: ContributionFilter, _ call: Call,
        _ scope: Scope
    ) async throws -> Response {
        if let format = try call.query.text("f"), format != "csv" {
            throw Problem.parameter("f", "f must be csv, or absent, with a profile.")
        }
        if content == .conceptionComments, filter != ContributionFilter() {
            throw Problem.parameter("profile", "profile \(content.rawValue) goes without filters of contributions.")
        }
        let stream = try await call.installation.dipasTable(content, of: proceeding, filter: filter, scope: scope)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8; header=present", .cacheControl: "no-store",
                .contentDisposition: Answer.attachment("\(proceeding.id)-\(content.rawValue).csv"),
            ],
            body: ResponseBody { writer in
                for try await bytes in stream {
                    try await call.installation.requireStillLetIn(scope)
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                try await writer.finish(nil)
            })
    }
}
