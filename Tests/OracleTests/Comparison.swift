/// What the engine made of a case.
struct Answer {
    /// As the member `expected` of the case.
    var made: OracleValue
    /// Members that the checker has compared itself, by a rule that the case states in words.
    var settled: Set<String> = []
    /// What the checker found wrong.
    var problems: [String] = []

    init(_ members: [String: any OracleConvertible], settled: Set<String> = [], problems: [String] = []) {
        made = object(members)
        self.settled = settled
        self.problems = problems
    }
}

/// Compares an answer with what a case expects, by the tolerances of the case.
struct Comparison {
    private let tolerance: OracleValue
    private let settled: Set<String>
    private(set) var differences: [String]

    init(_ answer: Answer, with file: OracleFile) {
        tolerance = file.tolerance
        settled = answer.settled
        differences = answer.problems
        compare(answer.made, file.expected, path: [])
    }

    private mutating func compare(_ made: OracleValue, _ expected: OracleValue, path: [String]) {
        switch (made, expected) {
        case (.object(let made), .object(let expected)):
            for (key, value) in expected.sorted(by: { $0.key < $1.key }) where !settled.contains(key) {
                if let own = made[key] {
                    compare(own, value, path: path + [key])
                } else {
                    differences.append("\((path + [key]).joined(separator: ".")) is missing")
                }
            }
        case (.list(let made), .list(let expected)):
            guard made.count == expected.count else {
                note(path, "\(made.count) items", "\(expected.count)")
                return
            }
            for (place, pair) in zip(made, expected).enumerated() {
                compare(pair.0, pair.1, path: path + ["\(place)"])
            }
        case (.number(let made), .number(let expected)):
            if !isNear(made, expected, path) { note(path, "\(made)", "\(expected)") }
        case (.bool(let made), .number(let expected)):
            if (made ? 1 : 0) != expected { note(path, "\(made)", "\(expected)") }
        default:
            if made != expected { note(path, "\(made)", "\(expected)") }
        }
    }

    /// |made − expected| ≤ max(abs, rel · |expected|), by the innermost key that has a tolerance.
    private func isNear(_ made: Double, _ expected: Double, _ path: [String]) -> Bool {
        let own = path.reversed().lazy.map { tolerance[$0] }.first { $0.isThere } ?? tolerance["default"]
        guard case .object = own else { return made == expected }
        let absolute = (try? own["abs"].double) ?? 0
        let relative = (try? own["rel"].double) ?? 0
        return abs(made - expected) <= max(absolute, relative * abs(expected))
    }

    private mutating func note(_ path: [String], _ made: String, _ expected: String) {
        differences.append("\(path.joined(separator: ".")): \(made) instead of \(expected)")
    }
}
