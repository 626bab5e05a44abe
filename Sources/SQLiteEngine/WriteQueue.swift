import GRDB
import Storage
import Synchronization

/// Lets writes that wait while a commit runs go into the next commit together.
///
/// Each write has a savepoint of its own: one that throws is rolled back alone. All are answered after the commit is
/// on disk; when the commit itself fails, all of them fail.
final class WriteQueue: Sendable {
    private struct Job: Sendable {
        let number: UInt64
        /// Runs the write inside its savepoint; the answer is given by the closure it returns, after the commit.
        let run: @Sendable (Database) -> @Sendable (_ commitError: (any Error)?) -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private let queue = BatchQueue<Job>(limit: 64)
    private let numbers = Mutex<UInt64>(0)
    private let pool: DatabasePool
    private let dialect: any Dialect

    init(pool: DatabasePool, dialect: any Dialect) {
        self.pool = pool
        self.dialect = dialect
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        let number = numbers.withLock { last in
            last += 1
            return last
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
                enqueue(job(number, body, continuation))
            }
        } onCancel: {
            cancel(number)
        }
    }

    private func job<Value: Sendable>(
        _ number: UInt64, _ body: @escaping @Sendable (any SQLConnection) throws -> Value,
        _ continuation: CheckedContinuation<Value, any Error>
    ) -> Job {
        let dialect = dialect
        return Job(
            number: number,
            run: { database in
                var result: Result<Value, any Error>
                do {
                    try Self.step("SAVEPOINT item", in: database)
                    do {
                        result = .success(try body(SQLiteConnection(database, dialect: dialect)))
                        try Self.step("RELEASE item", in: database)
                    } catch {
                        result = .failure(error)
                        // A full disk ends the whole transaction, and the savepoint with it.
                        if database.isInsideTransaction {
                            try Self.step("ROLLBACK TO item", in: database)
                            try Self.step("RELEASE item", in: database)
                        }
                    }
                } catch {
                    result = .failure(error)
                }
                let answer = result
                return { commitError in
                    if case .success = answer, let commitError {
                        continuation.resume(throwing: commitError)
                    } else {
                        continuation.resume(with: answer)
                    }
                }
            },
            fail: { continuation.resume(throwing: $0) })
    }

    /// Runs a statement that stays prepared: each write runs two.
    private static func step(_ text: String, in database: Database) throws {
        try database.cachedStatement(sql: text).execute()
    }

    private func enqueue(_ job: Job) {
        queue.add(job) { [pool] batch in await Self.commit(batch, in: pool) }
        if Task.isCancelled { cancel(job.number) }
    }

    /// Takes a write out that has not begun; one that has begun is answered after its commit.
    private func cancel(_ number: UInt64) {
        queue.remove { $0.number == number }?.fail(CancellationError())
    }

    private static func commit(_ batch: [Job], in pool: DatabasePool) async {
        let answers = Mutex<[@Sendable ((any Error)?) -> Void]>([])
        do {
            try await pool.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    for job in batch {
                        // A full disk may end the whole transaction; a savepoint outside of one would be a
                        // transaction of its own and commit what is then reported as failed.
                        guard database.isInsideTransaction else {
                            throw StorageError(.disk, "the store cannot be written; is the disk full?")
                        }
                        let answer = job.run(database)
                        answers.withLock { $0.append(answer) }
                    }
                    return .commit
                }
            }
            for answer in answers.withLock({ $0 }) { answer(nil) }
        } catch {
            let answered = answers.withLock { $0 }
            for answer in answered { answer(error) }
            for job in batch.dropFirst(answered.count) { job.fail(error) }
        }
    }
}
