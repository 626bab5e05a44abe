import Formats
import GeoCore

/// Pictures of patterns that are tested by one statistic, or by one of each pair of categories.
extension AnalysisAnswer where Question == PatternQuestion {
    /// The statistic beside what chance gives; figures that the answer does not tell are not drawn.
    func expectation(_ title: String, _ words: PictureWords, _ observed: String, _ expected: String) -> [UInt8] {
        let deviation = figure("standardError") ?? figure("variance").map { max(0, $0).squareRoot() }
        func value(_ name: String, _ number: Double?) -> ExpectationPicture.Value? {
            number.map { .init(name: name, number: $0, text: words.written(Self.text($0))) }
        }
        let range = figure(expected).flatMap { middle -> ExpectationPicture.Range? in
            guard let deviation else { return nil }
            // None of the statistics falls below zero.
            let (lower, upper) = (max(0, middle - 1.96 * deviation), middle + 1.96 * deviation)
            return .init(
                name: words.expectedRange, lower: lower, upper: upper,
                text: words.written("\(Self.text(lower)) – \(Self.text(upper))"))
        }
        let permuted = question.method == .knox ? words.oneSidedPermutedP : words.permutedP
        let figures = [("index", "R"), ("z", "z"), ("p", "p"), ("permutedP", permuted)].compactMap {
            name, symbol in
            figure(name).map { number in
                words.written(
                    symbol.hasPrefix("p") && number < 0.001 ? "\(symbol) < 0.001" : "\(symbol) = \(Self.text(number))")
            }
        }
        return ExpectationPicture(
            title: title, methodLine: methodLine(words.analysis), axisTitle: words.statistic(question.method),
            observed: value(words.observed, figure(observed)), expected: value(words.expected, figure(expected)),
            range: range, figures: figures.joined(separator: " · "), language: words.language
        ).svg(record: analysis.pictured(words.analysis))
    }

    /// The categories by the categories of their neighbours, coloured by the quotient.
    func categories(_ title: String, _ words: PictureWords) -> [UInt8] {
        func column(_ name: String) -> [JSONValue] { series.first { $0.name == name }?.values ?? [] }
        func text(_ value: JSONValue) -> String { if case .string(let text) = value { text } else { "" } }
        let (first, second) = (column("category").map(text), column("neighbour").map(text))
        let (counts, q) = (column("contributions"), numbers("q"))
        let hidden = Set(zip(first, counts).filter { $1 == .null }.map(\.0))
        let squares = numbers("quotient").enumerated().map { place, quotient -> MatrixPicture.Content in
            guard let quotient else {
                return hidden.contains(first[place]) || hidden.contains(second[place]) ? .withheld : .undefined
            }
            return .known(
                classIndex: Self.quotients.firstIndex { quotient < $0 } ?? Self.quotients.count,
                text: words.number(quotient), isStrong: q[place].map { $0 <= question.alpha } ?? false)
        }
        let limits = Self.quotients.map(words.number)
        let between = zip(limits, limits.dropFirst()).map { "\($0) – \($1)" }
        return MatrixPicture(
            title: title, methodLine: methodLine(words.analysis),
            names: Array(second.prefix(Self.side(of: squares.count))),
            squares: squares, note: words.matrixNote(words.number(question.alpha)),
            legend: ["< \(limits[0])"] + between + ["≥ \(limits[limits.count - 1])"], legendTitle: words.quotient,
            scale: .diverging, language: words.language
        ).svg(record: analysis.pictured(words.analysis))
    }

    /// Quotients that part the seven classes, alike on both sides of one.
    private static var quotients: [Double] { [1.0 / 3, 0.5, 0.8, 1.25, 2, 3] }

    /// How many rows a square of so many has.
    private static func side(of count: Int) -> Int { Int(Double(count).squareRoot().rounded()) }

    private func figure(_ name: String) -> Double? {
        guard case .number(let number)? = analysis.summary.first(where: { $0.name == name })?.value else { return nil }
        return number
    }

    /// A number as people read it: what is small keeps three digits that say something.
    private static func text(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 0.1, value != 0 else { return PictureClasses.text(value) }
        var (size, places) = (abs(value), 2)
        while size < 1, places < 12 { (size, places) = (size * 10, places + 1) }
        return "\(value.rounded(toPlaces: places))"
    }
}
