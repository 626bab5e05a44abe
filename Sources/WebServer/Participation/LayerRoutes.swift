import Formats
import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Planning layers: the list, one, its features, and uploads.
enum LayerRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}/layers"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listLayers", summary: "The planning layers of a proceeding.",
                tag: "Layers", access: .everybody, parameters: ChangeList.parameters)
        ) { call in
            if let since = try await ChangeList.instant(call) { return try await ChangeList.layers(call, since: since) }
            try ChangeList.refusePages(call)
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let layers = try await call.installation.layers(of: proceeding, scope: scope)
            return Answer.value(
                .object([
                    .init("layers", .array(layers.map(LayerValue.make))),
                    .init("numberReturned", .integer(Int64(layers.count))),
                ]), headers: [.cacheControl: "no-cache"])
        },
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "importLayer",
                summary: "Imports a file as planning layer; a layer of the same id is replaced at once when all is in.",
                tag: "Layers", access: .permission(.manageProceeding),
                parameters: [
                    ParameterDescription(name: "id", summary: "Slug of the layer; made of the file name by default."),
                    ParameterDescription(name: "name", summary: "Name of the layer for people."),
                    ParameterDescription(
                        name: "crs", summary: "CRS of the file, such as EPSG:25832, where it tells none."),
                    ParameterDescription(
                        name: "role", summary: "What the layer is for.",
                        shape: .choice(PlanningLayer.Role.allCases.map(\.rawValue))),
                    ParameterDescription(name: "populationField", summary: "Attribute with the number of inhabitants."),
                    ParameterDescription(name: "licence", summary: "Licence of its data; the proceeding's by default."),
                    ParameterDescription(name: "table", summary: "Table of the file, where it has several."),
                    ParameterDescription(
                        name: "encoding", summary: "Encoding of the texts, where the file does not tell."),
                    ParameterDescription(
                        name: "makeValid", summary: "Whether invalid geometries are repaired.", shape: .flag),
                    ParameterDescription(
                        name: "skipInvalid",
                        summary:
                            "Whether features that break a rule are left out and reported, instead of refusing all.",
                        shape: .flag),
                    ParameterDescription(name: "filename", summary: "Name of the file; its ending tells the format."),
                ],
                body: BodyDescription(
                    mediaTypes: ["application/octet-stream", "application/geo+json", "application/geopackage+sqlite3"],
                    summary: "The file itself, up to the limit of the server."), successStatus: 201,
                successSummary: "The layer is in; the answer has the report.", problems: [409, 422]), handler: create),
        Route(
            description: RouteDescription(
                method: .get, path: path + "/{layer}", operation: "getLayer", summary: "One planning layer.",
                tag: "Layers", access: .everybody)
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let layer = try await call.installation.layer(
                try call.name("layer", of: "layer"), of: proceeding, scope: scope)
            return answer(layer, caching: "no-cache")
        },
        Route(
            description: RouteDescription(
                method: .patch, path: path + "/{layer}", operation: "changeLayer",
                summary: "Changes what is told of a layer; its features are replaced by importing it again.",
                tag: "Layers", access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/merge-patch+json", "application/json"],
                    summary: "The members to change; null takes one away. Send If-Match.",
                    example: #"{"name": "Stadtteile 2026", "populationField": "einwohner"}"#),
                problems: [412, 422, 428]), handler: change),
        Route(
            description: RouteDescription(
                method: .delete, path: path + "/{layer}", operation: "removeLayer",
                summary: "Removes a layer with its features.", tag: "Layers", access: .permission(.manageProceeding),
                successStatus: 204, successSummary: "It is gone.", produces: [], problems: [412])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            try await call.installation.removeLayer(
                try call.name("layer", of: "layer"), of: proceeding, precondition: call.precondition(required: false),
                scope: scope)
            return Response(status: .noContent, headers: [.cacheControl: "no-store"])
        },
        Route(
            description: RouteDescription(
                method: .get, path: path + "/{layer}/items", operation: "listLayerItems",
                summary: "The features of a layer in the order of its source, in pages.", tag: "Layers",
                access: .everybody,
                parameters: [
                    ParameterDescription(name: "bbox", summary: "Box that the feature must meet, in degrees.")
                ] + Call.pageParameters, produces: ["application/geo+json"]), handler: items),
    ]

    private static func create(_ call: Call) async throws -> Response {
        var options = LayerImportOptions()
        options.id = try call.query.text("id", maximumLength: 64)
        options.name = try call.query.text("name", maximumLength: 400)
        options.role = try call.query.choice("role", as: PlanningLayer.Role.self) ?? .context
        options.crs = try call.query.text("crs")
        options.populationField = try call.query.text("populationField", maximumLength: 200)
        options.licence = try call.query.text("licence", maximumLength: 500)
        options.source.layer = try call.query.text("table", maximumLength: 200)
        options.source.encoding = try call.query.text("encoding", maximumLength: 40)
        options.makeValid = try call.query.flag("makeValid") ?? false
        options.skipInvalid = try call.query.flag("skipInvalid") ?? false
        let wanted = options
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let key = call.sentIdempotencyKey
        let (layer, report, isReplay) = try await Upload.receive(call) { path, name in
            try await call.services.compute.run(.upload, of: call.context.tenant) {
                try await call.installation.importLayer(
                    path: path, fileName: name, options: wanted, to: proceeding, idempotencyKey: key, scope: scope)
            }
        }
        return Answer.value(
            .object([.init("layer", LayerValue.make(layer)), .init("report", ImportReportValue.make(report))]),
            status: .created,
            headers: HTTPFields.made("\(call.request.uri.path)/\(layer.id)", isReplay: isReplay))
    }

    private static func change(_ call: Call) async throws -> Response {
        let precondition = try call.precondition(required: true)
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        var (body, _) = try await JSONBody.read(call)
        body.allow(only: ["name", "role", "populationField", "licence"])
        var change = LayerChange()
        if body.has("name") { change.name = body.text("name", required: true) }
        if body.has("role") {
            change.role = body.text("role", required: true).flatMap(PlanningLayer.Role.init)
            if change.role == nil {
                let roles = PlanningLayer.Role.allCases.map(\.rawValue).joined(separator: ", ")
                body.fault("role", "value", "This member must be one of \(roles).")
            }
        }
        if body.has("populationField") { change.populationField = .set(body.text("populationField")) }
        if body.has("licence") { change.licence = .set(body.text("licence")) }
        try JSONBody.finish(body)
        let layer = try await call.installation.changeLayer(
            try call.name("layer", of: "layer"), change, of: proceeding, precondition: precondition, scope: scope)
        return answer(layer, caching: "no-store")
    }

    private static func answer(_ layer: PlanningLayer, caching: String) -> Response {
        Answer.value(LayerValue.make(layer), headers: [.cacheControl: caching, .eTag: ItemTag.make(layer.changed)])
    }

    private static func items(_ call: Call) async throws -> Response {
        let boxes = try call.boxes()
        let limit = try call.query.limit()
        let cursor = try call.cursor()
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let tag = VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request)
        let page = try await call.installation.layerItems(
            of: try call.name("layer", of: "layer"), in: proceeding, boxes: boxes, limit: limit, after: cursor,
            scope: scope)
        let next = PageLinks.next(page.next, call)
        var bytes = Array("{\"type\":\"FeatureCollection\",\"features\":[".utf8)
        for (index, item) in page.items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Array("{\"type\":\"Feature\",\"id\":\(item.ordinal),\"geometry\":".utf8)
            if let wkb = item.wkb, let geometry = try? WKB.decode(wkb) {
                GeoJSONGeometry.append(geometry, to: &bytes)
            } else {
                bytes += Array("null".utf8)
            }
            bytes += Array(",\"properties\":".utf8)
            bytes += Array((item.properties.isEmpty ? "{}" : item.properties).utf8)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes += Array("],\"numberReturned\":\(page.items.count),\"links\":".utf8)
        PageLinks.value(next).append(to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return Answer.bytes(
            bytes, type: "application/geo+json; charset=utf-8", tag: tag, request: call.request,
            headers: PageLinks.headers(next))
    }
}
