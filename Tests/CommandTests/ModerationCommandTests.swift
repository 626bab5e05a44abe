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

    private func titles() throws -> [String] {
        try run(["contributions", "list", "rad", "--format", "csv"]).output.split(separator: "\r\n").dropFirst().map {
            String($0.split(separator: ",", omittingEmptySubsequences: false)[3])
        }
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
