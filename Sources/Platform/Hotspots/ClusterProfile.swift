import Analysis
import GeoCore
import PROJCoordinates
import Storage

extension HotspotQuestion {
    /// Whether shapes tell how many people wrote in them.
    var tellsPeople: Bool { method.makesClusters || hasMeasures }
}

extension HotspotComputation {
    /// Contributions up to which clusters tell their words where nobody asks for them.
    static let standardTermLimit = 20_000
    /// Most contributions whose words are told where somebody asks for them: all their texts are read.
    static let termLimit = 100_000
    /// Side of the squares that the middle of a cluster is rounded to where places of private categories are among it, in
    /// metres.
    private static let coarse = 100.0

    /// Tells what is asked of the profiles of clusters.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` for words of more contributions than can be read.
    mutating func tellProfiles(_ points: Points) throws {
        if question.terms == true { try Self.requireTerms(of: points.count) }
        tell("members", .text("\(question.namesMembers)"), nil, question.namesMembers ? .given : .standard)
        let origin: AnalysisRecord.Origin = question.terms == nil ? .standard : .given
        let isTold = question.terms ?? (points.count <= Self.standardTermLimit)
        question.terms = isTold
        tell(
            "terms", .text("\(isTold)"), nil, origin,
            rule: isTold
                ? "log-likelihood ratio of the share of contributions with a word (Dunning 1993), of words that "
                    + "\(CellSuppression.standardThreshold) contributions use" : nil)
    }

    /// Refuses words of more contributions than can be read at once.
    static func requireTerms(of count: Int) throws {
        guard count > termLimit else { return }
        throw PlatformError(
            .invalidInput, "terms are told of at most \(termLimit) contributions, and these are \(count)",
            hint: "terms=false can be done, or a filter that leaves fewer")
    }

    /// What a cluster tells beside its figures: how many are of each category, how many people wrote, which contribution
    /// is nearest to all others, and its members, as far as whoever asks may read them.
    ///
    /// - Parameter rows: rows of the members in `points`.
    /// - Returns: all of it, and what is told in its place where few are withheld: categories without those of few
    ///   people, and the middle rounded to a square where a private one is among them.
    func profile(
        _ rows: [Int], of points: Points
    ) throws -> (told: [(name: String, value: JSONValue)], masked: [(name: String, value: JSONValue)]) {
        let mix = ground.categoryMix(rows)
        let medoid = try points.medoid(of: rows) ?? 0
        let row = usedRows[medoid]
        let isRead = ground.mayRead(row)
        let members = rows.map { usedRows[$0] }.filter(ground.mayRead).map { JSONValue.integer(columns.id[$0]) }
        var told: [(name: String, value: JSONValue)] = [
            ("categories", mix.told),
            ("contributors", told(people: ground.knownPeople(rows)).map { .integer(Int64($0)) } ?? .null),
            ("medoid", isRead ? .integer(columns.id[row]) : .null),
            ("medoidLongitude", isRead ? .number(columns.longitude[row].rounded(toPlaces: 7)) : .null),
            ("medoidLatitude", isRead ? .number(columns.latitude[row].rounded(toPlaces: 7)) : .null),
        ]
        if question.terms == true { told.append(("terms", .array([]))) }
        if question.namesMembers { told.append(("members", .array(members))) }
        guard ground.tellsContributors else { return (told, []) }
        var masked: [(name: String, value: JSONValue)] = [("categories", try mix.masked()), ("members", .null)]
        if rows.contains(where: { ground.person(usedRows[$0]).isPrivate }) {
            let place = try coarsePlace(points.x[medoid], points.y[medoid])
            masked += [
                ("medoid", .null), ("medoidLongitude", .number(place.x)), ("medoidLatitude", .number(place.y)),
            ]
        }
        return (told, masked)
    }

    /// How many people there are, where whoever asks may know: such numbers under filters that differ by one contribution
    /// tell which are of one person.
    func told(people: Int?) -> Int? {
        people.flatMap { question.mayTellPeople || $0 == 0 ? $0 : nil }
    }

    /// The middle of the square that a position lies in, in longitude and latitude.
    private func coarsePlace(_ x: Double, _ y: Double) throws -> Position {
        func middle(_ value: Double) -> [Double] { [((value / Self.coarse).rounded(.down) + 0.5) * Self.coarse] }
        var (longitude, latitude) = (middle(x), middle(y))
        try transform.inverse(&longitude, &latitude)
        return Position(longitude[0].rounded(toPlaces: 5), latitude[0].rounded(toPlaces: 5))
    }
}
