import Analysis
import GeoCore
import Participation
import Storage

extension PatternComputation {
    /// Whether contributions gather about a time of the day or of the week, with how many came when.
    mutating func rayleigh(_ points: Points) throws {
        record.method = "Rayleigh test of times"
        record.reference = "Rayleigh 1919; Fisher 1993; Zar 1999"
        let isWeek = question.cycle == .week
        tell("cycle", question.cycle, standard: .day)
        tell("timeZone", .text(ground.tenant.timeZone), nil, .standard, rule: "the clock of the tenant")
        let minutes = isWeek ? 10_080 : 1440
        var counts = [Int](repeating: 0, count: minutes)
        TimeZoneDays(timeZone: ground.tenant.timeZone).forEachLocalTime(of: points.time) { day, second in
            // 1 January 1970 was a Thursday, and weeks begin on Mondays.
            let weekday = ((day + 3) % 7 + 7) % 7
            counts[(isWeek ? weekday * 1440 : 0) + second / 60] += 1
        }
        let turn = 2 * Double.pi / Double(minutes)
        let test = try CircularTest(counts.enumerated().map { ((Double($0) + 0.5) * turn, $1) })
        if let mean = test.mean {
            let minute = min(minutes - 1, Int(mean / turn))
            if isWeek { summarize("meanWeekday", Double(minute / 1440 + 1)) }
            record.summary.append(
                .init(name: "meanTime", value: .text(Self.clock(minute % 1440)), unit: nil, origin: .chosen))
        }
        summarize("length", test.length)
        summarize("deviation", test.deviation.map { $0 / turn / 60 }, "h")
        summarize("z", test.z)
        summarize("p", test.p)
        let width = isWeek ? 1440 : 60
        let parts = (0..<minutes / width).map { part in counts[part * width..<(part + 1) * width].reduce(0, +) }
        column(isWeek ? "weekday" : "hour", parts.indices.map { Double(isWeek ? $0 + 1 : $0) })
        column("contributions", parts.map { Double($0) })
        if let most = counts.max(), 2 * most > points.count, points.count > 1 {
            record.warnings.append(
                "more than half of the contributions have one and the same time: where dates were imported without a time, "
                    + "this says nothing")
        }
    }

    /// A minute of the day as a clock shows it.
    private static func clock(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }
}
