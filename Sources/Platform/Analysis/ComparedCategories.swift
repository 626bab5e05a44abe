import Analysis
import GeoCore
import Storage

extension GroundedComputation {
    /// The category that is looked at: the one that is named, or the most frequent.
    ///
    /// - Throws: ``PlatformError`` `badRequest` for one without contributions, `invalidInput` where none has a category.
    mutating func focusCategory(_ given: String?, of points: Points) throws -> Int32 {
        if let given {
            tell("focus", .text(given), nil, .given)
            return try category(given, of: points)
        }
        guard let most = mostFrequentCategory(of: points) else {
            throw PlatformError(.invalidInput, "no contribution has a category to look for")
        }
        tell("focus", .text(columns.categoryNames[Int(most)]), nil, .chosen, rule: "the most frequent category")
        return most
    }

    /// The category that another one is compared with: the one that is named, or the most frequent of the others.
    ///
    /// - Throws: ``PlatformError`` `badRequest` for one without contributions, `invalidInput` where there is no other.
    mutating func otherCategory(than focus: Int32, _ given: String?, of points: Points) throws -> Int32 {
        if let given {
            tell("against", .text(given), nil, .given)
            return try category(given, of: points, as: "against")
        }
        guard let other = mostFrequentCategory(of: points, except: focus) else {
            throw PlatformError(.invalidInput, "all contributions are of one category: there is nothing to look for")
        }
        tell("against", .text(columns.categoryNames[Int(other)]), nil, .chosen, rule: "the most frequent of the others")
        return other
    }

    /// The most frequent category of points, among equals the first of the alphabet.
    func mostFrequentCategory(of points: Points, except left: Int32? = nil) -> Int32? {
        var counts: [Int32: Int] = [:]
        for category in points.category where category >= 0 && category != left { counts[category, default: 0] += 1 }
        func name(_ category: Int32) -> String { columns.categoryNames[Int(category)] }
        return counts.max { ($0.value, name($1.key)) < ($1.value, name($0.key)) }?.key
    }
}
