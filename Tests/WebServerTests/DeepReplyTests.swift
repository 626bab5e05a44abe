import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Participation
import Platform
import Storage
import Testing

/// Ten thousand replies, each to the one before.
@Suite(.timeLimit(.minutes(10)))
struct DeepReplyTests {
    private static let depth = 10_000
    private let city: CityServer
    private let contribution: String
    private let last: Int64

    /// Made once: what the tests read, none of them changes.
    private static let seeded = Task { () -> (city: CityServer, contribution: String, last: Int64) in
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let contribution = try #require(made.headers[.location])
        let id = try #require(Int64(contribution.split(separator: "/").last ?? ""))
        let proceeding = try await city.installation.proceeding("radverkehr", scope: city.staff)
        // A citizen's replies are counted one by one, those of staff by going through all of them.
        let citizen = Scope(tenant: city.staff.tenant, viewer: .anonymous)
        let last = try await city.installation.engine.write { connection in
            let writer = citizen.writer(connection)
            var parent: Int64?
            for index in 0..<depth {
                parent = try writer.insert(
                    Comment(on: .contribution(id), parent: parent, text: "Ebene \(index).", created: 1_777_593_600_000),
                    of: proceeding
                ).id
            }
            return parent ?? 0
        }
        return (city, contribution, last)
    }

    init() async throws { (city, contribution, last) = try await Self.seeded.value }

    /// The levels that a page tells, and how deep its brackets are.
    private static func read(_ text: String) -> (levels: [Int], brackets: Int) {
        var (depth, deepest) = (0, 0)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
            deepest = max(deepest, depth)
        }
        let levels = text.matches(of: /Ebene ([0-9]+)\./).compactMap { Int($0.1) }
        return (levels, deepest)
    }

    @Test(arguments: ["form=tree", "form=flat"])
    func areReadPageByPageNoneTwiceAndNoneLost(_ form: String) async throws {
        var path: String? = contribution + "/comments?limit=1000&\(form)"
        var levels: [Int] = []
        while let next = path, levels.count <= Self.depth {
            let page = try await city.send(next)
            #expect(page.status == .ok)
            let read = Self.read(page.text)
            #expect(read.brackets <= 32)
            levels += read.levels
            let link = page.text.firstMatch(of: /"rel":"next"[^}]*"href":"([^"]+)"|"href":"([^"]+)"[^}]*"rel":"next"/)
            let address = link.flatMap { $0.1 ?? $0.2 }.map { String($0).replacing("\\/", with: "/") }
            path = address.flatMap { URLComponents(string: $0) }.map { "\($0.path)?\($0.percentEncodedQuery ?? "")" }
        }
        #expect(levels.sorted() == Array(0..<Self.depth))
    }

    @Test func oneMoreIsTakenUnderTheDeepest() async throws {
        let body = #"{"text": "Noch eine Antwort.", "parent": "\#(last)"}"#
        #expect(try await city.post(contribution + "/comments", body).status == .created)
        let shown = try await city.send(contribution)
        #expect(shown.text.contains("\"comments\":\(Self.depth + 1)"))
    }

    @Test(arguments: [
        "/pds/projects/radverkehr/commentedcontributions", "/api/v1/proceedings/radverkehr/export?f=geojson",
    ])
    func otherSystemsReadAllOfThem(_ path: String) async throws {
        let separator = path.contains("?") ? "&" : "?"
        let comments = path.contains("export") ? separator + "comments=flat" : ""
        let told = try await city.send(path + comments)
        #expect(told.status == .ok)
        let read = Self.read(told.text)
        #expect(Set(read.levels).count == Self.depth && read.levels.count == Self.depth)
        // Readers of JSON go down some hundred brackets.
        #expect(read.brackets <= 200)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(told.text.utf8)) }
    }
}
