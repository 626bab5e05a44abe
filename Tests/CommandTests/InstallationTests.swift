import Foundation
import TestSupport
import Testing

@Suite struct InstallationTests {
    @Test func makesADirectoryForItsOwnerAloneAndChangesNothingTheSecondTime() throws {
        let folder = try TemporaryDirectory()
        let data = folder.path("city")
        let first = try MitplanProgram.run(["init", "--data", data, "--tenant", "esch", "--name", "Esch"])
        #expect(first.status == 0, "\(first.error)")
        let mode = try FileManager.default.attributesOfItem(atPath: data)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        let second = try MitplanProgram.run(["init", "--data", data, "--tenant", "other"])
        #expect(second.status == 0)
        #expect(second.output.contains("ready already, tenants: esch"))
    }

    @Test(arguments: [["tenant", "list"], ["check"], ["hotspots", "x"], ["serve", "--port", "0"]])
    func saysWhatToDoWithoutData(arguments: [String]) throws {
        let folder = try TemporaryDirectory()
        let result = try MitplanProgram.run(arguments, in: folder.url)
        #expect(result.status == 1)
        #expect(result.error.contains("no Mitplan data in data (hint: mitplan init"))
        #expect(try MitplanProgram.names(in: folder.url).isEmpty)
    }

    @Test func listsTenantsAsTableJSONAndCSV() throws {
        let folder = try TemporaryDirectory()
        let environment = ["MITPLAN_DATA": folder.path("city")]
        _ = try MitplanProgram.run(["init", "--tenant", "esch", "--name", "Esch"], environment: environment)
        let made = try MitplanProgram.run(
            ["tenant", "create", "boelle", "--name", "Bölle", "--crs", "EPSG:25833"], environment: environment)
        #expect(made.status == 0, "\(made.error)")
        let csv = try MitplanProgram.run(["tenant", "list", "--format", "csv"], environment: environment)
        #expect(
            csv.output == "id,name,metricCRS,timeZone,isDefault\r\nboelle,Bölle,EPSG:25833,Europe/Berlin,false\r\n"
                + "esch,Esch,EPSG:25832,Europe/Berlin,true\r\n")
        let json = try MitplanProgram.run(["tenant", "list", "--format", "json"], environment: environment)
        let objects = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(objects?.map { $0["name"] as? String } == ["Bölle", "Esch"])
        let table = try MitplanProgram.run(["tenant", "list"], environment: environment)
        #expect(table.output.contains("boelle  Bölle  EPSG:25833"))
    }

    @Test func refusesATenantThatIsThereAlready() throws {
        let folder = try TemporaryDirectory()
        let environment = ["MITPLAN_DATA": folder.path("city")]
        _ = try MitplanProgram.run(["init", "--tenant", "esch"], environment: environment)
        let result = try MitplanProgram.run(["tenant", "create", "esch"], environment: environment)
        #expect(result.status == 1)
        #expect(result.error.split(separator: "\n").count == 1)
    }

    @Test func checksAndBacksUp() throws {
        let folder = try TemporaryDirectory()
        let environment = ["MITPLAN_DATA": folder.path("city")]
        _ = try MitplanProgram.run(["init", "--tenant", "esch"], environment: environment)
        #expect(try MitplanProgram.run(["check"], environment: environment).output == "sound\n")
        let copy = folder.path("copy/mitplan.sqlite")
        try FileManager.default.createDirectory(atPath: folder.path("copy"), withIntermediateDirectories: true)
        #expect(try MitplanProgram.run(["backup", copy], environment: environment).status == 0)
        let restored = try MitplanProgram.run(["tenant", "list", "--data", folder.path("copy"), "--format", "csv"])
        #expect(restored.output.contains("esch"))
        #expect(try MitplanProgram.run(["backup", copy], environment: environment).status == 1)
    }

    @Test func refusesAFileThatIsNoDatabase() throws {
        let folder = try TemporaryDirectory()
        try Data("no database at all, but long enough to be looked at twice".utf8)
            .write(to: folder.url.appendingPathComponent("mitplan.sqlite"))
        let result = try MitplanProgram.run(["tenant", "list", "--data", folder.url.path])
        #expect(result.status == 1)
        #expect(result.error.hasPrefix("mitplan: error: "))
    }
}
