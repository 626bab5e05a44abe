/// How a picture came about, for whoever finds the file alone: what its description says beside the method line, and a
/// document for programs.
public struct PictureRecord: Sendable, Hashable {
    /// Versions of data and program, for people; at the end of `<desc>`.
    public var versions: String
    /// Method, parameters and versions as JSON; in `<metadata>`.
    public var json: String

    /// Makes a record.
    public init(versions: String, json: String) {
        (self.versions, self.json) = (versions, json)
    }
}
