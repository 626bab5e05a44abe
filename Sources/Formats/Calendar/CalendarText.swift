import FoundationEssentials
public import GeoCore

/// One event of a calendar; times are milliseconds since 1970.
public struct CalendarEvent: Sendable, Hashable {
    /// Its name for ever, unique in the world.
    public var uid: String
    /// When what is said of it was last changed.
    public var stamp: Int64
    /// When it was made.
    public var created: Int64
    /// How often it was changed.
    public var sequence: Int64
    /// When it begins.
    public var start: Int64
    /// When it ends.
    public var end: Int64
    /// Short title.
    public var summary: String
    /// What it is about; may be empty.
    public var description: String
    /// Where it takes place; may be empty.
    public var location: String
    /// Where that is in longitude/latitude.
    public var position: Position?
    /// Where more is to be read.
    public var url: String?

    /// Makes an event.
    public init(
        uid: String, stamp: Int64, created: Int64, sequence: Int64, start: Int64, end: Int64, summary: String,
        description: String = "", location: String = "", position: Position? = nil, url: String? = nil
    ) {
        self.uid = uid
        self.stamp = stamp
        self.created = created
        self.sequence = sequence
        self.start = start
        self.end = end
        self.summary = summary
        self.description = description
        self.location = location
        self.position = position
        self.url = url
    }
}

/// Writes iCalendar (RFC 5545); equal events give equal bytes.
public enum CalendarText {
    /// A calendar of events, all times in UTC.
    public static func bytes(_ events: [CalendarEvent], name: String) -> [UInt8] {
        var out: [UInt8] = []
        func line(_ name: StaticString, _ value: String) { append("\(name):\(value)", to: &out) }
        line("BEGIN", "VCALENDAR")
        line("VERSION", "2.0")
        line("PRODID", "-//Mitplan//Mitplan//EN")
        line("CALSCALE", "GREGORIAN")
        // RFC 7986, 5.1.
        line("NAME", escaped(name))
        if events.isEmpty {
            // A calendar has one component at least (RFC 5545, 3.6).
            for (name, value) in [
                ("BEGIN", "VTIMEZONE"), ("TZID", "Etc/UTC"), ("BEGIN", "STANDARD"), ("DTSTART", "19700101T000000"),
                ("TZOFFSETFROM", "+0000"), ("TZOFFSETTO", "+0000"), ("END", "STANDARD"), ("END", "VTIMEZONE"),
            ] { append("\(name):\(value)", to: &out) }
        }
        for event in events {
            line("BEGIN", "VEVENT")
            line("UID", event.uid)
            line("DTSTAMP", instant(event.stamp))
            line("CREATED", instant(event.created))
            line("LAST-MODIFIED", instant(event.stamp))
            line("SEQUENCE", String(event.sequence))
            line("DTSTART", instant(event.start))
            line("DTEND", instant(event.end))
            line("SUMMARY", escaped(event.summary))
            if !event.description.isEmpty { line("DESCRIPTION", escaped(event.description)) }
            if !event.location.isEmpty { line("LOCATION", escaped(event.location)) }
            if let position = event.position { line("GEO", "\(ordinate(position.y));\(ordinate(position.x))") }
            if let url = event.url { line("URL", url) }
            line("END", "VEVENT")
        }
        line("END", "VCALENDAR")
        return out
    }

    /// A value of type TEXT (RFC 5545, 3.3.11).
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": result += ["\\", scalar]
            case "\n" where previous == "\r": break
            case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": result += ["\\", "n"]
            case "\t": result.append(scalar)
            default: if scalar.value >= 0x20, scalar.value != 0x7F { result.append(scalar) }
            }
            previous = scalar
        }
        return String(result)
    }

    /// Appends a content line, folded so that no line has more than 75 octets and no character is cut (RFC 5545, 3.1).
    static func append(_ line: String, to out: inout [UInt8]) {
        var length = 0
        for scalar in line.unicodeScalars {
            let octets = Array(String(scalar).utf8)
            if length + octets.count > 75 {
                out += [13, 10, 32]
                length = 1
            }
            out += octets
            length += octets.count
        }
        out += [13, 10]
    }

    /// An instant to the second in UTC, such as `20260520T160000Z`.
    private static func instant(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: (Double(milliseconds) / 1000).rounded(.down)).ISO8601Format(
            Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    }

    /// At most seven decimals, and never an exponent.
    private static func ordinate(_ value: Double) -> String {
        var bytes: [UInt8] = []
        JSONWriter.append(ordinate: value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
