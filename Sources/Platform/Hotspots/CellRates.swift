import Analysis
import GeoCore
import PROJCoordinates

extension HotspotComputation {
    /// Adds to cells the inhabitants of a layer's area units, shared out by area, and contributions per 1,000 of them.
    ///
    /// People are taken to live evenly over their unit: the smaller the cells beside the units, the rougher the rates.
    /// Source: Goodchild & Lam 1980, Geo-Processing 1, 297–312 (area-weighted, all of each unit's inhabitants are shared out).
    mutating func addRates(to table: inout CellTable, _ counts: GridAggregation) throws {
        guard let layer = question.layer else { return }
        record.reference += "; Goodchild & Lam 1980; Marshall 1991"
        tell(
            "layer", .text(layer), nil, .given,
            rule: "inhabitants of its units are shared out to the cells by area, as if they lived evenly over each")
        let shapes = try units.map { try transform.metric($0.geometry).shape }
        let shared = try counts.grid.apportioned(shapes, weights: units.map { max(0, $0.population ?? 0) })
        var (population, elsewhere) = ([Double](repeating: 0, count: counts.cells.count), 0.0)
        for (cell, inhabitants) in shared {
            if let place = counts.cells.place(of: cell) {
                population[place] += inhabitants
            } else {
                elsewhere += inhabitants
            }
        }
        let rates = try ArealRates(observed: counts.weight, population: population)
        table.columns += [
            ("inhabitants", .numbers(population.map { $0.rounded(toPlaces: 1) })),
            ("ratePer1000", .known(OptionalColumn(rates.rate.map { $0.map { $0 * 1000 } }))),
        ]
        summarize("inhabitants", population.reduce(0, +).rounded(toPlaces: 1))
        if elsewhere > 0 { summarize("inhabitantsElsewhere", elsewhere.rounded(toPlaces: 1)) }
        let empty = rates.hasNoPopulation.count { $0 }
        if empty > 0 {
            record.warnings.append("\(empty) cells have contributions and no inhabitants, and so no rate")
        }
        // What is drawn towards the rate of all tells of cells that are withheld.
        guard !ground.tellsContributors else { return }
        table.columns.append(
            ("smoothedRatePer1000", .known(OptionalColumn(rates.smoothed.map { $0.map { $0 * 1000 } }))))
        summarize("overallRatePer1000", rates.overallRate.map { $0 * 1000 })
    }
}
