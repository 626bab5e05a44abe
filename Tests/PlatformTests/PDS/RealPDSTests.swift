import Foundation
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// What DIPAS in Hamburg has given, taken in.
struct RealPDSTests {
    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func takesTheRealExportOfEightProceedings() async throws {
        let sample = try await PDSSample()
        let path = SharedMaterial.geodata("contributions/dipas_hamburg_dev.geojson").path
        let report = try await sample.installation.importPDS(files: [PDSFile(path)], scope: sample.staff)
        #expect(report.projects.count == 8 && report.imported == 949 && report.skipped == 0)
        #expect(report.projects.reduce(0) { $0 + $1.read } == 974)
        let again = try await sample.installation.importPDS(files: [PDSFile(path)], scope: sample.staff)
        #expect(again.imported == 0 && again.projects.reduce(0) { $0 + $1.updated } == 0)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func takesTheRealTableOfOneProceedingByItsLinks() async throws {
        let sample = try await PDSSample()
        let path = SharedMaterial.geodata("contributions/freiraum_ottensen_2021.csv").path
        let report = try await sample.installation.importPDS(files: [PDSFile(path)], scope: sample.staff)
        #expect(report.projects.map(\.id) == ["freiraumottensen"] && report.imported == 697 && report.skipped == 0)
        #expect(report.quality == ["unlocated": 697])
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func whatCameFromTheRealExportGoesToAnotherTenantUnchanged() async throws {
        let sample = try await PDSSample()
        var options = PDSImportOptions()
        options.projects = ["42"]
        let path = SharedMaterial.geodata("contributions/dipas_hamburg_dev.geojson").path
        _ = try await sample.installation.importPDS(files: [PDSFile(path)], options: options, scope: sample.staff)
        func served(_ scope: Scope) async throws -> (projects: String, contributions: String) {
            let projects = try await sample.installation.pdsProjects(scope: scope)
            var texts = ("", "")
            for try await part in projects { texts.0 += String(decoding: part, as: UTF8.self) }
            let rows = sample.installation.pdsContributions(
                .commented, of: try #require(projects.proceedings.first), scope: scope)
            for try await part in rows { texts.1 += String(decoding: part, as: UTF8.self) }
            return texts
        }
        let first = try await served(sample.staff)
        let tenant = try await sample.installation.createTenant(Tenant(id: "zweit", name: "Zweit"), isDefault: false)
        let other = Scope(tenant: tenant, viewer: .staff)
        let paths = [
            try sample.file("projects.json", first.projects), try sample.file("rows.json", first.contributions),
        ]
        let report = try await sample.installation.importPDS(files: paths.map { PDSFile($0) }, scope: other)
        #expect(report.imported == 88 && report.skipped == 0)
        let second = try await served(other)
        #expect(second.projects == first.projects)
        #expect(second.contributions == first.contributions)
    }
}
