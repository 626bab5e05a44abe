import GeoCore

/// Hot cells that touch, taken together as one place that can be named and visited.
struct HotspotPlace: Sendable {
    /// The cells as one shape in the metric CRS.
    var shape: MetricGeometry
    /// Number of cells.
    var cells: Int
    /// Contributions in them; `nil` where the number of some cells is withheld.
    var contributions: Int64?
    /// The largest score among the cells; `nil` where scores are withheld.
    var peak: Double?
    /// The share of runs on other grids in which the cell with the largest score is hot; `nil` where it was not tried.
    ///
    /// Cells at the edge of a place are hot on fewer grids however sure the place is.
    var stability: Double?
}

extension AnalysisAnswer where Question == HotspotQuestion {
    /// The hot places of an answer to `gi`, the most significant first.
    ///
    /// - Parameter bin: the least class of significance that counts as hot, 1 to 3.
    /// - Complexity: linear in the cells.
    func hotPlaces(atLeast bin: Double = 2) -> [HotspotPlace] {
        guard question.method == .gi else { return [] }
        var waiting: [Cell: Int] = [:]
        for (index, feature) in features.enumerated() {
            if let value = feature.value, value >= bin, let cell = Cell(feature.id) { waiting[cell] = index }
        }
        var places: [HotspotPlace] = []
        for (index, feature) in features.enumerated() {
            guard let start = Cell(feature.id), waiting[start] == index else { continue }
            waiting[start] = nil
            var members = [index]
            var frontier = [start]
            while let cell = frontier.popLast() {
                for neighbor in cell.neighbors(question.shape) {
                    guard let member = waiting.removeValue(forKey: neighbor) else { continue }
                    members.append(member)
                    frontier.append(neighbor)
                }
            }
            places.append(place(members.sorted()))
        }
        // Where no numbers are told the order of the cells stays.
        func rank(_ place: HotspotPlace) -> (Double, Int64) { (-(place.peak ?? 0), place.contributions ?? .max) }
        return places.enumerated().sorted { first, second in
            let (one, other) = (rank(first.element), rank(second.element))
            return one == other ? first.offset < second.offset : one < other
        }.map(\.element)
    }

    private func place(_ members: [Int]) -> HotspotPlace {
        func number(_ member: Int, _ name: String) -> Double? {
            features[member].properties.first { $0.name == name }?.value.double
        }
        let peak = members.max { (number($0, "z") ?? 0, -$0) < (number($1, "z") ?? 0, -$1) }
        let counts = members.compactMap { number($0, "count") }
        let polygons = members.compactMap { member -> [[Position]]? in
            guard case .polygon(let rings) = features[member].shape.shape else { return nil }
            return rings
        }
        return HotspotPlace(
            shape: MetricGeometry(metres: .multiPolygon(polygons)), cells: members.count,
            contributions: counts.count == members.count ? counts.reduce(0) { $0 + Int64($1) } : nil,
            peak: peak.flatMap { number($0, "z") }, stability: peak.flatMap { number($0, "stability") })
    }

    private struct Cell: Hashable {
        var q: Int
        var r: Int

        init(q: Int, r: Int) {
            self.q = q
            self.r = r
        }

        /// Reads the name of a cell in an answer.
        init?(_ id: String) {
            let parts = id.split(separator: "_").compactMap { Int($0) }
            guard parts.count == 2 else { return nil }
            self.init(q: parts[0], r: parts[1])
        }

        func neighbors(_ shape: HotspotQuestion.CellShape) -> [Cell] {
            let hexagon = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]
            let square = hexagon + [(1, 1), (-1, -1)]
            return (shape == .hex ? hexagon : square).map { Cell(q: q + $0.0, r: r + $0.1) }
        }
    }
}
