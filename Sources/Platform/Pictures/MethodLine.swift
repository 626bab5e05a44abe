extension AnalysisAnswer {
    /// Method, what was looked at, and parameters with units, in one line.
    ///
    /// Where it does not find room its end is cut off: defaults stand last, since they tell the least.
    func methodLine(_ words: ParameterWords) -> String {
        let parts =
            [words.method(analysis.method)] + analysis.filters.map(words.caption)
            + ["n = \(analysis.toldUsed)", analysis.crs] + analysis.parameters.tellingFirst.map(words.named)
        return parts.joined(separator: " · ")
    }
}

extension [AnalysisRecord.Parameter] {
    /// Those that were given or chosen before the defaults.
    var tellingFirst: [AnalysisRecord.Parameter] {
        filter { $0.origin != .standard } + filter { $0.origin == .standard }
    }
}
