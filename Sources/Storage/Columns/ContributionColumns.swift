public import GeoCore
public import Participation

/// Contributions as columns, all of the same length, in order of their numbers.
///
/// Equal contributions make equal columns, whether they were read at once or brought up to date change by change.
public struct ContributionColumns: Sendable {
    /// Numbers of the contributions, rising.
    public internal(set) var id = NarrowColumn<Int64>()
    /// When they were made, milliseconds since 1970.
    public internal(set) var created: [Int64] = []
    /// How good their places are.
    public internal(set) var quality: [Contribution.LocationQuality] = []
    /// Slugs of their categories.
    public internal(set) var categories = CodedColumn()
    /// Names of their types.
    public internal(set) var types = CodedColumn()
    /// How they came in.
    public internal(set) var channels = CodedColumn()
    /// Longitude of the representative point in degrees; NaN where there is no place.
    public internal(set) var longitude: [Double] = []
    /// Latitude of the representative point in degrees; NaN where there is no place.
    public internal(set) var latitude: [Double] = []
    /// Boxes in degrees by number, of those that are more than their representative point.
    public internal(set) var boxes: [Int64: BoundingBox] = [:]
    /// Votes for.
    public internal(set) var votesUp = NarrowColumn<Int64>()
    /// Votes against.
    public internal(set) var votesDown = NarrowColumn<Int64>()
    /// Published comments.
    public internal(set) var comments = NarrowColumn<Int64>()
    /// Where they stand with the authority.
    public internal(set) var status: [OfficialStatus] = []
    /// What tells authors apart (``AuthorNumber``); 0 where nobody is known.
    public internal(set) var author: [UInt64] = []
    /// Who may see them.
    public internal(set) var state: [Contribution.State] = []
    /// When they were first answered, minutes since 1970; ``unanswered`` where they were not.
    public internal(set) var answered = NarrowColumn<Int32>()

    /// The minute of the first answer where there is none: a narrow number, since most have none.
    public static let unanswered: Int32 = -1

    /// Makes empty columns.
    public init() {}

    /// Number of contributions.
    public var count: Int { id.count }

    /// Index into ``categoryNames``; −1 for none.
    public var category: NarrowColumn<Int32> { categories.codes }

    /// Slugs of the categories that occur, in alphabetical order.
    public var categoryNames: [String] { categories.names }

    /// Bytes in memory, about.
    public var size: Int { count * width + boxes.count * 80 }

    /// Bytes of a row.
    private var width: Int {
        let figures = [id, votesUp, votesDown, comments].reduce(0) { $0 + $1.width }
        return 35 + answered.width + figures + [categories, types, channels].reduce(0) { $0 + $1.codes.width }
    }

    /// The row of a contribution; `nil` when it is not among them.
    ///
    /// - Complexity: logarithmic.
    public func row(of number: Int64) -> Int? {
        let row = id.firstRow(notBelow: number)
        return row < count && id[row] == number ? row : nil
    }
}

/// One contribution as columns hold it.
public struct ColumnRow: Sendable, Hashable {
    /// Its number.
    public internal(set) var id: Int64
    var created: Int64
    var quality: Contribution.LocationQuality
    var category: String?
    var longitude: Double
    var latitude: Double
    /// Its box in degrees where it is more than the point.
    var box: BoundingBox?
    var votesUp: Int64
    var votesDown: Int64
    var comments: Int64
    var status: OfficialStatus
    /// What tells its author apart; 0 where nobody is known.
    var author: UInt64
    var type: String?
    var channel: String
    /// Minute of its first answer.
    var answered: Int32
    /// Who may see it.
    public internal(set) var state: Contribution.State
}

/// Rows next to each other of one of several columns.
public struct ColumnRun: Sendable, Hashable {
    /// Which of the columns.
    public var part: Int32
    /// First row.
    public var start: Int32
    /// Row after the last.
    public var end: Int32

    /// The rows.
    public var rows: Range<Int> { Int(start)..<Int(end) }

    /// Names rows of a part.
    public init(_ part: Int, _ rows: Range<Int>) {
        self.part = Int32(truncatingIfNeeded: part)
        start = Int32(truncatingIfNeeded: rows.lowerBound)
        end = Int32(truncatingIfNeeded: rows.upperBound)
    }
}

extension [ColumnRun] {
    /// Adds rows, to the last run where they follow it.
    public mutating func add(_ part: Int, _ rows: Range<Int>) {
        guard !rows.isEmpty else { return }
        if let last, last.part == part, Int(last.end) == rows.lowerBound {
            self[count - 1].end = Int32(truncatingIfNeeded: rows.upperBound)
        } else {
            append(ColumnRun(part, rows))
        }
    }
}

extension RandomAccessCollection<Int64> where Index == Int {
    /// The first place of a rising column that holds no less than a number; the end where none does.
    func firstRow(notBelow number: Int64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
