import GeoCore
import Participation
import Storage

/// A proceeding as JSON.
enum ProceedingValue {
    static func make(
        _ proceeding: Proceeding, now: Int64, categories: [Participation.Category]? = nil, counts: ProceedingSums? = nil
    ) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        func instant(_ value: Int64?) -> JSONValue { value.map { .string(Timestamp.rfc3339($0)) } ?? .null }
        let phase = proceeding.phase(at: now)
        let settings = proceeding.settings
        var members: [JSONValue.Member] = [
            .init("id", .string(proceeding.id)),
            .init("name", .string(proceeding.name)),
            .init("description", .string(proceeding.description)),
            .init("owner", text(proceeding.owner)),
            .init("website", text(proceeding.website)),
            .init("visibility", .string(proceeding.isPublic ? "public" : "internal")),
            .init("state", .string(proceeding.isArchived ? "archived" : "active")),
            .init("publisher", text(proceeding.details.publisher)),
            .init("licence", text(proceeding.details.licence)),
            .init("contact", text(proceeding.details.contact)),
            .init("topics", .array(proceeding.details.topics.map { .string($0) })),
            .init("districts", .array(proceeding.details.districts.map { .string($0) })),
            .init("tags", .array(proceeding.details.tags.map { .string($0) })),
            .init("languages", .array(proceeding.details.languages.map { .string($0) })),
            .init("centre", centre(of: proceeding)),
            .init("created", instant(proceeding.created)),
            .init("dataVersion", .integer(proceeding.dataVersion)),
            .init("phase", .string(phase.rawValue)),
            .init("open", open(proceeding, now: now)),
            .init(
                "schedule",
                .object([
                    .init("phase1Start", instant(proceeding.schedule.phase1Start)),
                    .init("phase1End", instant(proceeding.schedule.phase1End)),
                    .init("phase2Start", instant(proceeding.schedule.phase2Start)),
                    .init("phase2End", instant(proceeding.schedule.phase2End)),
                ])),
            .init(
                "settings",
                .object([
                    .init("allowedGeometries", .array(settings.allowedGeometries.map { .string($0) })),
                    .init("maximumTextLength", .integer(Int64(settings.maximumTextLength))),
                    .init("mustBeLocated", .bool(settings.mustBeLocated)),
                    .init("outsideArea", .string(settings.outsideArea.rawValue)),
                    .init("metricCRS", text(settings.metricCRS)),
                    .init("anonymousAllowed", .bool(settings.anonymousAllowed)),
                    .init("editWindowMinutes", .integer(Int64(settings.editWindowMinutes))),
                    .init("moderation", .string(settings.moderation.rawValue)),
                    .init("closed", .array(settings.closed.map(\.rawValue).sorted().map { .string($0) })),
                    .init(
                        "retention",
                        .object([
                            .init("participantDays", .integer(Int64(settings.retention.participantDays))),
                            .init("unpublishedDays", .integer(Int64(settings.retention.unpublishedDays))),
                            .init("redactedDays", .integer(Int64(settings.retention.redactedDays))),
                        ])),
                    .init(
                        "attachments",
                        .object([
                            .init("allowed", .bool(settings.attachments.allowed)),
                            .init("maximumCount", .integer(Int64(settings.attachments.maximumCount))),
                            .init("maximumMegabytes", .integer(Int64(settings.attachments.maximumMegabytes))),
                        ])),
                    .init(
                        "downloads",
                        .object([
                            .init("maximumMegabytes", .integer(Int64(settings.downloads.maximumMegabytes)))
                        ])),
                    .init("privacyBudget", .number(settings.privacyBudget)),
                    .init("withholdsSmallAreas", .bool(settings.withholdsSmallAreas)),
                ])),
        ]
        if let categories {
            members.append(
                .init(
                    "categories",
                    .array(
                        categories.map { category in
                            .object([
                                .init("id", .string(category.id)), .init("name", .string(category.name)),
                                .init("description", text(category.description)),
                                .init("colour", text(category.color)), .init("icon", text(category.icon)),
                                .init("weight", .integer(Int64(category.weight))),
                                .init("archived", .bool(category.archived)),
                                .init("private", .bool(category.isPrivate)),
                                .init("sensitive", .bool(category.isSensitive)),
                            ])
                        })))
            members.append(.init("types", types(proceeding)))
            members.append(.init("area", proceeding.area.map(geometry) ?? .null))
        }
        if let counts {
            members.append(
                .init(
                    "counts",
                    .object([
                        .init("contributions", .integer(counts.contributions)),
                        .init("comments", .integer(counts.comments)), .init("votesUp", .integer(counts.votesUp)),
                        .init("votesDown", .integer(counts.votesDown)),
                    ])))
        }
        return .object(members)
    }

    /// Where maps look first: what was given, else the middle of the area's box.
    private static func centre(of proceeding: Proceeding) -> JSONValue {
        if let given = proceeding.details.centre { return .array(given.map { .number($0) }) }
        guard let box = proceeding.area?.boundingBox else { return .null }
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        JSONWriter.append(ordinate: (box.minX + box.maxX) / 2, to: &bytes)
        bytes.append(UInt8(ascii: ","))
        JSONWriter.append(ordinate: (box.minY + box.maxY) / 2, to: &bytes)
        bytes.append(UInt8(ascii: "]"))
        return .written(bytes)
    }

    /// The types of a proceeding, by weight and name.
    static func types(_ proceeding: Proceeding) -> JSONValue {
        let types = proceeding.details.types.sorted { ($0.weight, $0.name, $0.id) < ($1.weight, $1.name, $1.id) }
        return .array(types.map(make))
    }

    /// A type of a proceeding.
    static func make(_ type: ContributionType) -> JSONValue {
        .object([
            .init("id", .string(type.id)), .init("name", .string(type.name)),
            .init("description", type.description.map { .string($0) } ?? .null),
            .init("colour", type.color.map { .string($0) } ?? .null),
            .init("icon", type.icon.map { .string($0) } ?? .null),
            .init("weight", .integer(Int64(type.weight))), .init("archived", .bool(type.archived)),
        ])
    }

    /// What citizens may do now; for what is closed, why and when it opens.
    private static func open(_ proceeding: Proceeding, now: Int64) -> JSONValue {
        let closures = Activity.allCases.map { (activity: $0, closure: proceeding.closure(of: $0, at: now)) }
        let reasons: [JSONValue.Member] = closures.compactMap { activity, closure in
            guard let closure else { return nil }
            return .init(
                activity.rawValue,
                .object([
                    .init("code", .string(closure.reason.rawValue)),
                    .init("detail", .string(closure.detail)),
                    .init("opens", closure.opens.map { .string(Timestamp.rfc3339($0)) } ?? .null),
                ]))
        }
        return .object(
            closures.map { .init($0.activity.rawValue, .bool($0.closure == nil)) }
                + [.init("reasons", .object(reasons))])
    }

    private static func geometry(_ geometry: Geometry) -> JSONValue {
        var bytes: [UInt8] = []
        GeoJSONGeometry.append(geometry, to: &bytes)
        return .written(bytes)
    }
}
