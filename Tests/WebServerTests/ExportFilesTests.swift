import HTTPTypes
import Testing

@testable import WebServer

/// Files made for downloads lie on the disk until these end: not too many, and not too large together.
struct ExportFilesTests {
    private func place(_ files: ExportFiles, tenant: Int64 = 1, isStaff: Bool = false) throws -> ExportFiles.Place {
        try files.place(tenant: tenant, isStaff: isStaff, most: 9, mostBytes: 1000)
    }

    @Test func aTenantHasFourAndStaffOfItAsMany() throws {
        let files = ExportFiles()
        var held = try (0..<ExportFiles.ofTenant).map { _ in try place(files) }
        let refused = #expect(throws: Problem.self) { try place(files) }
        #expect(refused?.headers[.retryAfter] != nil)
        held += try (0..<ExportFiles.ofTenant).map { _ in try place(files, isStaff: true) }
        // Of all tenants together there are nine.
        held.append(try place(files, tenant: 2))
        #expect(throws: Problem.self) { try place(files, tenant: 2) }
        #expect(held.count == 9)
    }

    @Test func aPlaceIsFreeWhenNobodyHoldsIt() throws {
        let files = ExportFiles()
        for _ in 0..<20 { try place(files).grow(to: 900) }
        let held = try place(files)
        try held.grow(to: 1000)
    }

    @Test func allTogetherTakeOnlySoManyBytes() throws {
        let files = ExportFiles()
        let (one, two) = (try place(files), try place(files, tenant: 2))
        try one.grow(to: 600)
        try two.grow(to: 400)
        #expect(throws: Problem.self) { try one.grow(to: 601) }
        try two.grow(to: 100)
        try one.grow(to: 900)
    }
}
