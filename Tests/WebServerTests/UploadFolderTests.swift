import Foundation
import TestSupport
import Testing

@testable import WebServer

struct UploadFolderTests {
    private func leave(_ name: String, in folder: TemporaryDirectory) throws {
        let path = folder.path(name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data("GPS".utf8).write(to: URL(fileURLWithPath: path + "/upload"))
    }

    private func names(_ folder: TemporaryDirectory) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted()
    }

    @Test func whatAKilledServerLeftIsGone() throws {
        let folder = try TemporaryDirectory()
        for name in ["mitplan-upload-1", "mitplan-fetch-2", "plans", "mitplan"] { try leave(name, in: folder) }
        #expect(UploadFolder(sweeping: folder.path("")).removed == 2)
        #expect(try names(folder) == ["mitplan", "plans"])
    }

    @Test func whatAnotherServerReceivesStays() throws {
        let folder = try TemporaryDirectory()
        let first = UploadFolder(sweeping: folder.path(""))
        try leave("mitplan-upload-1", in: folder)
        let second = UploadFolder(sweeping: folder.path(""))
        // The first is gone and comes again while the second still serves.
        withExtendedLifetime(first) { #expect(first.isAlone && !second.isAlone && second.removed == 0) }
        let again = UploadFolder(sweeping: folder.path(""))
        withExtendedLifetime(second) { #expect(again.removed == 0) }
        #expect(try names(folder) == ["mitplan-upload-1"])
    }

    @Test func aFolderThatIsNotThereIsNone() {
        #expect(UploadFolder(sweeping: "/nowhere/at/all").removed == 0)
    }
}
