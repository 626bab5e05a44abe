import Analysis
import GeoCore

/// What is hot at one of several scales: sizes of cells, or bandwidths.
struct Scale {
    /// Width of a cell or bandwidth, in metres.
    let size: Double
    /// Whether each place is hot.
    let isHot: [Bool]
    /// Score of global Moran's I, where cells are compared.
    var moranZ: Double?
}

/// How the answer depends on the scale (the modifiable areal unit problem).
///
/// Source: Openshaw 1984; Fotheringham & Wong 1991, doi:10.1068/a231025.
extension HotspotComputation {
    /// Scales as factors of the answer's own.
    static var scaleFactors: [Double] { [0.5, 0.71, 1, 1.41, 2] }

    /// Tells as columns, one row a scale, how much is hot and how alike what is hot at every two scales is.
    ///
    /// - Parameter name: of the column of sizes.
    mutating func tellScales(_ scales: [Scale], as name: String) {
        guard scales.count > 1 else { return }
        series = [
            AnalysisSeries(name, scales.map(\.size), "m"),
            AnalysisSeries(
                "hotShare",
                scales.map { scale in Double(scale.isHot.count { $0 }) / Double(max(1, scale.isHot.count)) }),
        ]
        if scales.contains(where: { $0.moranZ != nil }) {
            series.append(AnalysisSeries("moranZ", scales.map(\.moranZ)))
        }
        var indices: [Double] = []
        for (number, other) in scales.enumerated() {
            let likeness = scales.map { jaccardIndex($0.isHot, other.isHot) }
            series.append(AnalysisSeries("jaccard\(number + 1)", likeness))
            indices += likeness[..<number].compactMap { $0 }
        }
        guard let least = indices.min() else { return }
        summarize("meanJaccard", (indices.reduce(0, +) / Double(indices.count)).rounded(toPlaces: 4))
        summarize("leastJaccard", least.rounded(toPlaces: 4))
    }
}
