import GeoCore
import Participation
import Platform

/// A box as a client asks for it, in degrees; `west` may be greater than `east` across the antimeridian.
struct QueryBox: Sendable, Hashable {
    var west: Double
    var south: Double
    var east: Double
    var north: Double
}

/// A span of time as a client asks for it, in milliseconds since 1970; `nil` is open.
struct QueryInterval: Sendable, Hashable {
    var start: Int64?
    var end: Int64?
}

extension QueryParameters {
    /// The box of `bbox`: west,south,east,north or, with heights that are not looked at, six numbers
    /// (OGC 17-069r4, 7.15.3).
    func box(_ name: String = "bbox") throws -> QueryBox? {
        guard let text = try text(name) else { return nil }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map {
            Self.number($0.trimmingBlanks)
        }
        let values = numbers.compactMap { $0 }
        guard values.count == numbers.count, values.count == 4 || values.count == 6 else {
            throw Problem.parameter(name, "\(name) must be four or six numbers: west,south,east,north in degrees.")
        }
        let half = values.count / 2
        let box = QueryBox(west: values[0], south: values[1], east: values[half], north: values[half + 1])
        guard (-180...180).contains(box.west), (-180...180).contains(box.east) else {
            throw Problem.parameter(name, "\(name): longitudes must lie between -180 and 180 degrees.")
        }
        guard (-90...90).contains(box.south), (-90...90).contains(box.north) else {
            throw Problem.parameter(name, "\(name): latitudes must lie between -90 and 90 degrees.")
        }
        guard box.south <= box.north else {
            throw Problem.parameter(name, "\(name): south must not be greater than north.")
        }
        return box
    }

    /// An RFC 3339 instant, or a day: its first moment, or with `isEnd` the first after it.
    ///
    /// - Parameter days: whose days are meant; those of UTC when `nil`.
    func instant(_ name: String, isEnd: Bool = false, in days: NamedDays? = nil) throws -> Int64? {
        guard let text = try text(name, maximumLength: 40) else { return nil }
        guard let instant = days?.beginning(text) ?? Timestamp.milliseconds(text) else {
            throw Problem.parameter(name, "\(name) must be an RFC 3339 instant or day such as 2026-05-20.")
        }
        guard isEnd, NamedDays.isDay(text) else { return instant }
        return days?.end(text).map { $0 + 1 } ?? instant + 86_400_000
    }

    /// The time of `datetime`: an RFC 3339 instant, or two separated by `/` with `..` or nothing for open.
    ///
    /// A date alone means the whole day: its first moment as a start, its last as an end. The separators are those of OGC
    /// 17-069r4, 7.15.4.
    ///
    /// - Parameter days: whose days are meant; those of UTC when `nil`.
    func interval(_ name: String = "datetime", in days: NamedDays? = nil) throws -> QueryInterval? {
        guard let text = try text(name) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        func instant(_ part: Substring) throws -> Int64? {
            if part == ".." || part.isEmpty { return nil }
            guard let value = days?.beginning(part) ?? Timestamp.milliseconds(part) else {
                throw Problem.parameter(
                    name, "\(name) must be an instant such as 2026-05-01T12:00:00Z or two with / between; .. is open.")
            }
            return value
        }
        func end(_ part: Substring) throws -> Int64? {
            try instant(part).map { start in
                NamedDays.isDay(part) ? days?.end(part) ?? start + 86_399_999 : start
            }
        }
        switch parts.count {
        case 1:
            guard let value = try instant(parts[0]) else { break }
            return QueryInterval(start: value, end: try end(parts[0]))
        case 2:
            let interval = QueryInterval(start: try instant(parts[0]), end: try end(parts[1]))
            if let start = interval.start, let end = interval.end, start > end {
                throw Problem.parameter(name, "\(name): the start lies after the end.")
            }
            if interval.start == nil, interval.end == nil { break }
            return interval
        default: break
        }
        throw Problem.parameter(
            name, "\(name) must be an instant such as 2026-05-01T12:00:00Z or two with / between; .. is open.")
    }
}
