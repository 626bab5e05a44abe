/// A number for each place, some of them undefined: a compact column of optionals.
///
/// Undefined places are kept as NaN, in half the memory of an array of optionals. Parts that were worked on at once stay
/// apart, which spares copying them. Probabilities of scores are worked out when they are read, so that scores alone cost
/// nothing more.
public struct OptionalColumn: RandomAccessCollection, Sendable {
    /// What is told of a number.
    @usableFromInline
    enum Reading: Sendable {
        case number
        /// The two-sided tail of the normal distribution beyond a score.
        case tail
    }

    /// The numbers in parts, all but the last as long as `partBits` bits can tell apart.
    @usableFromInline let parts: [[Double]]
    @usableFromInline let partBits: Int
    @usableFromInline let reading: Reading

    /// Number of places.
    public let endIndex: Int

    private static let partBits = 14

    /// The ranges of the parts that ``init(parts:)`` takes.
    static func parts(_ count: Int) -> [Range<Int>] { Chunks.blocks(count, size: 1 << partBits) }

    /// Makes a column of the numbers in ``parts(_:)``; NaN is undefined.
    init(parts: [[Double]]) {
        self.parts = parts
        partBits = Self.partBits
        endIndex = parts.reduce(0) { $0 + $1.count }
        reading = .number
    }

    /// The two-sided probabilities of scores.
    init(tailsOf scores: OptionalColumn) {
        (parts, partBits, endIndex) = (scores.parts, scores.partBits, scores.endIndex)
        reading = .tail
    }

    /// Makes a column from optionals.
    public init(_ values: some Sequence<Double?>) { self.init(numbers: values.map { $0 ?? .nan }) }

    /// Makes a column of numbers; NaN is undefined.
    init(numbers: [Double]) { self.init(numbers: numbers, reading: .number) }

    private init(numbers: [Double], reading: Reading) {
        parts = [numbers]
        endIndex = numbers.count
        partBits = Int.bitWidth - 2
        self.reading = reading
    }

    /// The numbers of chosen places, in a column as long as these: undefined where a place is negative.
    ///
    /// - Complexity: linear in `places`.
    public func taken(from places: [Int32]) -> OptionalColumn {
        let taken = places.map { place in
            place < 0 ? .nan : parts[Int(place) >> partBits][Int(place) & (1 << partBits &- 1)]
        }
        return OptionalColumn(numbers: taken, reading: reading)
    }

    /// 0.
    @inlinable public var startIndex: Int { 0 }

    /// The number of a place; `nil` where it is undefined.
    @inlinable
    public subscript(place: Int) -> Double? {
        told(parts[place >> partBits][place & (1 << partBits &- 1)])
    }

    /// Goes through the parts, without looking for the part of each place.
    @inlinable
    public func makeIterator() -> Iterator { Iterator(self) }

    /// The numbers in the order of the places.
    public struct Iterator: IteratorProtocol {
        @usableFromInline let column: OptionalColumn
        @usableFromInline var part: [Double] = []
        @usableFromInline var nextPart = 0
        @usableFromInline var index = 0

        @inlinable
        init(_ column: OptionalColumn) { self.column = column }

        /// The number of the next place, which may be undefined; `nil` at the end.
        @inlinable
        public mutating func next() -> Double?? {
            while index == part.count {
                guard nextPart < column.parts.count else { return nil }
                part = column.parts[nextPart]
                nextPart += 1
                index = 0
            }
            let number = part[index]
            index += 1
            return .some(column.told(number))
        }
    }

    @inlinable
    func told(_ number: Double) -> Double? {
        if number.isNaN { return nil }
        return reading == .number ? number : Self.tail(number)
    }

    @usableFromInline
    static func tail(_ score: Double) -> Double { Elementary.twoSidedP(z: score) }
}

extension OptionalColumn: Equatable {
    /// Whether two columns tell the same of every place; undefined equals undefined.
    public static func == (left: OptionalColumn, right: OptionalColumn) -> Bool { left.elementsEqual(right) }
}

extension OptionalColumn: ExpressibleByArrayLiteral {
    /// Makes a column of the numbers written down.
    public init(arrayLiteral elements: Double?...) { self.init(elements) }
}
