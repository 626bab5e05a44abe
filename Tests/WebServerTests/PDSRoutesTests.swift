import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import OutboundHTTP
import TestSupport
import Testing

@testable import WebServer

struct PDSRoutesTests {
    private static let roots = ["/drupal/dipas-pds", "/pds", "/t/hamburg/drupal/dipas-pds", "/t/hamburg/pds"]

    private func features(_ answer: TestResponse) throws -> [NSDictionary] {
        let object = try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? NSDictionary
        #expect(object?["type"] as? String == "FeatureCollection")
        #expect(Set(object?.allKeys as? [String] ?? []) == ["type", "features"])
        return try #require(object?["features"] as? [NSDictionary])
    }

    @Test(arguments: roots)
    func answersAtEveryAddressWithTheMembersOfPDS(root: String) async throws {
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        #expect(made.status == .created)
        let id = try #require(
            (try JSONSerialization.jsonObject(with: Data(made.text.utf8)) as? NSDictionary)?["id"] as? String)
        let projects = try features(try await city.send(root + "/projects"))
        let project = try #require(projects.first?["properties"] as? NSDictionary)
        #expect(
            Set(project.allKeys as? [String] ?? []) == [
                "id", "nameFull", "description", "dateStart", "dateEnd", "dipasPhase", "website", "owner",
                "projectOwner",
                "publisher", "standardCategories", "projectContributionType", "dipasMainDistrict", "projectTopics",
                "referenceSystem", "hasParticipatoryText", "dipasCategoriesCluster", "proceedingState",
            ])
        #expect(project["hasParticipatoryText"] as? [String] == [id] && project["referenceSystem"] as? String == "4326")
        let one = root + "/projects/radverkehr"
        #expect(try features(try await city.send(one)).count == 1)
        for path in ["contributions", "contributions/\(id)", "commentedcontributions", "commentedcontributions/\(id)"] {
            let answer = try await city.send("\(one)/\(path)")
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let found = try features(answer)
            let properties = try #require(found.first?["properties"] as? NSDictionary)
            var expected: Set<String> = [
                "id", "dateCreated", "link", "title", "contributionType", "contributionContent", "commentsNumber",
                "category", "votingPro", "votingContra", "keywordSuggested", "keywordPicked", "belongToProject",
                "dipasLocated", "customAttribute",
            ]
            if path.hasPrefix("commented") { expected.insert("commentedBy") }
            #expect(found.count == 1 && Set(properties.allKeys as? [String] ?? []) == expected)
            #expect(
                properties["category"] as? String == "Wege" && properties["belongToProject"] as? String == "radverkehr")
            #expect(Set(found[0].allKeys as? [String] ?? []) == ["type", "geometry", "properties"])
            // Times of what was written here are public to the minute.
            #expect((properties["dateCreated"] as? String)?.hasSuffix(":00Z") == true)
        }
        #expect(try features(try await city.send("\(one)/contributions/\(id)/comments")).isEmpty)
        #expect(try features(try await city.send("\(one)/conception_comments")).isEmpty)
    }

    @Test(arguments: [
        "nichts", "-x", "%3Cscript%3E", "%FF", "radverkehr%2Fcontributions", "radverkehr%2531", "%2E%2E",
        "radverkehr/contributions/99", "radverkehr/contributions/x",
        "radverkehr/contributions/99999999999999999999", "nichts/contributions", "nichts/commentedcontributions/1",
    ])
    func whatIsNotThereIsAnEmptyCollection(path: String) async throws {
        let city = try await CityServer()
        let answer = try await city.send("/pds/projects/\(path)")
        #expect(answer.status == .ok)
        #expect(try features(answer).isEmpty)
    }

    /// Names mean the same however a client encodes them (RFC 3986, 2.3), and are decoded once.
    @Test(arguments: [
        ("/pds/projects/rad%76erkehr", 200), ("/t/h%61mburg/pds/projects/radverkehr", 200),
        ("/api/v1/proceedings/rad%76erkehr", 200), ("/api/v1/proceedings/rad%2576erkehr", 404),
        ("/api/v1/proceedings/radverkehr%2Fcategories", 404), ("/api/v1/proceedings/rad%", 404),
        ("/api/v1/proceedings/%00", 404),
    ])
    func partsOfThePathAreDecodedOnce(path: String, status: Int) async throws {
        let city = try await CityServer()
        let answer = try await city.send(path)
        #expect(answer.status.code == status)
        if status == 200 { #expect(answer.text.contains("radverkehr")) }
    }

    @Test(arguments: ["", "/t/hamburg"])
    func linksAreAbsoluteAndLeadToTheContribution(prefix: String) async throws {
        let city = try await CityServer()
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        let answer = try await city.send(prefix + "/pds/projects/radverkehr/contributions")
        let properties = try #require(try features(answer).first?["properties"] as? NSDictionary)
        let link = try #require(properties["link"] as? String)
        #expect(link.hasPrefix("http://localhost\(prefix)/api/v1/proceedings/radverkehr/contributions/"), "\(link)")
        #expect(try await city.send(#require(URL(string: link)).path).status == .ok)
    }

    /// What stands bare in a path must not be encoded: not every server decodes it.
    @Test func asksForProjectsWithHyphensByTheirNames() async throws {
        let project = """
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{},"properties":{"id":"am-alten_hafen",
            "nameFull":"Am alten Hafen","hasParticipatoryText":["5"]}}]}
            """
        let rows = """
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{},"properties":{"id":"5","title":"Titel",
            "contributionContent":"Text","belongToProject":"am-alten_hafen"}}]}
            """
        let server = try LoopbackServer { request in
            switch request.path {
            case "/pds/projects/am-alten_hafen": .init(body: project)
            case "/pds/projects/am-alten_hafen/commentedcontributions": .init(body: rows)
            default: .init(status: 404)
            }
        }
        defer { server.stop() }
        let city = try await CityServer { $0.outbound = OutboundPolicy(origins: [server.origin]) }
        let answer = try await city.post(
            "/api/v1/imports/pds?url=\(server.origin)/pds/projects/am-alten_hafen", "", headers: CityServer.staff)
        #expect(answer.status == .ok && answer.text.contains(#""imported":1"#), "\(answer.text)")
    }

    @Test func anUnknownKindOfCollectionIsNotFound() async throws {
        let city = try await CityServer()
        #expect(try await city.send("/pds/projects/radverkehr/anything").status == .notFound)
        #expect(try await city.send("/pds/projects?limit=3").status == .badRequest)
    }

    @Test(arguments: ["/pds/projects", "/pds/projects/radverkehr", "/pds/projects/radverkehr/contributions"])
    func tellsByItsTagWhetherAnythingChanged(path: String) async throws {
        let city = try await CityServer()
        let first = try await city.send(path)
        let tag = try #require(first.headers[.eTag])
        #expect(try await city.send(path, headers: [.ifNoneMatch: tag]).status == .notModified)
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        let later = try await city.send(path, headers: [.ifNoneMatch: tag])
        #expect(later.status == .ok && later.headers[.eTag] != tag)
    }

    @Test func takesInACollectionFromTheBody() async throws {
        let city = try await CityServer()
        let body = """
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{},"properties":{"id":"5","title":"Titel",
            "contributionContent":"Text","belongToProject":"alt"}}]}
            """
        let path = "/api/v1/imports/pds?filename=a.json"
        #expect(try await city.post(path, body).status == .unauthorized)
        let answer = try await city.post(path, body, headers: CityServer.staff)
        #expect(
            answer.status == .ok && answer.text.contains(#""imported":1,"skipped":0,"locationQuality":{"unlocated":1}"#)
        )
        #expect(try features(try await city.send("/pds/projects/alt/contributions/5")).count == 1)
    }

    @Test func takesInAServerByItsAddressWhereThatIsAllowed() async throws {
        // One server of ours reads the other.
        let other = try await CityServer()
        _ = try await other.post(CityServer.contributions, CityServer.feature())
        let list = try await other.send("/pds/projects").text
        let rows = try await other.send("/pds/projects/radverkehr/commentedcontributions").text
        let server = try LoopbackServer { request in
            switch request.path {
            case "/pds/projects": .init(body: list)
            case "/pds/projects/radverkehr/commentedcontributions": .init(body: rows)
            default: .init(status: 404)
            }
        }
        defer { server.stop() }
        let path = "/t/bonn/api/v1/imports/pds?url=\(server.origin)/pds/projects"
        let closed = try await CityServer()
        let refused = try await closed.post(path, "", headers: CityServer.staff)
        #expect(refused.status == .unprocessableContent && refused.text.contains("not allowed"))
        let open = try await CityServer { $0.outbound = OutboundPolicy(origins: [server.origin]) }
        let answer = try await open.post(path, "", headers: CityServer.staff)
        #expect(answer.status == .ok && answer.text.contains(#""imported":1"#))
        #expect(try await open.send("/t/bonn/pds/projects/radverkehr/commentedcontributions").text == rows)
    }
}
