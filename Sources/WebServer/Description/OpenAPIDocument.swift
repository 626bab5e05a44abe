import HTTPTypes

/// The OpenAPI 3.0 description of the server, composed from the table that registers the routes.
struct OpenAPIDocument: Sendable {
    let descriptions: [RouteDescription]

    /// The document as JSON text.
    var json: String {
        let document: DocumentNode = [
            "openapi": "3.0.3",
            "info": [
                "title": "Mitplan",
                "description":
                    "Participatory geodata: planning layers and citizens' contributions in, hotspots, statistics and exports out. Every address under /api/v1 also stands under /t/{tenant}/api/v1.",
                "version": "1.0.0",
                "license": ["name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(tags.map { ["name": .text($0)] }),
            "paths": .object(paths),
            "components": [
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
                "schemas": ["Problem": Self.problemSchema],
                "responses": [
                    "Problem": [
                        "description": "What went wrong (RFC 9457).",
                        "content": [
                            "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
                        ],
                    ]
                ],
            ],
        ]
        return document.json
    }

    private var tags: [String] {
        var seen: [String] = []
        for description in descriptions where !seen.contains(description.tag) { seen.append(description.tag) }
        return seen
    }

    private var paths: [(String, DocumentNode)] {
        var order: [String] = []
        var operations: [String: [(String, DocumentNode)]] = [:]
        func add(_ path: String, _ description: RouteDescription, prefixed: Bool) {
            if operations[path] == nil { order.append(path) }
            operations[path, default: []].append(
                (description.method.rawValue.lowercased(), operation(description, path: path, prefixed: prefixed)))
        }
        for description in descriptions {
            add(description.path, description, prefixed: false)
            if description.place == .tenant { add("/t/{tenant}" + description.path, description, prefixed: true) }
        }
        return order.map { ($0, .object(operations[$0] ?? [])) }
    }

    private func operation(_ description: RouteDescription, path: String, prefixed: Bool) -> DocumentNode {
        var members: [(String, DocumentNode)] = [
            ("operationId", .text(description.operation + (prefixed ? "OfTenant" : ""))),
            ("summary", .text(description.summary)),
            ("tags", [.text(description.tag)]),
        ]
        let inPath: [DocumentNode] = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
            [
                "name": .text(String(segment.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string"],
            ]
        }
        var parameters = inPath + description.parameters.map(Self.parameter)
        if description.method == .post, description.place == .tenant, description.takesIdempotencyKey {
            parameters.append(Self.idempotencyKey)
        }
        if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
        if let body = description.body {
            let content: [(String, DocumentNode)] = body.mediaTypes.map { type in
                let isJSON = type.contains("json")
                var media: [(String, DocumentNode)] = [
                    ("schema", isJSON ? ["type": "object"] : ["type": "string", "format": "binary"])
                ]
                if isJSON, let example = body.example { media.append(("example", .raw(example))) }
                return (type, .object(media))
            }
            members.append(
                ("requestBody", ["required": true, "description": .text(body.summary), "content": .object(content)]))
        }
        let good: DocumentNode = [
            "description": .text(description.successSummary),
            "content": .object(description.produces.map { ($0, ["schema": .object([])]) }),
        ]
        let statuses = Set(description.problems + [400, 500, 503] + (inPath.isEmpty ? [] : [404]))
            .union(description.access == .everybody ? [401] : [401, 403])
            .union(description.body == nil ? [] : [408, 413, 415])
        let bad = statuses.sorted().map { (String($0), ["$ref": "#/components/responses/Problem"] as DocumentNode) }
        members.append(("responses", .object([(String(description.successStatus), good)] + bad)))
        if description.access != .everybody {
            members.append(("description", .text("Who: \(description.access.needed).")))
            members.append(("security", [["bearer": []]]))
        }
        return .object(members)
    }

    private static func parameter(_ parameter: ParameterDescription) -> DocumentNode {
        let schema: DocumentNode =
            switch parameter.shape {
            case .text: ["type": "string"]
            case .list: ["type": "array", "items": ["type": "string"]]
            case .flag: ["type": "boolean"]
            case .integer(let range):
                ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
            case .number(let range):
                ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
            case .choice(let words): ["type": "string", "enum": .array(words.map { .text($0) })]
            }
        var members: [(String, DocumentNode)] = [
            ("name", .text(parameter.name)), ("in", "query"), ("required", .flag(parameter.isRequired)),
            ("description", .text(parameter.summary)), ("schema", schema),
        ]
        if parameter.shape == .list { members += [("style", "form"), ("explode", false)] }
        return .object(members)
    }

    private static let idempotencyKey: DocumentNode = [
        "name": "Idempotency-Key", "in": "header", "required": false,
        "description":
            "1 to 255 visible ASCII characters: for a day the same request with the same key of the same caller is done once.",
        "schema": ["type": "string", "minLength": 1, "maxLength": 255],
    ]

    private static let problemSchema: DocumentNode = [
        "type": "object", "required": ["type", "title", "status", "detail", "instance"],
        "properties": [
            "type": ["type": "string", "format": "uri-reference"], "title": ["type": "string"],
            "status": ["type": "integer"], "detail": ["type": "string"],
            "instance": ["type": "string", "format": "uri"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["code", "detail"],
                    "properties": [
                        "pointer": ["type": "string"], "parameter": ["type": "string"], "header": ["type": "string"],
                        "code": ["type": "string"], "detail": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]
}
