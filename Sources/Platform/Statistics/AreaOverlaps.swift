import GEOSGeometry
import GeoCore

/// Pairs of area units that overlap, where contributions lie in both.
///
/// Units that only share a border do not overlap, even where somebody wrote exactly there.
struct AreaOverlaps {
    /// Two units, the first with the smaller index.
    struct Pair: Hashable {
        let first: Int
        let second: Int
    }

    /// Contributions in both units of each pair.
    private(set) var contributions: [Pair: Int] = [:]
    /// Contributions that lie in more than one unit.
    private(set) var total = 0
    /// Most pairs whose shapes are held against each other; further ones are taken to overlap.
    private static let mostPairs = 2_000

    /// Whether no contribution lies in two units.
    var isEmpty: Bool { contributions.isEmpty }

    /// Whether two units overlap.
    func contains(_ first: Int, _ second: Int) -> Bool {
        contributions[Pair(first: min(first, second), second: max(first, second))] != nil
    }

    /// Finds the pairs.
    ///
    /// - Parameters:
    ///   - shared: for contributions in several units all of these, rising.
    ///   - outlines: of the units.
    /// - Throws: `GEOSError`, `CancellationError`.
    init(_ shared: some Collection<[Int]>, outlines: [MetricGeometry]) throws {
        var counts: [Pair: Int] = [:]
        func pairs(_ units: [Int]) -> [Pair] {
            units.indices.flatMap { place in
                units[(place + 1)...].map { Pair(first: units[place], second: $0) }
            }
        }
        for units in shared {
            for pair in pairs(units) { counts[pair, default: 0] += 1 }
        }
        for (number, pair) in counts.keys.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }).enumerated() {
            try Task.checkCancellation()
            if number < Self.mostPairs {
                guard try outlines[pair.first].overlaps(outlines[pair.second]) else { continue }
            }
            contributions[pair] = counts[pair]
        }
        total = shared.count { units in pairs(units).contains { contributions[$0] != nil } }
    }

    /// The pairs, those with most contributions first.
    var pairs: [Pair] {
        contributions.keys.sorted {
            (-(contributions[$0] ?? 0), $0.first, $0.second) < (-(contributions[$1] ?? 0), $1.first, $1.second)
        }
    }
}

extension MetricGeometry {
    /// Whether two areas share a part of the smaller one: less than a millionth is what drawing leaves over.
    ///
    /// - Throws: `GEOSError`.
    func overlaps(_ other: MetricGeometry) throws -> Bool {
        let smaller = min(try area(), try other.area())
        return try intersection(other).area() > smaller * 1e-6
    }
}

extension AreaStatistics {
    /// Two units that overlap.
    public struct Overlap: Sendable, Hashable {
        /// Names of the units, in the order of the layer.
        public var units: [String]
        /// Contributions that lie in both; those of private categories are left out where few must be withheld.
        public var contributions: Int
    }

    /// Most pairs that are told one by one.
    private static let mostTold = 50

    /// Tells which units overlap and how their contributions count, and leaves out rates where nobody said how.
    mutating func tell(_ found: AreaOverlaps, counted: AreaOptions.Overlap?) {
        guard !found.isEmpty else { return }
        overlaps = found.pairs.prefix(Self.mostTold).map { pair in
            Overlap(
                units: [units[pair.first].name, units[pair.second].name],
                contributions: found.contributions[pair] ?? 0)
        }
        let example = overlaps.first.map { " (\($0.units.joined(separator: " and ")))" } ?? ""
        var text =
            "\(found.total) contributions lie in more than one unit: \(found.pairs.count) pairs of units overlap\(example)"
        switch counted {
        case .first?: text += "; each counts in the unit that comes first"
        case .all?: text += "; each counts in all of them, and the sum of the units is larger than what there is"
        case nil:
            text +=
                "; each counts in the unit that comes first, and rates are left out: overlap=first or overlap=all "
                + "says how to count"
            removeRates()
        }
        warnings.append(text)
    }

    private mutating func removeRates() {
        overallRate = nil
        for place in units.indices {
            (units[place].rate, units[place].smoothedRate, units[place].interval) = (nil, nil, nil)
            (units[place].expected, units[place].relative) = (nil, nil)
            (units[place].isUnreliable, units[place].isSilent) = (false, false)
        }
    }
}
