import GeoCore
import Hummingbird
import Participation
import Storage

extension Call {
    /// The query parameters of ``filter()``.
    static let filterParameters: [ParameterDescription] = [
        ParameterDescription(
            name: "bbox",
            summary: "Box that the place must meet: west,south,east,north in degrees; west may be greater."),
        ParameterDescription(
            name: "datetime",
            summary: "When it was written: an RFC 3339 instant or day, or two with / between; .. is open."),
        ParameterDescription(name: "category", summary: "Categories, separated by commas.", shape: .list),
        ParameterDescription(
            name: "status",
            summary: "Official status, separated by commas: "
                + OfficialStatus.allCases.map(\.name).joined(separator: ", ") + ".", shape: .list),
        ParameterDescription(name: "q", summary: "Words that title or text must contain."),
        ParameterDescription(name: "located", summary: "Whether it must have a place.", shape: .flag),
    ]

    /// The query parameters of pages.
    static let pageParameters: [ParameterDescription] = [
        ParameterDescription(name: "limit", summary: "Items of a page, 100 by default.", shape: .integer(1...1000)),
        ParameterDescription(name: "cursor", summary: "Where the page begins; taken from the link of the page before."),
    ]

    /// A choice of formats as parameter `f`.
    static func formatParameter(_ formats: [String]) -> ParameterDescription {
        ParameterDescription(
            name: "f", summary: "Format of the answer, \(formats.first ?? "json") by default.", shape: .choice(formats))
    }

    /// Which contributions are meant.
    func filter() throws -> ContributionFilter {
        var filter = ContributionFilter()
        filter.boxes = try boxes()
        let interval = try query.interval()
        filter.from = interval?.start
        filter.until = interval?.end
        filter.categories = try query.list("category")
        filter.statuses = try query.list("status").map { name in
            guard let status = OfficialStatus(name: name) else {
                throw Problem.parameter(
                    "status",
                    "status must be one of " + OfficialStatus.allCases.map(\.name).joined(separator: ", ") + ".")
            }
            return status
        }
        filter.words = try query.text("q", maximumLength: 400)
        if filter.words?.allSatisfy(\.isWhitespace) == true { throw Problem.parameter("q", "q has no words.") }
        filter.located = try query.flag("located")
        return filter
    }

    /// The box of the query, split in two where it crosses the antimeridian; empty where none is given.
    func boxes() throws -> [BoundingBox] {
        guard let box = try query.box() else { return [] }
        if box.west <= box.east {
            return [BoundingBox(minX: box.west, minY: box.south, maxX: box.east, maxY: box.north)]
        }
        return [
            BoundingBox(minX: box.west, minY: box.south, maxX: 180, maxY: box.north),
            BoundingBox(minX: -180, minY: box.south, maxX: box.east, maxY: box.north),
        ]
    }

    /// The format asked for.
    ///
    /// - Throws: ``Problem`` 400 when it is none of `formats`.
    func format(_ formats: [String]) throws -> String {
        guard let first = formats.first else { return "json" }
        guard let wanted = try query.text("f") else { return first }
        guard formats.contains(wanted) else {
            throw Problem.parameter("f", "f must be one of " + formats.joined(separator: ", ") + ".")
        }
        return wanted
    }
}
