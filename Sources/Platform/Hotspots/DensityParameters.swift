import Analysis

extension HotspotComputation {
    /// Tells how wide the cells of a raster are.
    mutating func tell(_ raster: Raster) {
        let longest = max(raster.columns, raster.rows)
        tell(
            "cell", .number(raster.cell), "m", question.cell == nil ? .chosen : .given,
            rule: question.cell == nil ? "\(longest) cells along the longer side of the study area" : nil)
    }

    /// Tells which shares of the density isolines hold; of cells only where somebody asked for some.
    mutating func tellShares() {
        let (levels, isGiven) = (question.levels, question.levels != HotspotQuestion.standardLevels)
        guard question.surface == .isolines || isGiven else { return }
        tell(
            "levels", .text(levels.map(AnalysisParameter.text).joined(separator: ",")), "%",
            isGiven ? .given : .standard,
            rule: question.surface == .isolines ? nil : "not used: surface=isolines draws them")
    }

    /// Refuses a kernel that reaches no farther than to the next cell of the raster, and warns of one that reaches little
    /// farther: what lies between the middles of cells would be seen by chance.
    ///
    /// - Parameters:
    ///   - given: the name and the value of what was given; nothing is said of what was chosen.
    ///   - reach: metres to the end of the kernel, of a Gaussian two deviations.
    /// - Throws: ``PlatformError`` of kind `invalidInput` with the least value that can be done.
    mutating func requireSeen(_ given: (name: String, value: Double), reach: Double, in raster: Raster) throws {
        guard reach < 2 * raster.cell else { return }
        let cell = AnalysisParameter.text(raster.cell.rounded(toPlaces: 1))
        let least = (given.value * raster.cell / reach).rounded(.up)
        guard reach >= raster.cell else {
            throw PlatformError(
                .invalidInput,
                "\(given.name) must be at least \(AnalysisParameter.text(least)) m with cells of \(cell) m, and is "
                    + "\(AnalysisParameter.text(given.value)): most contributions would lie between the middles of cells",
                hint: "\(given.name)=\(AnalysisParameter.text(2 * least)) can be done, or smaller cells")
        }
        record.warnings.append(
            "\(given.name) reaches less than two cells of \(cell) m: peaks between the middles of cells are not seen")
    }
}
