/// Turns values into pixels along an axis, and tells where its ticks are: at 1, 2 or 5 times a power of ten.
struct AxisScale {
    /// Values of the ticks, rising.
    let ticks: [Double]
    private let low: Double
    private let high: Double
    private let start: Double
    private let end: Double
    private let decimals: Int

    /// Makes an axis that holds all values between two pixels.
    init(_ values: [Double], from start: Double, to end: Double) {
        (self.start, self.end) = (start, end)
        let (least, most) = (values.min() ?? 0, values.max() ?? 1)
        let span = most > least ? most - least : max(abs(most), 1)
        (low, high) = (least, most > least ? most : least + span)
        let step = ScaleBar.length(atMost: span / 4) ?? span
        var ticks: [Double] = []
        var number = (least / step).rounded(.up)
        // A tick is a whole number of steps, so that none carries the rounding of those before.
        while number * step <= high + step * 1e-9 && ticks.count < 50 {
            ticks.append(number * step)
            number += 1
        }
        self.ticks = ticks
        var decimals = 0
        var scaled = step
        while scaled < 1 - 1e-9 && decimals < 9 {
            scaled *= 10
            decimals += 1
        }
        self.decimals = decimals
    }

    /// The pixel of a value.
    func place(_ value: Double) -> Double { start + (value - low) / (high - low) * (end - start) }

    /// A tick as people read it, with a decimal comma in German.
    func text(_ tick: Double, _ language: MapPicture.Language) -> String {
        guard decimals > 0 else { return Int(exactly: tick.rounded()).map { "\($0)" } ?? "\(tick)" }
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let number = "\((tick * factor).rounded() / factor)"
        return language == .german ? number.replacing(".", with: ",") : number
    }
}
