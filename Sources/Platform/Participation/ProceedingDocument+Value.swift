import Foundation
public import GeoCore
public import Participation

extension ProceedingDocument {
    /// The members of a proceeding that may be changed, as a document that reads back as the same proceeding.
    public static func value(of proceeding: Proceeding) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
        func instant(_ value: Int64?) -> JSONValue { value.map { .string(Timestamp.rfc3339($0)) } ?? .null }
        let details = proceeding.details
        return .object([
            .init("id", .string(proceeding.id)), .init("name", .string(proceeding.name)),
            .init("description", .string(proceeding.description)), .init("owner", text(proceeding.owner)),
            .init("website", text(proceeding.website)), .init("area", proceeding.area.map(area) ?? .null),
            .init("visibility", .string(proceeding.isPublic ? "public" : "internal")),
            .init("state", .string(proceeding.isArchived ? "archived" : "active")),
            .init("publisher", text(details.publisher)), .init("licence", text(details.licence)),
            .init("contact", text(details.contact)), .init("topics", texts(details.topics)),
            .init("districts", texts(details.districts)), .init("tags", texts(details.tags)),
            .init("types", encoded(details.types)),
            .init("centre", details.centre.map { .array($0.map { .number($0) }) } ?? .null),
            .init("languages", texts(details.languages)),
            .init(
                "schedule",
                .object([
                    .init("phase1Start", instant(proceeding.schedule.phase1Start)),
                    .init("phase1End", instant(proceeding.schedule.phase1End)),
                    .init("phase2Start", instant(proceeding.schedule.phase2Start)),
                    .init("phase2End", instant(proceeding.schedule.phase2End)),
                ])),
            .init("settings", encoded(proceeding.settings)),
        ])
    }

    /// A patch with the short form of the schedule, `"phase1": {"start": …, "end": …}`, in the form that ``value(of:)`` has,
    /// so that it replaces what is there; a phase that is taken away has neither start nor end.
    static func flattened(_ patch: JSONValue) -> JSONValue {
        guard case .object(let members) = patch else { return patch }
        return .object(
            members.map { member in
                guard member.name == "schedule", case .object(let phases) = member.value else { return member }
                return .init("schedule", .object(phases.flatMap { flattened($0, beside: phases) }))
            })
    }

    private static func flattened(_ phase: JSONValue.Member, beside others: [JSONValue.Member]) -> [JSONValue.Member] {
        let names = ["start": phase.name + "Start", "end": phase.name + "End"]
        // Given in both forms, they are held against each other later.
        guard ["phase1", "phase2"].contains(phase.name), !others.contains(where: { names.values.contains($0.name) })
        else { return [phase] }
        switch phase.value {
        case .null: return names.values.sorted().map { .init($0, .null) }
        case .object(let ends):
            let known = ends.compactMap { end in names[end.name].map { JSONValue.Member($0, end.value) } }
            let rest = ends.filter { names[$0.name] == nil }
            return known + (rest.isEmpty ? [] : [.init(phase.name, .object(rest))])
        default: return [phase]
        }
    }

    private static func area(_ geometry: Geometry) -> JSONValue {
        var bytes: [UInt8] = []
        GeoJSONGeometry.append(geometry, to: &bytes)
        return (try? JSONValue.parse(bytes, limits: .importing)) ?? .null
    }

    private static func encoded(_ value: some Encodable) -> JSONValue {
        guard let data = try? JSONEncoder().encode(value) else { return .null }
        return (try? JSONValue.parse(Array(data), limits: .importing)) ?? .null
    }
}

extension JSONValue {
    /// This value changed by a merge patch (RFC 7396): members of the patch replace, `null` takes away.
    ///
    /// - Complexity: the depth is that of the patch, which the parser limits.
    public func merging(_ patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members: [Member] = []
        if case .object(let own) = self { members = own }
        for change in changes {
            let place = members.firstIndex { $0.name == change.name }
            if change.value == .null {
                if let place { members.remove(at: place) }
            } else if let place {
                members[place].value = members[place].value.merging(change.value)
            } else {
                members.append(Member(change.name, JSONValue.null.merging(change.value)))
            }
        }
        return .object(members)
    }
}
