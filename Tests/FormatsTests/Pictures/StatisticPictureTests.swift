import Foundation
import FoundationXML
import Testing

@testable import Formats

/// Pictures of one statistic, and of one of each pair.
struct StatisticPictureTests {
    private func text(_ svg: [UInt8]) throws -> String {
        #expect(XMLParser(data: Data(svg)).parse())
        #expect(try DecodedPNG(try PNGPicture.draw(svg, width: 480)).width == 480)
        return String(decoding: svg, as: UTF8.self)
    }

    private func expectation(observed: Double?, range: ClosedRange<Double>?) -> ExpectationPicture {
        ExpectationPicture(
            title: "A < B", methodLine: "Knox & Co", axisTitle: "Pairs",
            observed: observed.map { .init(name: "observed", number: $0, text: "\($0)") },
            expected: .init(name: "expected", number: 10, text: "10"),
            range: range.map {
                .init(name: "by chance", lower: $0.lowerBound, upper: $0.upperBound, text: "6 – 14")
            }, figures: "p = 0.02", language: .english)
    }

    @Test func whatWasFoundLiesRightOfWhatIsExpectedWhereItIsMore() throws {
        func center(_ observed: Double) throws -> Double {
            let svg = try text(expectation(observed: observed, range: 6...14).svg())
            let place = try #require(svg.range(of: "<circle cx=\""))
            return try #require(Double(svg[place.upperBound...].prefix { $0 != "\"" }))
        }
        #expect(try center(20) > center(12))
        #expect(try center(2) < center(12))
    }

    @Test func whatIsNotKnownIsNotDrawn() throws {
        let svg = try text(expectation(observed: nil, range: nil).svg())
        #expect(!svg.contains("<circle") && !svg.contains("by chance") && svg.contains("expected: 10"))
        let nothing = ExpectationPicture(
            title: "", methodLine: "", axisTitle: "", observed: nil, expected: nil, range: nil, figures: "")
        #expect(try !text(nothing.svg()).contains("<circle"))
        #expect(try text(expectation(observed: .infinity, range: 10...10).svg()).contains("<svg"))
    }

    private func matrix(_ squares: [MatrixPicture.Content], names: [String]) -> MatrixPicture {
        MatrixPicture(
            title: "Matrix", methodLine: "", names: names, squares: squares, note: "row, column",
            legend: ["less", "as many", "more"], legendTitle: "Quotient", scale: .trends, language: .english)
    }

    @Test func aMatrixTellsItsSquaresAndHatchesWhatIsWithheld() throws {
        let squares: [MatrixPicture.Content] = [
            .known(classIndex: 0, text: "0.4", isStrong: true), .known(classIndex: 2, text: "2.5", isStrong: false),
            .withheld, .undefined,
        ]
        let svg = try text(matrix(squares, names: ["A&B", "C"]).svg())
        #expect(svg.contains("<title>A&amp;B – A&amp;B: 0.4</title>") && svg.contains("font-weight=\"bold\">0.4<"))
        #expect(svg.contains("<title>C – A&amp;B: not told</title>") && svg.contains("too few to tell"))
        #expect(svg.contains("<title>C – C: –</title>"))
        let open = try text(matrix(Array(squares.prefix(1)), names: ["A"]).svg())
        #expect(!open.contains("too few to tell") && !open.contains("url(#w)"))
    }

    @Test func aMatrixOfManyOrNoneIsDrawn() throws {
        let names = (0..<100).map { "Category \($0)" }
        let squares = [MatrixPicture.Content](
            repeating: .known(classIndex: 1, text: "1", isStrong: false), count: 10_000)
        #expect(try text(matrix(squares, names: names).svg()).components(separatedBy: "<title>").count == 10_001)
        #expect(try text(matrix([], names: []).svg()).contains("row, column"))
    }

    /// What a line does not hold is in the description, and goes on beyond no edge.
    @Test func longLinesAndTitlesStayInsideThePicture() throws {
        let words = (0..<120).map { "wort\($0)" }.joined(separator: " ")
        let map = MapPicture(
            title: "A", methodLine: words, area: nil, shapes: [], legend: ["eins"],
            legendTitle: String(repeating: "Anteil ", count: 9), scale: .diverging, language: .german)
        let svg = try text(map.svg())
        let lines = svg.matches(of: #/<text[^>]* font-size="12"[^>]*>([^<]*)</text>/#).map { String($0.1) }
        #expect(lines.count == 2 && lines.allSatisfy { $0.count <= 146 } && lines[1].hasSuffix(" …"))
        #expect(svg.contains("<desc id=\"d\">\(words)</desc>"))
        let heading = try #require(svg.firstMatch(of: #/font-size="([0-9]+)"[^>]*>Anteil/#))
        #expect((Int(heading.1) ?? 14) < 14)
    }
}
