#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The functions of the platform's mathematical library that the analysis uses, in one place; each within about 1 ulp.
enum Elementary {
    static func exp(_ x: Double) -> Double { _exp(x) }
    static func log(_ x: Double) -> Double { _log(x) }
    static func pow(_ x: Double, _ y: Double) -> Double { _pow(x, y) }
    static func erfc(_ x: Double) -> Double { _erfc(x) }
    static func atan2(_ y: Double, _ x: Double) -> Double { _atan2(y, x) }
    static func cosine(_ x: Double) -> Double { _cosine(x) }
    static func sine(_ x: Double) -> Double { _sine(x) }
    static func logGamma(_ x: Double) -> Double { _logGamma(x) }

    /// Two-sided tail of the normal distribution; accurate far out, unlike one minus the distribution function.
    static func twoSidedP(z: Double) -> Double { _erfc(z.magnitude * 0.5.squareRoot()) }
}

private func _exp(_ x: Double) -> Double { exp(x) }
private func _log(_ x: Double) -> Double { log(x) }
private func _pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
private func _erfc(_ x: Double) -> Double { erfc(x) }
private func _atan2(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
private func _cosine(_ x: Double) -> Double { cos(x) }
private func _sine(_ x: Double) -> Double { sin(x) }
private func _logGamma(_ x: Double) -> Double { lgamma(x) }
