import GeoCore
import Participation
import Platform
import SQLiteEngine
import Storage
import TestSupport
import Testing

/// What conditions let through, by lists and by figures.
struct ConditionTests {
    private let folder: TemporaryDirectory
    private let installation: Installation
    private let scope: Scope
    private let proceeding: Proceeding
    private static let time: Int64 = 1_777_593_600_000
    private static let document = """
        {"id": "hafen", "name": "Hafen",
        "categories": [{"id": "wege", "name": "Wege"}, {"id": "gruen", "name": "Grün"}]}
        """

    init() async throws {
        folder = try TemporaryDirectory()
        installation = Installation(engine: try EmbeddedStore(path: folder.path("mitplan.sqlite")), now: { Self.time })
        let tenant = try await installation.createTenant(Tenant(id: "esch", name: "Esch"), isDefault: true)
        let scope = Scope(tenant: tenant, viewer: .staff)
        let made = try await installation.createProceeding(
            ProceedingDocument(json: Array(Self.document.utf8), tenant: tenant), scope: scope)
        let rows: [(String, String?, Position?, Int64, Int64)] = [
            ("Radweg", "wege", Position(9.5, 53.5), 3, 0), ("radweg*", "wege", Position(10.5, 53.5), 12, 1),
            ("Baum_1", nil, nil, 0, 2), ("Baum[1]", "gruen", Position(9.6, 53.6), 7, 0),
            ("100%", "gruen", nil, 5, 5),
        ]
        try await installation.engine.write { connection in
            let placed = rows.enumerated().map { index, row in
                let contribution = Contribution(
                    title: row.0, text: "Ein Text.", category: row.1, geometry: row.2.map { .point($0) },
                    quality: row.2 == nil ? .unlocated : .inside, state: index == 4 ? .hidden : .published,
                    created: Self.time + Int64(index) * 90_000, votesUp: row.3, votesDown: row.4)
                return PlacedContribution(contribution, point: row.2)
            }
            _ = try scope.writer(connection).insert(placed, into: made)
        }
        (self.scope, proceeding) = (scope, made)
    }

    private func titles(_ text: String, viewer: Viewer = .staff) async throws -> [String] {
        var filter = ContributionFilter()
        filter.expression = try CQL2.parse(text)
        let scope = Scope(tenant: scope.tenant, viewer: viewer)
        let order = ContributionOrder(.created, isDescending: false)
        let page = try await installation.contributions(
            of: proceeding, filter: filter, order: order, limit: 100, after: nil, scope: scope)
        let counted = try await installation.statistics(of: proceeding, filter: filter, scope: scope)
        #expect(counted.contributions == page.items.count, "\(text)")
        return page.items.map(\.title)
    }

    @Test(arguments: [
        ("category = 'wege'", ["Radweg", "radweg*"]), ("category <> 'wege'", ["Baum[1]", "100%"]),
        ("NOT category = 'wege'", ["Baum[1]", "100%"]), ("category IS NULL", ["Baum_1"]),
        ("category IN ('wege', 'gruen') AND votesUp > 5", ["radweg*", "Baum[1]"]),
        ("votesUp BETWEEN 3 AND 7", ["Radweg", "Baum[1]", "100%"]), ("votesUp = 12.0", ["radweg*"]),
        ("votesUp > 2.5 AND votesUp < 3.5", ["Radweg"]),
        // LIKE tells capitals apart, and its signs can be asked for themselves.
        ("title LIKE 'Rad%'", ["Radweg"]), ("title LIKE '%weg_'", ["radweg*"]), ("title LIKE '%\\%'", ["100%"]),
        ("title LIKE 'Baum\\__'", ["Baum_1"]), ("title LIKE '%*'", ["radweg*"]), ("title LIKE '%[1]'", ["Baum[1]"]),
        ("title LIKE 'Baum?1'", []), ("title = 'RADWEG'", []),
        ("geometry IS NULL", ["Baum_1", "100%"]),
        ("S_INTERSECTS(geometry, BBOX(9, 53, 10, 54))", ["Radweg", "Baum[1]"]),
        // Of what has no place it is not known whether it does not meet something.
        ("NOT S_INTERSECTS(geometry, BBOX(9, 53, 10, 54))", ["radweg*"]),
        (
            "S_INTERSECTS(geometry, POINT(9.5 53.5)) OR S_INTERSECTS(geometry, POINT(10.5 53.5))",
            ["Radweg", "radweg*"]
        ),
        ("S_INTERSECTS(geometry, BBOX(10, 53, 9, 54))", ["radweg*"]),
        ("locationQuality = 'unlocated' AND status = 'received'", ["Baum_1", "100%"]),
        ("TRUE AND NOT FALSE", ["Radweg", "radweg*", "Baum_1", "Baum[1]", "100%"]),
        // Times are those that everybody sees, to the minute: 0:00, 0:01, 0:03, 0:04, 0:06.
        ("created = TIMESTAMP('2026-05-01T00:01:00Z')", ["radweg*"]),
        ("created > TIMESTAMP('2026-05-01T00:04:00Z')", ["100%"]),
        ("title = 'x'' OR 1=1 --'", []),
    ])
    func letThroughWhatTheySay(_ text: String, _ expected: [String]) async throws {
        #expect(try await titles(text) == expected, "\(text)")
    }

    @Test func showNobodyWhatIsHidden() async throws {
        for text in ["TRUE", "NOT FALSE", "title LIKE '100%' OR TRUE", "votesDown = 5", "NOT votesDown = 4"] {
            #expect(try await !titles(text, viewer: .anonymous).contains("100%"), "\(text)")
        }
    }
}
