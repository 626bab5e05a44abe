import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Hotspots: the question as query, the answer as map or table.
enum HotspotRoutes {
    private static let formats = ["geojson", "csv"] + AnswerForm.pictures

    private static let parameters: [ParameterDescription] =
        [
            ParameterDescription(
                name: "method",
                summary:
                    "grid counts, gi is Getis-Ord Gi*, moran local Moran's I, geary local Geary's c, kde a density, relative-risk the ratio of a "
                    + "category's density to that of all others, location-quotient the share of a category in each cell, "
                    + "colocation-local around which contributions of one category another is frequent, "
                    + "dbscan, hdbscan and optics clusters, scan circles or ellipses with more than elsewhere, emerging hot spots in "
                    + "time; auto takes gi where the data bear it, else kde.",
                shape: .choice(HotspotQuestion.Method.allCases.map(\.rawValue)), isRequired: true)
        ] + HotspotQuestion.parameters.map { ParameterDescription($0) }

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/hotspots", operation: "findHotspots",
                summary: "Where contributions gather; the answer says how it came about.", tag: "Analysis",
                access: .everybody,
                parameters: parameters + Call.filterParameters + AnswerForm.parameters(formats),
                produces: AnswerForm.mediaTypes(formats), problems: [409, 422]), handler: find)
    ]

    /// Reads the question from the query; parameters that the method does not have are refused.
    static func question(_ query: QueryParameters) throws -> HotspotQuestion {
        let method = try query.method(HotspotQuestion.Method.self)
        let query = try AnalysisQuery(query, HotspotQuestion.parameters, method: method.rawValue)
        var question = HotspotQuestion(method: method)
        question.cells = try query.cells()
        question.weight = try query.choice("weight", as: HotspotQuestion.Weight.self) ?? question.weight
        question.neighbourhood = try query.neighbourhood()
        question.breaks = try query.breaks()
        question.hasMeasures = try query.flag("measures") ?? question.hasMeasures
        question.division = try query.choice("by", as: HotspotQuestion.Division.self)
        question.epsilon = try query.number("epsilon")
        question.clip = try query.integer("clip") ?? question.clip
        question.perPerson = try query.integer("perPerson")
        question.apportion = try query.choice("apportion", as: HotspotQuestion.Apportion.self)
        question.isStar = try query.flag("star") ?? question.isStar
        question.correction = try query.choice("correction", as: HotspotQuestion.Correction.self) ?? question.correction
        question.inference = try query.choice("inference", as: HotspotQuestion.Inference.self) ?? question.inference
        question.tails = try query.choice("tails", as: HotspotQuestion.Tails.self) ?? question.tails
        question.alpha = try query.number("alpha") ?? question.alpha
        question.sensitivity = try query.flag("sensitivity")
        question.seed = try query.integer("seed").map { UInt64($0) } ?? question.seed
        try readDensity(query, &question)
        try readClusters(query, &question)
        try readScan(query, &question)
        try readTime(query, &question)
        return question
    }

    private static func readDensity(_ query: AnalysisQuery, _ question: inout HotspotQuestion) throws {
        question.kernel = try query.choice("kernel", as: HotspotQuestion.Kernel.self) ?? question.kernel
        question.bandwidth = try query.number("bandwidth")
        question.deviation = try query.number("deviation")
        question.rule = try query.choice("rule", as: HotspotQuestion.Rule.self)
        question.edge = try query.choice("edge", as: HotspotQuestion.Edge.self)
        question.isAdaptive = try query.flag("adaptive") ?? question.isAdaptive
        question.levels = try query.numbers("levels") ?? question.levels
        question.surface = try query.choice("surface", as: HotspotQuestion.Surface.self) ?? question.surface
    }

    private static func readClusters(_ query: AnalysisQuery, _ question: inout HotspotQuestion) throws {
        question.reach = try query.number("eps")
        question.minPoints = try query.integer("minPoints")
        question.minSamples = try query.integer("minSamples")
        question.selection = try query.choice("selection", as: HotspotQuestion.Selection.self) ?? question.selection
        question.mayBeOne = try query.flag("single") ?? question.mayBeOne
        question.namesMembers = try query.flag("members") ?? question.namesMembers
        question.terms = try query.flag("terms")
    }

    private static func readScan(_ query: AnalysisQuery, _ question: inout HotspotQuestion) throws {
        question.model = try query.choice("model", as: HotspotQuestion.ScanModel.self) ?? question.model
        question.focus = try query.text("focus")
        question.against = try query.text("against")
        question.layer = try query.text("layer")
        question.contiguity = try query.choice("contiguity", as: HotspotQuestion.Touch.self)
        question.snap = try query.number("snap") ?? question.snap
        question.share = try query.number("share") ?? question.share
        question.window = try query.choice("window", as: HotspotQuestion.Window.self) ?? question.window
        question.penalty = try query.choice("penalty", as: HotspotQuestion.Penalty.self)
        question.direction = try query.choice("direction", as: HotspotQuestion.Direction.self) ?? question.direction
        question.duration = try query.number("duration") ?? question.duration
        question.rounds = try query.integer("rounds") ?? question.rounds
        question.isGumbel = try query.flag("gumbel") ?? question.isGumbel
        question.isProspective = try query.flag("prospective") ?? question.isProspective
        question.permutations = try query.integer("permutations")
    }

    private static func readTime(_ query: AnalysisQuery, _ question: inout HotspotQuestion) throws {
        question.step = try query.step("step")
        question.baseline = try query.choice("baseline", as: HotspotQuestion.Baseline.self) ?? question.baseline
        question.locations = try query.choice("locations", as: HotspotQuestion.Locations.self) ?? question.locations
        question.previousSteps = try query.integer("previousSteps") ?? question.previousSteps
        question.trendAlpha = try query.number("trendAlpha") ?? question.trendAlpha
        question.trendCorrection =
            try query.choice("trendCorrection", as: HotspotQuestion.TrendCorrection.self) ?? question.trendCorrection
    }

    private static func find(_ call: Call) async throws -> Response {
        let question = try await Problem.ofQuestion { try HotspotRoutes.question(call.query) }
        let isPacked = GzipMiddleware.isWanted(by: call.request)
        return try await call.analysisAnswer(formats: formats, name: "hotspots") { filter, proceeding, scope, format in
            let answer = try await call.installation.findHotspots(
                question, of: proceeding, filter: filter, scope: scope)
            return switch format {
            case "csv": try answer.csv()
            case "svg": answer.svg(language: call.context.language.rawValue)
            default: try (isPacked ? answer.packedGeoJSON() : nil) ?? answer.geoJSON()
            }
        }
    }
}
