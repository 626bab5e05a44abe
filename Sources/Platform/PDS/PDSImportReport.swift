public import GeoCore

/// What an import by PDS did, project by project.
public struct PDSImportReport: Sendable, Hashable {
    /// What became of one project.
    public struct Project: Sendable, Hashable {
        /// Its id in the source.
        public var id: String
        /// The slug of its proceeding here.
        public var proceeding: String
        /// Whether its proceeding was made by this import.
        public var isNew: Bool
        /// Contributions read.
        public var read = 0
        /// Contributions that are new.
        public var imported = 0
        /// Contributions that were changed.
        public var updated = 0
        /// Contributions that were there already, equal, or stood twice in the source.
        public var unchanged = 0
        /// Contributions that differ from the source, which tells nothing new, because they were changed here.
        public var kept = 0
        /// Comments that are new.
        public var comments = 0
        /// Comments that were changed.
        public var changedComments = 0
        /// Conceptions that are new.
        public var conceptions = 0
        /// Votes for, of all contributions read.
        public var votesUp: Int64 = 0
        /// Votes against, of all contributions read.
        public var votesDown: Int64 = 0
        /// How many contributions have which location quality; `notJudged` where there is no area to judge by.
        public var quality: [String: Int] = [:]

        /// Makes an empty report.
        public init(id: String, proceeding: String, isNew: Bool) {
            self.id = id
            self.proceeding = proceeding
            self.isNew = isNew
        }
    }

    /// The projects, in order of appearance.
    public var projects: [Project] = []
    /// What was strange and yet accepted.
    public var notes: [String] = []
    /// Rows left out, with their reasons; at most ``ImportReport/rejectionLimit`` are kept.
    public private(set) var rejections: [RowRejection] = []
    /// How many rows were left out.
    public private(set) var skipped = 0

    /// Makes an empty report.
    public init() {}

    mutating func reject(_ rejection: RowRejection) {
        skipped += 1
        if rejections.count < ImportReport.rejectionLimit { rejections.append(rejection) }
    }

    mutating func note(_ text: String, isFirst: Bool = false) {
        guard notes.count < ImportReport.rejectionLimit, !notes.contains(text) else { return }
        notes.insert(text, at: isFirst ? 0 : notes.count)
    }

    /// Contributions of all projects that are new.
    public var imported: Int { projects.reduce(0) { $0 + $1.imported } }
    /// How many contributions of all projects have which location quality.
    public var quality: [String: Int] {
        projects.reduce(into: [:]) { $0.merge($1.quality, uniquingKeysWith: +) }
    }
}
