import GeoCore
import Participation
import Storage

/// Contributions of a proceeding, or comments, as a PDS collection, made page by page as they are pulled.
///
/// Two statements a page, whatever it holds.
public struct PDSContributions: AsyncSequence, Sendable {
    /// What the features tell.
    public enum Content: Sendable, Hashable {
        /// The contributions.
        case contributions
        /// The contributions with their comments.
        case commented
        /// Comments only, of the contributions that have some.
        case comments
        /// Comments only, of the conceptions that have some.
        case conceptionComments
    }

    /// A buffer of some hundred kilobytes.
    public typealias Element = [UInt8]

    let engine: any SQLEngine
    let proceeding: Proceeding
    let content: Content
    /// The one contribution that is asked for, by its number for readers of PDS.
    let number: Int64?
    /// Where the tenant is reached.
    let base: String
    /// Always the public: what it may not see never leaves here, whoever asks.
    let scope: Scope
    private static let pageSize = 500

    /// Starts from the first contribution.
    public func makeAsyncIterator() -> Iterator { Iterator(sequence: self) }

    /// Pulls one page after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private enum Place {
            case start, rows(after: Int64), end
        }

        private let sequence: PDSContributions
        private var context: PDSContext?
        private var place = Place.start
        private var isFirst = true

        fileprivate init(sequence: PDSContributions) { self.sequence = sequence }

        /// The next bytes; `nil` after the last.
        ///
        /// - Throws: `StorageError`, `CancellationError`.
        public mutating func next() async throws -> [UInt8]? {
            let sequence = sequence
            switch place {
            case .end: return nil
            case .start:
                let (context, id) = try await sequence.engine.read { connection in
                    let reader = sequence.scope.reader(connection)
                    return (
                        try PDSContext(sequence.proceeding, base: sequence.base, reader),
                        try sequence.number.map { try reader.contribution(pdsNumber: $0, of: sequence.proceeding) }
                    )
                }
                self.context = context
                // The one that is asked for is the first after the number before it.
                place = .rows(after: id.map { $0.map { $0 - 1 } ?? .max } ?? 0)
                return Array(#"{"type":"FeatureCollection","features":["#.utf8)
            case .rows(let after):
                guard let context else { return nil }
                let isFirst = isFirst
                let page = try await sequence.engine.read { connection in
                    try sequence.page(context, after: after, isFirst: isFirst, sequence.scope.reader(connection))
                }
                guard let page else {
                    place = .end
                    return Array("]}".utf8)
                }
                self.isFirst = isFirst && page.bytes.isEmpty
                place = .rows(after: sequence.number == nil ? page.last : .max)
                return page.bytes
            }
        }
    }

    private func page(
        _ context: PDSContext, after: Int64, isFirst: Bool, _ reader: ScopedReader
    ) throws -> (bytes: [UInt8], last: Int64)? {
        guard after < .max else { return nil }
        if content == .conceptionComments {
            return try conceptionPage(context, after: after, isFirst: isFirst, reader)
        }
        let rows = try reader.pdsContributions(
            of: proceeding, after: after, limit: number == nil ? Self.pageSize : 1)
        guard let first = rows.first?.id, let last = rows.last?.id else { return nil }
        var comments: [Int64: [PDSComment]] = [:]
        for comment in try reader.pdsComments(on: first...last, of: proceeding) {
            comments[comment.root, default: []].append(comment)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.count * 1200)
        var isFirst = isFirst
        for row in rows {
            let tree = PDSCommentTree(comments[row.id] ?? [], on: String(row.number))
            if content == .comments, tree.count == 0 { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            context.append(row, tree, content, to: &bytes)
        }
        return (bytes, last)
    }

    private func conceptionPage(
        _ context: PDSContext, after: Int64, isFirst: Bool, _ reader: ScopedReader
    ) throws -> (bytes: [UInt8], last: Int64)? {
        let rows = try reader.conceptions(of: proceeding, afterNumber: after, limit: Self.pageSize)
        guard let first = rows.first?.id, let last = rows.last?.id else { return nil }
        let comments = Dictionary(
            grouping: try reader.pdsComments(on: first...last, kind: .conception, of: proceeding), by: \.root)
        var bytes: [UInt8] = []
        for row in rows {
            guard let list = comments[row.id] else { continue }
            if !isFirst || !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
            context.append(PDSCommentTree(list, on: row.pdsName), geometry: row.geometry, to: &bytes)
        }
        return (bytes, last)
    }
}

extension Conception {
    /// Its name for readers of PDS: that of its source, or its number.
    var pdsName: String { externalID ?? String(id) }
}

/// What all features of a proceeding's contributions share.
struct PDSContext: Sendable {
    private let project: String
    private let site: String?
    private let fallback: String
    private let path: String
    private let categories: [String: String]
    private let types: [String: String]

    init(_ proceeding: Proceeding, base: String, _ reader: ScopedReader) throws {
        let details = try reader.pdsDetails(of: proceeding)
        project = PDSProjectFeature.id(proceeding, details)
        site = proceeding.website.map { website in
            var site = Substring(website)
            while let last = site.last, last == "#" || last == "/" { site.removeLast() }
            return String(site)
        }
        var place: [UInt8] = []
        PDSText.append(proceeding.area ?? .point(Position(0, 0)), to: &place)
        fallback = String(decoding: place, as: UTF8.self)
        path = base + "/api/v1/proceedings/\(proceeding.id)/contributions/"
        categories = Dictionary(
            try reader.categories(of: proceeding).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        types = try reader.pdsTypeNames(of: proceeding)
    }

    /// Begins a feature, up to its properties.
    private func begin(_ geometry: Geometry?, to out: inout [UInt8]) {
        JSONWriter.append(literal: #"{"type":"Feature","geometry":"#, to: &out)
        if let geometry { PDSText.append(geometry, to: &out) } else { out += fallback.utf8 }
        JSONWriter.append(literal: #","properties":{"#, to: &out)
    }

    /// Appends a feature of comments alone.
    func append(_ tree: PDSCommentTree, geometry: Geometry?, to out: inout [UInt8]) {
        begin(geometry, to: &out)
        JSONWriter.append(literal: #""comments":"#, to: &out)
        tree.append(to: &out)
        JSONWriter.append(literal: "}}", to: &out)
    }

    func append(
        _ row: PDSContribution, _ tree: PDSCommentTree, _ content: PDSContributions.Content, to out: inout [UInt8]
    ) {
        func text(_ name: StaticString, _ value: String) {
            out += name.description.utf8
            JSONWriter.append(value, to: &out)
        }
        func number(_ name: StaticString, _ value: Int64) {
            out += name.description.utf8
            JSONWriter.append(value, to: &out)
        }
        let geometry = row.wkb.flatMap { try? WKB.decode($0) }
        if content == .comments { return append(tree, geometry: geometry, to: &out) }
        begin(geometry, to: &out)
        let details = row.details
        text(#""id":"#, String(row.number))
        text(#","dateCreated":"#, PDSText.instant(row.isExternal ? row.created : Timestamp.minute(row.created)))
        text(
            #","link":"#,
            details?.link ?? site.map { "\($0)/#/contribution/\(row.number)" } ?? path + String(row.id))
        text(#","title":"#, row.title)
        text(#","contributionType":"#, row.type.map { types[$0] ?? $0 } ?? "none")
        text(#","contributionContent":"#, row.text)
        number(#","commentsNumber":"#, Int64(tree.count))
        text(#","category":"#, row.category.map { categories[$0] ?? $0 } ?? "none")
        number(#","votingPro":"#, row.votesUp)
        number(#","votingContra":"#, row.votesDown)
        text(#","keywordSuggested":"#, details?.suggestedKeywords ?? "")
        text(#","keywordPicked":"#, details?.pickedKeywords ?? "")
        text(#","belongToProject":"#, project)
        JSONWriter.append(literal: #","dipasLocated":"#, to: &out)
        JSONWriter.append(literal: geometry == nil ? "false" : "true", to: &out)
        JSONWriter.append(literal: #","customAttribute":{"nlp_scores":{"#, to: &out)
        for (index, name) in PDSContributionDetails.scoreNames.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            JSONWriter.append(name, to: &out)
            out.append(UInt8(ascii: ":"))
            if let score = details?.scores[index] {
                JSONWriter.append(score, to: &out)
            } else {
                JSONWriter.append(literal: #""-""#, to: &out)
            }
        }
        JSONWriter.append(literal: "}}", to: &out)
        if content == .commented {
            JSONWriter.append(literal: #","commentedBy":"#, to: &out)
            tree.append(to: &out)
        }
        JSONWriter.append(literal: "}}", to: &out)
    }
}
