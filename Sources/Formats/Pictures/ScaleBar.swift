#if canImport(Glibc)
    import Glibc
#endif

/// Lengths of scale bars: 1, 2 or 5 times a power of ten.
enum ScaleBar {
    /// The greatest such length in metres that is at most `metres`; `nil` for lengths that are no positive number.
    static func length(atMost metres: Double) -> Double? {
        guard metres.isFinite, metres > 0 else { return nil }
        let power = pow(10, (log10(metres)).rounded(.down))
        return [5, 2, 1].map { $0 * power }.first { $0 <= metres * (1 + 1e-9) } ?? power
    }

    /// The length with its unit: kilometres from 1,000 metres on.
    static func text(_ metres: Double, decimalComma: Bool) -> String {
        let (value, unit) = metres >= 1000 ? (metres / 1000, "km") : (metres, "m")
        let number = Int(exactly: value.rounded()).flatMap { Double($0) == value ? "\($0)" : nil } ?? "\(value)"
        return (decimalComma ? number.replacing(".", with: ",") : number) + " " + unit
    }
}
