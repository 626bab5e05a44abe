/// Columns worked on in parts at once, with the same result on any number of cores.
///
/// The number of parts depends on the number of rows alone, and results come in the order of the parts. Parts run on
/// the executor that the caller prefers.
enum Chunks {
    /// Most parts of a column, unless said otherwise.
    static let limit = 8
    /// Rows below which a column is not divided, unless said otherwise.
    static let smallest = 32_768

    /// The parts of a column, without gaps.
    static func ranges(_ count: Int, smallest: Int = smallest, limit: Int = limit) -> [Range<Int>] {
        let parts = max(1, min(limit, count / smallest))
        return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
    }

    /// Blocks of a fixed size, but for the last.
    static func blocks(_ count: Int, size: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }

    /// What `work` makes of each part of a column, in order.
    ///
    /// - Throws: ``AnalysisError`` of the first part that failed.
    static func map<Part: Sendable>(
        _ count: Int, smallest: Int = smallest, limit: Int = limit,
        _ work: @escaping @Sendable (Range<Int>) throws(AnalysisError) -> Part
    ) async throws(AnalysisError) -> [Part] {
        try await map(ranges(count, smallest: smallest, limit: limit), work)
    }

    /// What `work` makes of each range, in order.
    ///
    /// - Throws: ``AnalysisError`` of the first range that failed.
    static func map<Part: Sendable>(
        _ ranges: [Range<Int>], _ work: @escaping @Sendable (Range<Int>) throws(AnalysisError) -> Part
    ) async throws(AnalysisError) -> [Part] {
        // A single part is not worth a task.
        if ranges.count == 1 { return [try work(ranges[0])] }
        let results = await withTaskGroup(of: (Int, Result<Part, AnalysisError>).self) { group in
            for (index, range) in ranges.enumerated() {
                group.addTask {
                    do throws(AnalysisError) {
                        return (index, .success(try work(range)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var results = [Result<Part, AnalysisError>?](repeating: nil, count: ranges.count)
            for await (index, result) in group { results[index] = result }
            return results
        }
        var parts: [Part] = []
        for case let result? in results { parts.append(try result.get()) }
        return parts
    }

    /// The same on one core.
    static func mapInOrder<Part>(
        _ ranges: [Range<Int>], _ work: (Range<Int>) throws(AnalysisError) -> Part
    ) throws(AnalysisError) -> [Part] {
        var parts: [Part] = []
        for range in ranges { parts.append(try work(range)) }
        return parts
    }
}
