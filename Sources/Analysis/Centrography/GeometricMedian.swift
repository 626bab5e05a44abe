/// The position with the smallest weighted sum of distances, by the steps of Weiszfeld with the remedy of Vardi & Zhang
/// for steps that meet a point (doi:10.1073/pnas.97.4.1423), and Newton's steps once they help.
struct GeometricMedian {
    private let x: [Double]
    private let y: [Double]
    private let weights: [Double]

    init(_ x: [Double], _ y: [Double], _ weights: [Double]) {
        (self.x, self.y, self.weights) = (x, y, weights)
    }

    /// Most steps; Newton's need about ten, those of Weiszfeld may need hundreds beside a point.
    private static let stepLimit = 1000

    func position(from start: (x: Double, y: Double)) throws(AnalysisError) -> (x: Double, y: Double) {
        let place = try walk(from: start)
        // Steps towards a point come near and never quite there.
        let nearest = x.indices.min { squaredDistance($0, place) < squaredDistance($1, place) }
        guard let nearest else { return place }
        let point = (x: x[nearest], y: y[nearest])
        return Sums(self, point).distance <= Sums(self, place).distance ? point : place
    }

    private func squaredDistance(_ index: Int, _ place: (x: Double, y: Double)) -> Double {
        (x[index] - place.x) * (x[index] - place.x) + (y[index] - place.y) * (y[index] - place.y)
    }

    private func walk(from start: (x: Double, y: Double)) throws(AnalysisError) -> (x: Double, y: Double) {
        var place = start
        var sums = Sums(self, place)
        for _ in 0..<Self.stepLimit {
            try AnalysisError.checkCancellation()
            // Nothing pulls away from a point that weighs as much as the pull of all others.
            guard sums.inverse > 0, sums.pull > sums.own else { return place }
            let candidates = [sums.newton, sums.weiszfeld].compactMap { $0 }
            var moved = false
            for candidate in candidates {
                let next = Sums(self, candidate)
                guard next.distance < sums.distance else { continue }
                (place, sums, moved) = (candidate, next, true)
                break
            }
            guard moved else { return place }
        }
        return place
    }

    /// What a step needs to know of a place.
    private struct Sums {
        let x, y: Double
        /// Weighted sum of distances.
        private(set) var distance: Double
        /// Σ w / d of the points elsewhere.
        private(set) var inverse = 0.0
        /// Weight of the points at the place.
        private(set) var own = 0.0
        /// Σ w (p − place) / d.
        private var pullX = 0.0
        private var pullY = 0.0
        private var hessian = (xx: 0.0, xy: 0.0, yy: 0.0)

        var pull: Double { (pullX * pullX + pullY * pullY).squareRoot() }

        init(_ median: GeometricMedian, _ place: (x: Double, y: Double)) {
            (x, y) = place
            var total = CompensatedSum()
            for index in median.x.indices {
                let (dx, dy, w) = (median.x[index] - x, median.y[index] - y, median.weights[index])
                let squared = dx * dx + dy * dy
                guard squared > 0 else {
                    own += w
                    continue
                }
                let d = squared.squareRoot()
                total.add(w * d)
                inverse += w / d
                pullX += w * dx / d
                pullY += w * dy / d
                let cubed = w / (squared * d)
                hessian.xx += cubed * dy * dy
                hessian.xy -= cubed * dx * dy
                hessian.yy += cubed * dx * dx
            }
            distance = total.value
        }

        var weiszfeld: (x: Double, y: Double)? {
            // At a point its own weight holds the step back.
            let share = own > 0 ? 1 - own / pull : 1
            return (x + share * pullX / inverse, y + share * pullY / inverse)
        }

        var newton: (x: Double, y: Double)? {
            let determinant = hessian.xx * hessian.yy - hessian.xy * hessian.xy
            guard own == 0, determinant > 1e-12 * inverse * inverse else { return nil }
            return (
                x + (hessian.yy * pullX - hessian.xy * pullY) / determinant,
                y + (hessian.xx * pullY - hessian.xy * pullX) / determinant
            )
        }
    }
}
