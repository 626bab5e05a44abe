/// The value above which a given share of a density's volume lies: the smallest region that holds that share.
///
/// Source: Hyndman 1996, Am. Stat. 50, doi:10.2307/2684423 (highest density regions).
public struct VolumeLevel: Sendable, Equatable {
    /// Share of the volume in percent.
    public let percent: Double
    /// The smallest value among the highest cells that together hold the share.
    public let level: Double
    /// Number of those cells.
    public let cells: Int
}

extension DensitySurface {
    /// The levels of shares of the volume, in the order asked for.
    ///
    /// - Parameter percents: each above 0 and at most 100.
    /// - Returns: nothing for a surface without volume.
    /// - Throws: ``AnalysisError`` for a percentage out of range.
    /// - Complexity: O(n log n).
    public func volumeLevels(_ percents: [Double]) throws(AnalysisError) -> [VolumeLevel] {
        guard percents.allSatisfy({ $0 > 0 && $0 <= 100 }) else {
            throw AnalysisError(.invalidParameter, "Percentages of the volume must be above 0 and at most 100.")
        }
        let sorted = values.filter { $0 > 0 }.sorted(by: >)
        var cumulative: [Double] = []
        cumulative.reserveCapacity(sorted.count)
        var sum = CompensatedSum()
        for value in sorted {
            sum.add(value)
            cumulative.append(sum.value)
        }
        guard let total = cumulative.last else { return [] }
        return percents.map { percent in
            let place = min(cumulative.partitioningIndex { $0 >= percent / 100 * total }, sorted.count - 1)
            return VolumeLevel(percent: percent, level: sorted[place], cells: place + 1)
        }
    }
}
