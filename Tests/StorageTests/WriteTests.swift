import GeoCore
import Participation
import Storage
import Testing

struct WriteTests {
    private struct Refusal: Error {}

    @Test(arguments: EngineKind.allCases)
    func aFailingWriteLeavesNothingAndDisturbsNobody(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let outcomes = await withTaskGroup(of: Bool.self, returning: [Bool].self) { group in
            for index in 0..<90 {
                group.addTask {
                    let row = contribution("Nummer \(index)", created: Int64(index))
                    do {
                        try await store.engine.write { connection throws in
                            let placed = PlacedContribution(row, point: nil)
                            _ = try scope.writer(connection).insert([placed], into: proceeding)
                            try scope.writer(connection).touch(proceeding)
                            if index % 3 == 0 { throw Refusal() }
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 60)
        let rows = try await store.page(store.staff).items
        #expect(Set(rows.map(\.created)) == Set((0..<90).filter { $0 % 3 != 0 }.map(Int64.init)))
        let version = try await store.engine.read { try scope.reader($0).proceeding(id: "radwege")?.dataVersion }
        #expect(version == 60)
        var box = ContributionFilter()
        box.boxes = [.world]
        #expect(try await store.engine.integrityFaults() == [])
    }

    /// Short reads share snapshots; none may be older than what its task wrote before.
    @Test(arguments: EngineKind.allCases)
    func aShortReadSeesWhatItsTaskWroteBefore(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let isSeen = try await withThrowingTaskGroup(of: Bool.self, returning: [Bool].self) { group in
            for index in 0..<200 {
                group.addTask {
                    let row = PlacedContribution(contribution("Nummer \(index)", created: Int64(index)), point: nil)
                    let written = try await store.engine.write { connection throws in
                        let writer = scope.writer(connection)
                        _ = try writer.insert([row], into: proceeding)
                        try writer.touch(proceeding)
                        return try writer.reader.proceeding(id: "radwege")?.dataVersion ?? 0
                    }
                    let read = try await store.engine.glance {
                        try scope.reader($0).proceeding(id: "radwege")?.dataVersion ?? 0
                    }
                    return read >= written && written > 0
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(isSeen == [Bool](repeating: true, count: 200))
    }

    @Test(arguments: EngineKind.allCases)
    func aFailingShortReadDisturbsNobody(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let scope = store.staff
        let names = await withTaskGroup(of: String?.self, returning: [String?].self) { group in
            for index in 0..<90 {
                group.addTask {
                    try? await store.engine.glance { connection in
                        if index % 3 == 0 { throw Refusal() }
                        return try scope.reader(connection).proceeding(id: "radwege")?.id
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(names.count { $0 == "radwege" } == 60)
        #expect(names.count { $0 == nil } == 30)
    }

    @Test(arguments: EngineKind.allCases)
    func aWriteWhoseTaskWasCancelledLeavesNothing(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let task = Task {
            // Cancelled before it asks.
            while !Task.isCancelled { await Task.yield() }
            _ = try await store.engine.write { connection throws in
                try scope.writer(connection).insert([PlacedContribution(contribution(), point: nil)], into: proceeding)
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await store.page(store.staff).items.isEmpty)
    }

    @Test(arguments: EngineKind.allCases)
    func anImportIsIdempotentBySourceAndExternalIdentifier(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let (scope, proceeding) = (store.staff, store.proceeding)
        func run(_ row: Contribution) async throws -> (Int64, ImportOutcome) {
            try await store.engine.writeAlone {
                let placed = PlacedContribution(row, point: row.geometry?.boundingBox?.center)
                let results = try scope.writer($0).merge([placed], into: proceeding)
                return try #require(results.first)
            }
        }
        let first = try await run(contribution("Alte Brücke", externalID: "17"))
        #expect(first.1 == .imported)
        _ = try await store.engine.write { connection throws in
            try scope.writer(connection).insert(
                Comment(on: .contribution(first.0), text: "bleibt", created: 1), of: proceeding)
        }
        #expect(try await run(contribution("Alte Brücke", externalID: "17")) == (first.0, .unchanged))
        #expect(try await run(contribution("Neue Fähre", x: 20, externalID: "17")) == (first.0, .updated))

        let rows = try await store.page(store.anybody).items
        #expect(rows.map(\.title) == ["Neue Fähre"] && rows.first?.commentCount == 1)
        var old = ContributionFilter()
        old.words = "Brücke"
        #expect(try await store.page(store.anybody, old).items.isEmpty)
        var new = ContributionFilter()
        new.words = "Fähre"
        new.boxes = [BoundingBox(minX: 19, minY: 50, maxX: 21, maxY: 55)]
        #expect(try await store.page(store.anybody, new).items.count == 1)
        #expect(try await store.engine.integrityFaults() == [])
    }

    @Test(arguments: EngineKind.allCases)
    func anIdempotencyKeyIsRememberedWithItsBodyInItsScope(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let scope = store.staff
        try await store.engine.write { connection throws in
            try scope.writer(connection).remember(key: "k", scope: "post", body: [1, 2], item: 7, now: 0)
        }
        try await store.engine.write { connection throws in
            let writer = scope.writer(connection)
            let same = try writer.replay(key: "k", scope: "post", body: [1, 2])
            #expect(same?.item == 7 && same?.sameBody == true)
            #expect(try writer.replay(key: "k", scope: "post", body: [3])?.sameBody == false)
            #expect(try writer.replay(key: "k", scope: "other", body: [1, 2]) == nil)
            try writer.remember(key: "l", scope: "post", body: [], item: 8, now: 86_400_001)
            #expect(try writer.replay(key: "k", scope: "post", body: [1, 2]) == nil)
        }
    }
}
