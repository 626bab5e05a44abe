import Foundation
import TestSupport
import Testing

/// Planners on the command line, on a data directory of their own.
@Suite struct ConceptionCommandTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        _ = try run(["init", "--tenant", "stadt", "--name", "Stadt"])
        try Data(#"{"id": "kai", "name": "Kai"}"#.utf8).write(to: folder.url.appendingPathComponent("kai.json"))
        _ = try run(["proceeding", "create", "--file", folder.path("kai.json")])
    }

    private func run(_ arguments: [String]) throws -> MitplanProgram.Result {
        try MitplanProgram.run(arguments, environment: ["MITPLAN_DATA": folder.path("data")])
    }

    @Test func addsChangesAndWithdrawsAConception() throws {
        try Data("Zwei Reihen Bäume am Kai.\n".utf8).write(to: folder.url.appendingPathComponent("a.txt"))
        let place = #"{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [9.9, 53.5]}}"#
        try Data(place.utf8).write(to: folder.url.appendingPathComponent("a.geojson"))
        let added = try run([
            "conception", "add", "kai", "--title", "Variante A", "--text-file", folder.path("a.txt"), "--place",
            folder.path("a.geojson"), "--image", "https://example.org/a.jpg", "--draft",
        ])
        #expect(added.status == 0, "\(added.error)")
        let id = added.output.trimmingCharacters(in: .newlines)
        let list = try run(["conception", "list", "kai", "--format", "geojson"])
        #expect(list.output.contains(#""state": "pending", "title": "Variante A""#) && list.output.contains("53.5"))
        #expect(try run(["moderate", "publish", "kai", id]).output.contains("1 item(s) published"))
        let changed = try run(["conception", "change", "kai", id, "--order", "2", "--image", "", "--no-place"])
        #expect(changed.output.contains("conception \(id) is version 3 now"), "\(changed.error)")
        let shown = try run(["conception", "show", "kai", id, "--format", "csv"]).output
        #expect(shown.contains("text,Zwei Reihen Bäume am Kai.\r\n") && shown.contains("image,\r\n"))
        #expect(shown.contains("order,2\r\n") && shown.contains("place,\r\n") && shown.contains("state,published\r\n"))
        #expect(try run(["statistics", "kai"]).output.contains("1 conceptions, 0 comments on them"))
        try Data(SampleImages.bytes("grey.jpg")).write(to: folder.url.appendingPathComponent("a.jpg"))
        let image = try run(["attachment", "add", "kai", id, folder.path("a.jpg"), "--alt", "Zwei Reihen Bäume"])
        #expect(image.status == 0, "\(image.error)")
        #expect(
            try run(["attachment", "list", "kai", id, "--format", "csv"]).output.contains(",conception,image/jpeg,"))
        #expect(try run(["conception", "remove", "kai", id]).output.contains("withdrawn"))
        #expect(!(try run(["attachment", "list", "kai", "--format", "csv"]).output.contains("image/jpeg")))
        let gone = try run(["conception", "show", "kai", id])
        #expect(gone.status == 1 && gone.error.contains("there is no conception of that number"), "\(gone.error)")
    }

    @Test func setsCategories() throws {
        #expect(try run(["category", "set", "kai", "wege", "--icon", "signpost"]).status == 1)
        let added = try run(["category", "set", "kai", "wege", "--name", "Wege", "--icon", "signpost", "--private"])
        #expect(added.status == 0, "\(added.error)")
        let changed = try run(["category", "set", "kai", "wege", "--colour", "#0072b2", "--no-private", "--archived"])
        #expect(changed.status == 0, "\(changed.error)")
        let list = try run(["category", "list", "kai", "--format", "csv"])
        #expect(list.output.contains("wege,Wege,signpost,#0072b2,0,true,false,false,"), "\(list.output)")
        let open = try run(["category", "set", "kai", "wege", "--sensitive"])
        #expect(open.status == 1 && open.error.contains("/categories/0/sensitive"), "\(open.error)")
        #expect(try run(["category", "set", "kai", "wege", "--sensitive", "--private"]).status == 0)
        let kept = try run(["category", "set", "kai", "wege", "--name", "Weg"])
        #expect(kept.status == 0, "\(kept.error)")
        #expect(try run(["category", "list", "kai", "--format", "csv"]).output.contains(",0,true,true,true,"))
        let wrong = try run(["category", "set", "kai", "wege", "--icon", "Weg 1"])
        #expect(wrong.status == 1 && wrong.error.contains("/categories/0/icon"), "\(wrong.error)")
    }

    @Test func addsChangesAndRemovesAnAppointment() throws {
        let added = try run([
            "appointment", "add", "kai", "--title", "Auftakt", "--start", "2026-05-20T18:00:00+02:00", "--end",
            "2026-05-20T20:00:00+02:00", "--place", "Bürgerhaus", "--at", "9.99,53.55",
        ])
        #expect(added.status == 0, "\(added.error)")
        let id = added.output.trimmingCharacters(in: .newlines)
        let list = try run(["appointment", "list", "kai", "--from", "2026-05-20", "--format", "csv"])
        #expect(list.output.contains("2026-05-20T16:00:00Z,2026-05-20T18:00:00Z,Auftakt,Bürgerhaus,\r\n"))
        #expect(try run(["appointment", "list", "kai", "--to", "2026-05-19", "--format", "json"]).output == "[]\n")
        #expect(try run(["appointment", "list", "kai", "--to", "2026-05-20", "--format", "csv"]).output == list.output)
        let instant = ["--to", "2026-05-20T16:00:00Z", "--format", "json"]
        #expect(try run(["appointment", "list", "kai"] + instant).output == "[]\n")
        let moved = try run(["appointment", "change", "kai", id, "--place", "", "--address", "Marktplatz 1"])
        #expect(moved.output.contains("version 2"), "\(moved.error)")
        let texts = try run(["moderate", "history", "kai", "--appointment", id, "--format", "csv"])
        #expect(texts.status == 0 && texts.output.contains("Auftakt") && texts.output.contains("place: "))
        #expect(try run(["moderate", "history", "kai", "--appointment", "987"]).status == 1)
        #expect(try run(["moderate", "history", "kai", "--appointment", id, "--download", "1"]).status == 2)
        #expect(try run(["appointment", "list", "kai", "-o", folder.path("termine.ics")]).status == 0)
        let calendar = try String(contentsOf: folder.url.appendingPathComponent("termine.ics"), encoding: .utf8)
        #expect(calendar.contains("LOCATION:Marktplatz 1\r\nGEO:53.55;9.99\r\n"))
        let wrong = try run(["appointment", "change", "kai", id, "--end", "2026-05-20T17:00:00+02:00"])
        #expect(wrong.status == 1 && wrong.error.contains("the end must come after the start"), "\(wrong.error)")
        #expect(try run(["appointment", "remove", "kai", id]).output.contains("gone"))
        #expect(try run(["appointment", "show", "kai", id]).status == 1)
    }

    @Test(arguments: [
        ["conception", "add", "kai", "--title", "Ohne Text"],
        ["conception", "add", "kai", "--title", "Zu viel", "--text", "a", "--text-file", "b"],
        ["appointment", "add", "kai", "--title", "Ohne Zeit"],
        ["appointment", "list", "kai", "--from", "morgen"], ["appointment", "list", "kai", "--format", "svg"],
    ])
    func refusesWrongUsage(_ arguments: [String]) throws {
        let refused = try run(arguments)
        #expect(refused.status == 2 && refused.error.hasPrefix("mitplan: error: "), "\(refused.error)")
        #expect(refused.error.split(separator: "\n").count == 1)
    }

    @Test func tellsWhichFileHoldsNoPlace() throws {
        let refused = try run([
            "conception", "add", "kai", "--title", "Variante A", "--text", "Zwei Reihen.", "--place",
            folder.path("kai.json"),
        ])
        #expect(refused.status == 1 && refused.error.contains("holds no GeoJSON geometry"), "\(refused.error)")
    }
}
