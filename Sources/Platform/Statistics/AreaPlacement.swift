import Analysis
import GEOSGeometry
import GeoCore
import Participation
import Storage

/// For each row of columns the area unit that it lies in, looked up once.
struct AreaPlacement {
    private let columns: ContributionColumns
    /// The unit of each row; the number of units for those in none, one more for those without a place and two for those
    /// whose place cannot be right.
    private let part: [Int32]
    /// For rows that lie in several units all of these, rising.
    private let shared: [Int: [Int]]
    /// How many units there are.
    let units: Int

    /// Looks the rows up.
    ///
    /// - Throws: `CancellationError`.
    /// - Complexity: a look-up in the index for each row.
    init(_ columns: ContributionColumns, in index: PolygonIndex) throws {
        self.columns = columns
        units = index.count
        let (outside, unlocated, suspect) = (Int32(index.count), Int32(index.count + 1), Int32(index.count + 2))
        var shared: [Int: [Int]] = [:]
        part = try (0..<columns.count).map { row in
            if row & 0xFFF == 0 { try Task.checkCancellation() }
            guard columns.longitude[row].isFinite else { return unlocated }
            guard columns.quality[row] != .suspect else { return suspect }
            let found = index.polygons(containing: columns.longitude[row], columns.latitude[row])
            if found.count > 1 { shared[row] = found }
            return found.first.map { Int32($0) } ?? outside
        }
        self.shared = shared
    }

    /// Contributions in each unit, then those in none, those without a place and those whose place cannot be right.
    ///
    /// - Parameter overlaps: units in which contributions count beside the first that holds them; none when `nil`.
    func counts(in overlaps: AreaOverlaps? = nil, where isCounted: (Int) -> Bool = { _ in true }) -> [Int] {
        var counts = [Int](repeating: 0, count: units + 3)
        for (row, part) in part.enumerated() where isCounted(row) { counts[Int(part)] += 1 }
        guard let overlaps else { return counts }
        for (row, found) in shared where isCounted(row) {
            for unit in found.dropFirst() where overlaps.contains(found[0], unit) { counts[unit] += 1 }
        }
        return counts
    }

    /// Numbers of the contributions in each unit, rising.
    func numbers(where isCounted: (Int) -> Bool) -> [[Int64]] {
        var numbers = [[Int64]](repeating: [], count: units)
        for (row, part) in part.enumerated() where part < units && isCounted(row) {
            numbers[Int(part)].append(columns.id[row])
        }
        return numbers.map { $0.sorted() }
    }

    /// For each row that lies in several units all of these, rising; without rows of some categories, of which nobody may
    /// be told where they lie.
    func shared(without hidden: PrivateCategories) -> [[Int]] {
        let codes = columns.codes(of: hidden)
        return shared.filter { !codes.contains(columns.category[$0.key]) }.map(\.value)
    }

    /// Who stands behind these, or behind the private ones of them where these are fewer.
    ///
    /// - Parameter hidden: the private categories.
    func contributors(hidden: PrivateCategories, where isCounted: (Int) -> Bool = { _ in true }) -> [Contributors] {
        let codes = columns.codes(of: hidden)
        return rowsByPart(where: isCounted).map { Contributors(behind: $0, in: columns, hidden: codes) }
    }

    private func rowsByPart(where isCounted: (Int) -> Bool = { _ in true }) -> [[Int]] {
        var rows = [[Int]](repeating: [], count: units + 3)
        for (row, part) in part.enumerated() where isCounted(row) { rows[Int(part)].append(row) }
        return rows
    }
}

extension AreaPlacement {
    /// How many contributions of each category lie in each unit, in none, and without a usable place.
    ///
    /// - Parameter hidden: the private categories.
    func mixes(hidden: PrivateCategories) -> [CategoryMix] {
        let codes = columns.codes(of: hidden)
        return rowsByPart().map { CategoryMix($0, of: columns, hidden: codes) }
    }
}

extension AreaStatistics {
    /// Tells how many contributions of each unit are of each category.
    ///
    /// - Parameters:
    ///   - mixes: of the units, then of what lies in none, what has no place and what has one that cannot be right.
    ///   - isMasked: whether few people are withheld.
    ///   - isFiltered: whether a filter leaves some out, whose counts could be taken off those of all.
    mutating func tell(_ mixes: [CategoryMix], isMasked: Bool, isFiltered: Bool) throws {
        guard isMasked else {
            for place in units.indices { units[place].categories = mixes[place].told }
            return
        }
        var hidden = Set(units.indices.filter { units[$0].isSuppressed })
        if isOutsideSuppressed { hidden.insert(units.count) }
        if isUnlocatedSuppressed { hidden.insert(units.count + 1) }
        if isSuspectSuppressed { hidden.insert(units.count + 2) }
        let told = try CategoryMix.masked(isFiltered ? mixes.map(\.withoutPrivate) : mixes, hidden: hidden)
        for place in units.indices { units[place].categories = told[place] }
    }

    /// Withholds counts of fewer than five people, and as many others as are needed so that no total gives them away.
    ///
    /// - Parameter contributors: who stands behind the units, then what lies in none, what has no place and what has one
    ///   that cannot be right.
    mutating func suppress(_ contributors: [Contributors]) throws {
        let suppression = try CellSuppression(
            units.map(\.count) + [outside, unlocated, suspect], contributors: contributors)
        for place in suppression.suppressed {
            guard place < units.count else {
                if place == units.count { (outside, isOutsideSuppressed) = (0, true) }
                if place == units.count + 1 { (unlocated, isUnlocatedSuppressed) = (0, true) }
                if place > units.count + 1 { (suspect, isSuspectSuppressed) = (0, true) }
                continue
            }
            units[place].isSuppressed = true
            units[place].count = 0
            (units[place].density, units[place].rate, units[place].smoothedRate) = (nil, nil, nil)
            (units[place].interval, units[place].relative) = (nil, nil)
            units[place].isUnreliable = false
        }
        if units.contains(where: \.isSuppressed) { try smoothTold() }
        // Rates of the whole tell the sum of the units with inhabitants, and what is withheld among these.
        let summed = suppression.suppressed.filter { $0 < units.count && units[$0].population != nil }
        guard !summed.isEmpty, !suppression.isTotalPublishable || summed.count < suppression.suppressed.count else {
            return
        }
        overallRate = nil
        for place in units.indices {
            (units[place].expected, units[place].relative, units[place].smoothedRate) = (nil, nil, nil)
        }
    }

    /// Smooths the rates of the units that are told towards the rate of these alone: the spread of all rates would tell
    /// of those that are withheld.
    private mutating func smoothTold() throws {
        let told = units.indices.filter { !units[$0].isSuppressed && units[$0].population != nil }
        let rates = try ArealRates(
            observed: told.map { Double(units[$0].count) }, population: told.map { max(0, units[$0].population ?? 0) })
        for (row, place) in told.enumerated() { units[place].smoothedRate = rates.smoothed[row].map { $0 * 1000 } }
    }
}
