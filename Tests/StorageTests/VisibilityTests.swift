import GeoCore
import Participation
import Storage
import Testing

struct VisibilityTests {
    @Test(arguments: EngineKind.allCases)
    func rowsThatAreNotPublishedAppearInNoReaderOfThePublic(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let states = Contribution.State.allCases
        let ids = try await store.add(states.map { contribution("Zustand \($0.name)", state: $0) })
        let (scope, proceeding) = (store.anybody, store.proceeding)
        let published = ids[1]

        #expect(try await store.page(scope).items.map(\.id) == [published])
        var words = ContributionFilter()
        words.words = "Zustand"
        #expect(try await store.page(scope, words).items.map(\.id) == [published])
        var box = ContributionFilter()
        box.boxes = [.world]
        #expect(try await store.page(scope, box).items.map(\.id) == [published])
        try await store.engine.read { connection throws in
            let reader = scope.reader(connection)
            for (id, state) in zip(ids, states) {
                #expect((try reader.contribution(id, of: proceeding) != nil) == (state == .published))
            }
            #expect(try Array(reader.columns(of: proceeding, filter: ContributionFilter()).id) == [published])
            var exported: [Int64] = []
            _ = try reader.exportPage(of: proceeding, filter: ContributionFilter(), after: 0, limit: 100) {
                exported.append($0.integer(0))
            }
            #expect(exported == [published])
        }
        #expect(try await store.page(store.staff).items.count == 4)
    }

    @Test(arguments: EngineKind.allCases)
    func internalProceedingsExistForStaffOnly(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let (staff, anybody, tenant) = (store.staff, store.anybody, store.tenant.id)
        _ = try await store.engine.write {
            try staff.writer($0).add(Proceeding(tenant: tenant, id: "intern", name: "Intern", isPublic: false))
        }
        try await store.engine.read { connection throws in
            #expect(try anybody.reader(connection).proceeding(id: "intern") == nil)
            #expect(try anybody.reader(connection).proceedings(limit: 10, after: nil).items.map(\.id) == ["radwege"])
            #expect(try staff.reader(connection).proceeding(id: "intern") != nil)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func aTenantSeesNothingOfAnother(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let ids = try await store.add([contribution("Geheimnis")])
        let proceeding = store.proceeding
        let other = try await store.engine.write { connection throws in
            try TenantDirectory(connection).add(Tenant(id: "nachbarstadt", name: "Nachbarstadt"))
        }
        let scope = Scope(tenant: other, viewer: .staff)
        try await store.engine.read { connection throws in
            let reader = scope.reader(connection)
            #expect(try reader.proceedings(limit: 10, after: nil).items.isEmpty)
            #expect(try reader.proceeding(id: "radwege") == nil)
            // Even with the other tenant's proceeding in hand.
            #expect(try reader.contribution(ids[0], of: proceeding) == nil)
            #expect(try reader.columns(of: proceeding, filter: ContributionFilter()).count == 0)
            var words = ContributionFilter()
            words.words = "Geheimnis"
            words.boxes = [.world]
            #expect(try reader.contributions(of: proceeding, filter: words, limit: 10, after: nil).items.isEmpty)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func aHiddenCommentHidesItsTreeAndPagesHoldWholeThreads(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let id = try await store.add([contribution()])[0]
        let (staff, anybody, proceeding) = (store.staff, store.anybody, store.proceeding)
        let ids = try await store.engine.write { connection throws in
            let writer = staff.writer(connection)
            func add(_ text: String, below parent: Int64? = nil, _ state: Contribution.State = .published) throws
                -> Int64
            {
                let comment = Comment(on: .contribution(id), parent: parent, text: text, state: state, created: 1)
                return try writer.insert(comment, of: proceeding).id
            }
            let first = try add("erster")
            let hidden = try add("verborgen", below: first, .hidden)
            let below = try add("darunter", below: hidden)
            let second = try add("zweiter")
            let reply = try add("Antwort", below: first)
            return [first, hidden, below, second, reply]
        }
        let (seen, firstPage, secondPage, count) = try await store.engine.read { connection throws in
            let reader = anybody.reader(connection)
            let all = try reader.comments(on: .contribution(id), of: proceeding, limit: 10, after: nil)
            let one = try reader.comments(on: .contribution(id), of: proceeding, limit: 1, after: nil)
            let two = try reader.comments(on: .contribution(id), of: proceeding, limit: 1, after: one.next)
            return (all.items.map(\.id), one, two, try reader.contribution(id, of: proceeding)?.commentCount)
        }
        #expect(seen == [ids[0], ids[4], ids[3]])
        #expect(firstPage.items.map(\.id) == [ids[0], ids[4]])
        #expect(secondPage.items.map(\.id) == [ids[3]] && secondPage.next == nil)
        #expect(count == 3)
    }
}
