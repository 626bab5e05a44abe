import Analysis
import GeoCore
import PROJCoordinates
import Participation
import Storage

/// What every analysis of a proceeding stands on: its contributions and its area in metres, and the record of how an
/// answer came about.
struct AnalysisGround {
    let proceeding: Proceeding
    let tenant: Tenant
    let columns: ContributionColumns
    let crs: CoordinateReferenceSystem
    let transform: CoordinateTransform
    /// From longitude and latitude to the plane, wherever shapes lie.
    let anywhere: CoordinateTransform
    private let placed: PlacedPoints
    private let histories: [PointHistory]
    var record: AnalysisRecord
    var area: StudyArea?
    /// For each point that is analysed its row in the columns.
    var usedRows = NarrowColumn<Int>()
    /// What each of them weighs.
    var weights: [Double] = []
    /// Whether some weigh more than others.
    private(set) var isWeighted = false
    /// Whether it matters who stands behind a count: where few must be withheld from some.
    let tellsContributors: Bool
    /// States of contributions that whoever asks may read one by one; of others they learn how many there are.
    let readable: Set<Contribution.State>
    /// How many cells hold something, where contributions were counted in cells.
    var occupiedCells: Int?
    /// Which cells contributions were counted in, where they were.
    var cellKey: KnownCells.Key?
    /// Which of them are tested, where not all are.
    var testedKey: KnownCells.Key?
    /// Who stands behind the count of each cell, where that matters.
    var contributors: [Contributors] = []
    /// Who stands behind the class of each cell, where neighbours have a say in it and it matters.
    var surroundings: [Contributors] = []
    /// Those that the filter leaves out, where that matters: what it lets through must not give them away.
    private(set) var filteredOut: (points: Points, people: [Person]) = (Points(), [])
    /// Where each of these lies, in longitude and latitude.
    private(set) var filteredOutPlaces: [Position] = []
    /// Numbers of the private categories.
    let hidden: PrivateCodes

    /// Who wrote a contribution.
    struct Person {
        /// What tells people apart.
        let number: UInt64
        /// Whether it is of a private category.
        let isPrivate: Bool
        /// How many people must stand behind a count that holds it; 0 for no more than usual.
        let least: Int
        /// Slug of its category.
        let category: String?
        /// The votes on it.
        let votes: VoteScore
        /// How many comments there are on it.
        let comments: Int64

        /// Who wrote a row of columns.
        init(_ row: Int, of columns: ContributionColumns, hidden: PrivateCodes) {
            let code = columns.category[row]
            (number, comments) = (columns.author[row], columns.comments[row])
            (isPrivate, least) = (hidden.contains(code), hidden.least(code))
            category = code < 0 ? nil : columns.categoryNames[Int(code)]
            votes = VoteScore(up: Int(columns.votesUp[row]), down: Int(columns.votesDown[row]))
        }
    }

    /// Makes a ground.
    ///
    /// - Parameters:
    ///   - found: what is analysed.
    ///   - hidden: the private categories.
    ///   - readable: states of contributions that whoever asks may read one by one.
    ///   - tellsContributors: whether it matters who stands behind a count.
    ///   - unfiltered: all contributions, where what is analysed is a part of them and it matters who the others are.
    init(
        proceeding: Proceeding, tenant: Tenant, found: PlacedContributions,
        hidden: PrivateCategories = PrivateCategories(),
        readable: Set<Contribution.State> = [.published], tellsContributors: Bool = false,
        unfiltered: PlacedContributions? = nil
    ) {
        self.proceeding = proceeding
        self.tenant = tenant
        self.readable = readable
        self.tellsContributors = tellsContributors
        self.hidden = found.columns.codes(of: hidden)
        if tellsContributors, let unfiltered {
            let codes = unfiltered.columns.codes(of: hidden)
            let numbers = Set(found.columns.id)
            let rows = unfiltered.placed.rows
            let others = rows.indices.filter { !numbers.contains(unfiltered.columns.id[rows[$0]]) }
            let isOther = Set(others)
            filteredOut = (
                unfiltered.placed.points.rows(where: isOther.contains),
                others.map { Person(rows[$0], of: unfiltered.columns, hidden: codes) }
            )
            filteredOutPlaces = others.map {
                Position(unfiltered.columns.longitude[rows[$0]], unfiltered.columns.latitude[rows[$0]])
            }
        }
        (columns, placed, histories) = (found.columns, found.placed, found.histories)
        (crs, transform, anywhere) = (found.plane.crs, found.plane.transform, found.plane.anywhere)
        area = found.plane.area
        record = AnalysisRecord(method: "", reference: "", crs: crs.label, studyArea: "", dataVersion: found.version)
        if proceeding.settings.metricCRS == nil, crs.label != tenant.metricCRS,
            crs.label == MetricCRS.name(of: proceeding, tenant)
        {
            record.parameters.append(
                .init(
                    name: "crs", value: .text(crs.label), unit: nil, origin: .chosen,
                    rule: "UTM zone of the middle of the area, which \(tenant.metricCRS) is not made for"))
        }
    }
}

extension AnalysisGround {
    /// Whether no contribution lies where is looked.
    var isEmpty: Bool { placed.points.count == 0 }

    /// Tells what was taken for the study area, and how many contributions were used and left out.
    mutating func tellPlaces() {
        record.studyArea = area?.description ?? "none, since there is neither an area nor a contribution with a place"
        record.used = placed.points.count
        record.leftOut = PlacedPoints.Place.allCases.filter { $0 != .inside }.map { place in
            let rows = tellsContributors ? placed.place.indices.filter { placed.place[$0] == place } : []
            return AnalysisRecord.LeftOut(
                reason: place.name, count: placed.count(place), contributors: people(behind: rows))
        }.filter { $0.count > 0 }
    }

    /// The located contributions inside the study area, in metres and in order of time and place; the rest is counted by
    /// reason.
    ///
    /// - Parameter cell: width of a cell in metres, where it was given.
    mutating func points(_ weighting: HotspotQuestion.Weight, cell: Double?) throws -> Points {
        var points = placed.points
        usedRows = placed.rows
        if area == nil {
            // Cells, rasters and maps begin where it does.
            area = StudyArea(around: points, margin: 1, coarseFor: tellsContributors ? cell ?? 0 : nil)
        }
        tellPlaces()
        guard points.count > 0 else {
            throw PlatformError(
                .invalidInput, "no contribution with a place lies inside the study area, \(record.studyArea)",
                hint: "leave out filters, or import contributions with a place")
        }
        if weighting != .one {
            let prior = weighting == .approval ? votePrior : nil
            points.weight = usedRows.map { weighting.weight(votes($0), comments: columns.comments[$0], prior) }
            filteredOut.points.weight = filteredOut.people.map {
                weighting.weight($0.votes, comments: $0.comments, prior)
            }
            isWeighted = (points.weight + filteredOut.points.weight).contains { $0 != 1 }
        }
        weights = points.weight
        return points
    }

    /// What has become of points since they were counted before; nothing where they are not all contributions, each
    /// weighing 1.
    func histories(of points: Points) -> [PointHistory] { points == placed.points ? histories : [] }

    /// What is believed of the share of votes for a contribution before its own are seen, fitted to all that are looked at.
    var votePrior: VotePrior { VotePrior(fitting: columns.id.indices.map(votes)) }

    private func votes(_ row: Int) -> VoteScore {
        VoteScore(up: Int(columns.votesUp[row]), down: Int(columns.votesDown[row]))
    }

    /// Who wrote a row of the columns.
    func person(_ row: Int) -> Person { Person(row, of: columns, hidden: hidden) }

    /// Whether whoever asks may read a row of the columns, and not only count it.
    func mayRead(_ row: Int) -> Bool { readable.contains(columns.state[row]) }

    /// All who wrote what is analysed, where that matters.
    var everybody: Contributors? {
        guard tellsContributors else { return nil }
        return usedRows.reduce(into: Contributors()) { $0.add(person($1)) }
    }

    /// Who wrote some rows of the columns, where that matters, or the private ones of them where these are fewer.
    func people(behind rows: some Sequence<Int>) -> Contributors? {
        guard tellsContributors else { return nil }
        return Contributors(behind: rows, in: columns, hidden: hidden)
    }
}

/// An analysis under way.
protocol GroundedComputation {
    var ground: AnalysisGround { get set }
}

extension GroundedComputation {
    var proceeding: Proceeding { ground.proceeding }
    var columns: ContributionColumns { ground.columns }
    var transform: CoordinateTransform { ground.transform }
    var area: StudyArea? { ground.area }
    var usedRows: NarrowColumn<Int> { ground.usedRows }
    var record: AnalysisRecord {
        get { ground.record }
        set { ground.record = newValue }
    }

    /// Tells a parameter.
    mutating func tell(
        _ name: String, _ value: AnalysisRecord.Value, _ unit: String?, _ origin: AnalysisRecord.Origin,
        rule: String? = nil
    ) {
        ground.record.parameters.append(.init(name: name, value: value, unit: unit, origin: origin, rule: rule))
    }

    /// Tells of contributions that are left out, which were counted as used before.
    ///
    /// - Parameter rows: their rows among the points.
    mutating func leaveOut(_ rows: [Int], _ reason: String) {
        guard !rows.isEmpty else { return }
        record.used -= rows.count
        record.leftOut.append(.init(reason: reason, count: rows.count, contributors: contributors(rows)))
        record.leftOut.sort { $0.reason < $1.reason }
    }

    /// Tells a number that has a default.
    mutating func tell(_ name: String, _ value: Double, _ unit: String? = nil, standard: Double) {
        tell(name, .number(value), unit, value == standard ? .standard : .given)
    }

    /// Tells a word that has a default.
    mutating func tell<Word: RawRepresentable<String> & Equatable>(
        _ name: String, _ word: Word, standard: Word, rule: String? = nil
    ) {
        tell(name, .text(word.rawValue), nil, word == standard ? .standard : .given, rule: rule)
    }

    /// Tells a figure of the whole; nothing where it is not defined.
    mutating func summarize(_ name: String, _ value: Double?, _ unit: String? = nil) {
        guard let value else { return }
        ground.record.summary.append(.init(name: name, value: .number(value), unit: unit, origin: .chosen))
    }

    /// The points of the analysis, with what they weigh told.
    ///
    /// - Parameter cell: width of a cell in metres, where it was given.
    mutating func locatedPoints(_ weighting: HotspotQuestion.Weight, cell: Double?) throws -> Points {
        let points = try ground.points(weighting, cell: cell)
        tell("weight", weighting, standard: .one)
        if weighting == .approval {
            let prior = ground.votePrior
            let rule =
                prior.isFitted
                ? "Beta prior fitted to the votes by moments (Kleinman 1973)"
                : "Beta(2, 2): too few contributions have votes, or their shares differ too little, to fit a prior"
            let origin: AnalysisRecord.Origin = prior.isFitted ? .chosen : .standard
            tell("priorFor", .number(prior.alpha), "votes", origin, rule: rule)
            tell("priorAgainst", .number(prior.beta), "votes", origin, rule: rule)
        }
        if weighting != .one { tellEffectiveNumber(of: points.weight) }
        return points
    }

    /// The category of a slug that a parameter names.
    ///
    /// - Throws: ``PlatformError`` `badRequest` that names those there are.
    func category(_ slug: String, of points: Points, as name: String = "focus") throws -> Int32 {
        let present = Set(points.category.filter { $0 >= 0 })
        guard let index = columns.categoryNames.firstIndex(of: slug).map({ Int32(truncatingIfNeeded: $0) }),
            present.contains(index)
        else {
            let known = present.map { columns.categoryNames[Int($0)] }.sorted().joined(separator: ", ")
            throw PlatformError(
                .badRequest, "\(name) must be a category that has contributions here; there are \(known)",
                parameter: name)
        }
        return index
    }
}
