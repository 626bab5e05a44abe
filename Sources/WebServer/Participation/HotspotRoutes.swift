import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Hotspots: the question as query, the answer as map or table.
enum HotspotRoutes {
    private static let formats = ["geojson", "csv", "svg"]

    private static func words<Value: CaseIterable & RawRepresentable<String>>(_: Value.Type)
        -> ParameterDescription.Shape
    { .choice(Value.allCases.map(\.rawValue)) }

    private static let parameters: [ParameterDescription] = [
        ParameterDescription(
            name: "method",
            summary:
                "grid counts, gi is Getis-Ord Gi*, moran local Moran's I, kde a density, dbscan and hdbscan clusters, scan circles "
                + "with an unusual share of a category; auto takes gi where the data bear it, else kde.",
            shape: words(HotspotQuestion.Method.self), isRequired: true),
        ParameterDescription(
            name: "grid", summary: "Shape of the cells.", shape: words(HotspotQuestion.CellShape.self)),
        ParameterDescription(name: "cell", summary: "Width of a cell in metres.", shape: .number(1...100_000)),
        ParameterDescription(
            name: "weight", summary: "What one contribution weighs.", shape: words(HotspotQuestion.Weight.self)),
        ParameterDescription(
            name: "neighbours", summary: "Rings of cells that are neighbours (gi).", shape: .integer(1...10)),
        ParameterDescription(
            name: "correction", summary: "Correction for many places (gi).",
            shape: words(HotspotQuestion.Correction.self)),
        ParameterDescription(
            name: "inference", summary: "How probabilities are found (gi): exact where the normal law is rough.",
            shape: words(HotspotQuestion.Inference.self)),
        ParameterDescription(name: "alpha", summary: "Level of significance (gi).", shape: .number(1e-6...0.5)),
        ParameterDescription(
            name: "kernel", summary: "Kernel of the density (kde).", shape: words(HotspotQuestion.Kernel.self)),
        ParameterDescription(
            name: "bandwidth", summary: "Radius of the kernel in metres (kde).", shape: .number(1...100_000)),
        ParameterDescription(
            name: "surface", summary: "Cells or isolines (kde).", shape: words(HotspotQuestion.Surface.self)),
        ParameterDescription(name: "eps", summary: "Reach in metres (dbscan).", shape: .number(0.01...100_000)),
        ParameterDescription(
            name: "minPoints", summary: "Contributions within reach that make a core (dbscan).",
            shape: .integer(1...10_000)),
        ParameterDescription(
            name: "sensitivity", summary: "Whether gi is run again on other cell sizes and origins (gi, auto).",
            shape: .flag),
        ParameterDescription(name: "focus", summary: "Category whose share is looked at (scan)."),
        ParameterDescription(
            name: "share", summary: "Largest part of the contributions in a circle (scan).",
            shape: .number(0.001...0.5)),
        ParameterDescription(name: "permutations", summary: "Simulations (scan).", shape: .integer(99...99_999)),
        ParameterDescription(
            name: "seed", summary: "Seed of what is drawn at random (scan).", shape: .integer(0...1_000_000_000)),
    ]

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/hotspots", operation: "findHotspots",
                summary: "Where contributions gather; the answer says how it came about.", tag: "Analysis",
                access: .everybody,
                parameters: parameters + Call.filterParameters + [Call.formatParameter(formats)],
                produces: ["application/geo+json", "text/csv", "image/svg+xml"], problems: [422]), handler: find)
    ]

    /// Reads the question from the query; parameters that the method does not have are refused.
    static func question(_ query: QueryParameters) throws -> HotspotQuestion {
        guard let method = try query.choice("method", as: HotspotQuestion.Method.self) else {
            throw Problem.parameter(
                "method",
                "method is required: " + HotspotQuestion.Method.allCases.map(\.rawValue).joined(separator: ", ") + ".",
                code: "required")
        }
        var question = HotspotQuestion(method: method)
        let known: Set<String> =
            switch method {
            case .grid: ["grid", "cell"]
            case .gi: ["grid", "cell", "neighbours", "correction", "inference", "alpha", "sensitivity"]
            case .moran: ["grid", "cell", "neighbours", "correction", "inference", "alpha"]
            case .scan: ["grid", "cell", "focus", "share", "permutations", "seed", "alpha"]
            case .auto: ["grid", "cell", "neighbours", "correction", "inference", "alpha", "sensitivity", "kernel"]
            case .kde: ["cell", "kernel", "bandwidth", "surface"]
            case .dbscan, .hdbscan: ["eps", "minPoints"]
            }
        for name in [
            "grid", "cell", "neighbours", "correction", "inference", "alpha", "kernel", "bandwidth", "surface", "eps",
            "minPoints", "sensitivity", "focus", "share", "permutations", "seed",
        ] where try query.text(name) != nil && !known.contains(name) {
            throw Problem.parameter(
                name, "\(method.rawValue) has no \(name); it has " + known.sorted().joined(separator: ", ") + ".")
        }
        question.shape = try query.choice("grid", as: HotspotQuestion.CellShape.self) ?? .hex
        question.cell = try query.number("cell", in: 1...100_000)
        question.weight = try query.choice("weight", as: HotspotQuestion.Weight.self) ?? .one
        question.neighbours = try query.integer("neighbours", in: 1...10)
        question.correction = try query.choice("correction", as: HotspotQuestion.Correction.self) ?? .fdr
        question.inference = try query.choice("inference", as: HotspotQuestion.Inference.self) ?? .automatic
        question.alpha = try query.number("alpha", in: 1e-6...0.5) ?? 0.05
        question.kernel = try query.choice("kernel", as: HotspotQuestion.Kernel.self) ?? .quartic
        question.bandwidth = try query.number("bandwidth", in: 1...100_000)
        question.surface = try query.choice("surface", as: HotspotQuestion.Surface.self) ?? .cells
        question.reach = try query.number("eps", in: 0.01...100_000)
        question.minPoints = try query.integer("minPoints", in: 1...10_000)
        question.sensitivity = try query.flag("sensitivity") ?? true
        question.focus = try query.text("focus")
        question.share = try query.number("share", in: 0.001...0.5) ?? 0.1
        question.permutations = try query.integer("permutations", in: 99...99_999) ?? 999
        question.seed = UInt64(try query.integer("seed", in: 0...1_000_000_000) ?? 1)
        return question
    }

    private static func find(_ call: Call) async throws -> Response {
        let question = try question(call.query)
        let filter = try call.filter()
        let format = try call.format(formats)
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let language = format == "svg" ? call.context.language : nil
        let tag = VersionTag.make(proceeding, scope: scope, request: call.request, language: language)
        if Answer.isCurrent(tag, request: call.request) {
            return Answer.bytes([], type: "", tag: tag, request: call.request)
        }
        let start = ContinuousClock.now
        let bytes = try await call.services.analyse(for: call.context) {
            let answer = try await call.installation.findHotspots(
                question, of: proceeding, filter: filter, scope: scope)
            return switch format {
            case "csv": try answer.csv()
            case "svg": answer.svg(language: call.context.language.rawValue)
            default: try answer.geoJSON()
            }
        }
        var headers = ServerTiming.headers(since: start)
        switch format {
        case "csv":
            headers[.contentDisposition] = Answer.attachment("hotspots.csv")
            return Answer.bytes(
                bytes, type: "text/csv; charset=utf-8; header=present", tag: tag, request: call.request,
                headers: headers)
        case "svg":
            headers[.vary] = "Accept-Language"
            return Answer.bytes(
                bytes, type: "image/svg+xml; charset=utf-8", tag: tag, request: call.request, headers: headers)
        default:
            return Answer.bytes(
                bytes, type: "application/geo+json; charset=utf-8", tag: tag, request: call.request, headers: headers)
        }
    }
}
