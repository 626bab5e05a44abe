import Participation
import Testing

@testable import Storage

struct ColumnReadingTests {
    /// Which contributions are read anew after statements, each of which raises no version.
    private func changed(
        _ store: SampleStore, by statements: @escaping @Sendable (_ id: Int64) -> [SQL]
    ) async throws -> [ColumnRow] {
        let ids = try await store.add((0..<3).map { contribution("Nummer \($0)") })
        let (scope, proceeding) = (store.staff, store.proceeding)
        let (_, mark) = try await store.engine.read {
            try scope.reader($0).columnReading(of: proceeding, since: nil)
        }
        try await store.engine.write { connection throws in
            for statement in statements(ids[1]) { try connection.execute(statement) }
        }
        let (reading, _) = try await store.engine.read {
            try scope.reader($0).columnReading(of: proceeding, since: mark)
        }
        guard case .changes(let rows) = reading else { return [] }
        #expect(rows.allSatisfy { $0.id == ids[1] })
        return rows
    }

    @Test func anAnswerIsNotedAndTheFirstOneCounts() async throws {
        let store = try await SampleStore.make(.sqlite)
        let (tenant, proceeding) = (store.tenant.key, store.proceeding.key)
        let rows = try await changed(store) { id in
            [(81, 7_200_000), (82, 3_659_999)].map { (number: Int64, instant: Int64) in
                """
                INSERT INTO answer (tenant, proceeding, contribution, id, status, text, links, created)
                VALUES (\(tenant), \(proceeding), \(id), \(number), 2, 'Ja', '[]', \(instant))
                """
            }
        }
        #expect(rows.map(\.answered) == [60])
        let whole = try await store.engine.read { [scope = store.anybody, proceeding = store.proceeding] in
            try scope.reader($0).columnReading(of: proceeding, since: nil).reading
        }
        guard case .all(let columns) = whole else {
            Issue.record("columns that were not read are read whole")
            return
        }
        let none = ContributionColumns.unanswered
        #expect(columns[.published].map { Array($0.answered) } == [none, 60, none])
    }

    @Test(arguments: ["type = 'Idee'", "channel = 'paper'", "author = 'p1'", "votes_up = votes_up", "state = 2"])
    func aChangeIsNotedOnceWhateverItsStatementDoesAboutConflicts(_ change: String) async throws {
        let store = try await SampleStore.make(.sqlite)
        let (tenant, proceeding) = (store.tenant.key, store.proceeding.key)
        let rows = try await changed(store) { id in
            let row: SQL = "tenant = \(tenant) AND proceeding = \(proceeding) AND id = \(id)"
            return ["", "OR ABORT", "OR FAIL", "OR REPLACE", "OR IGNORE"].map {
                "UPDATE \(raw: $0) contribution SET \(raw: change) WHERE \(row)"
            }
        }
        #expect(rows.count == 1)
    }
}
