import GeoCore
import Participation
import Platform
import Storage

/// Moderated items as JSON.
enum ModerationValue {
    /// An item with the passages that look like personal data.
    static func make(_ item: ModeratedItem, in proceeding: Proceeding) -> JSONValue {
        .object(members(item, in: proceeding))
    }

    /// An item with its history.
    static func make(_ record: ModerationRecord, in proceeding: Proceeding) -> JSONValue {
        .object(
            members(record.item, in: proceeding) + [
                .init(
                    "reported",
                    .array(
                        record.reports.map { report in
                            .object([
                                .init("reason", .string(report.reason)), .init("text", text(report.text)),
                                .init("created", instant(report.created)),
                            ])
                        })),
                .init("decisions", .array(record.events.map(make))),
                .init("texts", .array(record.texts.map(make))),
            ])
    }

    private static func members(_ item: ModeratedItem, in proceeding: Proceeding) -> [JSONValue.Member] {
        let images = item.attachments.enumerated().flatMap { index, image in
            [("attachments/\(index)/alt", image.alt), ("attachments/\(index)/credit", image.credit ?? "")]
        }
        let texts = [("title", item.title ?? ""), ("text", item.text)] + images
        let findings: [JSONValue] = texts.flatMap { name, text in
            PersonalData.findings(in: text).map { finding in
                .object([
                    .init("kind", .string(finding.kind.rawValue)), .init("member", .string(name)),
                    .init("passage", .string(PersonalData.passage(finding, of: text))),
                ])
            }
        }
        return [
            .init("id", .string(String(item.reference.id))),
            .init("kind", .string("\(item.reference.kind)")),
            .init("\(item.reference.root.kind)", .string(String(item.reference.root.id))),
            .init("state", .string(item.state.name)),
            .init("version", .integer(item.version)),
            .init("title", text(item.title)),
            .init("text", .string(item.text)),
            .init("redacted", .bool(item.isRedacted)),
            .init("created", instant(item.created)),
            .init("changed", instant(item.changed)),
            .init("need", .integer(item.need.weight)),
            .init("reports", .integer(item.need.reports)),
            .init("signs", .array(item.need.signs.names.map { .string($0) })),
            .init("waitsSince", item.waitsSince.map(instant) ?? .null),
            .init("findings", .array(findings)),
            .init("attachments", .array(item.attachments.map { $0.value(in: proceeding) })),
        ]
    }

    /// An earlier text; members that most have not are left out where they say nothing.
    static func make(_ earlier: EarlierText) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("version", .integer(earlier.version)), .init("title", text(earlier.title)),
            .init("text", .string(earlier.text)), .init("cause", .string(earlier.cause)),
            .init("replaced", instant(earlier.replaced)),
        ]
        if !earlier.other.isEmpty {
            let other = earlier.other.sorted { $0.key < $1.key }
            members.append(.init("other", .object(other.map { .init($0.key, .string($0.value)) })))
        }
        if let comment = earlier.comment { members.append(.init("comment", .string(String(comment)))) }
        return .object(members)
    }

    private static func make(_ event: ModerationEvent) -> JSONValue {
        .object([
            .init("action", .string(event.action)), .init("before", .string(event.before.name)),
            .init("after", .string(event.after.name)), .init("reason", text(event.reason)),
            .init("note", text(event.note)), .init("account", text(event.account)),
            .init("created", instant(event.created)),
        ])
    }

    private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    private static func instant(_ value: Int64) -> JSONValue { .string(Timestamp.rfc3339(value)) }
}

extension ModerationDecision {
    /// Reads the decision of a body; members that are missing or wrong are noted as faults.
    init?(reading body: inout JSONBody) {
        let actions = ModerationAction.allCases.map(\.rawValue).joined(separator: ", ")
        let word = body.text("action", required: true)
        let action = word.flatMap(ModerationAction.init)
        if word != nil, action == nil { body.fault("action", "value", "action is one of \(actions).") }
        let reasons = ModerationReason.allCases.map(\.rawValue).joined(separator: ", ")
        let reasonWord = body.text("reason")
        let reason = reasonWord.flatMap(ModerationReason.init)
        if reasonWord != nil, reason == nil { body.fault("reason", "value", "reason is one of \(reasons).") }
        let note = body.text("note")
        let passages = body.texts("passages")
        guard let action else { return nil }
        self.init(action, reason: reason, note: note, passages: passages)
    }

    /// The members of a body that are a decision.
    static let members: Set<String> = ["action", "reason", "note", "passages"]
}

extension JSONBody {
    /// The texts of an array; empty when it is missing.
    mutating func texts(_ name: String) -> [String] {
        guard let member = member(name) else { return [] }
        guard let items = member.array else {
            fault(name, "type", "This member must be an array of texts.")
            return []
        }
        return items.enumerated().compactMap { index, item in
            if case .string(let text) = item { return text }
            fault(name, at: index, "type", "This must be a text.")
            return nil
        }
    }
}
