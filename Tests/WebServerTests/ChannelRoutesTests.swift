import Formats
import Foundation
import GeoCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import Platform
import TestSupport
import Testing

@testable import WebServer

struct ChannelRoutesTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr"

    private static func feature(_ channel: String, title: String = "Brief an die Stadt") -> String {
        CityServer.feature(title: title, text: "Vor der Schule fehlt: \(title).").replacing(
            #""category": "wege""#, with: #""category": "wege", "channel": \#(channel)"#)
    }

    @Test func everyReadingTellsHowSomethingCameIn() async throws {
        let city = try await CityServer()
        let online = try await city.post(CityServer.contributions, CityServer.feature())
        #expect(online.status == .created && online.text.contains(#""channel":"online""#), "\(online.text)")
        let made = try await city.post(
            CityServer.contributions, Self.feature(#""paper""#), headers: CityServer.staff)
        #expect(made.status == .created && made.text.contains(#""channel":"paper""#), "\(made.text)")
        let path = try #require(made.headers[.location])
        for reading in [
            path, CityServer.contributions, CityServer.contributions + "?f=json", Self.proceeding + "/export",
        ] {
            #expect(try await city.send(reading).text.contains(#""channel":"paper""#), "\(reading)")
        }
        let lines = try await city.send(CityServer.contributions + "?f=csv").text.split(separator: "\r\n")
        #expect(lines[0].hasSuffix(",longitude,latitude,channel") && lines[1].hasSuffix(",paper"), "\(lines)")
        let file = city.folder.path("export.gpkg")
        let answer = try await city.send(Self.proceeding + "/export?f=gpkg")
        try Data(answer.body.readableBytesView).write(to: URL(fileURLWithPath: file))
        let rows = try #require(try GeoPackageReader(path: file, layer: "contributions").next())
        let words = try (0..<rows.count).map { try JSONValue.parse(Array(rows.properties[$0]))["channel"]?.string }
        #expect(words == ["online", "paper"])
        let pds = try await city.send("/pds/projects/radverkehr/contributions").text
        #expect(pds.contains("Brief") && !pds.contains("channel"))
        let table = try await city.send(Self.proceeding + "/export?profile=dipas").text
        #expect(table.contains("Brief") && !table.lowercased().contains("channel") && !table.contains("paper"))
    }

    @Test func oneChannelCanBeAskedFor() async throws {
        let city = try await CityServer()
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        _ = try await city.post(CityServer.contributions, Self.feature(#""event""#), headers: CityServer.staff)
        let found = try await city.send(CityServer.contributions + "?filter=channel%20%3D%20%27event%27").text
        #expect(found.contains("Brief an die Stadt") && !found.contains("Radweg fehlt"), "\(found)")
        let refused = try await city.send(CityServer.contributions + "?filter=channel%20%3D%20%27fax%27")
        #expect(refused.status == .badRequest && refused.text.contains("'paper'"), "\(refused.text)")
        let schema = try await city.send(Self.proceeding + "/queryables").text
        #expect(
            schema.contains(
                #""channel":{"type":"string","enum":["online","paper","telephone","mail","event","import"]}"#),
            "\(schema)")
    }

    /// Who writes for themselves writes online.
    @Test func onlyThoseWhoModerateTellIt() async throws {
        let city = try await CityServer()
        func key(_ role: Role) async throws -> HTTPFields {
            let made = try await city.installation.createAPIKey(
                NewAPIKey(name: "k", roles: [RoleWish(role, proceeding: "radverkehr")], days: 1), scope: city.staff)
            return [.authorization: "Bearer \(made.text ?? "")"]
        }
        for (number, role) in [Role.moderator, .planner].enumerated() {
            let made = try await city.post(
                CityServer.contributions, Self.feature(#""telephone""#, title: "Anruf \(number)"),
                headers: key(role))
            #expect(made.status == .created && made.text.contains(#""channel":"telephone""#), "\(made.text)")
        }
        for fields in [[:], try await city.participant(), try await key(.analyst)] {
            let refused = try await city.post(CityServer.contributions, Self.feature(#""paper""#), headers: fields)
            #expect(refused.status == .unprocessableContent, "\(refused.text)")
            #expect(refused.text.contains(#""/properties/channel""#) && refused.text.contains("unknownMember"))
        }
        for channel in [#""fax""#, #""import""#, "3"] {
            let refused = try await city.post(
                CityServer.contributions, Self.feature(channel), headers: CityServer.staff)
            #expect(refused.status == .unprocessableContent, "\(refused.text)")
            #expect(refused.text.contains(#""/properties/channel""#), "\(refused.text)")
        }
        let own = try await city.post(
            CityServer.contributions, CityServer.feature(title: "Ohne Angabe"), headers: CityServer.staff)
        #expect(own.text.contains(#""channel":"online""#), "\(own.text)")
    }
}
