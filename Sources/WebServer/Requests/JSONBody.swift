import GeoCore
import Hummingbird
import Participation

/// The members of a JSON object of a request, read one by one; what is not asked for is refused by name.
struct JSONBody: Sendable {
    private let value: JSONValue
    private let pointer: String
    /// Faults found so far.
    private(set) var faults: [Problem.Fault] = []

    /// Reads the body of `call` in the strict order: length, type, one scan of the bytes, then values.
    ///
    /// - Throws: ``Problem`` 413, 415, 408; 400 for what is no JSON; 422 for limits of ours.
    static func read(_ call: Call) async throws -> (body: JSONBody, bytes: [UInt8]) {
        let bytes = try await bytes(call)
        let value: JSONValue
        do {
            value = try JSONValue.parse(bytes)
        } catch {
            throw Problem(error)
        }
        guard case .object = value else { throw Problem(.invalidInput, "The body must be a JSON object.") }
        return (JSONBody(value, at: ""), bytes)
    }

    /// The bytes of the body, within the limits of the settings.
    static func bytes(_ call: Call) async throws -> [UInt8] {
        try await StrictBody(
            maximumBytes: call.services.settings.maximumJSONBytes, deadline: call.services.settings.bodyDeadline
        ).jsonBytes(call.request)
    }

    init(_ value: JSONValue, at pointer: String) {
        self.value = value
        self.pointer = pointer
    }

    /// A member as it is; `nil` when it is missing or `null`.
    func member(_ name: String) -> JSONValue? {
        guard let member = value[name], member != .null else { return nil }
        return member
    }

    /// Whether a member is there, be it `null`.
    func has(_ name: String) -> Bool { value[name] != nil }

    /// The text of a member; another kind of value is a fault.
    mutating func text(_ name: String, required: Bool = false) -> String? {
        switch member(name) {
        case .string(let text)?: return text
        case nil:
            if required { fault(name, "required", "This member is required.") }
        default: fault(name, "type", "This member must be a text.")
        }
        return nil
    }

    /// An instant with its offset, in milliseconds since 1970.
    mutating func instant(_ name: String, required: Bool = false) -> Int64? {
        guard let text = text(name, required: required) else { return nil }
        if text.utf8.count > 10, let instant = Timestamp.milliseconds(text) { return instant }
        fault(name, "date", "This member must be an RFC 3339 instant such as 2026-05-20T18:00:00+02:00.")
        return nil
    }

    /// A whole number.
    mutating func integer(_ name: String) -> Int64? {
        switch member(name) {
        case .integer(let number)?: return number
        case nil: break
        default: fault(name, "type", "This member must be a whole number.")
        }
        return nil
    }

    /// `true` or `false`.
    mutating func flag(_ name: String) -> Bool? {
        switch member(name) {
        case .bool(let flag)?: return flag
        case nil: break
        default: fault(name, "type", "This member must be true or false.")
        }
        return nil
    }

    /// An object inside.
    mutating func object(_ name: String) -> JSONBody? {
        switch member(name) {
        case .object?: return member(name).map { JSONBody($0, at: "\(pointer)/\(name)") }
        case nil: fault(name, "required", "This member is required.")
        default: fault(name, "type", "This member must be an object.")
        }
        return nil
    }

    /// A geometry; its faults of form are told with their reason.
    mutating func geometry(_ name: String) -> Geometry? {
        guard let member = member(name) else { return nil }
        if case .object(let members) = member {
            // A member such as crs would change what the coordinates mean: it must not be passed over.
            var inner = JSONBody(member, at: "\(pointer)/\(name)")
            let known: Set<String> = ["type", "coordinates", "geometries", "bbox"]
            if members.contains(where: { !known.contains($0.name) }) {
                inner.allow(only: known)
                faults += inner.faults
                return nil
            }
        }
        do {
            return try GeoJSONGeometry.parse(member)
        } catch {
            fault(name, "geometry", "\(error)")
            return nil
        }
    }

    /// Refuses every member that is not one of `names`.
    mutating func allow(only names: Set<String>) {
        guard case .object(let members) = value else { return }
        for member in members where !names.contains(member.name) {
            fault(
                Problem.echo(member.name), "unknownMember",
                "This member is not known; allowed are "
                    + names.sorted().joined(separator: ", ") + ".")
        }
    }

    /// Notes a fault of a member, or of the element at `index` of an array.
    mutating func fault(_ name: String, at index: Int? = nil, _ code: String, _ detail: String) {
        let escaped = name.replacing("~", with: "~0").replacing("/", with: "~1")
        let place = index.map { "\(escaped)/\($0)" } ?? escaped
        faults.append(Problem.Fault(pointer: "\(pointer)/\(place)", code: code, detail: detail))
    }

    /// Looks at a `bbox` (RFC 7946, 5): it is not used, but must be one.
    mutating func checkBox() {
        guard let member = member("bbox") else { return }
        let numbers = member.array?.filter { if case .string = $0 { false } else { $0.double != nil } }
        guard let numbers, numbers.count == member.array?.count, [4, 6].contains(numbers.count) else {
            return fault("bbox", "type", "A bbox has 4 or 6 numbers.")
        }
    }

    /// Ends the reading.
    ///
    /// - Throws: ``Problem`` 422 with every fault of the objects read.
    static func finish(_ bodies: JSONBody?...) throws {
        let faults = bodies.flatMap { $0?.faults ?? [] }
        guard faults.isEmpty else {
            throw Problem(.invalidInput, "The body was understood, but cannot be taken as it is.", errors: faults)
        }
    }
}

extension Problem {
    /// What is told of bytes that are no acceptable JSON.
    init(_ error: JSONError) {
        self.init(
            error.code.isSyntax || error.code == .duplicateName ? .badRequest : .invalidInput,
            "\(error.message) Line \(error.line), column \(error.column).",
            errors: [Fault(pointer: "", code: error.code.rawValue, detail: "\(error)")])
    }
}
