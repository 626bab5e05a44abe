import GeoCore
import Participation

/// Members of PDS in all the forms in which servers send them.
enum PDSValue {
    /// A text, or a number as text.
    static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: text
        case .integer(let number)?: String(number)
        case .number(let number)?: Int64(exactly: number).map { String($0) } ?? String(number)
        default: nil
        }
    }

    /// A text for people: entities of HTML decoded, cleaned; `nil` when it is empty.
    static func words(_ value: JSONValue?) -> String? {
        guard let text = text(value) else { return nil }
        let cleaned = TextRule.cleaned(HTMLEntities.decoded(text))
        return cleaned.isEmpty ? nil : cleaned
    }

    /// The same with its outer blanks, for what is told again as it came; `nil` where there is nothing else.
    static func kept(_ value: JSONValue?) -> String? {
        guard let text = text(value), words(value) != nil else { return nil }
        return TextRule.harmless(HTMLEntities.decoded(text))
    }

    /// A text for people, or several joined by commas; empty where there is none.
    static func list(_ value: JSONValue?) -> String {
        value?.array.map { $0.compactMap(words).joined(separator: ", ") } ?? words(value) ?? ""
    }

    /// A number given as one or as a text; `"-"` and everything else is none.
    static func number(_ value: JSONValue?) -> Double? {
        let number = value?.double ?? value?.string.flatMap(Double.init)
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// Terms by id: objects, the older names alone, arrays of either; an empty array where there is none.
    static func terms(_ value: JSONValue?, kind: ProceedingTerm.Kind) -> [ProceedingTerm] {
        var entries: [(id: String?, value: JSONValue)] = []
        switch value {
        case .object(let members)?: entries = members.map { ($0.name, $0.value) }
        case .array(let elements)?: entries = elements.map { (nil, $0) }
        default: return []
        }
        var seen: Set<String> = []
        return entries.prefix(10_000).compactMap { entry in
            guard let name = words(entry.value["name"] ?? entry.value) else { return nil }
            let id = text(entry.value["id"]) ?? entry.id ?? Slug.make(of: name)
            guard id.utf8.count <= 200, seen.insert(id).inserted else { return nil }
            let color = entry.value["field_color"]
            return ProceedingTerm(
                kind: kind, id: id, name: String(name.prefix(200)), description: text(entry.value["description"]),
                weight: number(entry.value["weight"]).flatMap { Int64(exactly: $0.rounded()) } ?? 0,
                color: text(color) ?? text(color?["color"]))
        }
    }
}
