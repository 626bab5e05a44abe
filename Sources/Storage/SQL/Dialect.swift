public import GeoCore

/// What differs between the engines, and nothing else.
public protocol Dialect: Sendable {
    /// Name for people.
    var name: String { get }
    /// The migrations, oldest first; never changed once shipped.
    var migrations: [Migration] { get }
    /// A query for the ids of a spatial index whose box meets `box`, inside the space `key`.
    ///
    /// Boxes of the index may be slightly larger than the true ones: check again exactly.
    func candidates(index: SpatialIndex, key: Int64, box: BoundingBox) -> SQL
    /// The statement that enters one box: parameters id, minx, maxx, miny, maxy, key, key.
    func spatialInsert(index: SpatialIndex) -> String
    /// A query whose rows are these numbers, as many as there may be.
    func numbers(_ list: [Int64]) -> SQL
    /// Lets references be broken until the end of the transaction.
    var deferReferences: SQL { get }
    /// A query for the names of all tables that have all these columns.
    func tables(with columns: [String]) -> SQL
    /// Removes one box.
    func spatialDelete(index: SpatialIndex, id: Int64) -> SQL
    /// Removes all boxes of a space.
    func spatialDelete(index: SpatialIndex, key: Int64) -> SQL
    /// The statement that enters the words of a contribution: parameters id, stems of the title, stems of the text.
    var textInsert: String { get }
    /// Removes the words of a contribution; the same stems as entered are needed.
    func textDelete(id: Int64, title: String, text: String) -> SQL
    /// A query for the ids of contributions that hold words with all these stems or beginnings; one at least.
    func textMatches(_ stems: [String]) -> SQL
    /// The condition that a column of ours holds a text of a pattern, letters of either case told apart.
    ///
    /// In the pattern `%` stands for any text, `_` for one character, `\` before one of the three for that itself.
    func matches(_ column: String, pattern: String) -> SQL
    /// A query for `id` and `rank` of contributions that hold one of these stems at least; smaller ranks fit better.
    func textRanked(_ stems: [String]) -> SQL
}

/// The spatial indexes.
public enum SpatialIndex: String, Sendable {
    /// Boxes of contributions; the space is the proceeding's key.
    case contributions = "contribution_place"
    /// Boxes of layer features; the space is the layer's version.
    case features = "layer_feature_place"
}

/// One step of the schema, run in one transaction.
public struct Migration: Sendable {
    /// Number, from 1 without gaps.
    public var number: Int
    /// The statements, separated.
    public var statements: [String]

    /// Makes a step.
    public init(number: Int, statements: [String]) {
        self.number = number
        self.statements = statements
    }
}
