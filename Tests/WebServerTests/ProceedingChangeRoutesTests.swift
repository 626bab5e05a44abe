import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct ProceedingChangeRoutesTests {
    private static let path = "/api/v1/proceedings/radverkehr"

    private func change(
        _ city: CityServer, _ method: HTTPRequest.Method, _ path: String, _ body: String?, match: String?
    ) async throws -> TestResponse {
        var headers = CityServer.staff
        headers[.contentType] = "application/json"
        headers[.ifMatch] = match
        return try await city.send(path, method: method, headers: headers, body: body)
    }

    private func tag(_ city: CityServer, _ path: String = Self.path) async throws -> String {
        try #require(try await city.send(path, headers: CityServer.staff).headers[.eTag])
    }

    @Test(
        arguments: [
            (HTTPRequest.Method.patch, "/api/v1/proceedings/radverkehr", #"{"name": "Neu"}"#),
            (.delete, "/api/v1/proceedings/radverkehr", nil),
            (.put, "/api/v1/proceedings/radverkehr/categories", #"{"categories": []}"#),
            (.put, "/api/v1/proceedings/radverkehr/types", #"{"types": []}"#),
            (.patch, "/api/v1/tenant", #"{"name": "Neu"}"#),
        ] as [(HTTPRequest.Method, String, String?)])
    func asksWhichVersionAChangeIsFor(_ method: HTTPRequest.Method, _ path: String, _ body: String?) async throws {
        let city = try await CityServer()
        #expect(try await change(city, method, path, body, match: nil).status.code == 428)
        #expect(try await change(city, method, path, body, match: "\"v99\"").status == .preconditionFailed)
        #expect(try await change(city, method, path, body, match: "\"other\"").status == .preconditionFailed)
        let tag = try await tag(city, path)
        let answer = try await change(city, method, path, body, match: tag)
        #expect(answer.status.code < 300, "\(answer.text)")
        if method != .delete {
            #expect(answer.headers[.eTag] != tag)
            #expect(try await change(city, method, path, body, match: tag).status == .preconditionFailed)
        }
    }

    /// Whoever asks again with the tag must not go on with old counts; a change goes by the version alone.
    @Test func aNewContributionChangesTheTagAndNotTheVersion() async throws {
        let city = try await CityServer()
        let before = try await tag(city)
        #expect(try await tag(city) == before)
        #expect(try await city.post(CityServer.contributions, CityServer.feature()).status == .created)
        #expect(try await tag(city) != before)
        let answer = try await change(city, .patch, Self.path, #"{"name": "Neu"}"#, match: before)
        #expect(answer.status == .ok, "\(answer.text)")
    }

    @Test func typesHaveAColourAndASign() async throws {
        let city = try await CityServer()
        let path = Self.path + "/types"
        let body = ##"{"types": [{"id": "idee", "name": "Idee", "colour": "#0072b2", "icon": "light"}]}"##
        let answer = try await change(city, .put, path, body, match: try await tag(city))
        #expect(answer.status == .ok, "\(answer.text)")
        let told = try await city.send(path)
        #expect(told.text.contains(##""colour":"#0072b2","icon":"light""##), "\(told.text)")
        for wrong in [##""colour": "blue""##, ##""icon": "Kein Zeichen""##] {
            let answer = try await change(
                city, .put, path, #"{"types": [{"id": "idee", "name": "Idee", \#(wrong)}]}"#,
                match: try await tag(city))
            #expect(answer.status == .unprocessableContent, "\(answer.text)")
        }
    }

    @Test func mergesWhatIsSentAndKeepsTheRest() async throws {
        let city = try await CityServer()
        let before = try await city.send(Self.path)
        let patch = """
            {"name": "Radverkehr neu", "settings": {"maximumTextLength": 500}, "topics": ["Verkehr"],
            "districts": ["Altona"], "contact": "rad@example.org"}
            """
        let answer = try await change(city, .patch, Self.path, patch, match: "*")
        #expect(answer.status == .ok, "\(answer.text)")
        let after = try await city.send(Self.path)
        for expected in [
            #""name":"Radverkehr neu""#, #""maximumTextLength":500"#, #""topics":["Verkehr"]"#,
            #""editWindowMinutes":60"#, #""id":"wege""#,
        ] { #expect(after.text.contains(expected), "\(expected)") }
        let area = try #require(before.text.range(of: #""area":{"#))
        #expect(after.text.hasSuffix(before.text[area.lowerBound...]))
        #expect(try await city.send("/api/v1/proceedings?topic=Verkehr").text.contains("radverkehr"))
        #expect(try await !city.send("/api/v1/proceedings?district=Eimsb%C3%BCttel").text.contains("radverkehr"))
    }

    @Test(arguments: [
        #"{"id": "anders"}"#, #"{"state": "gone"}"#, #"{"nam": "x"}"#, #"{"settings": {"maximumTextLength": 5}}"#,
        #"{"tenant": "anders"}"#, #"{"centre": [53.4]}"#, #"{"languages": ["deutsch"]}"#,
        #"{"categories": []}"#, #"{"topics": "Verkehr"}"#, #"{"created": "2026-01-01"}"#, #"{"name": null}"#,
    ])
    func refusesPatchesThatBreakARule(_ patch: String) async throws {
        let city = try await CityServer()
        let answer = try await change(city, .patch, Self.path, patch, match: "*")
        #expect(answer.status == .unprocessableContent, "\(answer.text)")
        #expect(answer.text.contains("pointer"))
    }

    @Test func theShortFormOfPhasesReplacesWhatIsThere() async throws {
        let city = try await CityServer()
        func set(_ schedule: String) async throws -> String {
            let answer = try await change(city, .patch, Self.path, #"{"schedule": \#(schedule)}"#, match: "*")
            #expect(answer.status == .ok, "\(answer.text)")
            return try await city.send(Self.path).text
        }
        _ = try await set(#"{"phase1Start": "2026-01-01", "phase1End": "2027-12-31"}"#)
        #expect(try await city.post(CityServer.contributions, CityServer.feature()).status == .created)
        let over = try await set(#"{"phase1": {"start": "2025-01-01", "end": "2025-12-31"}}"#)
        #expect(over.contains(#""phase":"frozen""#), "\(over)")
        #expect(try await city.post(CityServer.contributions, CityServer.feature()).status == .forbidden)
        let longer = try await set(#"{"phase1": {"end": "2027-12-31"}}"#)
        #expect(longer.contains(#""phase":"phase1""#) && longer.contains("2024-12-31T23:00:00Z"), "\(longer)")
        let none = try await set(#"{"phase1": null}"#)
        #expect(none.contains(#""phase1Start":null"#) && none.contains(#""phase1End":null"#), "\(none)")
        let twice = #"{"schedule": {"phase1End": "2026-12-31", "phase1": {"end": "2027-12-31"}}}"#
        let refused = try await change(city, .patch, Self.path, twice, match: "*")
        #expect(refused.status == .unprocessableContent && refused.text.contains("/schedule/phase1End"))
    }

    @Test func closesEverythingInTheArchive() async throws {
        let city = try await CityServer()
        #expect(try await city.post(CityServer.contributions, CityServer.feature()).status == .created)
        let answer = try await change(city, .patch, Self.path, #"{"state": "archived"}"#, match: "*")
        #expect(answer.text.contains(#""contributions":false"#) && answer.text.contains(#""code":"archived""#))
        #expect(try await city.post(CityServer.contributions, CityServer.feature()).status == .forbidden)
        #expect(try await city.send(CityServer.contributions).status == .ok)
        #expect(try await city.send(Self.path).text.contains(#""phase":"frozen""#))
        #expect(try await city.send("/api/v1/proceedings?phase=phase1").text.contains(#""numberReturned":0"#))
    }

    @Test func keepsWhereMapsLookFirstAndTheLanguages() async throws {
        let city = try await CityServer()
        #expect(try await city.send(Self.path).text.contains(#""centre":[10,53.55]"#))
        let patch = #"{"centre": [9.9, 53.4], "languages": ["de", "pt-BR"]}"#
        #expect(try await change(city, .patch, Self.path, patch, match: "*").status == .ok)
        let after = try await city.send(Self.path).text
        #expect(after.contains(#""centre":[9.9,53.4]"#) && after.contains(#""languages":["de","pt-BR"]"#))
    }

    @Test func countsWhatItsStatisticsCount() async throws {
        let city = try await CityServer()
        #expect(try await city.send(Self.path).text.contains(#""counts":{"contributions":0,"comments":0"#))
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let location = try #require(made.headers[.location])
        #expect(
            try await city.post(location + "/comments", #"{"text": "Das sehe ich genauso."}"#).status == .created)
        for _ in 0..<2 {
            let statistics = try await city.send(Self.path + "/statistics").text
            #expect(statistics.contains(#""contributions":1,"comments":1"#))
            #expect(try await city.send(Self.path).text.contains(#""counts":{"contributions":1,"comments":1"#))
        }
    }

    @Test func clonesSettingsAndListsAndNothingThatWasWritten() async throws {
        let city = try await CityServer()
        #expect(try await city.post(CityServer.contributions, CityServer.feature()).status == .created)
        let types = #"{"types": [{"id": "idee", "name": "Idee"}]}"#
        #expect(try await change(city, .put, Self.path + "/types", types, match: "*").status == .ok)
        var headers = CityServer.staff
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "clone-1"
        let body = #"{"id": "radverkehr-2", "name": "Zwei"}"#
        let made = try await city.post(Self.path + "/clone", body, headers: headers)
        #expect(made.status == .created, "\(made.text)")
        #expect(made.headers[.location] == "/api/v1/proceedings/radverkehr-2")
        #expect(made.text.contains(#""id":"wege""#) && made.text.contains(#""id":"idee""#))
        #expect(made.text.contains(#""visibility":"internal""#) && made.text.contains(#""area":{"#))
        let again = try await city.post(Self.path + "/clone", body, headers: headers)
        #expect(again.status == .created)
        let other = try await city.post(Self.path + "/clone", body, headers: CityServer.staff)
        #expect(other.status == .conflict)
        let copy = "/api/v1/proceedings/radverkehr-2"
        #expect(try await city.send(copy).status == .notFound)
        let list = try await city.send(copy + "/contributions", headers: CityServer.staff)
        #expect(list.text.contains(#""features":[]"#))
        #expect(try await city.post(Self.path + "/clone", "{}", headers: CityServer.staff).status.code == 422)
    }

    @Test func deletesAProceedingWithWhatWasWritten() async throws {
        let city = try await CityServer()
        #expect(try await city.post(CityServer.contributions, CityServer.feature()).status == .created)
        #expect(try await change(city, .delete, Self.path, nil, match: try await tag(city)).status == .noContent)
        #expect(try await city.send(Self.path).status == .notFound)
        let log = try await city.send("/api/v1/audit?limit=1", headers: CityServer.staff)
        #expect(log.text.contains(#""action":"proceeding.delete""#))
    }

    @Test func letsTheTenantSayWhatItIs() async throws {
        let city = try await CityServer()
        let patch =
            #"{"contact": "post@example.org", "origins": ["https://a.example"], "rateFactor": 0, "imageMegabytes": 7}"#
        #expect(try await change(city, .patch, "/api/v1/tenant", patch, match: "*").status == .ok)
        let own = try await city.send("/api/v1/tenant", headers: CityServer.staff)
        #expect(own.text.contains(#""origins":["https://a.example"]"#))
        #expect(own.text.contains(#""imageMegabytes":7"#))
        let open = try await city.send("/api/v1/tenant")
        #expect(open.text.contains("post@example.org") && !open.text.contains("origins"))
        for wrong in [
            #"{"origins": ["*"]}"#, #"{"hosts": ["A b"]}"#, #"{"timeZone": "Mars"}"#, #"{"key": 7}"#,
            #"{"imageMegabytes": 1.5}"#,
        ] {
            #expect(try await change(city, .patch, "/api/v1/tenant", wrong, match: "*").status.code == 422)
        }
    }
}
