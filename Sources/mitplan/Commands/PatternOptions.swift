import ArgumentParser
import Platform

/// The parameters of `mitplan pattern`; what is not given is chosen from the data or has its default.
struct PatternOptions: ParsableArguments {
    @Option(help: "What one contribution weighs in ripley, centrography, moran, geary and general-g.")
    var weight: HotspotQuestion.Weight?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Largest distance of ripley and cross-k; what knox takes as near in space.", valueName: "metres"))
    var reach: Double?

    @Option(parsing: .unconditional, help: "Number of distances of ripley and cross-k.")
    var steps: Int?

    @Option(help: "How ripley and cross-k correct for what lies outside the area.")
    var edge: PatternQuestion.Correction?

    @Option(help: "What ripley compares with.")
    var null: PatternQuestion.Null?

    @Option(
        help: ArgumentHelp(
            "Area units with inhabitants: the null pattern of ripley, or whose rates moran looks at.",
            valueName: "layer"))
    var layer: String?

    @Option(help: "Whether area units of moran are neighbours at a shared corner or along a shared edge.")
    var contiguity: HotspotQuestion.Touch?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Up to which distance two corners of area units count as one in moran.", valueName: "metres")
    )
    var snap: Double?

    @Option(parsing: .unconditional, help: "Simulations of ripley, permutations of the labels of cross-k; 0 for none.")
    var simulations: Int?

    @Option(parsing: .unconditional, help: "Rank of the simulated values that make the envelope of ripley and cross-k.")
    var rank: Int?

    @Option(parsing: .unconditional, help: "Days that knox takes as near in time.")
    var days: Double?

    @Option(parsing: .unconditional, help: "Permutations of knox, moran and colocation; 0 for none.")
    var permutations: Int?

    @Option(
        help: ArgumentHelp(
            "Category whose cells join-counts joins, or the first of cross-k.", valueName: "category"))
    var focus: String?

    @Option(help: ArgumentHelp("Second category of cross-k.", valueName: "category"))
    var against: String?

    @Option(help: "Whether rayleigh looks at times of the day or of the week.")
    var cycle: PatternQuestion.Cycle?

    @Option(parsing: .unconditional, help: "Level of significance of moran, join-counts and colocation.")
    var alpha: Double?

    @Option(parsing: .unconditional, help: "Seed of what is drawn at random.")
    var seed: UInt64?

    /// The question of a method.
    func question(_ method: PatternQuestion.Method) -> PatternQuestion {
        var question = PatternQuestion(method: method)
        question.weight = weight ?? question.weight
        question.reach = reach
        question.steps = steps ?? question.steps
        question.correction = edge
        question.null = null
        question.layer = layer
        question.contiguity = contiguity
        question.snap = snap ?? question.snap
        question.simulations = simulations ?? question.simulations
        question.rank = rank ?? question.rank
        question.days = days ?? question.days
        question.permutations = permutations ?? question.permutations
        question.focus = focus
        question.against = against
        question.cycle = cycle ?? question.cycle
        question.alpha = alpha ?? question.alpha
        question.seed = seed ?? question.seed
        return question
    }

    /// The parameters with whether they were given.
    var given: [(name: String, isGiven: Bool)] {
        [
            ("weight", weight != nil), ("reach", reach != nil), ("steps", steps != nil), ("edge", edge != nil),
            ("null", null != nil), ("layer", layer != nil), ("contiguity", contiguity != nil),
            ("snap", snap != nil), ("simulations", simulations != nil), ("rank", rank != nil), ("days", days != nil),
            ("permutations", permutations != nil), ("focus", focus != nil), ("against", against != nil),
            ("cycle", cycle != nil), ("alpha", alpha != nil),
            ("seed", seed != nil),
        ]
    }
}
