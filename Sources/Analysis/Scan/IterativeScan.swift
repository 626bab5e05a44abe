/// Scans again and again, each time without the places of the cluster found before.
///
/// A strong cluster raises what is expected everywhere else and so hides weaker ones; without its places they are tested
/// as if it had never been. It ends with the first cluster that is not significant, which is told only when it is the
/// first of all, or where too little is left to scan.
/// Source: Zhang, Assunção & Kulldorff 2010, J. Probab. Stat., doi:10.1155/2010/642379.
///
/// - Parameters:
///   - places: number of places.
///   - rounds: most scans, at least 1.
///   - alpha: level at which a cluster is significant.
///   - isGumbel: whether the Gumbel tail decides.
///   - scan: scans the places with the given numbers, which rise, and numbers its own from 0.
/// - Returns: one cluster a round; zones, simulations and the list of best zones are those of the first.
/// - Throws: ``AnalysisError`` of the first scan, or when cancelled.
/// - Complexity: rounds times a scan.
public func iterativeScan(
    places: Int, rounds: Int, alpha: Double = 0.05, isGumbel: Bool = false,
    _ scan: ([Int]) async throws(AnalysisError) -> ScanResult
) async throws(AnalysisError) -> ScanResult {
    guard rounds >= 1 else { throw AnalysisError(.invalidParameter, "A scan takes at least 1 round, such as 3.") }
    var kept = Array(0..<places)
    let first = try await scan(kept)
    var found: [ScanResult.Cluster] = []
    var next: ScanResult? = first
    while let cluster = next?.clusters.first?.renumbered(kept) {
        let isSignificant = (cluster.probability(isGumbel: isGumbel) ?? 1) <= alpha
        if isSignificant || found.isEmpty { found.append(cluster) }
        guard isSignificant, found.count < rounds else { break }
        let members = Set(cluster.members)
        kept.removeAll { members.contains($0) }
        do {
            next = kept.isEmpty ? nil : try await scan(kept)
        } catch {
            guard error.code == .tooFewData else { throw error }
            next = nil
        }
    }
    return ScanResult(
        clusters: found, top: first.top, zones: first.zones, simulations: first.simulations,
        isStoppedEarly: first.isStoppedEarly)
}
