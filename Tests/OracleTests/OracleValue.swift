/// A value of a reference case, or what the engine made of it.
indirect enum OracleValue: Decodable, Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([OracleValue])
    case object([String: OracleValue])

    /// A member of a case that a checker asked for is not there, or not what it should be.
    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([OracleValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: OracleValue].self))
        }
    }

    /// A member; null when it is missing.
    subscript(key: String) -> OracleValue {
        if case .object(let members) = self { members[key] ?? .null } else { .null }
    }

    /// Whether there is anything.
    var isThere: Bool { self != .null }

    var double: Double {
        get throws {
            guard case .number(let number) = self else { throw Unexpected(description: "\(self) is no number") }
            return number
        }
    }

    var int: Int {
        get throws {
            guard let int = Int(exactly: try double) else { throw Unexpected(description: "\(self) is no integer") }
            return int
        }
    }

    var string: String {
        get throws {
            guard case .text(let text) = self else { throw Unexpected(description: "\(self) is no text") }
            return text
        }
    }

    var items: [OracleValue] {
        get throws {
            guard case .list(let items) = self else { throw Unexpected(description: "\(self) is no list") }
            return items
        }
    }

    var members: [String: OracleValue] {
        get throws {
            guard case .object(let members) = self else { throw Unexpected(description: "\(self) is no object") }
            return members
        }
    }

    var doubles: [Double] { get throws { try items.map { try $0.double } } }
    var ints: [Int] { get throws { try items.map { try $0.int } } }
    var optionals: [Double?] { get throws { try items.map { $0 == .null ? nil : try $0.double } } }
    var rows: [[Double]] { get throws { try items.map { try $0.doubles } } }
}

/// What can stand in the answer of a checker.
protocol OracleConvertible {
    var oracleValue: OracleValue { get }
}

extension OracleValue: OracleConvertible {
    var oracleValue: OracleValue { self }
}

extension Double: OracleConvertible {
    var oracleValue: OracleValue { .number(self) }
}

extension Int: OracleConvertible {
    var oracleValue: OracleValue { .number(Double(self)) }
}

extension Int8: OracleConvertible {
    var oracleValue: OracleValue { .number(Double(self)) }
}

extension Int32: OracleConvertible {
    var oracleValue: OracleValue { .number(Double(self)) }
}

extension Bool: OracleConvertible {
    var oracleValue: OracleValue { .bool(self) }
}

extension String: OracleConvertible {
    var oracleValue: OracleValue { .text(self) }
}

extension Optional: OracleConvertible where Wrapped: OracleConvertible {
    var oracleValue: OracleValue { self?.oracleValue ?? .null }
}

extension Array: OracleConvertible where Element: OracleConvertible {
    var oracleValue: OracleValue { .list(map(\.oracleValue)) }
}

extension Dictionary: OracleConvertible where Key == String, Value: OracleConvertible {
    var oracleValue: OracleValue { .object(mapValues(\.oracleValue)) }
}

/// An object from members of different kinds.
func object(_ members: [String: any OracleConvertible]) -> OracleValue { .object(members.mapValues(\.oracleValue)) }
