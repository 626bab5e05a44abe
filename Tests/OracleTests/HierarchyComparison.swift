import Analysis
import TestSupport

/// A hierarchy beside that of the reference, which broke ties as its sorting did.
///
/// A point at the very distance where clusters part may go with one of them or with none; what hangs on such points is
/// not compared. Clusters are compared up to their names.
struct HierarchyComparison {
    private let made: HierarchicalClusters
    private let expected: OracleValue

    init(_ made: HierarchicalClusters, _ expected: OracleValue) {
        (self.made, self.expected) = (made, expected)
    }

    /// What is equal under the tolerances of the case, and the differences of the rest.
    var answer: Answer {
        var answer = Answer(
            [
                "n_clusters": made.count, "core_distance": made.coreDistances, "mst_weights_sorted": made.treeWeights,
            ],
            settled: [
                "labels", "probabilities", "outlier_scores", "condensed_tree_sizes", "condensed_stabilities",
            ])
        do { answer.problems = try problems() } catch { answer.problems = ["\(error)"] }
        return answer
    }

    private func problems() throws -> [String] {
        var problems: [String] = []
        let tied = Set(
            made.labels.indices.filter { point in
                made.hierarchy.contains {
                    $0.parent == Int(made.lastClusters[point]) && isClose($0.birth, made.exitDistances[point])
                }
            })
        if tied.count > 8 { problems.append("\(tied.count) points hang on ties") }
        let settled = made.labels.indices.filter { !tied.contains($0) }
        let labels = try expected["labels"].ints.map { Int32($0) }
        var names: [Int32: Int32] = [-1: -1]
        for point in settled {
            let name = names[made.labels[point], default: labels[point]]
            if name != labels[point] { problems.append("label of point \(point)") }
            names[made.labels[point]] = name
        }
        if Set(names.values).count != names.count { problems.append("clusters share a name") }
        for point in tied where made.labels[point] != -1 && names[made.labels[point]] != labels[point] {
            problems.append("label of point \(point), which hangs on a tie")
        }
        let probabilities = try expected["probabilities"].doubles
        for point in settled where !isClose(made.probabilities[point], probabilities[point]) {
            problems.append("probability of point \(point)")
        }
        let scores = try expected["outlier_scores"].doubles
        let unlike = settled.filter { !isClose(made.outlierScores[$0], scores[$0], relative: 1e-7, absolute: 1e-9) }
        let (sizes, stabilities) = (try unmatchedSizes(&problems), try unmatchedStabilities())
        // What is left are clusters that only a tied point made large enough.
        let isSettled = tied.isEmpty
        if unlike.count > (isSettled ? 0 : 12) { problems.append("\(unlike.count) outlier scores") }
        if sizes > (isSettled ? 0 : 4) { problems.append("\(sizes) clusters of the reference are missing") }
        if stabilities > (isSettled ? 0 : sizes + 2) { problems.append("\(stabilities) stabilities") }
        return problems
    }

    private func unmatchedSizes(_ problems: inout [String]) throws -> Int {
        var sizes = try expected["condensed_tree_sizes"].ints
        for cluster in made.hierarchy.dropFirst() {
            let place = sizes.indices.filter { sizes[$0] >= cluster.size }.min { sizes[$0] < sizes[$1] }
            guard let place, sizes[place] <= cluster.size + 2 else {
                problems.append("no cluster of \(cluster.size) points in the reference")
                continue
            }
            sizes.remove(at: place)
        }
        return sizes.count
    }

    private func unmatchedStabilities() throws -> Int {
        var stabilities = try expected["condensed_stabilities"].doubles
        for cluster in made.hierarchy {
            if let place = stabilities.firstIndex(where: { isClose(cluster.stability, $0) }) {
                stabilities.remove(at: place)
            }
        }
        return stabilities.count
    }
}
