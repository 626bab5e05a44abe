import Formats
import GeoCore
import Participation
import Platform

extension ModerationReason {
    /// Why something is hidden or rejected, as its author is told.
    var member: JSONValue.Member {
        JSONValue.Member("stateReason", .told(rawValue, words))
    }
}

extension JSONValue {
    /// Something that programs know by a code and people by words of two languages.
    fileprivate static func told(_ code: String, _ words: (german: String, english: String)) -> JSONValue {
        .object([
            .init("code", .string(code)), .init("de", .string(words.german)), .init("en", .string(words.english)),
        ])
    }
}

/// Contributions as GeoJSON features and as lines of CSV.
enum ContributionFeature {
    /// Appends one feature; times are rounded to the minute, as the public may see them.
    static func append(
        _ contribution: Contribution, in proceeding: Proceeding, own: OwnMark? = nil, hints: [LocationHint] = [],
        to out: inout [UInt8]
    ) {
        FeatureText.append(
            id: contribution.id, contribution.geometry, properties(contribution, in: proceeding, own, hints), to: &out)
    }

    /// The same without its place, for lists that are no maps.
    static func value(_ contribution: Contribution, in proceeding: Proceeding) -> JSONValue {
        guard case .object(let members) = properties(contribution, in: proceeding, nil) else { return .null }
        return .object([.init("id", .string(String(contribution.id)))] + members)
    }

    private static func properties(
        _ contribution: Contribution, in proceeding: Proceeding, _ own: OwnMark?, _ hints: [LocationHint] = []
    ) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        var members: [JSONValue.Member] = [
            .init("title", .string(contribution.title)),
            .init("text", .string(contribution.text)),
            .init("category", text(contribution.category)),
            .init("type", text(contribution.type)),
            .init("created", .string(Timestamp.rfc3339(Timestamp.minute(contribution.created)))),
            .init("changed", .string(Timestamp.rfc3339(Timestamp.minute(contribution.changed)))),
            .init(
                "edited", contribution.edited.map { .string(Timestamp.rfc3339(Timestamp.minute($0))) } ?? .null),
            .init("language", text(contribution.language)),
            .init("state", .string(contribution.state.name)),
            .init("status", .string(contribution.status.name)),
            .init("locationQuality", .string(contribution.quality.name)),
            .init("votesUp", .integer(contribution.votesUp)),
            .init("votesDown", .integer(contribution.votesDown)),
            .init("comments", .integer(contribution.commentCount)),
            .init("tags", .array(contribution.tags.map { .string($0) })),
            .init("keywordPicked", .array(contribution.pickedKeywords.map { .string($0) })),
            .init("attachments", .array(contribution.attachments.map { $0.value(in: proceeding) })),
            .init("channel", .string(contribution.channel.rawValue)),
        ]
        if !contribution.suggestedKeywords.isEmpty {
            members.append(.init("keywordSuggested", .array(contribution.suggestedKeywords.map { .string($0) })))
        }
        // A mark in a text is told from one that the author typed.
        if contribution.isRedacted { members.append(.init("redacted", .bool(true))) }
        if let own {
            members.append(.init("own", .bool(true)))
            if let reason = contribution.stateReason { members.append(reason.member) }
            members.append(.init("editableUntil", .string(Timestamp.rfc3339(own.editableUntil))))
            if let proceeding = own.proceeding { members.append(.init("proceeding", .string(proceeding))) }
        }
        if !hints.isEmpty {
            let list = hints.map { JSONValue.told($0.code, $0.words) }
            members.append(.init("hints", .array(list)))
        }
        return .object(members)
    }

    /// The first line of the CSV; its places are degrees or coordinates of another system.
    static func header(isDegrees: Bool) -> String {
        "id,title,text,category,type,created,state,locationQuality,votesUp,votesDown,comments,tags,keywordPicked,"
            + (isDegrees ? "longitude,latitude" : "x,y") + ",channel\r\n"
    }

    /// One line of CSV (RFC 4180); the position is a point's own, or the middle of the box of another geometry.
    static func line(_ contribution: Contribution) -> String {
        var cells: [String] = [
            String(contribution.id), contribution.title, contribution.text, contribution.category ?? "",
            contribution.type ?? "", Timestamp.rfc3339(Timestamp.minute(contribution.created)), contribution.state.name,
            contribution.quality.name, String(contribution.votesUp), String(contribution.votesDown),
            String(contribution.commentCount), contribution.tags.joined(separator: "; "),
            contribution.pickedKeywords.joined(separator: "; "),
        ]
        if let box = contribution.geometry?.boundingBox {
            cells += [ordinate((box.minX + box.maxX) / 2), ordinate((box.minY + box.maxY) / 2)]
        } else {
            cells += ["", ""]
        }
        return CSVText.record(cells + [contribution.channel.rawValue])
    }

    private static func ordinate(_ value: Double) -> String {
        var bytes: [UInt8] = []
        JSONWriter.append(ordinate: value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
