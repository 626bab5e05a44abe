import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Lists of what changed, for systems that harvest: the items as they are now, and tombstones of those that went.
enum ChangeList {
    /// The query parameter that asks for changes.
    static let parameter = ParameterDescription(
        name: "modifiedSince",
        summary: """
            Only what changed at or after this RFC 3339 instant or day of the tenant's time zone, in order of change, with tombstones of what went; \
            the next harvest begins at modifiedUntil of the answer.
            """)

    /// The instant asked for, and a check that nothing else is asked.
    ///
    /// - Throws: ``Problem`` 400 for what is no instant, or together with filters: what leaves a filter would be lost.
    static func instant(_ call: Call) async throws -> Int64? {
        // What cannot be read is refused before the tenant is looked up.
        guard try call.query.instant("modifiedSince") != nil else { return nil }
        let days = try await call.namedDays(in: ["modifiedSince"])
        guard let instant = try call.query.instant("modifiedSince", in: days) else { return nil }
        let names = (call.request.uri.query ?? "").split(separator: "&").compactMap {
            $0.split(separator: "=").first.map { String($0) }
        }
        if let other = names.first(where: { !["modifiedSince", "limit", "cursor"].contains($0) }) {
            throw Problem.parameter(
                "modifiedSince", "modifiedSince goes with limit and cursor alone, not with \(Problem.echo(other)).")
        }
        // Exact times tell people apart: the public asks by the minute.
        return Timestamp.minute(instant)
    }

    /// The query parameters of a list that has pages for its changes alone.
    static let parameters = Call.pageParameters + [parameter]

    /// Refuses parameters of pages at a list that has none but for its changes.
    ///
    /// - Throws: ``Problem`` 400.
    static func refusePages(_ call: Call) throws {
        for name in ["limit", "cursor"] where try call.query.text(name) != nil {
            throw Problem.parameter(name, "This list has no pages; \(name) goes with modifiedSince alone.")
        }
    }

    /// The contributions that changed, as a FeatureCollection with tombstones.
    static func contributions(_ call: Call, since: Int64) async throws -> Response {
        try await features(call) { proceeding, limit, cursor, scope in
            try await call.installation.contributionChanges(
                of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, proceeding, bytes in
            ContributionFeature.append(item, in: proceeding, to: &bytes)
        }
    }

    /// The conceptions that changed, as a FeatureCollection with tombstones.
    static func conceptions(_ call: Call, since: Int64) async throws -> Response {
        try await features(call) { proceeding, limit, cursor, scope in
            try await call.installation.conceptionChanges(
                of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, proceeding, bytes in
            ConceptionFeature.append(item, in: proceeding, to: &bytes)
        }
    }

    /// The appointments that changed, as a FeatureCollection with tombstones.
    static func appointments(_ call: Call, since: Int64) async throws -> Response {
        try await features(call) { proceeding, limit, cursor, scope in
            try await call.installation.appointmentChanges(
                of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, _, bytes in
            AppointmentFeature.append(item, to: &bytes)
        }
    }

    private static func features<Item>(
        _ call: Call, _ changes: (Proceeding, Int, Cursor?, Scope) async throws -> Storage.Page<ItemChange<Item>>,
        append: (Item, Proceeding, inout [UInt8]) -> Void
    ) async throws -> Response {
        try await list(
            call, opening: "{\"type\":\"FeatureCollection\",\"features\":[",
            type: "application/geo+json; charset=utf-8", changes, append: append)
    }

    /// The comments that changed, without their trees, with tombstones.
    static func comments(_ call: Call, on root: CommentRoot, since: Int64) async throws -> Response {
        try await list(call, opening: "{\"comments\":[") { proceeding, limit, cursor, scope in
            try await call.installation.commentChanges(
                on: root, of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, _, bytes in
            CommentForest.value(item).append(to: &bytes)
        }
    }

    /// The downloads that changed, with tombstones.
    static func downloads(_ call: Call, since: Int64) async throws -> Response {
        try await list(call, opening: "{\"downloads\":[") { proceeding, limit, cursor, scope in
            try await call.installation.downloadChanges(
                of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, proceeding, bytes in
            item.value(in: proceeding).append(to: &bytes)
        }
    }

    /// The categories that changed, with tombstones that name their slugs.
    static func categories(_ call: Call, since: Int64) async throws -> Response {
        try await list(call, opening: "{\"categories\":[") { proceeding, limit, cursor, scope in
            try await call.installation.categoryChanges(
                of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, _, bytes in
            bytes += try Answer.encode(item)
        }
    }

    /// The types that changed, with tombstones that name their slugs.
    static func types(_ call: Call, since: Int64) async throws -> Response {
        try await list(call, opening: "{\"types\":[") { proceeding, limit, cursor, scope in
            try await call.installation.typeChanges(
                of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, _, bytes in
            ProceedingValue.make(item).append(to: &bytes)
        }
    }

    /// The layers that came, changed or went.
    static func layers(_ call: Call, since: Int64) async throws -> Response {
        try await list(call, opening: "{\"layers\":[") { proceeding, limit, cursor, scope in
            try await call.installation.layerChanges(
                of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, _, bytes in
            LayerValue.make(item).append(to: &bytes)
        }
    }

    /// The official answers given since, of which none ever goes.
    static func answers(_ call: Call, to contribution: Int64, since: Int64) async throws -> Response {
        let scope = try await call.scope()
        return try await list(call, opening: "{\"answers\":[") { proceeding, limit, cursor, scope in
            try await call.installation.answerChanges(
                to: contribution, of: proceeding, since: since, limit: limit, after: cursor, scope: scope)
        } append: { item, proceeding, bytes in
            AnswerValue.make(item, by: AnswerAuthor(in: proceeding, scope: scope)).append(to: &bytes)
        }
    }

    /// The images on a contribution or a conception that changed, with tombstones.
    static func attachments(_ call: Call, on root: CommentRoot, since: Int64) async throws -> Response {
        var response = try await list(call, opening: "{\"attachments\":[") { proceeding, limit, cursor, scope in
            try await call.installation.attachmentChanges(
                on: root, of: proceeding, receipt: call.receipt, since: since, limit: limit, after: cursor,
                scope: scope)
        } append: { item, proceeding, bytes in
            item.value(in: proceeding).append(to: &bytes)
        }
        // It may be the author's own, which nobody else sees.
        if call.receipt != nil || call.request.headers[.authorization] != nil {
            response.headers[.cacheControl] = "no-store"
        }
        return response
    }

    /// The proceedings that changed, with tombstones that name their slugs.
    static func proceedings(_ call: Call, since: Int64) async throws -> Response {
        let limit = try call.query.limit()
        let cursor = try call.cursor()
        let scope = try await call.scope()
        let until = Self.until(call)
        let page = try await call.installation.proceedingChanges(
            since: since, limit: limit, after: cursor, scope: scope)
        let now = call.installation.now()
        var (bytes, headers) = write(page, opening: "{\"proceedings\":[", until: until, call) { item, bytes in
            ProceedingValue.make(item, now: now).append(to: &bytes)
        }
        headers[.cacheControl] = "no-cache"
        return Answer.bytes(bytes, type: "application/json; charset=utf-8", request: call.request, headers: headers)
    }

    private static func list<Item>(
        _ call: Call, opening: String, type: String = "application/json; charset=utf-8",
        _ changes: (Proceeding, Int, Cursor?, Scope) async throws -> Storage.Page<ItemChange<Item>>,
        append: (Item, Proceeding, inout [UInt8]) throws -> Void
    ) async throws -> Response {
        let limit = try call.query.limit()
        let cursor = try call.cursor()
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let until = Self.until(call)
        let page = try await changes(proceeding, limit, cursor, scope)
        let (bytes, headers) = try write(page, opening: opening, until: until, call) {
            try append($0, proceeding, &$1)
        }
        return Answer.bytes(
            bytes, type: type,
            tag: VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request),
            request: call.request, headers: headers)
    }

    private static func write<Item>(
        _ page: Storage.Page<ItemChange<Item>>, opening: String, until: Int64, _ call: Call,
        append: (Item, inout [UInt8]) throws -> Void
    ) rethrows -> (bytes: [UInt8], headers: HTTPFields) {
        var bytes = Array(opening.utf8)
        var count = 0
        for case .changed(let item) in page.items {
            if count > 0 { bytes.append(UInt8(ascii: ",")) }
            try append(item, &bytes)
            count += 1
        }
        bytes += Array("]".utf8)
        let next = PageLinks.next(page.next, call)
        finish(page.items.compactMap(\.tombstone), count: count, until: until, next, &bytes)
        return (bytes, PageLinks.headers(next))
    }

    /// Until when the list is complete: writes under way may still carry the time of their arrival.
    private static func until(_ call: Call) -> Int64 { Timestamp.minute(call.installation.now() - 60_000) }

    private static func finish(
        _ tombstones: [Tombstone], count: Int, until: Int64, _ next: String?, _ bytes: inout [UInt8]
    ) {
        let stones: [JSONValue] = tombstones.map { stone in
            .object([
                .init("id", .string(stone.name ?? String(stone.id))), .init("state", .string(stone.state.name)),
                .init("time", .string(Timestamp.rfc3339(Timestamp.minute(stone.time)))),
            ])
        }
        bytes += Array(",\"tombstones\":".utf8)
        JSONValue.array(stones).append(to: &bytes)
        bytes += Array(",\"numberReturned\":\(count),\"modifiedUntil\":\"\(Timestamp.rfc3339(until))\",\"links\":".utf8)
        PageLinks.value(next).append(to: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }
}

extension ItemChange {
    /// The tombstone, where the item is not there any more.
    fileprivate var tombstone: Tombstone? {
        guard case .gone(let stone) = self else { return nil }
        return stone
    }
}
