import GeoCore
public import Participation
import Storage

/// Contributions told one by one, where there are too few for a test of where they gather.
struct ListedContributions: Sendable {
    /// Most that are told.
    static let most = 100

    /// Those that whoever asks may read, newest first.
    var contributions: [Contribution]
    /// Whether there are more.
    var hasMore: Bool

    /// The list as a member of the `analysis`.
    var member: JSONValue.Member {
        .init("contributions", .object([.init("items", .array(items)), .init("hasMore", .bool(hasMore))]))
    }

    private var items: [JSONValue] {
        contributions.map { contribution in
            let point = contribution.geometry?.boundingBox?.center
            // Imported ones are known by the names that they had before: their numbers hang on the order of rows.
            let name: JSONValue.Member =
                contribution.externalID.map { .init("externalId", .string($0)) }
                ?? .init("id", .integer(contribution.id))
            return .object([
                name, .init("created", .string(Timestamp.rfc3339(contribution.created))),
                .init("title", .string(contribution.title)),
                .init("category", contribution.category.map { .string($0) } ?? .null),
                .init("votesUp", .integer(contribution.votesUp)), .init("votesDown", .integer(contribution.votesDown)),
                .init("comments", .integer(contribution.commentCount)),
                .init(
                    "point",
                    point.map { .array([$0.x, $0.y].map { .number($0.rounded(toPlaces: 7)) }) } ?? .null),
            ])
        }
    }

    /// What is told of it in plain words.
    var sentence: (english: String, german: String) {
        let count = contributions.count
        return hasMore
            ? (
                "They are too few, or lie too close together, to test where they gather: read the \(count) newest.",
                "Für eine Prüfung, wo sie sich häufen, sind sie zu wenige oder liegen zu dicht: lesen Sie die \(count) "
                    + "neuesten."
            )
            : (
                "They are too few, or lie too close together, to test where they gather: read all \(count) that you may read.",
                "Für eine Prüfung, wo sie sich häufen, sind sie zu wenige oder liegen zu dicht: lesen Sie alle \(count), die "
                    + "Sie lesen dürfen."
            )
    }
}

extension Installation {
    /// The contributions themselves, newest first.
    func listedContributions(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope
    ) async throws -> ListedContributions {
        let page = try await contributions(
            of: proceeding, filter: filter, limit: ListedContributions.most, after: nil, scope: scope)
        return ListedContributions(contributions: page.items, hasMore: page.next != nil)
    }
}

extension AnalysisAnswer where Question == HotspotQuestion {
    /// The contributions themselves, where `auto` found them too few for a test.
    public var listed: [Contribution] { findings?.listed?.contributions ?? [] }
}
