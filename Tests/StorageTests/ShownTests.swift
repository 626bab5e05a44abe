import Participation
import Storage
import TestSupport
import Testing

@testable import SQLiteEngine

/// Who never saw an item is not told that it went.
struct ShownTests {
    /// What lists of changes tell a viewer: `+` for what is there, `-` for what went.
    private func told(_ store: SampleStore, _ scope: Scope, on root: CommentRoot? = nil) async throws -> [String] {
        let proceeding = store.proceeding
        return try await store.engine.read { connection throws in
            let reader = scope.reader(connection)
            if let root {
                return Self.words(
                    try reader.commentChanges(on: root, of: proceeding, since: 0, limit: 100, after: nil), \.id)
            }
            return Self.words(
                try reader.contributionChanges(of: proceeding, since: 0, limit: 100, after: nil), \.id)
                + Self.words(try reader.conceptionChanges(of: proceeding, since: 0, limit: 100, after: nil), \.id)
        }
    }

    private static func words<Item>(_ page: Page<ItemChange<Item>>, _ id: (Item) -> Int64) -> [String] {
        page.items.map { change in
            switch change {
            case .changed(let item): "+\(id(item))"
            case .gone(let tombstone): "-\(tombstone.id)"
            }
        }
    }

    private func set(
        _ states: [Contribution.State], of item: ItemReference, in store: SampleStore
    ) async throws {
        let (scope, proceeding) = (store.staff, store.proceeding)
        try await store.engine.write { connection throws in
            for state in states { try scope.writer(connection).setState(state, of: item, in: proceeding, now: 9) }
        }
    }

    @Test(arguments: [Contribution.State.hidden, .rejected, .withdrawn])
    func whatWaitedAndWentIsNotTold(_ end: Contribution.State) async throws {
        let store = try await SampleStore.make(.sqlite)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let id = try await store.add([contribution(state: .pending)])[0]
        let draft = try await store.engine.write { connection throws in
            let writer = scope.writer(connection)
            let draft = try writer.insert(
                Conception(title: "Entwurf", text: "Text", state: .pending, created: 1), of: proceeding)
            // Edited once, so that it is no first version any more.
            for item in [ItemReference.contribution(id), .conception(draft.id)] {
                try writer.rewriteText(
                    of: item, title: "Anders", text: "Anders", cause: "edited", in: proceeding, now: 8)
            }
            return draft.id
        }
        for item in [ItemReference.contribution(id), .conception(draft)] {
            try await set([end], of: item, in: store)
        }
        #expect(try await told(store, store.anybody) == [])
        let sign = end == .withdrawn ? "-" : "+"
        #expect(try await told(store, store.staff) == ["\(sign)\(id)", "\(sign)\(draft)"])
    }

    @Test func commentsThatAnImportReplacesLeaveTombstones() async throws {
        let store = try await SampleStore.make(.sqlite)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let id = try await store.add([contribution()])[0]
        func replace(_ texts: [String], now: Int64) async throws {
            try await store.engine.write { connection throws in
                let comments = texts.map { text in
                    (comment: Comment(on: .contribution(id), text: text, created: 1), parent: Int?.none)
                }
                try scope.writer(connection).replaceComments(comments, of: id, in: proceeding, now: now)
            }
        }
        try await replace(["Eins", "Zwei"], now: 5)
        let before = try await told(store, store.anybody, on: .contribution(id))
        #expect(before == ["+\(id + 1)", "+\(id + 2)"])
        try await replace(["Drei"], now: 6)
        let after = try await told(store, store.anybody, on: .contribution(id))
        #expect(after == ["-\(id + 1)", "-\(id + 2)", "+\(id + 3)"])
        // What a citizen wrote here stays, and with it the rest.
        let own = try await store.engine.write { connection throws in
            try scope.writer(connection).insert(
                Comment(on: .contribution(id), text: "Von hier", created: 7, author: "p"), of: proceeding
            ).id
        }
        try await replace(["Vier"], now: 8)
        #expect(try await told(store, store.anybody, on: .contribution(id)) == after + ["+\(own)"])
    }

    @Test func aCommentThatIsImportedAgainStaysWithItsAnswers() async throws {
        let store = try await SampleStore.make(.sqlite)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let id = try await store.add([contribution()])[0]
        func replace(_ entries: [(String, Int?)], now: Int64) async throws -> Bool {
            try await store.engine.write { connection throws in
                let comments = entries.map { text, parent in
                    (comment: Comment(on: .contribution(id), text: text, created: 1), parent: parent)
                }
                return try scope.writer(connection).replaceComments(comments, of: id, in: proceeding, now: now)
            }
        }
        func found() async throws -> [String] {
            try await store.engine.read { connection in
                try scope.reader(connection).comments(on: .contribution(id), of: proceeding, limit: 100, after: nil)
                    .items.map { "\($0.id - id) \($0.text) \($0.parent.map { "\($0 - id)" } ?? "-")" }
            }
        }
        #expect(try await replace([("Eins", nil), ("Ja", 0), ("Gleich", nil), ("Gleich", nil)], now: 5))
        #expect(try await !replace([("Eins", nil), ("Ja", 0), ("Gleich", nil), ("Gleich", nil)], now: 6))
        #expect(try await found() == ["1 Eins -", "2 Ja 1", "3 Gleich -", "4 Gleich -"])
        // A new answer, one of two alike gone, and an answer that stands below another one now.
        #expect(try await replace([("Eins", nil), ("Nein", 0), ("Gleich", nil), ("Ja", 2)], now: 7))
        #expect(try await found() == ["1 Eins -", "5 Nein 1", "3 Gleich -", "6 Ja 3"])
        let told = try await told(store, store.anybody, on: .contribution(id)).map { $0.first }
        #expect(told.count { $0 == "-" } == 2)
    }

    @Test func whatWasPublishedOnceLeavesATombstone() async throws {
        let store = try await SampleStore.make(.sqlite)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let ids = try await store.add([contribution(state: .pending), contribution("Zwei")])
        let draft = try await store.engine.write { connection throws in
            try scope.writer(connection).insert(
                Conception(title: "Entwurf", text: "Text", state: .pending, created: 1), of: proceeding
            ).id
        }
        try await set([.published, .pending, .rejected], of: .contribution(ids[0]), in: store)
        try await set([.hidden], of: .contribution(ids[1]), in: store)
        try await set([.published, .hidden], of: .conception(draft), in: store)
        #expect(try await told(store, store.anybody) == ["-\(ids[0])", "-\(ids[1])", "-\(draft)"])
    }

    /// An author's change that makes a text wait again leaves it shown before.
    @Test func anEditKeepsThatItWasShown() async throws {
        let store = try await SampleStore.make(.sqlite)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let id = try await store.add([contribution()])[0]
        try await store.engine.write { connection throws in
            let writer = scope.writer(connection)
            let old = try #require(try writer.reader.contribution(id, of: proceeding))
            var changed = old
            (changed.title, changed.state) = ("Anders", .pending)
            _ = try writer.replace(
                old, with: PlacedContribution(changed, point: nil), fingerprint: 1, in: proceeding)
        }
        #expect(try await told(store, store.anybody) == ["-\(id)"])
    }

    @Test func aCommentIsShownWhereThoseAboveItAre() async throws {
        let store = try await SampleStore.make(.sqlite)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let root = CommentRoot.contribution(try await store.add([contribution()])[0])
        let (top, below) = try await store.engine.write { connection throws in
            let writer = scope.writer(connection)
            let top = try writer.insert(
                Comment(on: root, text: "Wartet", state: .pending, created: 1), of: proceeding
            ).id
            let below = try writer.insert(
                Comment(on: root, parent: top, text: "Antwort", created: 2), of: proceeding
            ).id
            return (top, below)
        }
        #expect(try await told(store, store.anybody, on: root) == [])
        try await set([.rejected], of: .comment(top, on: root), in: store)
        #expect(try await told(store, store.anybody, on: root) == [])
        try await set([.published], of: .comment(top, on: root), in: store)
        #expect(try await told(store, store.anybody, on: root) == ["+\(top)", "+\(below)"])
        try await set([.hidden], of: .comment(top, on: root), in: store)
        #expect(try await told(store, store.anybody, on: root) == ["-\(top)", "-\(below)"])
    }

    /// Of an older store nothing is known but what waits in its first version.
    @Test func anOlderStoreTellsOfAllThatMayHaveBeenShown() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("store.sqlite")
        let old = try EmbeddedStore(path: path, lastMigration: 16)
        try await old.writeAlone { connection throws in
            try connection.execute(
                """
                INSERT INTO tenant (tenant, id, name, language, metric_crs, time_zone)
                VALUES (1, 'stadt', 'Stadt', 'de', 'EPSG:25832', 'Europe/Berlin')
                """)
            try connection.execute(
                """
                INSERT INTO proceeding (tenant, proceeding, id, name, description, settings, public, created,
                    data_version) VALUES (1, 1, 'p', 'P', '', '{}', 1, 0, 0)
                """)
            for (id, state, version) in [(7, 0, 1), (8, 0, 2), (9, 1, 1), (10, 4, 2)] as [(Int64, Int64, Int64)] {
                try connection.execute(
                    """
                    INSERT INTO conception (tenant, proceeding, id, title, text, weight, state, created, changed, version)
                    VALUES (1, 1, \(id), 'Entwurf', 'Text', 0, \(state), 1, 1, \(version))
                    """)
            }
        }
        try await old.close()
        let store = try EmbeddedStore(path: path)
        let shown = try await store.read { connection throws in
            try connection.rows("SELECT id FROM conception WHERE shown = 1 ORDER BY id") { $0.integer(0) }
        }
        #expect(shown == [8, 9, 10])
        try await store.close()
        withExtendedLifetime(directory) {}
    }

    /// The slug of a proceeding that may never have been public is told to nobody.
    @Test func ofAnOlderStorePublicProceedingsAloneWereShown() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("store.sqlite")
        let old = try EmbeddedStore(path: path, lastMigration: 22)
        let rows: [(key: Int64, id: String, isPublic: Bool, version: Int64)] = [
            (1, "offen", true, 1), (2, "geheim", false, 3),
        ]
        try await old.writeAlone { connection throws in
            try connection.execute(
                """
                INSERT INTO tenant (tenant, id, name, language, metric_crs, time_zone)
                VALUES (1, 'stadt', 'Stadt', 'de', 'EPSG:25832', 'Europe/Berlin')
                """)
            for row in rows {
                try connection.execute(
                    """
                    INSERT INTO proceeding (tenant, proceeding, id, name, description, settings, public, created,
                        data_version, version) VALUES (1, \(row.key), \(row.id), 'P', '', '{}', \(row.isPublic), 0, 0, \(row.version))
                    """)
            }
        }
        try await old.close()
        let store = try EmbeddedStore(path: path)
        let told = try await store.read { connection throws in
            let tenant = try #require(try TenantDirectory(connection).tenant(id: "stadt"))
            let reader = Scope(tenant: tenant, viewer: .anonymous).reader(connection)
            return Self.words(try reader.proceedingChanges(since: 0, limit: 9, after: nil), \.key)
        }
        #expect(told == ["+1"])
        try await store.close()
        withExtendedLifetime(directory) {}
    }
}
