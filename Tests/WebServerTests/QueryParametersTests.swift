import Participation
import Platform
import Testing

@testable import WebServer

struct QueryParametersTests {
    private func parse(_ query: String) throws -> QueryParameters {
        try QueryParameters(query: query, allowed: ["bbox", "datetime", "category", "q", "cell", "f"])
    }

    @Test func readsBoxes() throws {
        #expect(try parse("bbox=9.7,53.4,10.3,53.7").box() == QueryBox(west: 9.7, south: 53.4, east: 10.3, north: 53.7))
        #expect(
            try parse("bbox=9,53,-10,10,54,100").box() == QueryBox(west: 9, south: 53, east: 10, north: 54))
        let antimeridian = try parse("bbox=177,-20,-178,-10").box()
        #expect(antimeridian?.west == 177)
        #expect(try parse("").box() == nil)
    }

    @Test(arguments: [
        "1,2,3", "1,2,3,4,5", "a,b,c,d", "1,2,nan,4", "1,2,inf,4", "181,0,182,1", "0,-91,1,0", "0,10,1,5", "", "1,,2,3",
        "0x1,2,3,4", "1e400,2,3,4",
    ])
    func refusesBoxes(_ text: String) throws {
        let query = try parse("bbox=" + text)
        let problem = #expect(throws: Problem.self) { try query.box() }
        #expect(problem?.kind == .badRequest)
        #expect(problem?.errors.first?.parameter == "bbox")
    }

    @Test func readsTimes() throws {
        let day: Int64 = 1_777_593_600_000
        #expect(
            try parse("datetime=2026-05-01T00:00:00Z").interval() == QueryInterval(start: day, end: day))
        let night = day + 86_399_999
        #expect(try parse("datetime=2026-05-01").interval() == QueryInterval(start: day, end: night))
        #expect(try parse("datetime=../2026-05-01").interval() == QueryInterval(start: nil, end: night))
        #expect(try parse("datetime=2026-05-01T00:00:00Z/..").interval() == QueryInterval(start: day, end: nil))
        #expect(try parse("datetime=/2026-05-01T02:00:00%2B02:00").interval() == QueryInterval(start: nil, end: day))
    }

    @Test func daysAreThoseOfTheTenant() throws {
        let days = NamedDays(of: Tenant(id: "berlin", name: "Berlin", timeZone: "Europe/Berlin"))
        let hour: Int64 = 3_600_000
        let day: Int64 = 1_777_593_600_000
        #expect(
            try parse("datetime=2026-05-01/2026-05-31").interval(in: days)
                == QueryInterval(start: day - 2 * hour, end: day + 31 * 24 * hour - 2 * hour - 1))
        // Clocks go forward on 29 March 2026, which has 23 hours.
        let spring = try #require(try parse("datetime=2026-03-29").interval(in: days))
        #expect(try #require(spring.end) - (try #require(spring.start)) == 23 * hour - 1)
        #expect(
            try parse("datetime=2026-05-01T00:00:00Z/..").interval(in: days) == QueryInterval(start: day, end: nil))
    }

    @Test(arguments: [
        "../..", "/", "yesterday", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "1899-01-01T00:00:00Z",
        "2026-05-02T00:00:00Z/2026-05-01T00:00:00Z", "2026-05-01T25:00:00Z", "a/b/c", "2026-05-01T00:00:00",
    ])
    func refusesTimes(_ text: String) throws {
        let query = try parse("datetime=" + text)
        #expect(throws: Problem.self) { try query.interval() }
    }

    @Test func decodesText() throws {
        #expect(try parse("q=Stra%C3%9Fe+und%20Weg").text("q") == "Straße und Weg")
        #expect(try parse("category=a,%20b").list("category") == ["a", "b"])
        #expect(throws: Problem.self) { try parse("q=%C3") }
        #expect(throws: Problem.self) { try parse("q=%zz") }
        let query = try parse("q=%00")
        #expect(throws: Problem.self) { try query.text("q") }
    }

    @Test func readsNumbersInRange() throws {
        #expect(try parse("cell=250.5").number("cell", in: 1...1000) == 250.5)
        for text in ["0", "1001", "NaN", "1,5", "", "--1"] {
            let query = try parse("cell=" + text)
            #expect(throws: Problem.self) { try query.number("cell", in: 1...1000) }
        }
    }
}
