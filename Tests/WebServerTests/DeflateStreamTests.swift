import NIOCore
import TestSupport
import Testing

@testable import WebServer

struct DeflateStreamTests {
    @Test(.enabled(if: GzipProgram.isThere, "needs gzip"))
    func isReadByGzip() throws {
        var state: UInt64 = 42
        var plain: [UInt8] = []
        for _ in 0..<300_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            plain.append(UInt8(truncatingIfNeeded: state >> 59))
        }
        let stream = try #require(DeflateStream())
        var packed: [UInt8] = []
        var start = 0
        for size in [1, 0, 70_000, 4096, 100_000, 125_903] {
            let part = ByteBuffer(bytes: plain[start..<start + size])
            packed += Array(stream.push(part, finish: false).readableBytesView)
            start += size
        }
        #expect(start == plain.count)
        packed += Array(stream.push(ByteBuffer(), finish: true).readableBytesView)
        #expect(packed.count < plain.count)

        #expect(try GzipProgram.text(of: packed) == plain)
    }
}
