/// Packs the features of cells as gzip would the text of their collection.
///
/// What is repeated in the beginnings of features is known, and ends of features that were written shortly before are
/// repeated whole, so that nothing has to be looked for. The checksum is put together of those of the parts. The same text
/// gives the same bytes.
struct CellPacking {
    /// The farthest that deflate can repeat from, and the most that it can repeat at once.
    private static let reach = 32_768
    private static let longest = 258
    /// Bytes that are worth a repetition.
    private static let shortest = 4

    private let endings: CellEndings
    private var writer: DeflateWriter
    private var checksum: UInt32 = 0
    /// Bytes of text so far.
    private var size = 0
    private let shifts: [UInt32]
    private let endingChecksums: [UInt32]
    /// Where each text of an end was written last; far back before it was.
    private var endingPlaces: [Int]
    /// The end of the feature before: its text, and where it was written.
    private var previous: (number: Int, place: Int)?

    /// Packs a collection of all cells, of which there is at least one.
    ///
    /// - Parameters:
    ///   - head: the text before the first feature.
    ///   - blocks: the beginnings of the features, with what is repeated in them.
    ///   - tail: the text after the last.
    static func pack(
        head: [UInt8], _ blocks: [CellBeginnings.Block], _ endings: CellEndings, tail: [UInt8]
    ) -> [UInt8] {
        var packing = CellPacking(blocks, endings, longestPiece: max(head.count, tail.count))
        packing.add(head)
        var row = 0
        for block in blocks {
            guard let packed = block.packed else { continue }
            packing.add(block, packed, from: row, isLast: row + packed.checksums.count == endings.numbers.count)
            row += packed.checksums.count
        }
        packing.add(tail)
        return packing.writer.finish(checksum: packing.checksum, size: packing.size)
    }

    private init(_ blocks: [CellBeginnings.Block], _ endings: CellEndings, longestPiece: Int) {
        self.endings = endings
        var literals = [Int](repeating: 0, count: DeflateSymbols.literals)
        var distances = [Int](repeating: 0, count: DeflateSymbols.distances)
        for counts in blocks.compactMap(\.packed?.counts) {
            for (symbol, count) in counts.literals.enumerated() { literals[symbol] += count }
            for (symbol, count) in counts.distances.enumerated() { distances[symbol] += count }
        }
        for byte in endings.bytes { literals[Int(byte)] += 1 }
        writer = DeflateWriter(literals: literals, distances: distances, size: 90 * endings.numbers.count + 4096)
        let lengths = zip(endings.starts, endings.starts.dropFirst()).map { $1 - $0 }
        let longest = blocks.flatMap { zip($0.starts, $0.starts.dropFirst()).map { $1 - $0 } } + lengths
        shifts = CyclicRedundancy.shifts(upTo: longest.reduce(longestPiece, max))
        endingChecksums = lengths.indices.map {
            CyclicRedundancy.of(endings.bytes[endings.starts[$0]..<endings.starts[$0 + 1]])
        }
        endingPlaces = Array(repeating: -2 * Self.reach, count: lengths.count)
    }

    private mutating func add(_ bytes: some Collection<UInt8>) {
        for byte in bytes { writer.literal(byte) }
        count(CyclicRedundancy.of(bytes), bytes.count)
    }

    private mutating func count(_ other: UInt32, _ length: Int) {
        checksum = CyclicRedundancy.joined(checksum, other, shift: shifts[length])
        size += length
    }

    /// Adds the features of a block.
    ///
    /// - Parameters:
    ///   - row: of the first.
    ///   - isLast: whether no feature follows the block.
    private mutating func add(_ block: CellBeginnings.Block, _ packed: PackedBeginnings, from row: Int, isLast: Bool) {
        // Where the beginning of each feature of the block stands in the text.
        var places: [Int] = []
        let tokens = packed.tokens
        for piece in packed.checksums.indices {
            places.append(size)
            var offset = 0
            for token in tokens.tokens[tokens.starts[piece]..<tokens.starts[piece + 1]] {
                guard let (length, source, sourceOffset) = PackedTokens.repetition(token) else {
                    writer.literal(UInt8(truncatingIfNeeded: token))
                    offset += 1
                    continue
                }
                let distance = size + offset - places[source] - sourceOffset
                if distance <= Self.reach {
                    writer.repeated(length, distance: distance)
                } else {
                    let start = block.starts[piece] + offset
                    for byte in block.bytes[start..<start + length] { writer.literal(byte) }
                }
                offset += length
            }
            count(packed.checksums[piece], offset)
            let number = Int(endings.numbers[row + piece])
            if isLast, piece == packed.checksums.count - 1 {
                add(endings.bytes[endings.starts[number]..<endings.starts[number + 1] - 1])
            } else {
                addEnding(number)
            }
        }
    }

    private mutating func addEnding(_ number: Int) {
        let start = endings.starts[number]
        let length = endings.starts[number + 1] - start
        let distance = size - endingPlaces[number]
        if distance <= Self.reach, length <= Self.longest {
            writer.repeated(length, distance: distance)
        } else {
            addFigures(number)
        }
        endingPlaces[number] = size
        previous = (number, size)
        count(endingChecksums[number], length)
    }

    /// Adds an end that was not written shortly before, with what its figures have in common with those before.
    private mutating func addFigures(_ number: Int) {
        let (start, end) = (endings.starts[number], endings.starts[number + 1])
        var place = start
        for figure in 0..<endings.figures {
            let name = endings.figureStarts[number * endings.figures + figure]
            while place < name {
                writer.literal(endings.bytes[place])
                place += 1
            }
            guard place == name, let previous else { continue }
            let source = endings.figureStarts[previous.number * endings.figures + figure]
            let sourceEnd = min(endings.starts[previous.number + 1], source + Self.longest)
            var length = 0
            while place + length < end, source + length < sourceEnd,
                endings.bytes[place + length] == endings.bytes[source + length]
            {
                length += 1
            }
            let distance = size + place - start - previous.place - (source - endings.starts[previous.number])
            guard length >= Self.shortest, distance <= Self.reach else { continue }
            writer.repeated(length, distance: distance)
            place += length
        }
        while place < end {
            writer.literal(endings.bytes[place])
            place += 1
        }
    }
}
