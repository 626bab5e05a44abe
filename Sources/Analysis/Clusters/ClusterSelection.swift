/// How clusters are taken from a hierarchy.
public enum ClusterSelection: String, Sendable, Hashable, CaseIterable {
    /// A cluster is taken unless its parts together are more stable: clusters of different densities.
    case excessOfMass = "eom"
    /// The smallest clusters, those without parts.
    case leaf
}

extension CondensedTree {
    /// Whether each cluster is taken; none of those taken contains another.
    ///
    /// - Parameters:
    ///   - epsilon: clusters that came into being below this distance in metres are replaced by the nearest ancestor
    ///     that did not (Malzer & Baum 2020, doi:10.1109/MFI49285.2020.9235263); the root is never that ancestor unless
    ///     it is allowed.
    ///   - allowsSingle: whether the root, which holds all points, may be taken.
    func selected(_ selection: ClusterSelection, epsilon: Double, allowsSingle: Bool) -> [Bool] {
        var isSelected = [Bool](repeating: false, count: parent.count)
        var hasChildren = isSelected
        for cluster in parent.indices.dropFirst() { hasChildren[Int(parent[cluster])] = true }
        switch selection {
        case .leaf:
            for cluster in parent.indices {
                isSelected[cluster] = !hasChildren[cluster] && mayTake(cluster, allowsSingle)
            }
        case .excessOfMass:
            var below = [Double](repeating: 0, count: parent.count)
            for cluster in parent.indices.reversed() {
                isSelected[cluster] = mayTake(cluster, allowsSingle) && below[cluster] <= stability[cluster]
                if cluster > 0 { below[Int(parent[cluster])] += max(below[cluster], stability[cluster]) }
            }
            keepTopmost(&isSelected)
        }
        guard epsilon > 0 else { return isSelected }
        var widened = [Bool](repeating: false, count: parent.count)
        for cluster in parent.indices where isSelected[cluster] {
            var ancestor = cluster
            // Born at a distance below ε means λ above 1/ε.
            while birth[ancestor] * epsilon > 1, parent[ancestor] >= 0, mayTake(Int(parent[ancestor]), allowsSingle) {
                ancestor = Int(parent[ancestor])
            }
            widened[ancestor] = true
        }
        keepTopmost(&widened)
        return widened
    }

    private func mayTake(_ cluster: Int, _ allowsSingle: Bool) -> Bool { cluster > 0 || allowsSingle }

    /// Leaves only those clusters that have no ancestor among them.
    private func keepTopmost(_ isSelected: inout [Bool]) {
        var isBelow = [Bool](repeating: false, count: parent.count)
        for cluster in parent.indices.dropFirst() {
            let above = Int(parent[cluster])
            isBelow[cluster] = isBelow[above] || isSelected[above]
            if isBelow[cluster] { isSelected[cluster] = false }
        }
    }
}
