import Testing

@testable import Formats

struct GeoPackageBinaryTests {
    @Test func readsBothByteOrders() throws {
        let little = try GeoPackageBinary(
            [0x47, 0x50, 0, 0b0000_0011, 0x08, 8, 0, 0] + [UInt8](repeating: 0, count: 32))
        #expect(little.srsID == 2056 && little.wkbOffset == 40 && !little.isEmpty)
        let big = try GeoPackageBinary([0x47, 0x50, 0, 0b0001_0000, 0, 0, 8, 8])
        #expect(big.srsID == 2056 && big.wkbOffset == 8 && big.isEmpty)
    }

    @Test(
        arguments: [
            [], [0x47, 0x50, 0, 1], [0x47, 0x51, 0, 1, 0, 0, 0, 0], [0x47, 0x50, 1, 1, 0, 0, 0, 0],
            [0x47, 0x50, 0, 0b0000_1011, 0, 0, 0, 0], [0x47, 0x50, 0, 3, 0, 0, 0, 0],
            [0x47, 0x50, 0, 0x21, 0, 0, 0, 0],
        ] as [[UInt8]])
    func refusesBrokenHeaders(bytes: [UInt8]) {
        let error = #expect(throws: FormatError.self) { try GeoPackageBinary(bytes) }
        #expect(error?.code == "invalidGeometry")
    }
}
