import Formats
import GeoCore
public import Participation
public import Storage

/// Contributions, or comments on them or on conceptions, as the tables that DIPAS exports: the same columns, `;`
/// between cells, UTF-8, with a byte-order mark unless unwanted, line breaks in texts as blanks; made page by page as they are pulled.
///
/// Unlike there, a text that a spreadsheet would take for a formula gets an apostrophe in front.
public struct DIPASTable: AsyncSequence, Sendable {
    /// Which table.
    public enum Content: String, Sendable, Hashable, CaseIterable {
        case contributions = "dipas"
        case comments = "dipas-comments"
        case conceptionComments = "dipas-conception-comments"
    }

    /// A buffer of some hundred kilobytes.
    public typealias Element = [UInt8]

    let installation: Installation
    let proceeding: Proceeding
    let filter: ContributionFilter
    let content: Content
    let hasByteOrderMark: Bool
    let scope: Scope
    private static let pageSize = 1000

    private var header: [String] {
        switch content {
        case .contributions:
            [
                "Node ID", "Category", "Rubric", "Created (UTC)", "Rating", "Total votes", "Upvotes", "Downvotes",
                "Comments", "Title", "Contributiontext", "Location", "Contribution Type", "Selected Keywords",
                "Suggested Keywords", "NLP Content Score BETA", "NLP Relevance Score BETA",
                "NLP Response Score BETA",
            ]
        // Comments on conceptions stand under the same heading there.
        case .comments, .conceptionComments:
            ["Contribution ID", "Comment ID", "Comment Subject", "Comment Text", "created (UTC)"]
        }
    }

    /// Starts from the first row.
    public func makeAsyncIterator() -> Iterator { Iterator(table: self) }

    /// Pulls one page after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private let table: DIPASTable
        private var after: Int64?
        private var isAtEnd = false

        fileprivate init(table: DIPASTable) { self.table = table }

        /// The next bytes; `nil` after the last.
        ///
        /// - Throws: as ``ContributionExport``.
        public mutating func next() async throws -> [UInt8]? {
            if isAtEnd { return nil }
            let table = table
            guard let after else {
                self.after = 0
                return (table.hasByteOrderMark ? CSVText.byteOrderMark : [])
                    + Array(DIPASTable.record(table.header).utf8)
            }
            try await table.installation.requireStillLetIn(table.scope)
            let page = try await table.installation.engine.read { connection in
                let reader = table.scope.reader(connection)
                return try table.content == .conceptionComments
                    ? table.conceptionPage(after: after, reader) : table.page(after: after, reader)
            }
            guard let page else {
                isAtEnd = true
                return nil
            }
            self.after = page.last
            return Array(page.text.utf8)
        }
    }

    private func page(after: Int64, _ reader: ScopedReader) throws -> (text: String, last: Int64)? {
        let rows = try reader.pdsContributions(of: proceeding, filter: filter, after: after, limit: Self.pageSize)
        guard let first = rows.first?.id, let last = rows.last?.id else { return nil }
        let comments = Dictionary(grouping: try reader.pdsComments(on: first...last, of: proceeding), by: \.root)
        let names = Dictionary(
            try reader.categories(of: proceeding).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let types = try reader.pdsTypeNames(of: proceeding)
        var text = ""
        for row in rows {
            let below = comments[row.id] ?? []
            if content == .contributions {
                text += Self.record(cells(row, below.count, names, types))
            } else {
                for comment in below { text += Self.record(cells(comment, of: String(row.number))) }
            }
        }
        return (text, last)
    }

    private func conceptionPage(after: Int64, _ reader: ScopedReader) throws -> (text: String, last: Int64)? {
        let rows = try reader.conceptions(of: proceeding, afterNumber: after, limit: Self.pageSize)
        guard let first = rows.first?.id, let last = rows.last?.id else { return nil }
        let names = Dictionary(rows.map { ($0.id, $0.pdsName) }, uniquingKeysWith: { first, _ in first })
        let comments = try reader.pdsComments(on: first...last, kind: .conception, of: proceeding)
            .filter { names[$0.root] != nil }.sorted { ($0.root, $0.id) < ($1.root, $1.id) }
        return (comments.map { Self.record(cells($0, of: names[$0.root] ?? "")) }.joined(), last)
    }

    private static func record(_ cells: [String]) -> String {
        cells.map { cell in
            let line = String(cell.map { $0.isNewline ? " " : $0 })
            return CSVText.cell(line)
        }.joined(separator: ";") + "\r\n"
    }

    private func cells(
        _ row: PDSContribution, _ comments: Int, _ names: [String: String], _ types: [String: String]
    ) -> [String] {
        let total = row.votesUp + row.votesDown
        let rating = total > 0 ? Double(row.votesUp - row.votesDown) / Double(total) : 0
        let scores = (0..<3).map { index in row.details?.scores[index].map { "\($0)" } ?? "" }
        return [
            String(row.number), row.category.map { names[$0] ?? $0 } ?? "", row.type.map { types[$0] ?? $0 } ?? "",
            instant(row.created, isExternal: row.isExternal), "\(rating)", String(total), String(row.votesUp),
            String(row.votesDown), String(comments), row.title, row.text, row.wkb == nil ? "No" : "Yes",
            kind(row.wkb), row.details?.pickedKeywords ?? "", row.details?.suggestedKeywords ?? "",
        ] + scores
    }

    private func cells(_ comment: PDSComment, of root: String) -> [String] {
        [
            root, comment.name ?? String(comment.id), comment.subject ?? "", comment.text,
            instant(comment.created, isExternal: comment.name != nil),
        ]
    }

    /// To the minute for the public where something was written here: exact times tell people apart.
    private func instant(_ milliseconds: Int64, isExternal: Bool) -> String {
        let isExact = isExternal || scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key)
        return PDSText.instant(isExact ? milliseconds : Timestamp.minute(milliseconds))
    }

    private func kind(_ wkb: [UInt8]?) -> String {
        switch wkb.flatMap({ try? WKB.decode($0) })?.kind {
        case nil, .geometryCollection: "None"
        case .point, .multiPoint: "Point"
        case .lineString, .multiLineString: "Line"
        case .polygon, .multiPolygon: "Polygon"
        }
    }
}

extension Installation {
    /// A proceeding's contributions, or comments on them or on conceptions, as DIPAS exports them, over what the
    /// viewer may see.
    public func dipasTable(
        _ content: DIPASTable.Content, of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(),
        hasByteOrderMark: Bool = true, scope: Scope
    ) async throws -> DIPASTable {
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        try await noteExport(content.rawValue, of: proceeding, scope: scope)
        return DIPASTable(
            installation: self, proceeding: proceeding, filter: filter, content: content,
            hasByteOrderMark: hasByteOrderMark, scope: scope)
    }
}
