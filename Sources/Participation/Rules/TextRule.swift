/// What a text from outside must satisfy.
///
/// Lengths count characters as people see them (grapheme clusters); since one cluster may hold any number of scalars,
/// bytes and runs of combining marks are bounded too.
public struct TextRule: Sendable, Hashable {
    /// Allowed number of characters.
    public var length: ClosedRange<Int>

    /// Makes a rule.
    public init(length: ClosedRange<Int>) { self.length = length }

    /// Titles: 5 to 200 characters.
    public static let title = TextRule(length: 5...200)

    /// The text with bidirectional overrides and isolates taken out, and blanks as they are.
    public static func harmless(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isDirectionControl(scalar) { scalars.append(scalar) }
        return String(scalars)
    }

    /// The text with bidirectional overrides and isolates taken out and outer blanks removed.
    public static func cleaned(_ text: String) -> String {
        var view = Substring(harmless(text))
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }

    /// The faults of a text, at `pointer`; empty when there are none.
    public func violations(in text: String, at pointer: String) -> [RuleViolation] {
        guard text.utf8.count / 16 <= length.upperBound else {
            return [
                RuleViolation(
                    pointer: pointer, code: "tooLong", detail: "at most \(length.upperBound) characters are allowed")
            ]
        }
        var result: [RuleViolation] = []
        let count = text.count
        let seen = count - text.count(where: Self.isInvisible)
        if seen < length.lowerBound {
            result.append(
                RuleViolation(
                    pointer: pointer, code: "tooShort",
                    detail: "at least \(length.lowerBound) characters are needed, there are \(seen)"))
        }
        if count > length.upperBound {
            result.append(
                RuleViolation(
                    pointer: pointer, code: "tooLong",
                    detail: "at most \(length.upperBound) characters are allowed, there are \(count)"))
        }
        var marks = 0
        for scalar in text.unicodeScalars {
            if Self.isForbidden(scalar) {
                let code = String(scalar.value, radix: 16, uppercase: true)
                result.append(
                    RuleViolation(
                        pointer: pointer, code: "forbiddenCharacter", detail: "the character U+\(code) is not allowed"))
                break
            }
            marks = Self.isMark(scalar) ? marks + 1 : 0
            if marks > 20 {
                result.append(
                    RuleViolation(
                        pointer: pointer, code: "tooManyMarks", detail: "more than 20 combining marks in a row"))
                break
            }
        }
        return result
    }

    /// Whether a character shows nothing at all: zero-width scalars, fillers and the empty Braille pattern.
    private static func isInvisible(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x80 && (scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800)
        }
    }

    private static func isDirectionControl(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    /// Marks of every kind: enclosing ones have combining class 0 and pile up all the same.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: true
        default: false
        }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0x00...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}
