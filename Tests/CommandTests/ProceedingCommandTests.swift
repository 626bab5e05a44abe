import Foundation
import TestSupport
import Testing

/// A data directory with one proceeding, to be changed.
@Suite struct ProceedingCommandTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        try Data(#"{"id": "hafen", "name": "Hafen", "visibility": "internal"}"#.utf8)
            .write(to: URL(fileURLWithPath: folder.path("hafen.json")))
        #expect(try run("init", "--tenant", "esch").status == 0)
        #expect(try run("proceeding", "create", "--file", folder.path("hafen.json")).status == 0)
    }

    private func run(_ arguments: String...) throws -> MitplanProgram.Result {
        try MitplanProgram.run(arguments, environment: ["MITPLAN_DATA": folder.path("city")])
    }

    @Test func changesWhatIsNamedAndKeepsTheRest() throws {
        try Data(#"{"settings": {"maximumTextLength": 500}, "topics": ["Wasser"]}"#.utf8)
            .write(to: URL(fileURLWithPath: folder.path("patch.json")))
        let changed = try run(
            "proceeding", "change", "hafen", "--file", folder.path("patch.json"), "--public", "--moderation", "pre",
            "--phase1-start", "2020-03-01", "--phase1-end", "2020-04-15")
        #expect(changed.status == 0, "\(changed.error)")
        let shown = try run("proceeding", "show", "hafen").output
        #expect(shown.contains("Hafen") && shown.contains("phase frozen"))
        let clone = try run("proceeding", "clone", "hafen", "kai")
        #expect(clone.status == 0, "\(clone.error)")
        #expect(try run("proceeding", "change", "kai", "--phase1-end", "").status == 0)
        #expect(try run("proceeding", "show", "kai").output.contains("phase phase1"))
    }

    @Test func refusesAChangeThatBreaksARuleAndOneOfNothing() throws {
        let wrong = try run("proceeding", "change", "hafen", "--moderation", "never")
        #expect(wrong.status == 1 && wrong.error.contains("settings"))
        #expect(try run("proceeding", "change", "hafen").status == 2)
    }

    @Test func replacesTheTypes() throws {
        try Data(#"[{"id": "idee", "name": "Idee"}, {"id": "mangel", "name": "Mangel", "archived": true}]"#.utf8)
            .write(to: URL(fileURLWithPath: folder.path("types.json")))
        let set = try run("proceeding", "types", "hafen", "--file", folder.path("types.json"), "--format", "csv")
        #expect(set.status == 0, "\(set.error)")
        #expect(try run("proceeding", "types", "hafen", "--format", "csv").output == set.output)
        #expect(set.output.contains("idee,Idee,0,false") && set.output.contains("mangel,Mangel,0,true"))
    }

    @Test func keepsTheWordsThatHoldTextsBack() throws {
        #expect(try run("moderate", "words", "hafen", "--add", "idiot*", "--add", "lügner").status == 0)
        let words = try run("moderate", "words", "hafen", "--remove", "lügner", "--format", "csv")
        #expect(words.output == "word\r\nidiot*\r\n", "\(words.error)")
        #expect(try run("moderate", "words", "--format", "csv").output == "word\r\n")
        let unknown = try run("moderate", "words", "hafen", "--remove", "nie")
        #expect(unknown.status == 1 && unknown.error.contains("nie"))
    }
}
