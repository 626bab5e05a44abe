import Foundation
import GeoCore
import Participation
import Platform
import SQLiteEngine
import Storage
import TestSupport

/// An installation of its own with the sample city's proceeding, on a real SQLite file.
final class TestCity: Sendable {
    /// Folder of the sample data.
    static let geodata = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("geodata")

    /// One city with its contributions, for tests that only read.
    static let withContributions = Task {
        let city = try await TestCity()
        _ = try await city.importContributions()
        return city
    }

    let folder: TemporaryDirectory
    let installation: Installation
    let staff: Scope
    let anonymous: Scope

    /// Makes it; the clock stands at 1 May 2026, inside phase 1, unless the test brings its own.
    init(now: @escaping @Sendable () -> Int64 = { 1_777_593_600_000 }) async throws {
        folder = try TemporaryDirectory()
        let store = try EmbeddedStore(path: folder.path("mitplan.sqlite"))
        installation = Installation(engine: store, now: now)
        let tenant = try await installation.createTenant(
            Tenant(id: "musterstadt", name: "Musterstadt"), isDefault: true)
        staff = Scope(tenant: tenant, viewer: .staff)
        anonymous = Scope(tenant: tenant, viewer: .anonymous)
        let bytes = [UInt8](try Data(contentsOf: Self.geodata.appendingPathComponent("proceeding.json")))
        _ = try await installation.createProceeding(ProceedingDocument(json: bytes, tenant: tenant), scope: staff)
    }

    /// Somebody with a participant token.
    func participant(_ name: String) -> Scope {
        Scope(tenant: anonymous.tenant, viewer: Viewer(participant: name))
    }

    /// The proceeding as it stands now.
    func proceeding() async throws -> Proceeding {
        try await installation.proceeding("musterstadt-mobil", scope: staff)
    }

    /// Gives the proceeding a box in degrees as its area.
    func setArea(_ box: BoundingBox) async throws {
        let ring = box.ring.map { JSONValue.array([.number($0.x), .number($0.y)]) }
        let area = JSONValue.object([
            .init("type", .string("Polygon")), .init("coordinates", .array([.array(ring)])),
        ])
        _ = try await installation.change(
            proceeding(), patch: .object([.init("area", area)]), version: nil, scope: staff)
    }

    /// Lets answers with noise spend so much epsilon in a year.
    func setPrivacyBudget(_ budget: Double) async throws {
        let settings = JSONValue.object([.init("privacyBudget", .number(budget))])
        _ = try await installation.change(
            proceeding(), patch: .object([.init("settings", settings)]), version: nil, scope: staff)
    }

    func importContributions(
        _ url: URL = TestCity.geodata.appendingPathComponent("contributions.geojson"), skipInvalid: Bool = false
    ) async throws -> ImportReport {
        var options = ContributionImportOptions()
        options.skipInvalid = skipInvalid
        return try await installation.importContributions(
            path: url.path, fileName: url.lastPathComponent, options: options, to: proceeding(), scope: staff)
    }

    func importLayer(_ url: URL, id: String, populationField: String? = nil) async throws -> ImportReport {
        var options = LayerImportOptions()
        options.id = id
        options.populationField = populationField
        return try await installation.importLayer(
            path: url.path, fileName: url.lastPathComponent, options: options, to: proceeding(), scope: staff
        ).report
    }

    /// Lets the database grow by so many pages only, as a full disk does; tells the number of categories.
    func limitPages(beyond pages: Int64) async throws -> (categories: Int, pages: Int64) {
        let limit = try await installation.engine.writeAlone { connection -> Int64 in
            let used = try connection.first("PRAGMA page_count") { $0.integer(0) } ?? 0
            return try connection.first("PRAGMA max_page_count = \(raw: String(used + pages))") { $0.integer(0) } ?? 0
        }
        return (try await installation.categories(of: proceeding(), scope: staff).count, limit)
    }

    /// Writes a file into the city's folder.
    func file(_ name: String, _ text: String) throws -> URL {
        let url = URL(fileURLWithPath: folder.path(name))
        try Data(text.utf8).write(to: url)
        return url
    }

    /// All bytes of an export.
    func export(_ format: ExportFormat, scope: Scope) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in try await installation.export(of: proceeding(), format: format, scope: scope) {
            bytes += part
        }
        return bytes
    }
}
