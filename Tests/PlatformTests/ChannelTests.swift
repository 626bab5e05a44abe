import Foundation
import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// How contributions came in: from the file of an import to what is told of them.
struct ChannelTests {
    private let city: TestCity

    init() async throws { city = try await TestCity() }

    private func read(_ table: String) async throws -> ImportReport {
        try await city.importContributions(try city.file("rows.csv", table))
    }

    private func contributions(_ condition: String? = nil) async throws -> [Contribution] {
        var filter = ContributionFilter()
        filter.expression = try condition.map { try CQL2.parse($0) }
        return try await city.installation.contributions(
            of: city.proceeding(), filter: filter, order: ContributionOrder(.created, isDescending: false), limit: 100,
            after: nil, scope: city.anonymous
        ).items
    }

    private func channels() async throws -> [String: ContributionChannel] {
        Dictionary(uniqueKeysWithValues: try await contributions().map { ($0.title, $0.channel) })
    }

    /// One row a channel, in the word that stands there.
    private static let table = """
        id,title,text,lon,lat,channel
        1,Brief,Ein Text,9.90,53.40,paper
        2,Anruf,Ein Text,9.91,53.40,TELEFON
        3,Post,Ein Text,9.92,53.40,E-Mail
        4,Runde,Ein Text,9.93,53.40,Veranstaltung
        5,Netz,Ein Text,9.94,53.40,Online
        6,Datei,Ein Text,9.95,53.40,import
        7,Ohne,Ein Text,9.96,53.40,

        """

    @Test func anImportTakesThemFromItsColumn() async throws {
        #expect(try await read(Self.table).imported == 7)
        let expected: [String: ContributionChannel] = [
            "Brief": .paper, "Anruf": .telephone, "Post": .mail, "Runde": .event, "Netz": .online, "Datei": .import,
            "Ohne": .import,
        ]
        #expect(try await channels() == expected)
        // In German tables the column is called otherwise.
        let other = try await read("id,Titel,Beschreibung,lon,lat,Kanal\n9,Zettel,Ein Text,9.9,53.4,Papier\n")
        #expect(other.imported == 1)
        #expect(try await channels()["Zettel"] == .paper)
    }

    @Test func aRepeatedImportBringsWhatChangedAndKeepsWhatItDoesNotTell() async throws {
        _ = try await read(Self.table)
        let again = try await read(Self.table)
        #expect(again.unchanged == 7 && again.updated == 0)
        let changed = try await read(Self.table.replacing(",paper", with: ",event").replacing(",import", with: ",mail"))
        #expect(changed.updated == 2 && changed.unchanged == 5)
        var now = try await channels()
        #expect(now["Brief"] == .event && now["Datei"] == .mail && now["Anruf"] == .telephone)
        let silent = try await read("id,title,text,lon,lat\n1,Brief,Ein Text,9.90,53.40\n2,Anruf,Neu,9.91,53.40\n")
        #expect(silent.unchanged == 1 && silent.updated == 1)
        // An origin that is said to be unknown is told as well.
        let forgotten = try await read("id,title,text,lon,lat,channel\n3,Post,Ein Text,9.92,53.40,Import\n")
        #expect(forgotten.updated == 1)
        now = try await channels()
        #expect(now["Brief"] == .event && now["Anruf"] == .telephone && now["Post"] == .import)
    }

    @Test(arguments: ["fax", "paper mail", "4", "paper,telephone"])
    func anUnknownWordRefusesTheImportByRowAndField(_ word: String) async throws {
        let table = "id,title,text,lon,lat,Kanal\n1,Titel,Ein Text,9.9,53.4,paper\n2,Titel,Text,9.9,53.4,\"\(word)\"\n"
        let error = await #expect(throws: PlatformError.self) { try await read(table) }
        #expect(error?.detail.hasPrefix("row 3, Kanal: ") == true, "\(String(describing: error))")
        #expect(error?.detail.contains("paper, telephone, mail, event") == true)
        #expect(try await contributions().isEmpty)
        let report = try await city.importContributions(try city.file("rows.csv", table), skipInvalid: true)
        #expect(report.imported == 1 && report.skipped == 1)
    }

    /// A column of that name may mean something else.
    @Test func aColumnThatIsNotMeantIsLeftUnread() async throws {
        let url = try city.file("rows.csv", "id,title,text,lon,lat,channel,way\n1,Titel,Ein Text,9.9,53.4,7,event\n")
        var options = ContributionImportOptions()
        for (column, expected) in [("-", ContributionChannel.import), ("way", .event)] {
            options.mapping = ContributionMapping(given: [.channel: column])
            _ = try await city.installation.importContributions(
                path: url.path, fileName: url.lastPathComponent, options: options, to: city.proceeding(),
                scope: city.staff)
            #expect(try await channels() == ["Titel": expected])
        }
    }

    @Test func statisticsCountThemAsTheRowsTellThem() async throws {
        _ = try await read(Self.table)
        let figures = try await city.installation.statistics(of: city.proceeding(), scope: city.anonymous)
        let rows = Dictionary(grouping: try await contributions(), by: \.channel.rawValue).mapValues(\.count)
        #expect(Dictionary(uniqueKeysWithValues: figures.channels.map { ($0.name, $0.count) }) == rows)
        let labels = Dictionary(uniqueKeysWithValues: figures.channels.map { ($0.name, $0.label) })
        #expect(labels["paper"] == "Papier" && labels["event"] == "Veranstaltung" && labels["mail"] == "E-Mail")
        for (name, count) in rows {
            #expect(try await contributions("channel = '\(name)'").count == count, "\(name)")
        }
        #expect(try await contributions("channel IN ('paper', 'mail')").map(\.title) == ["Brief", "Post"])
        #expect(throws: CQL2Fault.self) { try CQL2.parse("channel = 'fax'") }
        #expect(throws: CQL2Fault.self) { try CQL2.parse("channel < 'paper'") }
        #expect(try CQL2.text(CQL2.parse("channel = 'paper'")) == "channel = 'paper'")
    }

    @Test(arguments: [ExportFormat.csv, .geojson])
    func anExportCarriesThemToAnotherCity(_ format: ExportFormat) async throws {
        _ = try await read(Self.table)
        let bytes = try await city.export(format, scope: city.anonymous)
        let text = String(decoding: bytes, as: UTF8.self)
        if format == .csv {
            let lines = text.split(separator: "\r\n")
            #expect(lines[0].hasSuffix(",keywordSuggested,channel") && lines[1].hasSuffix(",paper"), "\(lines)")
        } else {
            #expect(text.contains(#""channel":"telephone"}}"#))
        }
        let other = try await TestCity()
        let report = try await other.importContributions(try other.file("export.\(format.rawValue)", text))
        #expect(report.imported == 7)
        let figures = try await other.installation.statistics(of: other.proceeding(), scope: other.anonymous)
        let counts = Dictionary(uniqueKeysWithValues: figures.channels.map { ($0.name, $0.count) })
        #expect(counts == ["paper": 1, "telephone": 1, "mail": 1, "event": 1, "online": 1, "import": 2])
    }

    /// Rows of a file are no news, whatever they tell of where they come from, and whether they have a number or none.
    @Test func receiversHearOfNoRowOfAnImport() async throws {
        let webhook = try await city.installation.addWebhook(
            url: "https://example.org/hook", events: [], proceeding: nil, scope: city.staff
        ).webhook
        _ = try await read(Self.table)
        #expect(try await read("title,text,lon,lat,channel\nTitel,Ein Text,9.9,53.4,paper\n").imported == 1)
        func log() async throws -> [String] {
            try await city.installation.deliveries(of: webhook.id, limit: 100, after: nil, scope: city.staff).items
                .map(\.event)
        }
        #expect(try await log().isEmpty)
        _ = try await city.installation.submitContribution(
            NewContribution(
                title: "Mehr Bänke", text: "Am Ufer fehlen Bänke für alle.", category: "radverkehr",
                geometry: .point(Position(9.9, 53.39))),
            to: city.proceeding(), scope: city.anonymous)
        #expect(try await log() == ["contribution.created"])
    }
}
