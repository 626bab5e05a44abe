import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import Platform
import Testing

@testable import WebServer

struct AppointmentRoutesTests {
    private static let appointments = "/api/v1/proceedings/radverkehr/appointments"
    private static let patch: HTTPFields = [.contentType: "application/merge-patch+json"] + CityServer.staff

    private static func feature(
        _ title: String = "Auftakt", start: String = "2026-05-20T18:00:00+02:00",
        end: String = "2026-05-20T20:00:00+02:00", geometry: String = "null", more: String = ""
    ) -> String {
        """
        {"type": "Feature", "geometry": \(geometry), "properties":
        {"title": "\(title)", "start": "\(start)", "end": "\(end)"\(more)}}
        """
    }

    private static func add(_ city: CityServer, _ body: String = feature()) async throws -> String {
        let answer = try await city.post(appointments, body, headers: CityServer.staff)
        #expect(answer.status == .created, "\(answer.text)")
        return try #require(answer.headers[.location])
    }

    @Test func plannersAddThemAndEverybodyReadsThemByTheirBeginning() async throws {
        let city = try await CityServer()
        let later = try await Self.add(
            city,
            Self.feature(
                "Abschluss", start: "2026-06-01T16:00:00Z", end: "2026-06-01T18:00:00Z",
                geometry: #"{"type": "Point", "coordinates": [9.99, 53.55]}"#,
                more: #", "place": "Bürgerhaus", "address": "Marktplatz 1", "website": "https://example.org/x""#))
        _ = try await Self.add(city)
        let one = try await city.send(later)
        #expect(one.text.contains(#""geometry":{"type":"Point","coordinates":[9.99,53.55]}"#))
        #expect(one.text.contains(#""start":"2026-06-01T16:00:00Z","end":"2026-06-01T18:00:00Z""#))
        #expect(one.text.contains(#""place":"Bürgerhaus","address":"Marktplatz 1","website":"https://example.org/x""#))
        let first = try await city.send(Self.appointments + "?limit=1")
        #expect(first.text.contains("Auftakt") && !first.text.contains("Abschluss"))
        let next = try #require(first.text.firstMatch(of: /"href":"([^"]*)"/)?.1)
        let second = try await city.send(String(next))
        #expect(second.text.contains("Abschluss") && !second.text.contains("Auftakt"))
    }

    @Test func nobodyButPlannersKeepsThem() async throws {
        let city = try await CityServer()
        let path = try await Self.add(city)
        let participant = try await city.participant()
        for (headers, status) in [(HTTPFields(), HTTPResponse.Status.unauthorized), (participant, .forbidden)] {
            #expect(try await city.post(Self.appointments, Self.feature(), headers: headers).status == status)
            #expect(try await city.send(path, method: .delete, headers: headers).status == status)
        }
        #expect(try await city.send("/t/bonn\(path)", headers: CityServer.staff).status == .notFound)
    }

    @Test(arguments: [
        (feature(end: "2026-05-20T18:00:00+02:00"), "/properties/end"),
        (feature(end: "2026-05-19T18:00:00+02:00"), "/properties/end"),
        (feature(start: "2026-05-20"), "/properties/start"), (feature(start: "bald"), "/properties/start"),
        (feature(start: "2026-05-20T18:00:00"), "/properties/start"),
        (feature(end: "2300-01-01T00:00:00Z"), "/properties/end"), (feature("ab"), "/properties/title"),
        (feature(geometry: #"{"type": "LineString", "coordinates": [[9, 53], [10, 53]]}"#), "/geometry"),
        (feature(geometry: #"{"type": "Point", "coordinates": [53.5, 99]}"#), "/geometry"),
        (feature(more: #", "website": "ftp://example.org""#), "/properties/website"),
        (feature(more: #", "website": "https://example.org/\r\nBEGIN:VEVENT""#), "/properties/website"),
        (feature(more: #", "created": "2020-01-01T00:00:00Z""#), "/properties/created"),
        (feature(more: #", "state": "published""#), "/properties/state"),
    ])
    func refusesWhatIsNoAppointment(_ body: String, _ pointer: String) async throws {
        let city = try await CityServer()
        let answer = try await city.post(Self.appointments, body, headers: CityServer.staff)
        #expect(answer.status == .unprocessableContent && answer.text.contains(#""\#(pointer)""#), "\(answer.text)")
    }

    @Test func changesNameTheVersionThatWasRead() async throws {
        let city = try await CityServer()
        let path = try await Self.add(city, Self.feature(more: #", "place": "Aula""#))
        let tag = try #require(try await city.send(path).headers[.eTag])
        func change(_ body: String, _ headers: HTTPFields) async throws -> TestResponse {
            try await city.send(path, method: .patch, headers: Self.patch + headers, body: body)
        }
        let later = #"{"properties": {"end": "2026-05-20T21:00:00+02:00", "place": null}}"#
        #expect(try await change(later, [:]).status == .preconditionRequired)
        let done = try await change(later, [.ifMatch: tag])
        #expect(done.text.contains(#""end":"2026-05-20T19:00:00Z","place":null"#))
        #expect(try await change(later, [.ifMatch: tag]).status == .preconditionFailed)
        let wrong = try await change(#"{"properties": {"end": "2026-05-20T15:00:00Z"}}"#, [.ifMatch: "*"])
        #expect(wrong.status == .unprocessableContent)
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await city.send(path).status == .notFound)
        let log = try await city.send("/api/v1/audit?limit=3", headers: CityServer.staff)
        for action in ["create", "change", "remove"] { #expect(log.text.contains("appointment.\(action)")) }
    }

    @Test(arguments: [
        ("from=2026-05-20T19:59:59%2B02:00", true), ("from=2026-05-20T20:00:00%2B02:00", false),
        ("to=2026-05-20T18:00:00%2B02:00", false), ("to=2026-05-20T18:00:01%2B02:00", true),
        ("to=2026-05-20", true), ("to=2026-05-19", false), ("from=2026-05-20&to=2026-05-20", true),
        ("bbox=9.9,53.5,10,53.6", true), ("bbox=10,53.5,10.1,53.6", false), ("bbox=170,53.5,10,53.6", true),
    ])
    func areChosenByTimeAndPlace(_ query: String, _ isFound: Bool) async throws {
        let city = try await CityServer()
        _ = try await Self.add(city, Self.feature(geometry: #"{"type": "Point", "coordinates": [9.99, 53.55]}"#))
        let list = try await city.send(Self.appointments + "?" + query)
        #expect(list.status == .ok && list.text.contains("Auftakt") == isFound, "\(list.text)")
    }

    @Test(arguments: ["from=heute", "to=2026-13-01", "bbox=1,2,3", "f=csv", "von=2026-05-20"])
    func refusesOtherQuestions(_ query: String) async throws {
        let city = try await CityServer()
        #expect(try await city.send(Self.appointments + "?" + query).status == .badRequest)
    }

    @Test func areACalendarWhoseBytesStayTheSame() async throws {
        let city = try await CityServer()
        let path = try await Self.add(
            city, Self.feature("Auftakt; mit Kaffee, Kuchen", more: #", "description": "Erste Zeile\nZweite Zeile""#))
        let question = Self.appointments + "?f=ics&from=2026-05-01"
        let first = try await city.send(question)
        #expect(first.headers[.contentType] == "text/calendar; charset=utf-8")
        #expect(first.headers[.contentDisposition] == #"attachment; filename="radverkehr-appointments.ics""#)
        #expect(first.text.hasPrefix("BEGIN:VCALENDAR\r\n") && first.text.hasSuffix("END:VCALENDAR\r\n"))
        #expect(first.text.contains("SUMMARY:Auftakt\\; mit Kaffee\\, Kuchen\r\n"))
        #expect(first.text.contains("DESCRIPTION:Erste Zeile\\nZweite Zeile\r\n"))
        #expect(first.text.contains("DTSTART:20260520T160000Z\r\nDTEND:20260520T180000Z\r\n"))
        #expect(first.text.contains("DTSTAMP:20260501T000203Z\r\n"))
        #expect(try await city.send(question).text == first.text)
        let tag = try #require(first.headers[.eTag])
        #expect(try await city.send(question, headers: [.ifNoneMatch: tag]).status == .notModified)
        let uid = try #require(first.text.firstMatch(of: /UID:([0-9a-f-]{36})\r\n/)?.1)
        let change = #"{"properties": {"title": "Verschoben"}}"#
        _ = try await city.send(path, method: .patch, headers: Self.patch + [.ifMatch: "*"], body: change)
        let after = try await city.send(path + "?f=ics")
        #expect(after.text.contains("UID:\(uid)\r\n") && after.text.contains("SEQUENCE:1\r\n"))
    }

    /// A program that subscribes follows no links to further pages.
    @Test func allOfThemAreInTheCalendar() async throws {
        let city = try await CityServer()
        let proceeding = try await city.installation.proceeding("radverkehr", scope: city.staff)
        for number in 0..<101 {
            let start = 1_780_000_000_000 + Int64(number) * 86_400_000
            _ = try await city.installation.addAppointment(
                NewAppointment(title: "Termin \(number)", start: start, end: start + 3_600_000), to: proceeding,
                scope: city.staff)
        }
        func count(_ query: String) async throws -> Int {
            try await city.send(Self.appointments + query).text.matches(of: /BEGIN:VEVENT/).count
        }
        #expect(try await count("?f=ics") == 101)
        #expect(try await count("?f=ics&limit=2") == 2)
    }

    @Test func isMadeOnceForAnIdempotencyKey() async throws {
        let city = try await CityServer()
        let headers = CityServer.staff + [try #require(HTTPField.Name("Idempotency-Key")): "k1"]
        let first = try await city.post(Self.appointments, Self.feature(), headers: headers)
        let second = try await city.post(Self.appointments, Self.feature(), headers: headers)
        #expect(first.headers[.location] == second.headers[.location] && second.status == .created)
    }
}
