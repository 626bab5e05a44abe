import CZlib

/// The colour profile of an image file, by which its numbers mean colours (ICC.1:2022); empty where there is none that is
/// used.
///
/// A profile that is too long, cut off or of another form than its place demands is passed over: the picture is then taken
/// as sRGB, as those without a profile are.
enum ColourProfile {
    /// Longer ones are passed over: those of phones have half a kilobyte, those of cameras and scanners some hundred.
    static let mostBytes = 1 << 20

    /// A profile that stands in a file as it is.
    static func plain(_ bytes: ArraySlice<UInt8>) -> [UInt8] { bytes.count <= mostBytes ? Array(bytes) : [] }

    /// A profile of a PNG file: a name of at most 79 bytes, a zero, the method of compression, which is 0, and the
    /// compressed bytes (PNG specification, third edition, 11.3.2.3).
    static func compressed(_ content: ArraySlice<UInt8>) -> [UInt8] {
        guard let end = content.prefix(80).firstIndex(of: 0), end + 1 < content.endIndex, content[end + 1] == 0 else {
            return []
        }
        let source = Array(content[(end + 2)...])
        var length = uLongf(mostBytes)
        // What unpacks to more than the limit does not fit, and fails.
        let profile = [UInt8](unsafeUninitializedCapacity: mostBytes) { target, count in
            let isDone = uncompress(target.baseAddress, &length, source, uLong(source.count)) == Z_OK
            count = isDone ? Int(length) : 0
        }
        // Without the room that was not needed.
        return Array(profile[...])
    }

    /// The parts of a profile in the segments of a JPEG file, each with its number and that of all (ICC.1:2022, B.4).
    struct Parts {
        private static let mark = Array("ICC_PROFILE\0".utf8)
        private var found: [Int: ArraySlice<UInt8>] = [:]
        private var total = 0
        private var isBroken = false

        /// Takes the content of a segment for applications, where it is a part of a profile.
        mutating func take(_ content: ArraySlice<UInt8>) {
            guard content.starts(with: Self.mark) else { return }
            let rest = content.dropFirst(Self.mark.count)
            guard rest.count > 2, let number = rest.first, let count = rest.dropFirst().first,
                number > 0, number <= count, total == 0 || total == Int(count), found[Int(number)] == nil
            else {
                isBroken = true
                return
            }
            total = Int(count)
            found[Int(number)] = rest.dropFirst(2)
        }

        /// The profile, where all its parts are in.
        var profile: [UInt8] {
            guard !isBroken, total > 0, found.count == total,
                found.values.reduce(0, { $0 + $1.count }) <= ColourProfile.mostBytes
            else { return [] }
            return (1...total).flatMap { found[$0] ?? [] }
        }
    }
}
