import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Figures of a proceeding, as a whole and per area unit.
enum StatisticsRoutes {
    private static let formats = ["json", "csv"] + AnswerForm.pictures

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/statistics", operation: "getStatistics",
                summary: "Counts and shares per category and state, votes, comments, time line, location quality.",
                tag: "Analysis", access: .everybody,
                parameters: Call.filterParameters + AnswerForm.parameters(formats),
                produces: AnswerForm.mediaTypes(formats), problems: [422])
        ) { call in
            try await call.analysisAnswer(formats: formats, name: "statistics") { filter, proceeding, scope, format in
                let figures = try await call.installation.statistics(
                    of: proceeding, filter: filter, scope: scope)
                return switch format {
                case "csv": figures.csv
                case "svg": figures.svg(title: proceeding.name, language: call.context.language.rawValue)
                default: figures.json.encoded
                }
            }
        },
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/statistics/areas", operation: "getAreaStatistics",
                summary: "Contributions per area unit: count, density, rate per 1,000 inhabitants, smoothed rate.",
                tag: "Analysis", access: .everybody,
                parameters: [
                    ParameterDescription(name: "layer", summary: "Layer of area units.", isRequired: true),
                    ParameterDescription(
                        name: "focus",
                        summary:
                            "Category whose share in each unit is compared with its share in all (location quotient)."
                    ),
                    ParameterDescription(
                        name: "smoothing",
                        summary: "Towards what rates of few inhabitants are drawn: the rate of all units, by default, "
                            + "or that of the units around.",
                        shape: .choice(AreaOptions.Smoothing.allCases.map(\.rawValue))),
                    ParameterDescription(
                        name: "overlap",
                        summary:
                            "In which unit a contribution counts where units overlap: the one that comes first, or "
                            + "all; without it the first, and rates are left out there.",
                        shape: .choice(AreaOptions.Overlap.allCases.map(\.rawValue))),
                    ParameterDescription(
                        name: "breaks", summary: ClassBreaks.breaksSummary,
                        shape: .choice(ClassBreaks.Rule.allCases.map(\.rawValue))),
                    ParameterDescription(
                        name: "classes", summary: ClassBreaks.classesSummary, shape: .integer(ClassBreaks.range)),
                ] + AreaOptions.parameters.map { ParameterDescription($0) } + Call.filterParameters
                    + AnswerForm.parameters(formats),
                produces: AnswerForm.mediaTypes(formats), problems: [409, 422])
        ) { call in
            guard let layer = try call.query.text("layer", maximumLength: 64) else {
                throw Problem.parameter(
                    "layer", "layer is required: the id of a layer of area units.", code: "required")
            }
            let options = try await Problem.ofQuestion {
                let query = AnalysisQuery(call.query, AreaOptions.parameters)
                var options = AreaOptions(
                    focus: try call.query.text("focus", maximumLength: 64),
                    breaks: try ClassBreaks(
                        rule: try call.query.choice("breaks", as: ClassBreaks.Rule.self),
                        classes: try call.query.integer("classes", in: ClassBreaks.range)),
                    smoothing: try call.query.choice("smoothing", as: AreaOptions.Smoothing.self) ?? .global,
                    overlap: try call.query.choice("overlap", as: AreaOptions.Overlap.self))
                options.epsilon = try query.number("epsilon")
                options.clip = try query.integer("clip") ?? options.clip
                options.snap = try query.number("snap") ?? options.snap
                return options
            }
            return try await call.analysisAnswer(formats: formats, name: "statistics") {
                filter, proceeding, scope, format in
                let figures = try await call.installation.areaStatistics(
                    layer: layer, of: proceeding, filter: filter, options: options, scope: scope)
                return switch format {
                case "csv": figures.csv
                case "svg": figures.svg(title: proceeding.name, language: call.context.language.rawValue)
                default: figures.geoJSON
                }
            }
        },
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/ranking", operation: "rankFeatures",
                summary: "The features of a layer, such as streets or plan areas, by the contributions near them.",
                tag: "Analysis", access: .everybody,
                parameters: [
                    ParameterDescription(name: "layer", summary: "Layer whose features are ranked.", isRequired: true),
                    ParameterDescription(
                        name: "by", summary: "What they are ranked by, contributions by default.",
                        shape: .choice(RankingMeasure.allCases.map(\.rawValue))),
                ] + FeatureRanking.parameters.map { ParameterDescription($0) } + Call.filterParameters
                    + AnswerForm.parameters(rankingFormats),
                produces: AnswerForm.mediaTypes(rankingFormats), problems: [422])
        ) { call in
            guard let layer = try call.query.text("layer", maximumLength: 64) else {
                throw Problem.parameter("layer", "layer is required: the id of a layer.", code: "required")
            }
            let (distance, shapes, measure) = try await Problem.ofQuestion {
                (
                    try AnalysisQuery(call.query, FeatureRanking.parameters).number("distance") ?? 0,
                    try call.query.flag("shapes") ?? false,
                    try call.query.choice("by", as: RankingMeasure.self) ?? .contributions
                )
            }
            return try await call.analysisAnswer(formats: rankingFormats, name: "ranking") {
                filter, proceeding, scope, format in
                let ranking = try await call.installation.rankFeatures(
                    layer: layer, by: measure, within: distance, countsShapes: shapes, of: proceeding, filter: filter,
                    scope: scope)
                return switch format {
                case "csv": ranking.csv
                case "svg": ranking.svg(title: proceeding.name, language: call.context.language.rawValue)
                default: ranking.geoJSON
                }
            }
        },
    ]

    private static let rankingFormats = ["geojson", "csv"] + AnswerForm.pictures
}
