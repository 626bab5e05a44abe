import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Appointments of a proceeding, as a list and as a calendar to subscribe to.
enum AppointmentRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}/appointments"
    private static let one = path + "/{appointment}"
    private static let formats = ["geojson", "ics"]
    /// Appointments of a calendar, unless `limit` says otherwise.
    private static let mostInCalendar = 5_000
    private static let members: Set<String> = ["title", "description", "start", "end", "place", "address", "website"]
    private static let mediaType = "application/geo+json; charset=utf-8"
    private static let example = """
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [9.99, 53.55]}, "properties": \
        {"title": "Auftakt", "start": "2026-05-20T18:00:00+02:00", "end": "2026-05-20T20:00:00+02:00", \
        "place": "Bürgerhaus", "address": "Marktplatz 1, Musterstadt"}}
        """

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listAppointments",
                summary:
                    "The appointments of a proceeding by their beginning, in pages; f=ics is a calendar of all (RFC 5545).",
                tag: "Appointments", access: .everybody,
                parameters: [
                    ParameterDescription(
                        name: "from",
                        summary: "Only those that end after this RFC 3339 instant or day of the tenant's time zone."),
                    ParameterDescription(
                        name: "to",
                        summary:
                            "Only those that begin before this RFC 3339 instant, or on or before a day of the tenant's time zone."
                    ),
                    ParameterDescription(
                        name: "bbox", summary: "Box in which they take place: west,south,east,north in degrees."),
                ] + Call.pageParameters + [Call.formatParameter(formats), ChangeList.parameter],
                produces: ["application/geo+json", "text/calendar"]), handler: list),
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "createAppointment", summary: "Adds an appointment.",
                tag: "Appointments", access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/geo+json", "application/json"],
                    summary: "A GeoJSON feature, its geometry a Point or null.", example: example),
                successStatus: 201, successSummary: "It is stored.", produces: ["application/geo+json"],
                problems: [401, 403, 409, 422]), handler: create),
        Route(
            description: RouteDescription(
                method: .get, path: one, operation: "getAppointment", summary: "One appointment.", tag: "Appointments",
                access: .everybody, parameters: [Call.formatParameter(formats)],
                produces: ["application/geo+json", "text/calendar"])
        ) { call in
            let format = try call.format(formats)
            let (scope, proceeding, id) = try await place(call)
            let found = try await call.installation.appointment(id, of: proceeding, scope: scope)
            let (bytes, tag) = AppointmentFeature.render(found)
            if format == "ics" { return calendar([found], of: proceeding, scope, call, headers: [:]) }
            return Answer.bytes(bytes, type: mediaType, tag: tag, request: call.request)
        },
        Route(
            description: RouteDescription(
                method: .patch, path: one, operation: "changeAppointment", summary: "Changes an appointment.",
                tag: "Appointments", access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/merge-patch+json", "application/json", "application/geo+json"],
                    summary: "The members to change, at their place in the feature; send If-Match.",
                    example: #"{"properties": {"place": "Aula der Schule am Kai"}}"#),
                produces: ["application/geo+json"], problems: [401, 403, 412, 422, 428])
        ) { call in
            let (scope, proceeding, id) = try await place(call)
            let precondition = try call.precondition(required: true)
            var body = try await FeatureBody.read(call, properties: members, isPatch: true)
            var change = AppointmentChange()
            if body.hasGeometry { change.position = .set(body.position()) }
            if body.properties.has("title") { change.title = body.properties.text("title", required: true) }
            if body.properties.has("description") { change.description = body.properties.text("description") ?? "" }
            if body.properties.has("start") { change.start = body.properties.instant("start") }
            if body.properties.has("end") { change.end = body.properties.instant("end") }
            if body.properties.has("place") { change.place = .set(body.properties.text("place")) }
            if body.properties.has("address") { change.address = .set(body.properties.text("address")) }
            if body.properties.has("website") { change.website = .set(body.properties.text("website")) }
            try body.finish()
            let stored = try await call.installation.changeAppointment(
                id, change, of: proceeding, precondition: precondition, scope: scope)
            let (bytes, tag) = AppointmentFeature.render(stored)
            return Answer.bytes(
                bytes, type: mediaType, request: call.request, headers: [.eTag: tag, .cacheControl: "no-store"])
        },
        Route(
            description: RouteDescription(
                method: .delete, path: one, operation: "removeAppointment", summary: "Removes an appointment.",
                tag: "Appointments", access: .permission(.manageProceeding), successStatus: 204,
                successSummary: "It is gone.", produces: [], problems: [401, 403, 412])
        ) { call in
            let (scope, proceeding, id) = try await place(call)
            try await call.installation.removeAppointment(
                id, of: proceeding, precondition: call.precondition(required: false), scope: scope)
            return Response(status: .noContent, headers: [.cacheControl: "no-store"])
        },
    ]

    private static func place(_ call: Call) async throws -> (Scope, Proceeding, Int64) {
        let scope = try await call.scope()
        return (scope, try await call.proceeding(scope), try call.number("appointment", of: "appointment"))
    }

    private static func list(_ call: Call) async throws -> Response {
        if let since = try await ChangeList.instant(call) {
            return try await ChangeList.appointments(call, since: since)
        }
        var filter = AppointmentFilter()
        let days = try await call.namedDays(in: ["from", "to"])
        filter.from = try call.query.instant("from", in: days)
        filter.to = try call.query.instant("to", isEnd: true, in: days)
        filter.boxes = try call.boxes()
        let format = try call.format(formats)
        // Programs that subscribe to a calendar follow no links.
        let isWhole = try format == "ics" && call.query.text("limit") == nil
        let limit = isWhole ? mostInCalendar : try call.query.limit()
        let cursor = try call.cursor()
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let page = try await call.installation.appointments(
            of: proceeding, filter: filter, limit: limit, after: cursor, scope: scope)
        let next = PageLinks.next(page.next, call)
        if format == "ics" {
            return calendar(page.items, of: proceeding, scope, call, headers: PageLinks.headers(next))
        }
        return Answer.bytes(
            FeatureText.page(page.items, next: next) { AppointmentFeature.append($0, to: &$1) }, type: mediaType,
            tag: VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request),
            request: call.request,
            headers: PageLinks.headers(next))
    }

    private static func calendar(
        _ items: [Appointment], of proceeding: Proceeding, _ scope: Scope, _ call: Call, headers: HTTPFields
    ) -> Response {
        var headers = headers
        headers[.contentDisposition] = Answer.attachment("\(proceeding.id)-appointments.ics")
        return Answer.bytes(
            AppointmentCalendar.bytes(items, of: proceeding), type: "text/calendar; charset=utf-8",
            tag: VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request),
            request: call.request,
            headers: headers)
    }

    private static func create(_ call: Call) async throws -> Response {
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        var body = try await FeatureBody.read(call, properties: members)
        let key = try call.idempotencyKey(body: body.bytes)
        let draft = NewAppointment(
            title: body.properties.text("title", required: true) ?? "",
            description: body.properties.text("description") ?? "",
            start: body.properties.instant("start", required: true) ?? 0,
            end: body.properties.instant("end", required: true) ?? 0, place: body.properties.text("place"),
            address: body.properties.text("address"), position: body.position(),
            website: body.properties.text("website"))
        try body.finish()
        let (stored, isReplay) = try await call.installation.addAppointment(
            draft, to: proceeding, scope: scope, idempotency: key)
        return call.created(stored.id, AppointmentFeature.render(stored), isReplay: isReplay)
    }
}
