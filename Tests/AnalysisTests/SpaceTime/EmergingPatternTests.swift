import Analysis
import TestSupport
import Testing

struct EmergingPatternTests {
    struct Case: Decodable {
        let bins: [Int8]
        let trend: Int

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            bins = try fields.decode([Int8].self)
            trend = try fields.decode(Int.self)
        }
    }
    struct Answer: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            name = try fields.decode(String.self)
        }
    }
    struct Input: Decodable { let cases: [Case] }
    struct Expected: Decodable { let class_and_admissible: [Answer] }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func equalsTheReference() throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("emerging-classes")
        #expect(oracle.input.cases.count == oracle.expected.class_and_admissible.count)
        for (input, expected) in zip(oracle.input.cases, oracle.expected.class_and_admissible) {
            let made = EmergingPattern(bins: input.bins, trend: input.trend).description
            #expect(made == expected.name, "\(input.bins) \(input.trend)")
        }
    }

    @Test func knowsPatternsThatWereCold() {
        let bins: [Int8] = [-1, -1, -1, -1, -1, -1, -1, -1, -1, 0]
        #expect(EmergingPattern(bins: bins, trend: 0).description == "historical cold")
        #expect(EmergingPattern(bins: [], trend: 0).kind == .none)
    }
}
