import Analysis
import Storage

/// What each of some people adds to a sum: all of them, and those of them who wrote something private.
struct SumsOfPeople {
    private var all: [UInt64: Double] = [:]
    private var own: [UInt64: Double] = [:]

    /// Adds what a row of somebody adds.
    mutating func add(_ value: Double, of person: AnalysisGround.Person) {
        all[person.number, default: 0] += value
        if person.isPrivate { own[person.number, default: 0] += value }
    }

    /// Whether the sum, or that of the private rows, is mostly that of one or two people.
    var isDominated: Bool { Dominance.holds(in: all.values.sorted()) || isPrivatePartDominated }

    /// Whether that of the private rows is: of the others everybody knows what they add.
    var isPrivatePartDominated: Bool { Dominance.holds(in: own.values.sorted()) }
}

/// Votes or comments, which are told as sums.
enum VotedSum: CaseIterable {
    case up
    case down
    case comments

    /// What there is of it on a contribution.
    func value(_ person: AnalysisGround.Person) -> Int {
        switch self {
        case .up: person.votes.up
        case .down: person.votes.down
        case .comments: Int(clamping: person.comments)
        }
    }

    /// Name of the figure that is the sum.
    var name: String {
        switch self {
        case .up: "votesUp"
        case .down: "votesDown"
        case .comments: "comments"
        }
    }

    /// Names of the figures that tell of it.
    var figures: Set<String> {
        switch self {
        case .up, .down: [name, "scoreMean", "scoreMedian", "scoreMinimum", "scoreMaximum"]
        case .comments: [name]
        }
    }
}

extension Sequence<AnalysisGround.Person> {
    /// The sums that are mostly those of one or two of them, over what they wrote privately.
    var dominatedSums: Set<VotedSum> {
        var sums: [VotedSum: SumsOfPeople] = [:]
        for person in self where person.isPrivate {
            for sum in VotedSum.allCases {
                sums[sum, default: SumsOfPeople()].add(Double(sum.value(person)), of: person)
            }
        }
        return Set(sums.filter(\.value.isPrivatePartDominated).keys)
    }
}

extension GroundedComputation {
    /// The sums over some points, or over those whom the filter leaves out beside them, that are mostly those of one or two
    /// people; none where that does not matter.
    ///
    /// - Parameters:
    ///   - rows: rows of the points that are analysed.
    ///   - others: which of those whom the filter leaves out lie beside them.
    func dominatedSums(_ rows: some Sequence<Int>, leavingOut others: some Sequence<Int>) -> Set<VotedSum> {
        guard ground.tellsContributors else { return [] }
        return rows.map { ground.person(usedRows[$0]) }.dominatedSums
            .union(others.map { ground.filteredOut.people[$0] }.dominatedSums)
    }
}

extension AnalysisAnswer {
    /// Withholds sums of votes and comments where they are mostly those of one or two people, and as many others as are
    /// needed so that no total gives them away.
    ///
    /// - Returns: whether something is withheld.
    mutating func withholdDominatedSums() throws -> Bool {
        // Shapes are made anew with each change of one of them.
        var changed = features
        let dominated = changed.reduce(into: Set<VotedSum>()) { $0.formUnion($1.dominatedSums) }
        var isHiding = false
        for sum in VotedSum.allCases where dominated.contains(sum) {
            let suppression = try CellSuppression(
                changed.map { $0.number([sum.name]) ?? 0 },
                contributors: changed.map {
                    ($0.contributors ?? Contributors()).dominated($0.dominatedSums.contains(sum))
                })
            isHiding = isHiding || !suppression.suppressed.isEmpty
            for place in suppression.suppressed { changed[place].keepFigures { !sum.figures.contains($0) } }
        }
        if isHiding { features = changed }
        return isHiding
    }
}

extension Contributors {
    /// The same, of whom one or two have most of a sum.
    func dominated(_ isSo: Bool) -> Contributors {
        var people = self
        people.isDominated = isDominated || isSo
        return people
    }
}
