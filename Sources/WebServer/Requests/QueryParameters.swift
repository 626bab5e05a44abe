import GeoCore
import Hummingbird

/// The query of a request, checked against the parameters that its route declares.
///
/// Unknown names and names given twice are refused, so that a misspelt filter never widens an answer in silence.
struct QueryParameters: Sendable {
    private let values: [String: String]

    /// No parameters.
    static let none = QueryParameters()

    private init() { values = [:] }

    /// Reads the query of `request`.
    ///
    /// - Throws: ``Problem`` 400 that names the parameter.
    init(_ request: Request, allowed: [ParameterDescription]) throws {
        try self.init(query: request.uri.query, allowed: Set(allowed.map(\.name)))
    }

    /// Reads a query string such as `bbox=9,53,10,54&limit=10`.
    init(query: String?, allowed: Set<String>) throws {
        var values: [String: String] = [:]
        for pair in (query ?? "").split(separator: "&", omittingEmptySubsequences: true) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(halves[0]), let value = Self.decode(halves.count == 2 ? halves[1] : "") else {
                throw Problem(.badRequest, "The query is not valid percent-encoded UTF-8.")
            }
            guard allowed.contains(name) else {
                throw Problem.parameter(
                    Problem.echo(name),
                    allowed.isEmpty
                        ? "There is no parameter “\(Problem.echo(name))” here; this address takes none."
                        : "There is no parameter “\(Problem.echo(name))” here; known are "
                            + allowed.sorted().joined(separator: ", ") + ".",
                    code: "unknown")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem.parameter(name, "The parameter “\(name)” is given twice.", code: "repeated")
            }
        }
        self.values = values
    }

    /// The text of a parameter, or `nil` where it is not given.
    func text(_ name: String, maximumLength: Int = 1000) throws -> String? {
        guard let value = values[name] else { return nil }
        guard value.utf8.count <= maximumLength else {
            throw Problem.parameter(name, "\(name) has more than \(maximumLength) bytes.", code: "tooLong")
        }
        guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) else {
            throw Problem.parameter(name, "\(name) contains control characters.")
        }
        return value
    }

    /// A word of a fixed list.
    func choice<Value: RawRepresentable & CaseIterable>(_ name: String, as: Value.Type) throws -> Value?
    where Value.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            throw Problem.parameter(
                name, "\(name) must be one of " + Value.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return value
    }

    /// A whole number in a range.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = try text(name) else { return nil }
        guard text.utf8.count < 12, let value = Int(text), range.contains(value) else {
            throw Problem.parameter(
                name, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    /// A finite number in a range.
    func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
        guard let text = try text(name) else { return nil }
        guard let value = Self.number(text[...]), range.contains(value) else {
            throw Problem.parameter(name, "\(name) must be a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    /// `true` or `false`.
    func flag(_ name: String) throws -> Bool? {
        guard let text = try text(name) else { return nil }
        guard let value = Bool(text) else { throw Problem.parameter(name, "\(name) must be true or false.") }
        return value
    }

    /// Words separated by commas; empty where the parameter is not given.
    func list(_ name: String, maximum: Int = 100) throws -> [String] {
        guard let text = try text(name, maximumLength: 6000) else { return [] }
        let items = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0.trimmingBlanks) }
        guard items.count <= maximum, !items.contains("") else {
            throw Problem.parameter(name, "\(name) must be 1 to \(maximum) words separated by commas.")
        }
        return items
    }

    /// How many items a page holds: 1 to 1000, 100 where it is not given.
    func limit() throws -> Int { try integer("limit", in: 1...1000) ?? 100 }

    /// A decimal number as JSON and OGC write it; no `nan`, `inf` or hexadecimal forms.
    static func number(_ text: Substring) -> Double? {
        let allowed = text.utf8.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
        guard allowed, !text.isEmpty, text.utf8.count <= 40, let value = Double(text), value.isFinite else {
            return nil
        }
        return value
    }

    /// Percent-decodes; a plus sign means a blank, as HTML forms write it.
    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        func digit(_ byte: UInt8?) -> UInt8? {
            switch byte {
            case .some(48...57): byte.map { $0 - 48 }
            case .some(65...70): byte.map { $0 - 55 }
            case .some(97...102): byte.map { $0 - 87 }
            default: nil
            }
        }
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(32)
            case UInt8(ascii: "%"):
                guard let high = digit(iterator.next()), let low = digit(iterator.next()) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
