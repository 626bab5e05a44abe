/// A column of integers, each kept in as few bytes as the widest of them needs.
///
/// Most figures of contributions are small: a million of them take one megabyte instead of eight. A column that is changed
/// only ever grows wider; one that is made of values is as narrow as it can be.
public struct NarrowColumn<Element: FixedWidthInteger & SignedInteger & Sendable>: Sendable, RandomAccessCollection {
    @usableFromInline
    enum Values: Sendable {
        case one([Int8])
        case two([Int16])
        case four([Int32])
        case eight([Int64])
    }

    /// What is done to the values.
    @usableFromInline
    enum Change {
        case append
        case set(Int)
        case insert(Int)
        case remove(Int)

        @inlinable
        func apply<Value>(_ value: Value, to array: inout [Value]) {
            switch self {
            case .append: array.append(value)
            case .set(let place): array[place] = value
            case .insert(let place): array.insert(value, at: place)
            case .remove(let place): array.remove(at: place)
            }
        }
    }

    @usableFromInline var values: Values

    /// Makes an empty column with room for `capacity` values of a byte.
    public init(capacity: Int = 0) {
        var bytes: [Int8] = []
        bytes.reserveCapacity(capacity)
        values = .one(bytes)
    }

    /// Makes a column of values, with room for more.
    ///
    /// - Complexity: linear.
    public init(_ elements: some Collection<Element>) {
        var (low, high) = (Element.zero, Element.zero)
        for element in elements { (low, high) = (Swift.min(low, element), Swift.max(high, element)) }
        switch Swift.max(Self.bytes(low), Self.bytes(high)) {
        case 1: values = .one(Self.copied(elements))
        case 2: values = .two(Self.copied(elements))
        case 4: values = .four(Self.copied(elements))
        default: values = .eight(Self.copied(elements))
        }
    }

    /// A column of some rows of several, with room for more.
    init(joining columns: [NarrowColumn], _ runs: [ColumnRun], _ count: Int) {
        switch columns.map(\.width).max() ?? 1 {
        case 1: values = .one(ContributionColumns.gather(columns.map(\.ones), runs, count))
        case 2: values = .two(ContributionColumns.gather(columns.map(\.twos), runs, count))
        case 4: values = .four(ContributionColumns.gather(columns.map(\.fours), runs, count))
        default: values = .eight(ContributionColumns.gather(columns.map(\.eights), runs, count))
        }
    }

    /// Bytes of each value: 1, 2, 4 or 8.
    @inlinable public var width: Int {
        switch values {
        case .one: 1
        case .two: 2
        case .four: 4
        case .eight: 8
        }
    }

    /// The first place, 0.
    @inlinable public var startIndex: Int { 0 }

    /// The place after the last.
    @inlinable public var endIndex: Int {
        switch values {
        case .one(let array): array.count
        case .two(let array): array.count
        case .four(let array): array.count
        case .eight(let array): array.count
        }
    }

    /// The value at a place.
    ///
    /// - Complexity: constant; writing one that is wider than all before is linear.
    @inlinable public subscript(place: Int) -> Element {
        get {
            switch values {
            case .one(let array): Element(truncatingIfNeeded: array[place])
            case .two(let array): Element(truncatingIfNeeded: array[place])
            case .four(let array): Element(truncatingIfNeeded: array[place])
            case .eight(let array): Element(truncatingIfNeeded: array[place])
            }
        }
        set { change(.set(place), newValue) }
    }

    /// The first place of a value; `nil` where it does not occur.
    ///
    /// - Complexity: linear.
    public func firstIndex(of element: Element) -> Int? {
        switch values {
        case .one(let array): Int8(exactly: element).flatMap { array.firstIndex(of: $0) }
        case .two(let array): Int16(exactly: element).flatMap { array.firstIndex(of: $0) }
        case .four(let array): Int32(exactly: element).flatMap { array.firstIndex(of: $0) }
        case .eight(let array): Int64(exactly: element).flatMap { array.firstIndex(of: $0) }
        }
    }

    /// Adds a value at the end.
    ///
    /// - Complexity: constant, linear where the value is wider than all before.
    @inlinable public mutating func append(_ element: Element) { change(.append, element) }

    /// Puts a value before the one at a place.
    ///
    /// - Complexity: linear in the values behind it.
    @inlinable public mutating func insert(_ element: Element, at place: Int) { change(.insert(place), element) }

    /// Takes out the value at a place.
    ///
    /// - Complexity: linear in the values behind it.
    @inlinable public mutating func remove(at place: Int) { change(.remove(place), 0) }

    @inlinable
    mutating func change(_ change: Change, _ element: Element) {
        if Self.bytes(element) > width { widen(to: Self.bytes(element)) }
        // The array is taken out while it is changed: it has one owner, and is not copied.
        switch values {
        case .one(var array):
            values = .one([])
            change.apply(Int8(truncatingIfNeeded: element), to: &array)
            values = .one(array)
        case .two(var array):
            values = .one([])
            change.apply(Int16(truncatingIfNeeded: element), to: &array)
            values = .two(array)
        case .four(var array):
            values = .one([])
            change.apply(Int32(truncatingIfNeeded: element), to: &array)
            values = .four(array)
        case .eight(var array):
            values = .one([])
            change.apply(Int64(truncatingIfNeeded: element), to: &array)
            values = .eight(array)
        }
    }

    /// How many bytes a value needs.
    @inlinable
    static func bytes(_ element: Element) -> Int {
        if Int8(exactly: element) != nil { return 1 }
        if Int16(exactly: element) != nil { return 2 }
        return Int32(exactly: element) != nil ? 4 : 8
    }

    @usableFromInline
    mutating func widen(to width: Int) {
        switch width {
        case 2: values = .two(twos)
        case 4: values = .four(fours)
        case 8: values = .eight(eights)
        default: break
        }
    }
}

extension NarrowColumn {
    private var ones: [Int8] { if case .one(let array) = values { array } else { [] } }

    /// The values in two bytes, of a column that is not wider.
    private var twos: [Int16] {
        switch values {
        case .one(let array): Self.copied(array)
        case .two(let array): array
        default: []
        }
    }

    private var fours: [Int32] {
        switch values {
        case .one(let array): Self.copied(array)
        case .two(let array): Self.copied(array)
        case .four(let array): array
        case .eight: []
        }
    }

    private var eights: [Int64] {
        switch values {
        case .one(let array): Self.copied(array)
        case .two(let array): Self.copied(array)
        case .four(let array): Self.copied(array)
        case .eight(let array): array
        }
    }

    /// What comes later is added at the end: a part of the room is not touched until then.
    private static func copied<Value: FixedWidthInteger>(
        _ elements: some Collection<some FixedWidthInteger>
    ) -> [Value] {
        var copy: [Value] = []
        copy.reserveCapacity(elements.count + elements.count / 8 + 16)
        for element in elements { copy.append(Value(truncatingIfNeeded: element)) }
        return copy
    }
}

extension NarrowColumn: Equatable {
    /// Whether the values are the same, however wide they are kept.
    public static func == (first: NarrowColumn, second: NarrowColumn) -> Bool { first.elementsEqual(second) }
}

extension NarrowColumn: CustomStringConvertible {
    /// The values as an array shows them.
    public var description: String { Array(self).description }
}
