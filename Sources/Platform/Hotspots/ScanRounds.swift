import Analysis
import GeoCore

extension HotspotComputation {
    /// The scan of all places or, in rounds, without those of the clusters found before.
    func rounds(
        _ places: Int, _ scan: ([Int]) async throws(AnalysisError) -> ScanResult
    ) async throws -> ScanResult {
        guard question.rounds > 1 else { return try await scan(Array(0..<places)) }
        return try await iterativeScan(
            places: places, rounds: question.rounds, alpha: question.alpha, isGumbel: question.isGumbel, scan)
    }
}

extension Points {
    /// Rows by their numbers.
    func picked(_ numbers: [Int]) -> Points {
        Points(
            x: numbers.map { x[$0] }, y: numbers.map { y[$0] }, weight: numbers.map { weight[$0] },
            time: numbers.map { time[$0] }, category: numbers.map { category[$0] })
    }
}
