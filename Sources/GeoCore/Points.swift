/// Columns of located items in metres: what the analysis reads.
///
/// All columns have the same length.
public struct Points: Sendable, Equatable {
    /// Eastings in metres.
    public var x: [Double]
    /// Northings in metres.
    public var y: [Double]
    /// Weights; all ones where nothing else was asked for.
    public var weight: [Double]
    /// Instants in milliseconds since 1970-01-01T00:00:00Z.
    public var time: [Int64]
    /// Index of the category in the proceeding's list; −1 for none.
    public var category: [Int32]

    /// Makes empty columns with room for `capacity` rows.
    public init(capacity: Int = 0) {
        x = []
        y = []
        weight = []
        time = []
        category = []
        x.reserveCapacity(capacity)
        y.reserveCapacity(capacity)
        weight.reserveCapacity(capacity)
        time.reserveCapacity(capacity)
        category.reserveCapacity(capacity)
    }

    /// Makes columns from coordinates; weights are 1 unless given, times 0, categories −1.
    ///
    /// - Precondition: all given columns have the same length.
    public init(x: [Double], y: [Double], weight: [Double]? = nil, time: [Int64]? = nil, category: [Int32]? = nil) {
        precondition(x.count == y.count && weight.map { $0.count == x.count } ?? true)
        precondition(time.map { $0.count == x.count } ?? true && category.map { $0.count == x.count } ?? true)
        self.x = x
        self.y = y
        self.weight = weight ?? Array(repeating: 1, count: x.count)
        self.time = time ?? Array(repeating: 0, count: x.count)
        self.category = category ?? Array(repeating: -1, count: x.count)
    }

    /// Number of rows.
    public var count: Int { x.count }

    /// Adds one row.
    public mutating func append(x: Double, y: Double, weight: Double = 1, time: Int64 = 0, category: Int32 = -1) {
        self.x.append(x)
        self.y.append(y)
        self.weight.append(weight)
        self.time.append(time)
        self.category.append(category)
    }

    /// The smallest box around all rows in metres; `nil` without rows.
    ///
    /// - Complexity: linear.
    public var boundingBox: BoundingBox? {
        guard let x0 = x.first, let y0 = y.first else { return nil }
        var box = BoundingBox(minX: x0, minY: y0, maxX: x0, maxY: y0)
        for index in x.indices { box.extend(x: x[index], y: y[index]) }
        return box
    }
}

extension Points {
    /// Some rows next to each other.
    ///
    /// - Complexity: linear in their number.
    public func rows(_ range: Range<Int>) -> Points {
        Points(
            x: Array(x[range]), y: Array(y[range]), weight: Array(weight[range]), time: Array(time[range]),
            category: Array(category[range]))
    }

    /// The rows whose place passes a test, in their order.
    ///
    /// - Complexity: linear.
    public func rows(where isIncluded: (Int) -> Bool) -> Points {
        var result = Points(capacity: count)
        for row in 0..<count where isIncluded(row) {
            result.append(x: x[row], y: y[row], weight: weight[row], time: time[row], category: category[row])
        }
        return result
    }
}
