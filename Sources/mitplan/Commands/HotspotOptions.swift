import ArgumentParser
import Platform

/// The parameters of `mitplan hotspots`; what is not given is chosen from the data or has its default.
struct HotspotOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Contributions of one participant that count in full in a cell of grid, gi, moran and geary.",
            valueName: "contributions"))
    var perPerson: Int?

    @Flag(help: "Let cells of grid and gi tell participants, votes and comments beside their count.")
    var measures = false

    @Option(help: "By what the counts of grid and gi are divided.")
    var by: HotspotQuestion.Division?

    @Option(
        parsing: .unconditional,
        help: "Noise that hides whether somebody is among those that grid and gi count: the smaller, the more.")
    var epsilon: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Contributions of one participant that count at all under --epsilon.", valueName: "contributions"))
    var clip: Int?

    @Option(
        help:
            "How lines and areas count in grid, gi, moran, geary and kde: as a point, by share or wherever they touch.")
    var apportion: HotspotQuestion.Apportion?

    @Option(help: "By which rule cells of grid are divided into classes.")
    var breaks: ClassBreaks.Rule?

    @Option(parsing: .unconditional, help: "How many classes.")
    var classes: Int?

    @Option(help: "What one contribution weighs; 1 where shares are tested, and in scan but for the model poisson.")
    var weight: HotspotQuestion.Weight?

    @Flag(
        inversion: .prefixedNo,
        help: "Let a cell of gi be part of its own neighbourhood (Gi*), or only the cells around it (Gi).")
    var star: Bool?

    @Option(help: "Correction of gi, moran, geary, location-quotient and colocation-local for many places.")
    var correction: HotspotQuestion.Correction?

    @Option(help: "How gi and moran find probabilities; automatic is exact where the normal law is rough.")
    var inference: HotspotQuestion.Inference?

    @Option(help: "Which probabilities of gi, moran and geary count.")
    var tails: HotspotQuestion.Tails?

    @Option(parsing: .unconditional, help: "Level of significance of every method that tests.")
    var alpha: Double?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Run tests of cells again on other cells, kde with other bandwidths, clusters with other reaches or sizes: how stable they are."
    )
    var sensitivity: Bool?

    @Option(help: "Kernel of kde.")
    var kernel: HotspotQuestion.Kernel?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Reach of the kernel of kde and relative-risk.", valueName: "metres"))
    var bandwidth: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Standard deviation of the kernel, instead of its reach.", valueName: "metres"))
    var deviation: Double?

    @Option(help: "Rule that finds the bandwidth of kde and relative-risk.")
    var rule: HotspotQuestion.Rule?

    @Option(help: "How kde corrects for what of a kernel lies outside the area.")
    var edge: HotspotQuestion.Edge?

    @Flag(help: "Let the bandwidth of kde be smaller where contributions are dense.")
    var adaptive = false

    @Option(help: ArgumentHelp("Shares that isolines of kde hold, with commas.", valueName: "percent"))
    var levels: NumberList?

    @Option(help: "Form of the answer of kde and relative-risk.")
    var surface: HotspotQuestion.Surface?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Reach of dbscan and optics; below it clusters of hdbscan stay together.", valueName: "metres"))
    var eps: Double?

    @Option(
        parsing: .unconditional,
        help: "Contributions within reach that make a core of dbscan and optics, or a cluster of hdbscan."
    )
    var minPoints: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Others within the core distance of hdbscan.", valueName: "contributions"))
    var minSamples: Int?

    @Option(help: "How clusters of hdbscan are taken from their hierarchy.")
    var selection: HotspotQuestion.Selection?

    @Flag(help: "Let all contributions be one cluster of hdbscan.")
    var single = false

    @Flag(help: "Let clusters of dbscan, hdbscan and optics name their contributions.")
    var members = false

    @Flag(
        inversion: .prefixedNo, help: "Let clusters of dbscan, hdbscan and optics tell the words that single them out.")
    var terms: Bool?

    @Option(help: "What scan compares: a category, inhabitants, or places with spans of time.")
    var model: HotspotQuestion.ScanModel?

    @Option(
        help: ArgumentHelp(
            "Category that scan, relative-risk, location-quotient and colocation-local look at.", valueName: "category")
    )
    var focus: String?

    @Option(help: ArgumentHelp("Category that colocation-local looks for around it.", valueName: "category"))
    var against: String?

    @Option(
        help: ArgumentHelp(
            "Area units with inhabitants: for scan with the model poisson, whose rates gi and moran look at, or "
                + "whose inhabitants grid shares out to cells.",
            valueName: "layer"))
    var layer: String?

    @Option(help: "Whether area units of gi and moran are neighbours at a shared corner or along a shared edge.")
    var contiguity: HotspotQuestion.Touch?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Up to which distance two corners of area units count as one.", valueName: "metres"))
    var snap: Double?

    @Option(
        parsing: .unconditional,
        help: "Largest part of the contributions or inhabitants in a circle or ellipse of scan.")
    var share: Double?

    @Option(help: "Whether scan looks at circles alone, or at ellipses too.")
    var window: HotspotQuestion.Window?

    @Option(help: "How much long ellipses of scan count for less.")
    var penalty: HotspotQuestion.Penalty?

    @Option(help: "Whether scan looks for more or for fewer.")
    var direction: HotspotQuestion.Direction?

    @Option(parsing: .unconditional, help: "Scans one after the other, each without the cluster found before.")
    var rounds: Int?

    @Flag(help: "Let a Gumbel law fitted to the simulations of scan decide what is significant.")
    var gumbel = false

    @Option(parsing: .unconditional, help: "Largest part of all steps that a cluster of scan in time may last.")
    var duration: Double?

    @Flag(help: "Only clusters of scan in time that last until the final step.")
    var prospective = false

    @Option(
        help: ArgumentHelp(
            "Step of emerging and of scan in time: day, week, month, quarter or a number of days.", valueName: "step"))
    var step: TimeStep?

    @Option(help: "With what emerging compares a cell: all steps, its own, or that and the ones before.")
    var baseline: HotspotQuestion.Baseline?

    @Option(help: "Cells of emerging.")
    var locations: HotspotQuestion.Locations?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Steps before that are neighbours in emerging.", valueName: "steps")
    )
    var previousSteps: Int?

    @Option(parsing: .unconditional, help: "Level of trends of emerging.")
    var trendAlpha: Double?

    @Option(help: "What emerging does about series whose values depend on the ones before.")
    var trendCorrection: HotspotQuestion.TrendCorrection?

    @Option(
        parsing: .unconditional,
        help: "Simulations of scan; permutations of gi, moran, geary, emerging and relative-risk.")
    var permutations: Int?

    @Option(parsing: .unconditional, help: "Seed of what is drawn at random.")
    var seed: UInt64?

    /// The question of a method.
    func question(_ method: HotspotQuestion.Method) throws -> HotspotQuestion {
        var question = HotspotQuestion(method: method)
        question.breaks = try ClassBreaks(rule: breaks, classes: classes)
        question.hasMeasures = measures
        question.division = by
        question.epsilon = epsilon
        question.clip = clip ?? question.clip
        question.perPerson = perPerson
        question.apportion = apportion
        question.weight = weight ?? question.weight
        question.isStar = star ?? question.isStar
        question.correction = correction ?? question.correction
        question.inference = inference ?? question.inference
        question.tails = tails ?? question.tails
        question.alpha = alpha ?? question.alpha
        question.sensitivity = sensitivity
        question.kernel = kernel ?? question.kernel
        question.bandwidth = bandwidth
        question.deviation = deviation
        question.rule = rule
        question.edge = edge
        question.isAdaptive = adaptive
        question.levels = levels?.numbers ?? question.levels
        question.surface = surface ?? question.surface
        question.reach = eps
        question.minPoints = minPoints
        question.minSamples = minSamples
        question.selection = selection ?? question.selection
        question.mayBeOne = single
        question.namesMembers = members
        question.terms = terms
        question.model = model ?? question.model
        question.focus = focus
        question.against = against
        question.layer = layer
        question.contiguity = contiguity
        question.snap = snap ?? question.snap
        question.share = share ?? question.share
        question.window = window ?? question.window
        question.penalty = penalty
        question.direction = direction ?? question.direction
        question.duration = duration ?? question.duration
        question.rounds = rounds ?? question.rounds
        question.isGumbel = gumbel
        question.isProspective = prospective
        question.step = step
        question.baseline = baseline ?? question.baseline
        question.locations = locations ?? question.locations
        question.previousSteps = previousSteps ?? question.previousSteps
        question.trendAlpha = trendAlpha ?? question.trendAlpha
        question.trendCorrection = trendCorrection ?? question.trendCorrection
        question.permutations = permutations
        question.seed = seed ?? question.seed
        return question
    }

    /// The parameters with whether they were given.
    var given: [(name: String, isGiven: Bool)] {
        [
            ("measures", measures), ("by", by != nil), ("epsilon", epsilon != nil), ("clip", clip != nil),
            ("perPerson", perPerson != nil),
            ("apportion", apportion != nil), ("breaks", breaks != nil),
            ("classes", classes != nil),
            ("tails", tails != nil), ("weight", weight != nil),
            ("correction", correction != nil), ("inference", inference != nil), ("alpha", alpha != nil),
            ("sensitivity", sensitivity != nil), ("kernel", kernel != nil), ("bandwidth", bandwidth != nil),
            ("deviation", deviation != nil), ("rule", rule != nil), ("edge", edge != nil), ("adaptive", adaptive),
            ("levels", levels != nil), ("surface", surface != nil), ("eps", eps != nil),
            ("minPoints", minPoints != nil), ("minSamples", minSamples != nil), ("selection", selection != nil),
            ("single", single), ("members", members), ("terms", terms != nil), ("model", model != nil),
            ("star", star != nil),
            ("focus", focus != nil), ("against", against != nil), ("layer", layer != nil),
            ("contiguity", contiguity != nil), ("snap", snap != nil), ("share", share != nil),
            ("window", window != nil), ("penalty", penalty != nil),
            ("direction", direction != nil), ("duration", duration != nil), ("prospective", prospective),
            ("rounds", rounds != nil), ("gumbel", gumbel),
            ("step", step != nil), ("baseline", baseline != nil), ("locations", locations != nil),
            ("previousSteps", previousSteps != nil),
            ("trendAlpha", trendAlpha != nil), ("trendCorrection", trendCorrection != nil),
            ("permutations", permutations != nil), ("seed", seed != nil),
        ]
    }
}
