import Analysis
import GeoCore

/// What is hot at one of several scales: sizes of cells, bandwidths, or what makes clusters.
struct Scale {
    /// Width of a cell, bandwidth or reach in metres, or contributions of the smallest cluster.
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
    /// They are the series of the answer, or stand beside these where the method has series of its own.
    ///
    /// - Parameters:
    ///   - name: of the column of sizes.
    ///   - further: columns that are told too.
    mutating func tellScales(
        _ runs: [Scale], as name: String, _ unit: String? = "m", beside further: [AnalysisSeries] = []
    ) {
        guard runs.count > 1 else { return }
        var table = [
            AnalysisSeries(name, runs.map(\.size), unit),
            AnalysisSeries(
                "hotShare",
                runs.map { scale in Double(scale.isHot.count { $0 }) / Double(max(1, scale.isHot.count)) }),
        ]
        if runs.contains(where: { $0.moranZ != nil }) {
            table.append(AnalysisSeries("moranZ", runs.map(\.moranZ)))
        }
        var indices: [Double] = []
        for (number, other) in runs.enumerated() {
            let likeness = runs.map { jaccardIndex($0.isHot, other.isHot) }
            table.append(AnalysisSeries("jaccard\(number + 1)", likeness))
            indices += likeness[..<number].compactMap { $0 }
        }
        table += further
        if question.method.hasSeries { scales = table } else { series = table }
        guard let least = indices.min() else { return }
        summarize("meanJaccard", (indices.reduce(0, +) / Double(indices.count)).rounded(toPlaces: 4))
        summarize("leastJaccard", least.rounded(toPlaces: 4))
    }
}
