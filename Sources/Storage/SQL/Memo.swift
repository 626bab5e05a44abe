import Synchronization

/// Remembers what a pure function made of the texts it was last asked for, so that equal ones are decoded once.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Most entries; when it is full all go, which costs each that is still needed one decoding.
    private static var limit: Int { 64 }

    private let entries = Mutex<[Key: Value]>([:])

    /// The value of a key, made where it is not remembered.
    func value(of key: Key, _ make: (Key) -> Value) -> Value {
        if let known = entries.withLock({ $0[key] }) { return known }
        let value = make(key)
        entries.withLock {
            if $0.count >= Self.limit { $0 = [:] }
            $0[key] = value
        }
        return value
    }
}
