/// The checksum of a gzip stream (RFC 1952, 8), of which parts can be put together.
enum CyclicRedundancy {
    private static let polynomial: UInt32 = 0xEDB8_8320
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? polynomial : 0) }
    }

    /// The checksum of bytes.
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] }
    }

    /// Multiplies polynomials modulo that of the checksum.
    static func product(_ first: UInt32, _ second: UInt32) -> UInt32 {
        var (product, factor) = (UInt32(0), second)
        for bit in stride(from: UInt32(31), through: 0, by: -1) {
            product ^= factor & (0 &- (first >> bit & 1))
            factor = factor >> 1 ^ (polynomial & (0 &- (factor & 1)))
        }
        return product
    }

    /// What a checksum is multiplied with when `count` bytes follow, for 0 up to the most of a length.
    static func shifts(upTo most: Int) -> [UInt32] {
        var shifts: [UInt32] = [0x8000_0000]
        for _ in 0..<most { shifts.append(product(shifts[shifts.count - 1], 0x0080_0000)) }
        return shifts
    }

    /// The checksum of bytes that others follow.
    ///
    /// - Parameter shift: for the number of bytes that follow.
    static func joined(_ first: UInt32, _ second: UInt32, shift: UInt32) -> UInt32 { product(first, shift) ^ second }
}
