import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// The contributions as a whole: the question as query, the answer as figures and series.
enum PatternRoutes {
    private static let formats = ["geojson", "csv"] + AnswerForm.pictures

    private static let parameters: [ParameterDescription] =
        [
            ParameterDescription(
                name: "method",
                summary:
                    "clark-evans and ripley tell whether contributions gather and at which distances, knox whether those "
                    + "near in space are near in time, centrography where their middle is, moran, geary, general-g and "
                    + "join-counts whether like cells lie together, colocation whether categories are neighbours, "
                    + "cross-k at which distances two gather about each other, rayleigh whether contributions gather about a "
                    + "time of day or of the week.",
                shape: .choice(PatternQuestion.Method.allCases.map(\.rawValue)), isRequired: true)
        ] + PatternQuestion.parameters.map { ParameterDescription($0) }

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/pattern", operation: "findPattern",
                summary: "Statistics of the contributions as a whole; the answer says how it came about.",
                tag: "Analysis", access: .everybody,
                parameters: parameters + Call.filterParameters + AnswerForm.parameters(formats),
                produces: AnswerForm.mediaTypes(formats), problems: [422])
        ) { call in
            let question = try await Problem.ofQuestion { try PatternRoutes.question(call.query) }
            return try await call.analysisAnswer(formats: formats, name: "pattern") {
                filter, proceeding, scope, format in
                let answer = try await call.installation.findPattern(
                    question, of: proceeding, filter: filter, scope: scope)
                return switch format {
                case "csv": try answer.csv()
                case "svg": answer.svg(language: call.context.language.rawValue)
                default: try answer.geoJSON()
                }
            }
        }
    ]

    /// Reads the question from the query; parameters that the method does not have are refused.
    static func question(_ query: QueryParameters) throws -> PatternQuestion {
        let method = try query.method(PatternQuestion.Method.self)
        let query = try AnalysisQuery(query, PatternQuestion.parameters, method: method.rawValue)
        var question = PatternQuestion(method: method)
        question.weight = try query.choice("weight", as: HotspotQuestion.Weight.self) ?? question.weight
        question.cells = try query.cells()
        question.neighbourhood = try query.neighbourhood()
        question.reach = try query.number("reach")
        question.steps = try query.integer("steps") ?? question.steps
        question.correction = try query.choice("edge", as: PatternQuestion.Correction.self)
        question.null = try query.choice("null", as: PatternQuestion.Null.self)
        question.layer = try query.text("layer")
        question.simulations = try query.integer("simulations") ?? question.simulations
        question.rank = try query.integer("rank") ?? question.rank
        question.days = try query.number("days") ?? question.days
        question.contiguity = try query.choice("contiguity", as: HotspotQuestion.Touch.self)
        question.snap = try query.number("snap") ?? question.snap
        question.permutations = try query.integer("permutations") ?? question.permutations
        question.focus = try query.text("focus")
        question.against = try query.text("against")
        question.cycle = try query.choice("cycle", as: PatternQuestion.Cycle.self) ?? question.cycle
        question.alpha = try query.number("alpha") ?? question.alpha
        question.seed = try query.integer("seed").map { UInt64($0) } ?? question.seed
        return question
    }
}
