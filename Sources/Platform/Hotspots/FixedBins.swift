import Analysis

extension AnalysisCaution {
    /// Levels that classes of places stand for, whatever is asked for.
    private static let binLevels = [0.1, 0.05, 0.01]

    /// Classes of places that stand for other levels than the one by which places are counted.
    ///
    /// - Parameter counts: the figures that count by the level asked for.
    /// - Returns: `nil` where it is one of theirs.
    static func fixedBins(alpha: Double, counts: [String]) -> AnalysisCaution? {
        guard !binLevels.contains(alpha) else { return nil }
        let level = AnalysisParameter.text(alpha)
        let comma = level.replacing(".", with: ",")
        return AnalysisCaution(
            kind: .fixedBins,
            english:
                "bin does not follow alpha: 1, 2 and 3 (and what the map shows) stand for the levels 0.10, 0.05 and 0.01, while "
                + "\(counts.joined(separator: " and ")) count by alpha=\(level)",
            german:
                "bin richtet sich nicht nach alpha: 1, 2 und 3 (und was die Karte zeigt) stehen für die Niveaus 0,10, 0,05 und "
                + "0,01, während \(counts.joined(separator: " und ")) nach alpha=\(comma) zählen")
    }
}

extension HotspotQuestion {
    /// The figures that count by `alpha` beside classes that do not; none where there are no such classes.
    var countsBesideBins: [String] {
        switch method {
        case .gi: looksAtUnits ? ["hotUnits", "coldUnits"] : ["hotCells", "coldCells"]
        case .locationQuotient: ["higherCells", "lowerCells"]
        case .colocationLocal: ["attracted", "avoided"]
        default: []
        }
    }
}
