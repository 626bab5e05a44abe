import GeoCore
import Testing

@testable import Formats

/// iCalendar as RFC 5545 has it.
struct CalendarTextTests {
    private static let event = CalendarEvent(
        uid: "u-1", stamp: 1_777_593_723_456, created: 1_777_593_600_000, sequence: 2, start: 1_779_292_800_000,
        end: 1_779_300_000_000, summary: "Auftakt")

    private static func text(_ events: [CalendarEvent], name: String = "Kai") -> String {
        String(decoding: CalendarText.bytes(events, name: name), as: UTF8.self)
    }

    @Test func writesAnEventInUTC() {
        var event = Self.event
        event.location = "Bürgerhaus, Marktplatz 1"
        event.position = Position(9.99, -0.000_000_1)
        event.url = "https://example.org/a;b,c"
        let expected = """
            BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mitplan//Mitplan//EN\r\nCALSCALE:GREGORIAN\r\nNAME:Kai\r
            BEGIN:VEVENT\r\nUID:u-1\r\nDTSTAMP:20260501T000203Z\r\nCREATED:20260501T000000Z\r
            LAST-MODIFIED:20260501T000203Z\r\nSEQUENCE:2\r\nDTSTART:20260520T160000Z\r\nDTEND:20260520T180000Z\r
            SUMMARY:Auftakt\r\nLOCATION:Bürgerhaus\\, Marktplatz 1\r\nGEO:-0.0000001;9.99\r
            URL:https://example.org/a;b,c\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n
            """
        #expect(Self.text([event]) == expected)
    }

    @Test(arguments: [
        (#"a;b,c\d"#, #"a\;b\,c\\d"#), ("zwei\nZeilen", #"zwei\nZeilen"#), ("zwei\r\nZeilen", #"zwei\nZeilen"#),
        ("eins\rzwei", #"eins\nzwei"#), ("a\u{0}b\u{7}c", "abc"), ("Tab\tbleibt", "Tab\tbleibt"),
        ("\n\n", #"\n\n"#), ("\u{2028}", #"\n"#), ("BEGIN:VEVENT\r\nx", #"BEGIN:VEVENT\nx"#), ("“Ü” 🌳", "“Ü” 🌳"),
    ])
    func escapesText(_ text: String, _ escaped: String) { #expect(CalendarText.escaped(text) == escaped) }

    @Test(arguments: [74, 75, 76, 77, 150, 151, 1000])
    func foldsAt75Octets(_ length: Int) {
        for letter in ["a", "ü", "€", "🌳", "e\u{301}"] {
            var out: [UInt8] = []
            let line = "DESCRIPTION:" + String(repeating: letter, count: length)
            CalendarText.append(line, to: &out)
            #expect(String(validating: out, as: UTF8.self) != nil, "no character is cut")
            let lines = Self.lines(out)
            #expect(lines.allSatisfy { $0.count <= 75 } && lines.dropFirst().allSatisfy { $0.first == 32 })
            #expect(lines[0] + lines.dropFirst().flatMap { $0.dropFirst() } == Array(line.utf8))
        }
    }

    /// The lines between line ends.
    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        for byte in bytes where byte != 13 {
            if byte == 10 { lines.append([]) } else { lines[lines.count - 1].append(byte) }
        }
        return lines.dropLast()
    }

    @Test func aLineOf75OctetsIsNotFolded() {
        var out: [UInt8] = []
        CalendarText.append(String(repeating: "a", count: 75), to: &out)
        #expect(out.count == 77)
    }

    /// A calendar has one component at least (RFC 5545, 3.6).
    @Test func withoutEventsItIsACalendarAllTheSame() {
        #expect(Self.text([]).contains("BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\n"))
    }
}
