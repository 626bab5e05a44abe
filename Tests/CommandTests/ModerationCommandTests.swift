import Foundation
import TestSupport
import Testing

/// Moderators on the command line, on a data directory of their own.
@Suite struct ModerationCommandTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        _ = try run(["init", "--tenant", "stadt", "--name", "Stadt"])
        try Data(#"{"id": "rad", "name": "Rad"}"#.utf8).write(to: folder.url.appendingPathComponent("rad.json"))
        _ = try run(["proceeding", "create", "--file", folder.path("rad.json")])
        let rows = """
            id,title,text,lon,lat
            1,Erster Beitrag,Ein gutes Wort zum Radweg,9.9,53.5
            2,Zweiter Beitrag,Frau Meier parkt immer hier,9.9,53.5
            """
        try Data(rows.utf8).write(to: folder.url.appendingPathComponent("rows.csv"))
        _ = try run(["import", "contributions", folder.path("rows.csv"), "--proceeding", "rad"])
    }

    private func run(_ arguments: [String]) throws -> MitplanProgram.Result {
        try MitplanProgram.run(arguments, environment: ["MITPLAN_DATA": folder.path("data")])
    }

    @Test func hangsImagesOnContributionsAndOffersDocuments() throws {
        try Data(SampleImages.bytes("phone.jpg")).write(to: folder.url.appendingPathComponent("foto.jpg"))
        let number =
            try run(["contributions", "list", "rad", "--format", "csv"]).output
            .split(separator: "\r\n").last?.split(separator: ",").first.map(String.init) ?? ""
        let added = try run(["attachment", "add", "rad", number, folder.path("foto.jpg"), "--alt", "Ein Radweg"])
        #expect(added.status == 0 && added.output.contains("480 × 640"), "\(added.error)")
        let list = try run(["attachment", "list", "rad", "--format", "csv"])
        #expect(list.output.contains("image/jpeg,480,640") && list.output.contains("Ein Radweg"), "\(list.error)")
        let id =
            list.output.split(separator: "\r\n").last?.split(separator: ",").dropFirst().first.map(String.init) ?? ""
        #expect(
            try run(["attachment", "change", "rad", number, id, "--alt", "Eine Mauer"]).output
                == "image \(id) shows: Eine Mauer\n")
        #expect(try run(["attachment", "change", "rad", number, id]).status == 2)
        #expect(try run(["attachment", "remove", "rad", number, id]).status == 2)
        #expect(
            try run(["attachment", "remove", "rad", number, id, "--reason", "request"]).output
                == "image \(id) is gone\n")
        #expect(try run(["attachment", "remove", "rad", number, id, "--reason", "request"]).status == 1)

        let offered = try run(["download", "add", "rad", folder.path("rad.json"), "--title", "Daten"])
        #expect(offered.status == 1 && offered.error.split(separator: "\n").count == 1, "\(offered.error)")
        #expect(offered.error.ranges(of: "no GeoJSON").count == 1, "\(offered.error)")
        let table = try run(["download", "add", "rad", folder.path("rows.csv"), "--documentation", "--language", "de"])
        #expect(table.status == 0 && table.output.contains("rows.csv, text/csv; charset=utf-8"), "\(table.error)")
        let downloads = try run(["download", "list", "rad", "--format", "json"])
        #expect(
            downloads.output.contains(#""fileName": "rows.csv""#)
                || downloads.output.contains(#""fileName":"rows.csv""#))
        let number2 =
            try run(["download", "list", "rad", "--format", "csv"]).output
            .split(separator: "\r\n").last?.split(separator: ",").first.map(String.init) ?? ""
        #expect(try run(["download", "remove", "rad", number2]).output == "download \(number2) is gone\n")
    }

    private func titles() throws -> [String] {
        try run(["contributions", "list", "rad", "--format", "csv"]).output.split(separator: "\r\n").dropFirst().map {
            String($0.split(separator: ",", omittingEmptySubsequences: false)[3])
        }
    }

    @Test func listsWhatIsInAStateAndNotesExports() throws {
        #expect(try run(["moderate", "hide", "rad", "2", "--reason", "insult"]).status == 0)
        let hidden = try run(["moderate", "list", "rad", "--state", "hidden", "--format", "csv"])
        #expect(hidden.status == 0 && hidden.output.contains("2,contribution,hidden,"), "\(hidden.error)")
        #expect(!hidden.output.contains("Erster"))
        #expect(try !run(["moderate", "list", "rad", "--format", "csv"]).output.contains("Zweiter"))
        let found = try run(["contributions", "list", "rad", "--state", "hidden", "--format", "csv"]).output
        #expect(found.contains("Zweiter") && !found.contains("Erster"))
        let refused = try run(["moderate", "list", "rad", "--state", "erased"])
        #expect(refused.status == 2 && refused.error.contains("pending"), "\(refused.error)")
        let export = try run(["export", "rad", "--state", "published", "-o", folder.path("out.csv")])
        #expect(export.status == 0, "\(export.error)")
        #expect(try run(["audit", "list"]).output.contains("contributions.export"))
    }

    @Test func redactsHidesAnswersAndErases() throws {
        let redacted = try run([
            "moderate", "redact", "rad", "2", "--reason", "personalData", "--passage", "Frau Meier",
        ])
        #expect(redacted.status == 0 && redacted.output.contains("1 item(s) redacted"), "\(redacted.error)")
        let shown = try run(["moderate", "show", "rad", "2"])
        #expect(shown.output.contains("▮▮▮ parkt") && shown.output.contains("Frau Meier parkt"))
        let refused = try run(["moderate", "hide", "rad", "1"])
        #expect(refused.status == 1 && refused.error.contains("reason"), "\(refused.error)")
        #expect(try run(["answer", "give", "rad", "1", "--status", "done", "--text", "Ist gebaut."]).status == 0)
        #expect(try run(["answer", "list", "rad", "1"]).output.contains("Ist gebaut."))
        #expect(try run(["answer", "give", "rad", "1", "--status", "maybe", "--text", "x"]).status == 2)
        #expect(try run(["moderate", "list", "rad"]).status == 0)
        #expect(try titles().count == 2)
        #expect(try run(["erase", "rad", "2"]).output.contains("1 item(s) erased"))
        #expect(try titles() == ["Erster Beitrag"])
        #expect(try run(["erase"]).status == 2)
        let due = try run(["retention", "--dry-run", "--format", "json"])
        #expect(due.status == 0 && due.output == "[]\n", "\(due.output)\(due.error)")
    }
}
