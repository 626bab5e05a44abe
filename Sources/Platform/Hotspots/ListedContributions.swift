import GeoCore
public import Participation
import Storage

/// Contributions told one by one, where there are too few for a test of where they gather.
struct ListedContributions: Sendable {
    /// Most that are told.
    static let most = 100

    /// Those that whoever asks may read, with most votes for them less those against first.
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
            return .object([
                .init("id", .integer(contribution.id)), .init("title", .string(contribution.title)),
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
                "They are too few, or lie too close together, to test where they gather: read the \(count) with the most votes.",
                "Für eine Prüfung, wo sie sich häufen, sind sie zu wenige oder liegen zu dicht: lesen Sie die \(count) mit den "
                    + "meisten Stimmen."
            )
            : (
                "They are too few, or lie too close together, to test where they gather: read all \(count).",
                "Für eine Prüfung, wo sie sich häufen, sind sie zu wenige oder liegen zu dicht: lesen Sie alle \(count)."
            )
    }
}

extension Installation {
    /// The contributions themselves, those with the most votes first.
    func listedContributions(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope
    ) async throws -> ListedContributions {
        let page = try await contributions(
            of: proceeding, filter: filter, order: ContributionOrder(.rating, isDescending: true),
            limit: ListedContributions.most, after: nil, scope: scope)
        return ListedContributions(contributions: page.items, hasMore: page.next != nil)
    }
}

extension AnalysisAnswer where Question == HotspotQuestion {
    /// The contributions themselves, where `auto` found them too few for a test.
    public var listed: [Contribution] { findings?.listed?.contributions ?? [] }
}
