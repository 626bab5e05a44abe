import GRDB
import Storage

/// Lets short reads that wait while others run go into the next snapshot together.
///
/// Under load most of what a short read costs is the way to a connection, its transaction and the way back. A snapshot
/// begins after the last of its reads was asked for, so each sees what was committed before it.
final class GlanceQueue: Sendable {
    private struct Job: Sendable {
        /// Runs the read; the answer is given by the closure it returns, when the connection is free again.
        let run: @Sendable (Database) -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private let queue = BatchQueue<Job>(limit: 64)
    private let pool: DatabasePool
    private let dialect: any Dialect

    init(pool: DatabasePool, dialect: any Dialect) {
        self.pool = pool
        self.dialect = dialect
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        let (dialect, pool) = (dialect, pool)
        return try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
            let job = Job(
                run: { database in
                    let result = Result<Value, any Error> { try body(SQLiteConnection(database, dialect: dialect)) }
                    return { continuation.resume(with: result) }
                },
                fail: { continuation.resume(throwing: $0) })
            queue.add(job) { batch in
                do {
                    for answer in try await pool.read({ database in batch.map { $0.run(database) } }) { answer() }
                } catch {
                    for job in batch { job.fail(error) }
                }
            }
        }
    }
}
