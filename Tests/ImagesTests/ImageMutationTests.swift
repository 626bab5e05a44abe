import TestSupport
import Testing

@testable import Images

/// Thousands of broken files, in a process of their own: none may end it, and no library may write to its standard
/// error.
struct ImageMutationTests {
    @Test(.timeLimit(.minutes(5)))
    func brokenFilesAreRefusedInSilence() async throws {
        let result = try await #require(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) {
            var generator = Generator(state: 41)
            var refused = 0
            var taken = 0
            for name in SampleImages.names {
                let bytes = try SampleImages.bytes(name)
                // Small ones are many, large ones few: what is broken is found by bytes, not by pixels.
                for _ in 0..<(bytes.count < 2000 ? 160 : 12) {
                    let broken = Self.mutated(bytes, &generator)
                    do {
                        let image = try PreparedImage(broken, maximumPixels: 1_000_000)
                        precondition(image.picture.width <= PreparedImage.longSide && !image.picture.bytes.isEmpty)
                        taken += 1
                    } catch let error as ImageError {
                        precondition(!error.description.isEmpty)
                        refused += 1
                    }
                }
            }
            precondition(taken > 300 && refused > 1000, "too few of a kind: \(taken) taken, \(refused) refused")
        }
        let text = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(text.isEmpty, "\(text.prefix(2000))")
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }

    private static func mutated(_ original: [UInt8], _ generator: inout Generator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0, 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            case 3:
                for index in place..<min(place + 4, bytes.count) { bytes[index] = 0xFF }
            case 4: bytes.insert(contentsOf: bytes[place..<min(place + 20, bytes.count)], at: place)
            default: bytes.removeSubrange(place..<min(place + Int.random(in: 1...9, using: &generator), bytes.count))
            }
            if bytes.isEmpty { return original }
        }
        if Bool.random(using: &generator) { repairChecksums(&bytes) }
        return bytes
    }

    /// Gives the chunks of a PNG file the checksums that they ought to have, so that their content is looked at.
    private static func repairChecksums(_ bytes: inout [UInt8]) {
        guard bytes.starts(with: PNGContainer.signature) else { return }
        var place = 8
        while let length = FileBytes(bytes).big(4, at: place), length <= bytes.count - place - 12 {
            let end = place + 8 + length
            var sum = ~UInt32(0)
            for byte in bytes[place + 4..<end] {
                sum ^= UInt32(byte)
                for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
            }
            for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: ~sum >> UInt32(24 - index * 8)) }
            place = end + 4
        }
    }
}
