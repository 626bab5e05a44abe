/// A parameter of an analysis: what it means, what it may be and which methods have it.
public struct AnalysisParameter: Sendable, Hashable {
    /// What a value may be.
    public enum Shape: Sendable, Hashable {
        case text
        case flag
        case choice([String])
        case number(ClosedRange<Double>, unit: String, example: Double)
        case integer(ClosedRange<Int>, unit: String, example: Int)
    }

    /// Name as in the question.
    public let name: String
    /// What it means, in a sentence.
    public let summary: String
    /// What a value may be.
    public let shape: Shape
    /// The methods that have it, by their names; empty for all.
    public let methods: [String]

    /// A parameter of some methods.
    init<Method: RawRepresentable<String>>(
        _ name: String, _ shape: Shape, of methods: [Method], _ summary: String
    ) {
        (self.name, self.shape, self.summary) = (name, shape, summary)
        self.methods = methods.map(\.rawValue)
    }

    /// A parameter of every method.
    init(_ name: String, _ shape: Shape, _ summary: String) {
        (self.name, self.shape, self.summary) = (name, shape, summary)
        methods = []
    }

    /// Whether a method has it.
    public func belongs(to method: String) -> Bool { methods.isEmpty || methods.contains(method) }

    /// What a value must be, with one that works: for those who gave another.
    public var rule: String {
        switch shape {
        case .text: "\(name) must be a word"
        case .flag: "\(name) must be true or false"
        case .choice(let words): "\(name) must be one of \(words.joined(separator: ", "))"
        case .number(let range, let unit, let example):
            "\(name) must be a number from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
                + "\(unit.isEmpty ? "" : " \(unit)"), for example \(Self.text(example))"
        case .integer(let range, let unit, let example):
            "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)"
                + "\(unit.isEmpty ? "" : " \(unit)"), for example \(example)"
        }
    }

    /// Refuses a number out of range.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest` that names the parameter, its range and a value that works.
    func check(_ value: Double) throws {
        let isInRange =
            switch shape {
            case .number(let range, _, _): value.isFinite && range.contains(value)
            case .integer(let range, _, _): Int(exactly: value).map(range.contains) ?? false
            default: true
            }
        guard isInRange else { throw PlatformError(.badRequest, rule, parameter: name) }
    }

    /// A number without the ending of a whole one.
    static func text(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }
}

extension [AnalysisParameter] {
    /// Those of a method.
    public func of(_ method: String) -> [AnalysisParameter] { filter { $0.belongs(to: method) } }

    /// Refuses numbers out of their range; `nil` is not given.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest`.
    func check(_ values: [(name: String, value: Double?)]) throws {
        for (name, value) in values {
            guard let value, let parameter = first(where: { $0.name == name }) else { continue }
            try parameter.check(value)
        }
    }
}
