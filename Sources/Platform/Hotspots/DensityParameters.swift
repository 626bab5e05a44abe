import Analysis

extension HotspotComputation {
    /// Tells how wide the cells of a raster are.
    mutating func tell(_ raster: Raster) {
        let longest = max(raster.columns, raster.rows)
        tell(
            "cell", .number(raster.cell), "m", question.cell == nil ? .chosen : .given,
            rule: question.cell == nil ? "\(longest) cells along the longer side of the study area" : nil)
    }

    /// Tells which shares of the density isolines hold.
    mutating func tellShares() {
        let levels = question.levels
        tell(
            "levels", .text(levels.map(AnalysisParameter.text).joined(separator: ",")), "%",
            levels == HotspotQuestion(method: .kde).levels ? .standard : .given)
    }
}
