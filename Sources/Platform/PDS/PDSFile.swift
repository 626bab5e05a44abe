/// A file with a PDS collection, and what is known of it beside its rows.
public struct PDSFile: Sendable, Hashable {
    /// Where it is.
    public var path: String
    /// The project that its rows belong to where they do not tell it.
    public var project: String?
    /// Whether comments in it that stand alone are on conceptions.
    public var holdsConceptions: Bool

    /// Names a file.
    public init(_ path: String, project: String? = nil, holdsConceptions: Bool = false) {
        self.path = path
        self.project = project
        self.holdsConceptions = holdsConceptions
    }
}
