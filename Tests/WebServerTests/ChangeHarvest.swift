import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// A list of changes: numbers or slugs of what is there, of what went with its state, and where the next harvest begins.
struct ChangeHarvest {
    let there: [String]
    let gone: [String]
    let until: String
    let next: String?
}

extension CityServer {
    /// What changed of a list since an instant, one page.
    func changes(
        _ path: String, _ member: String, since: String = "2026-01-01", more: String = "", headers: HTTPFields = [:]
    ) async throws -> ChangeHarvest {
        let answer = try await send("\(path)?modifiedSince=\(since)\(more)", headers: headers)
        #expect(answer.status == .ok, "\(answer.text)")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView)) as? [String: Any])
        let items = try #require(object[member] as? [[String: Any]])
        let stones = try #require(object["tombstones"] as? [[String: Any]])
        let links = object["links"] as? [[String: Any]]
        return ChangeHarvest(
            there: items.map { "\($0["id"] ?? "")" }, gone: stones.map { "\($0["id"] ?? "") \($0["state"] ?? "")" },
            until: try #require(object["modifiedUntil"] as? String), next: links?.first?["href"] as? String)
    }

    /// All that changed of a list, by pages of one entry.
    func changesOneByOne(_ path: String, _ member: String) async throws -> (there: [String], gone: [String]) {
        var (there, gone, next): ([String], [String], String?) = ([], [], nil)
        repeat {
            let cursor = next.flatMap { $0.firstMatch(of: /cursor=[^&]*/) }.map { "&\($0.0)" } ?? ""
            let page = try await changes(path, member, more: "&limit=1" + cursor)
            (there, gone, next) = (there + page.there, gone + page.gone, page.next)
        } while next != nil && there.count + gone.count < 20
        return (there, gone)
    }
}
