public import Storage
import Synchronization

/// What every use case hangs on: the store, the clock and what is kept in memory between questions.
public final class Installation: Sendable {
    /// Version of the engine, told in every analysis.
    public static let version = "0.1.0"

    /// The store.
    public let engine: any SQLEngine
    /// Milliseconds since 1970.
    public let now: @Sendable () -> Int64
    /// Another one each time the store is opened: after a restore from a backup versions of the data come again, with
    /// other data.
    public let epoch = UInt64.random(in: .min ... .max)
    let columns: ColumnCache
    let proceedingFigures = FigureCache()
    let answers = AnswerCache()
    let patterns = KeptAnswers<PatternQuestion>(limit: 8 << 20)
    /// Answers of analyses as they were sent.
    public let written = WrittenAnswers(limit: 48 << 20)
    let bursts = VoteBursts()
    let issuerKeys = IssuerKeys()
    let cursorSecret = Mutex<[UInt8]?>(nil)
    let lastPurge = Mutex<Int64>(0)
    /// Whether something was erased since then that may still be in the files.
    let purgeIsPending = Atomic<Bool>(false)
    /// Keys of requests whose work takes more than one transaction.
    let underWay = Mutex<Set<String>>([])

    /// Makes an installation over a store.
    ///
    /// - Parameter columnBytes: most memory for the columns of proceedings between questions; a million contributions
    ///   take about 90 MB.
    public init(engine: any SQLEngine, columnBytes: Int = 192 << 20, now: @escaping @Sendable () -> Int64) {
        self.engine = engine
        self.now = now
        columns = ColumnCache(limit: columnBytes)
    }

    /// Has the time that questions let others read in the store told to whoever shares out the time of the machine.
    public func chargeReading(_ account: @escaping @Sendable (_ tenant: Int64, Duration) -> Void) {
        columns.charge(account)
    }
}
