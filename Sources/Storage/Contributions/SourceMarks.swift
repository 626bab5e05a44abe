/// What a source said last of something, field by field: a digest of each, so that what has changed at the source can be
/// told from what was changed here.
///
/// Digests, not texts: 8 bytes a field, and what is redacted or erased here is not kept beside it.
public struct SourceMarks: Sendable, Hashable {
    private var values: [UInt64]

    /// Marks fields, in an order that never changes.
    ///
    /// Source: FNV-1a, 64 bits (draft-eastlake-fnv, 2).
    public init(_ fields: [[UInt8]?]) {
        values = fields.map { field in
            guard let field else { return 1 }
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in field { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            return hash
        }
    }

    /// Reads marks as the store has them; `nil` for what is none.
    init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, bytes.count.isMultiple(of: 8) else { return nil }
        values = stride(from: 0, to: bytes.count, by: 8).map { start in
            bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// The bytes for the store.
    var bytes: [UInt8] {
        values.flatMap { value in stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) } }
    }

    /// Whether the source still says of a field what it said when these older marks were made; not where there are none.
    public func isUnchanged(_ field: Int, since old: SourceMarks?) -> Bool {
        guard let old, values.indices.contains(field), old.values.indices.contains(field) else { return false }
        return values[field] == old.values[field]
    }

    /// Forgets what the source said of a field.
    mutating func forget(_ field: Int) {
        if values.indices.contains(field) { values[field] = 0 }
    }
}
