import Analysis
import GeoCore
import Participation
import Storage

extension Installation {
    /// The private categories of a proceeding.
    func privateCategories(of proceeding: Proceeding, scope: Scope) async throws -> PrivateCategories {
        PrivateCategories(try await categories(of: proceeding, scope: scope))
    }

    /// Whether few contributions must not be told of to a viewer: where contributions of private categories are among
    /// them, and the viewer is not one who may read what is not published.
    func withholdsFew(_ categories: some Sequence<String>, of proceeding: Proceeding, scope: Scope) async throws -> Bool
    {
        guard !scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key) else { return false }
        return try await privateCategories(of: proceeding, scope: scope).slugs.contains(where: Set(categories).contains)
    }

    /// All contributions of a proceeding, where some of them are asked for and it matters who the others are.
    func unfiltered(
        _ filter: ContributionFilter, of proceeding: Proceeding, crs: String?, isPrivate: Bool, scope: Scope
    ) async throws -> PlacedContributions? {
        guard isPrivate, !filter.isEmpty else { return nil }
        return try await placedContributions(of: proceeding, filter: ContributionFilter(), crs: crs, scope: scope)
    }
}

extension ContributionColumns {
    /// The numbers of private categories.
    func codes(of categories: PrivateCategories) -> PrivateCodes {
        func numbers(_ slugs: [String]) -> Set<Int32> {
            let wanted = Set(slugs)
            return Set(
                categoryNames.indices.filter { wanted.contains(categoryNames[$0]) }.map {
                    Int32(truncatingIfNeeded: $0)
                })
        }
        return PrivateCodes(all: numbers(categories.slugs), sensitive: numbers(categories.sensitive))
    }
}

extension Contributors {
    /// Those behind some rows, or behind those of them that are private where these are fewer: everybody knows where the
    /// others lie, and can take them off.
    init(behind rows: some Sequence<Int>, in columns: ContributionColumns, hidden: PrivateCodes) {
        var (all, own) = (Contributors(), Contributors())
        for row in rows {
            let (author, category) = (columns.author[row], columns.category[row])
            all.add(author, least: hidden.least(category), isPrivate: hidden.contains(category))
            if hidden.contains(category) { own.add(author, least: hidden.least(category)) }
        }
        self = .fewer(all, own)
    }

    /// Adds who wrote a row.
    mutating func add(_ person: AnalysisGround.Person) {
        add(person.number, least: person.least, isPrivate: person.isPrivate)
    }
}

extension GroundedComputation {
    /// Who stands behind some points, where that matters: behind the private ones where these are somebody and fewer.
    ///
    /// - Parameter rows: rows of the points that are analysed.
    func contributors(_ rows: some Sequence<Int>) -> Contributors? {
        ground.people(behind: rows.lazy.map { ground.usedRows[$0] })
    }

    /// The same for a shape, and whether what they weigh is mostly that of one or two; of those whom the filter leaves out
    /// in it, where they are fewer: the shape without the filter less that with it tells of them.
    ///
    /// - Parameter isInside: whether one whom the filter leaves out lies in the shape.
    func contributors(_ rows: some Sequence<Int>, leavingOut isInside: (Int) -> Bool) -> Contributors? {
        guard ground.tellsContributors else { return nil }
        let (others, people) = ground.filteredOut
        func behind(_ rows: some Sequence<Int>, _ weights: [Double], _ person: (Int) -> AnalysisGround.Person)
            -> Contributors
        {
            var (all, own, sums) = (Contributors(), Contributors(), SumsOfPeople())
            for row in rows {
                let person = person(row)
                all.add(person)
                if person.isPrivate { own.add(person) }
                if ground.isWeighted { sums.add(weights[row], of: person) }
            }
            var fewer = Contributors.fewer(all, own)
            fewer.isDominated = sums.isDominated
            return fewer
        }
        let counted = behind(rows, ground.weights) { ground.person(usedRows[$0]) }
        return counted.orFewer(leftOut: behind(people.indices.filter(isInside), others.weight) { people[$0] })
    }

    /// Who stands behind the counts of cells, by their place; nothing where that does not matter.
    ///
    /// - Parameters:
    ///   - points: those that are analysed.
    ///   - isCounted: which rows of them are counted.
    func contributors(
        to counts: GridAggregation, _ points: Points, where isCounted: (Int) -> Bool = { _ in true }
    ) -> [Contributors] {
        contributors(to: counts.cells.count, points, at: { counts.place(of: $0, points) }) { row in
            isCounted(row) ? ground.person(usedRows[row]) : nil
        }
    }

    private func contributors(
        to places: Int, _ points: Points, at place: (Int) -> Int?, _ person: (Int) -> AnalysisGround.Person?
    ) -> [Contributors] {
        guard ground.tellsContributors else { return [] }
        let sides = sides(places, points, at: place, person)
        var people = zip(sides.all, sides.own).map(Contributors.fewer)
        guard points.weight.contains(where: { $0 != 1 }) else { return people }
        // What weighs more than others must not be told of one or two alone.
        var sums = [SumsOfPeople](repeating: SumsOfPeople(), count: places)
        for row in 0..<points.count {
            guard let person = person(row), let place = place(row) else { continue }
            sums[place].add(points.weight[row], of: person)
        }
        for place in people.indices { people[place].isDominated = sums[place].isDominated }
        return people
    }

    /// The same for all that is counted; of those whom the filter leaves out in the same cell, where they are fewer: the
    /// count without the filter less that with it tells of them.
    func contributorsAndOthers(to counts: GridAggregation, _ points: Points) -> [Contributors] {
        contributorsAndOthers(
            to: counts.cells.count, points, at: { counts.place(of: $0, points) },
            others: { counts.place(of: $0, ground.filteredOut.points) })
    }

    /// The same for any places, such as area units.
    ///
    /// - Parameters:
    ///   - place: the number of the place that holds a row of the points.
    ///   - otherPlace: the same for a row of those that the filter leaves out.
    func contributorsAndOthers(
        to places: Int, _ points: Points, at place: (Int) -> Int?, others otherPlace: (Int) -> Int?
    ) -> [Contributors] {
        let counted = contributors(to: places, points, at: place) { ground.person(usedRows[$0]) }
        let (others, people) = ground.filteredOut
        guard !counted.isEmpty, others.count > 0 else { return counted }
        let leftOut = contributors(to: places, others, at: otherPlace) { people[$0] }
        return zip(counted, leftOut).map { $0.orFewer(leftOut: $1) }
    }

    /// All people at each place, and those who wrote something private.
    private func sides(
        _ places: Int, _ points: Points, at place: (Int) -> Int?, _ person: (Int) -> AnalysisGround.Person?
    ) -> (all: [Contributors], own: [Contributors]) {
        var all = [Contributors](repeating: Contributors(), count: places)
        var own = all
        for row in 0..<points.count {
            guard let person = person(row), let place = place(row) else { continue }
            all[place].add(person)
            if person.isPrivate { own[place].add(person) }
        }
        return (all, own)
    }

    /// Who stands behind the class of each cell: those in it and in its neighbours; nothing where that does not matter.
    func surroundings(_ counts: GridAggregation, _ points: Points, _ weights: @autoclosure () throws -> SpatialWeights)
        rethrows -> [Contributors]
    {
        guard ground.tellsContributors else { return [] }
        return surroundings(of: counts.cells.count, points, try weights()) { counts.place(of: $0, points) }
    }

    /// The same for any places, such as area units.
    func surroundings(
        of places: Int, _ points: Points, _ weights: SpatialWeights, at place: (Int) -> Int?
    ) -> [Contributors] {
        guard ground.tellsContributors else { return [] }
        let (all, own) = sides(places, points, at: place) { ground.person(usedRows[$0]) }
        func around(_ place: Int, _ people: [Contributors]) -> Contributors {
            weights.neighbors[weights.offsets[place]..<weights.offsets[place + 1]].reduce(into: people[place]) {
                $0.formUnion(people[Int($1)])
            }
        }
        return all.indices.map { .fewer(around($0, all), around($0, own)) }
    }
}

extension GridAggregation {
    /// The number of the cell that holds a point.
    fileprivate func place(of row: Int, _ points: Points) -> Int? {
        grid.cell(x: points.x[row], y: points.y[row]).flatMap { cells.place(of: $0) }
    }
}
