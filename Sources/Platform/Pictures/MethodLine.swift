extension AnalysisAnswer {
    /// Method, parameters with units and figures in one line.
    func methodLine(_ words: ParameterWords) -> String {
        let parameters = analysis.parameters.map(words.named)
        return
            ([words.method(analysis.method)] + parameters + analysis.filters.map(words.caption) + [
                "n = \(analysis.toldUsed)", analysis.crs,
            ]).joined(separator: " · ")
    }
}
