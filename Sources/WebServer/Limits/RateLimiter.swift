import HTTPTypes
import Synchronization

/// Counts requests by tenant, caller and class; kept in memory only, and forgotten when full again.
final class RateLimiter: Sendable {
    /// Who is counted.
    enum Subject: Sendable, Hashable {
        case caller(String)
        case network(NetworkPrefix.Name)
        case tenant
    }

    private struct Key: Hashable {
        var tenant: Int64
        var rateClass: RateClass
        var subject: Subject
        var seconds: Double
    }

    /// Whose credentials are counted: those that a network sends to one tenant.
    ///
    /// So who guesses at one tenant keeps nobody waiting at another.
    struct Door: Sendable, Hashable {
        var tenant: Int64
        var network: NetworkPrefix.Name
    }

    private struct State {
        var buckets: [Key: TokenBucket] = [:]
        var failures: [Door: TokenBucket] = [:]
        var refusals: [Door: TokenBucket] = [:]
        var size: Int { buckets.count + failures.count + refusals.count }
        var blocked: [Door: Double] = [:]
        var swept = 0.0
    }

    /// What is told of a limit: its window, what is left, and seconds until there is more.
    struct Standing: Sendable, Hashable {
        var rateClass: RateClass
        var count: Int
        var window: Int
        var remaining: Int
        var wait: Int

        /// The fields of draft-ietf-httpapi-ratelimit-headers.
        var headers: HTTPFields {
            var fields: HTTPFields = [:]
            if let name = HTTPField.Name("RateLimit-Policy") {
                fields[name] = "\"\(rateClass.rawValue)\";q=\(count);w=\(window)"
            }
            if let name = HTTPField.Name("RateLimit") {
                fields[name] = "\"\(rateClass.rawValue)\";r=\(remaining);t=\(wait)"
            }
            return fields
        }
    }

    /// More buckets are not kept: then those that are full, and if need be all, are forgotten.
    private static let maximumBuckets = 200_000
    /// Failed credentials of one network prefix at one tenant in a minute, before it has to wait there.
    private static let failures = 10.0
    /// Credentials of one network prefix at one tenant in a minute that are refused without being guesses.
    private static let refusals = 60.0
    /// How long it has to wait, seconds.
    private static let blockedSeconds = 900.0

    private let state = Mutex(State())
    private let now: @Sendable () -> Double

    /// Makes a limiter over a steady clock that tells seconds.
    init(now: @escaping @Sendable () -> Double = RateLimiter.steadySeconds) { self.now = now }

    /// Seconds since some moment before.
    static let steadySeconds: @Sendable () -> Double = {
        let start = ContinuousClock.now
        return { (ContinuousClock.now - start) / .seconds(1) }
    }()

    /// Takes one from every limit that applies, or from none.
    ///
    /// - Parameter factor: what the limits are multiplied with; 0 switches them off.
    /// - Returns: how the narrowest limit stands; `nil` where none applies.
    /// - Throws: ``Problem`` 429 with the time to wait.
    func take(
        _ rateClass: RateClass, tenant: Int64, caller: String?, network: NetworkPrefix.Name?, factor: Double
    ) throws -> Standing? {
        guard factor > 0 else { return nil }
        var limits: [(subject: Subject, window: RateClass.Window)] = []
        if let caller { limits += rateClass.perCaller.map { (.caller(caller), $0) } }
        if let network { limits += rateClass.perNetwork.map { (.network(network), $0) } }
        limits += rateClass.perTenant.map { (.tenant, $0) }
        guard !limits.isEmpty else { return nil }
        let time = now()
        let (standing, isLet) = state.withLock { state -> (Standing?, Bool) in
            sweep(&state, time)
            var longest = 0.0
            var narrowest: Standing?
            var found: [(key: Key, bucket: TokenBucket)] = []
            for limit in limits {
                let key = Key(
                    tenant: tenant, rateClass: rateClass, subject: limit.subject, seconds: limit.window.seconds)
                let capacity = max(1, limit.window.count * factor)
                let refill = limit.window.count * factor / limit.window.seconds
                var bucket = state.buckets[key] ?? TokenBucket(capacity: capacity, refill: refill, now: time)
                (bucket.capacity, bucket.refill) = (capacity, refill)
                let wait = bucket.wait(at: time)
                let remaining = bucket.remaining(at: time)
                if wait > longest || narrowest == nil || (longest == 0 && remaining < narrowest?.remaining ?? .max) {
                    narrowest = Standing(
                        rateClass: rateClass, count: Int(clamping: Int64(min(capacity, 1e9))),
                        window: Int(limit.window.seconds), remaining: remaining,
                        wait: Int(min(wait, 86_400).rounded(.up)))
                }
                longest = max(longest, wait)
                found.append((key, bucket))
            }
            guard longest == 0 else { return (narrowest, false) }
            for (key, bucket) in found {
                var bucket = bucket
                bucket.take(at: time)
                state.buckets[key] = bucket
            }
            narrowest?.remaining -= 1
            return (narrowest, true)
        }
        if isLet { return standing }
        throw Self.tooMany(
            "Too many requests of this kind; please wait a moment.", wait: standing?.wait ?? 1,
            headers: standing?.headers ?? [:])
    }

    /// Refuses a network prefix that sent wrong credentials to a tenant too often.
    ///
    /// - Throws: ``Problem`` 429.
    func checkCredentials(at door: Door) throws {
        let time = now()
        let end = state.withLock { $0.blocked[door] }
        guard let end, end > time else { return }
        throw Self.tooMany(
            "Too many wrong credentials came from your network; please wait.", wait: Int((end - time).rounded(.up)))
    }

    /// Counts wrong credentials.
    ///
    /// - Parameter factor: what the limit is multiplied with, above 0.
    /// - Returns: whether these were the ones with which waiting begins.
    func noteFailure(at door: Door, factor: Double = 1) -> Bool {
        let time = now()
        return state.withLock { state in
            sweep(&state, time)
            var bucket = Self.bucket(state.failures[door], Self.failures * factor, time)
            bucket.take(at: time)
            let isOver = bucket.remaining(at: time) < 1
            state.failures[door] = bucket
            if isOver { state.blocked[door] = time + Self.blockedSeconds }
            return isOver
        }
    }

    /// Counts credentials that are refused without being guesses; those that are good are not kept waiting for it.
    ///
    /// - Parameter factor: what the limit is multiplied with, above 0.
    /// - Throws: ``Problem`` 429 for one too many.
    func noteRefusal(at door: Door, factor: Double = 1) throws {
        let time = now()
        let wait = state.withLock { state in
            sweep(&state, time)
            var bucket = Self.bucket(state.refusals[door], Self.refusals * factor, time)
            let wait = bucket.wait(at: time)
            if wait == 0 { bucket.take(at: time) }
            state.refusals[door] = bucket
            return wait
        }
        guard wait > 0 else { return }
        throw Self.tooMany(
            "Too many credentials of your network were refused; please wait a moment.", wait: Int(wait.rounded(.up)))
    }

    /// A bucket as it is known, or a full one, of so many a minute.
    private static func bucket(_ known: TokenBucket?, _ count: Double, _ time: Double) -> TokenBucket {
        let capacity = max(1, count)
        var bucket = known ?? TokenBucket(capacity: capacity, refill: count / 60, now: time)
        (bucket.capacity, bucket.refill) = (capacity, count / 60)
        return bucket
    }

    private static func tooMany(_ detail: String, wait: Int, headers: HTTPFields = [:]) -> Problem {
        var headers = headers
        headers[.retryAfter] = String(max(1, wait))
        return Problem(.tooManyRequests, detail, headers: headers)
    }

    /// Once a minute, or when there are too many, forgets what is full again.
    private func sweep(_ state: inout State, _ time: Double) {
        let isCrowded = state.size > Self.maximumBuckets
        guard isCrowded || time - state.swept > 60 else { return }
        state.swept = time
        func isUsed(_ bucket: TokenBucket) -> Bool {
            var bucket = bucket
            return !bucket.isFull(at: time)
        }
        state.buckets = state.buckets.filter { isUsed($0.value) }
        state.failures = state.failures.filter { isUsed($0.value) }
        state.refusals = state.refusals.filter { isUsed($0.value) }
        state.blocked = state.blocked.filter { $0.value > time }
        if state.size > Self.maximumBuckets {
            state.buckets = [:]
            state.failures = [:]
            state.refusals = [:]
        }
    }
}
