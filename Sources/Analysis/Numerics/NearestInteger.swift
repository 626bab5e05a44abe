/// Rounding to the nearest integer in two additions, without a call into the library.
///
/// Adding 1.5 · 2⁵² leaves no bits for a fraction; ties go to even. Right for magnitudes below 2⁵¹, which the callers
/// check before they use ``integer(_:)``.
enum NearestInteger {
    static let shift = 6_755_399_441_055_744.0

    /// The nearest integer, as a floating-point number.
    @inline(__always) static func round(_ x: Double) -> Double { (x + shift) - shift }

    /// The integer nearest to `x`, whose magnitude is below 2⁵¹; never traps.
    @inline(__always) static func integer(_ x: Double) -> Int {
        Int(truncatingIfNeeded: (x + shift).bitPattern &- shift.bitPattern)
    }

    /// The largest integer not above `x`; `nil` unless it fits 32 bits.
    @inline(__always) static func floor32(_ x: Double) -> Int32? {
        guard x > -2_147_483_648, x < 2_147_483_647 else { return nil }
        let nearest = round(x)
        return Int32(truncatingIfNeeded: integer(nearest > x ? nearest - 1 : nearest))
    }
}
