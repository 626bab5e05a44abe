import Foundation
import GeoCore
import TestSupport
import Testing

@Suite struct JSONScannerTests {
    private func code(_ text: String, _ limits: JSONLimits = .request) -> JSONError.Code? {
        do throws(JSONError) {
            try JSONScanner.validate(Array(text.utf8), limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func agreesWithTheConformanceSuite() throws {
        let folder = SharedMaterial.geodata("torture/json/JSONTestSuite")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        #expect(files.count > 300)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
            let name = file.split(separator: "/").last ?? ""
            let isAccepted = (try? JSONScanner.validate(bytes, limits: .grammarOnly)) != nil
            if name.hasPrefix("y_") { #expect(isAccepted, "\(name)") }
            if name.hasPrefix("n_") { #expect(!isAccepted, "\(name)") }
            if isAccepted {
                let value = try JSONValue.parse(bytes, limits: .grammarOnly)
                var out: [UInt8] = []
                value.append(to: &out)
                var again: [UInt8] = []
                try JSONValue.parse(out, limits: .grammarOnly).append(to: &again)
                #expect(again == out, "\(name)")
            }
        }
    }

    @Test func refusesWhatLimitsForbid() {
        #expect(code(#"{"a":1,"b":{"a":2},"c":[{"a":1},{"a":1}]}"#) == nil)
        #expect(code(#"{"a":1,"\u0061":2}"#) == .duplicateName)
        #expect(code(String(repeating: "[", count: 32) + String(repeating: "]", count: 32)) == nil)
        #expect(code(String(repeating: "[", count: 33) + String(repeating: "]", count: 33)) == .tooDeep)
        #expect(code(String(repeating: "[", count: 100_000)) == .tooDeep)
        #expect(code("[" + Array(repeating: "1", count: 1001).joined(separator: ",") + "]") == .tooManyElements)
        let ones = Array(repeating: "[1,2]", count: 1001).joined(separator: ",")
        #expect(code(#"{"coordinates":[\#(ones)]}"#) == nil)
        let members = (0..<201).map { "\"m\($0)\":0" }
        #expect(code("{" + members.joined(separator: ",") + "}") == .tooManyMembers)
        #expect(code("{" + members.dropLast().joined(separator: ",") + "}") == nil)
        #expect(code("{" + members.joined(separator: ",") + ",\"m7\":1}", .importing) == .duplicateName)
        #expect(code("1e999") == .notFinite)
        #expect(code("NaN") == .notFinite)
        #expect(code(#""\ud800""#) == .unpairedSurrogate)
    }

    @Test func namesLineAndColumn() {
        let error = #expect(throws: JSONError.self) { try JSONScanner.validate(Array("{\n \"a\": tru }".utf8)) }
        #expect(error?.line == 2)
        #expect(error?.column == 7)
        #expect(error?.offset == 8)
    }

    @Test func readsNumbersExactly() throws {
        var generator = SplitMix(seed: 7)
        for _ in 0..<4000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            var out: [UInt8] = []
            JSONWriter.append(value, to: &out)
            #expect(try JSONValue.parse(out).double == value)
        }
        for text in ["0.1", "9007199254740993", "123456.789e-3", "-0", "1e22", "1e23", "5e-324", "0.000001234567"] {
            #expect(try JSONValue.parse(Array(text.utf8)).double == Double(text))
        }
    }

    @Test func writesNumbersAsShortAsTheyCanBe() {
        let cases: [(Double, String)] = [
            (0, "0"), (-0.0, "-0"), (17, "17"), (-3, "-3"), (54126.59, "54126.59"), (0.1, "0.1"),
            (1e14, "100000000000000"),
            (1e15, "1000000000000000"), (9_007_199_254_740_992, "9007199254740992"), (1e16, "1e+16"), (1e-5, "1e-05"),
            (.nan, "null"), (-.infinity, "null"),
        ]
        for (value, text) in cases {
            var out: [UInt8] = []
            JSONWriter.append(value, to: &out)
            #expect(String(decoding: out, as: UTF8.self) == text)
        }
    }

    @Test func writesOrdinatesToSevenDecimals() {
        let cases: [(Double, String)] = [
            (9.993682, "9.993682"), (-0.198465, "-0.198465"), (53.55110001, "53.5511"), (180, "180"), (0, "0"),
            (-0.00000004, "0"), (0.00000005, "0.0000001"), (565_000.123456789, "565000.1234568"), (1e300, "1e+300"),
            (.nan, "null"), (.infinity, "null"), (100.5, "100.5"),
        ]
        for (value, text) in cases {
            var out: [UInt8] = []
            JSONWriter.append(ordinate: value, to: &out)
            #expect(String(decoding: out, as: UTF8.self) == text)
        }
    }
}

/// A small seeded generator.
struct SplitMix: RandomNumberGenerator {
    var seed: UInt64

    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var z = seed
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
