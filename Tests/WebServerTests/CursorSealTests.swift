import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Storage
import TestSupport
import Testing

@testable import WebServer

/// What cursors tell, which is nothing.
struct CursorSealTests {
    private let seal = CursorSeal(key: Array("a key of the test".utf8))

    private func next(_ answer: TestResponse) -> String? {
        answer.text.firstMatch(of: /"href":"([^"]*cursor=[^"]*)"/).map { String($0.1) }
    }

    private func cursor(_ address: String?) throws -> String {
        String(try #require(address?.firstMatch(of: /cursor=([^&]*)/)).1)
    }

    private func city(_ count: Int = 3) async throws -> CityServer {
        let city = try await CityServer()
        for index in 0..<count {
            let made = try await city.post(
                CityServer.contributions,
                CityServer.feature(title: "Radweg \(index)", text: "Hier fehlt Radweg Nummer \(index)."))
            #expect(made.status == .created)
        }
        return city
    }

    @Test(arguments: [
        Cursor(major: 0, minor: 0), Cursor(major: .min, minor: .max), Cursor(major: -1, minor: 1),
        Cursor(major: 1_777_593_723_456, minor: 7),
    ])
    func keepsThePlace(_ cursor: Cursor) {
        let text = seal.text(cursor, of: "list")
        #expect(seal.cursor(text, of: "list") == cursor && text.utf8.count <= 64)
        #expect(seal.text(cursor, of: "list") == text)
        #expect(seal.cursor(text, of: "another list") == nil)
        #expect(CursorSeal(key: [1]).cursor(text, of: "list") == nil)
    }

    @Test func anyChangedDigitIsNoticed() {
        let text = Array(seal.text(Cursor(major: 1_777_593_723_456, minor: 7), of: "list"))
        for index in text.indices.dropFirst(3) {
            var changed = text
            changed[index] = changed[index] == "0" ? "1" : "0"
            #expect(seal.cursor(String(changed), of: "list") == nil)
        }
        for text in ["", "c2.", "c2.00", "c2." + String(repeating: "0", count: 56), "c2.g", "c1.1.2"] {
            #expect(seal.cursor(text, of: "list") == nil, "\(text)")
        }
    }

    /// Neighbours in time are no neighbours in text.
    @Test func tellsNothingOfTimes() {
        let texts = (0..<64).map { seal.text(Cursor(major: 1_777_593_723_456 + $0, minor: 7), of: "list") }
        #expect(Set(texts).count == 64)
        #expect(Set(texts.map { $0.dropFirst(3).prefix(2) }).count > 16)
        #expect(Set(texts.map { $0.suffix(2) }).count > 16)
        #expect(texts.sorted() != texts)
    }

    @Test(arguments: ["?limit=1", "?limit=1&sort=created", "?limit=1&modifiedSince=2026-01-01T00:00:00Z"])
    func listsGoOnFromPageToPage(query: String) async throws {
        let city = try await city()
        var (address, titles): (String?, [String]) = (CityServer.contributions + query, [])
        while let uri = address {
            let page = try await city.send(uri)
            #expect(page.status == .ok, "\(page.text)")
            // The exact time that the store has, in any of the ways in which a text could hold it.
            #expect(!page.text.contains("1777593723456") && !page.text.contains(String(1_777_593_723_456, radix: 36)))
            titles += page.text.matches(of: /"title":"(Radweg [0-9])"/).map { String($0.1) }
            address = next(page)
        }
        #expect(titles.sorted() == ["Radweg 0", "Radweg 1", "Radweg 2"])
        #expect(titles.count == 3)
    }

    @Test func aCursorIsOfItsListAlone() async throws {
        let city = try await city()
        let text = try cursor(next(try await city.send(CityServer.contributions + "?limit=1")))
        #expect(try await city.send(CityServer.contributions + "?cursor=\(text)").status == .ok)
        for uri in [
            CityServer.contributions + "?sort=created&cursor=\(text)",
            CityServer.contributions + "?modifiedSince=2026-01-01T00:00:00Z&cursor=\(text)",
            "/api/v1/proceedings?cursor=\(text)", "/t/hamburg" + CityServer.contributions + "?cursor=\(text)",
        ] {
            let answer = try await city.send(uri)
            #expect(answer.status == .badRequest && answer.text.contains("cursor"), "\(uri)")
        }
    }

    /// The address may write a name in many ways: it is the same list, and no other.
    @Test func anEncodedNameIsTheSameName() async throws {
        let city = try await city()
        let list = CityServer.contributions
        let plain = try cursor(next(try await city.send(list + "?limit=1")))
        let sorted = try cursor(next(try await city.send(list + "?limit=1&s%6Frt=created")))
        #expect(try await city.send(list + "?sort=created&cursor=\(sorted)").status == .ok)
        #expect(try await city.send(list + "?s%6Frt=created&cursor=\(plain)").status == .badRequest)
        let since = "m%6FdifiedSince=2026-01-01T00:00:00Z"
        #expect(try await city.send(list + "?\(since)&cursor=\(plain)").status == .badRequest)
    }

    @Test func anOldCursorIsRefusedWithAHint() async throws {
        let old = Cursor(major: 1_777_593_723_456, minor: 2).description
        let answer = try await CityServer().send(CityServer.contributions + "?cursor=\(old)")
        #expect(answer.status == .badRequest && answer.text.contains("without cursor"), "\(answer.text)")
        let none = try await CityServer().send(CityServer.contributions + "?cursor=x")
        #expect(none.status == .badRequest && none.text.contains("follow the link"))
    }

    /// Another process over the same store reads them, and the same answer has the same tag.
    @Test func theKeyIsThatOfTheStore() async throws {
        let city = try await city()
        let first = try await city.send(CityServer.contributions + "?limit=1")
        let key = try await city.installation.cursorKey()
        let stored = try await city.installation.engine.read { try StoreSecrets($0).cursorKey() }
        #expect(stored.map { Array($0.utf8) } == key && key.count == 64)
        let second = try await city.send(CityServer.contributions + "?limit=1")
        #expect(first.text == second.text && first.headers[.eTag] == second.headers[.eTag])
    }
}
