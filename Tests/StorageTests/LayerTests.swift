import GeoCore
import Participation
import Storage
import Testing

struct LayerTests {
    private func batch(_ count: Int, x: Double = 10) -> FeatureBatch {
        var batch = FeatureBatch()
        for row in 1...count {
            let place = Geometry.point(Position(x + Double(row) / 1000, 53))
            batch.append(row: row, identifier: "f\(row)", geometry: place, properties: Array("{\"n\":\(row)}".utf8))
        }
        batch.append(row: count + 1, identifier: nil, geometry: nil, properties: Array("{}".utf8))
        return batch
    }

    private func layer(_ version: Int64, _ count: Int64) -> PlanningLayer {
        PlanningLayer(
            id: "plan", name: "Plan", sourceCRS: "EPSG:25832", sourceFile: "plan.gpkg", checksum: "00",
            featureCount: count, version: version)
    }

    @Test(arguments: EngineKind.allCases)
    func aVersionIsSeenWholeOrNotAtAllAndTheOldOneIsSwept(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let (staff, scope, proceeding) = (store.staff, store.anybody, store.proceeding)
        func load(_ batch: FeatureBatch) async throws -> Int64 {
            try await store.engine.writeAlone { connection throws in
                let version = try staff.writer(connection).beginLayerVersion(of: proceeding, now: 5)
                try staff.writer(connection).append(batch, to: version, first: 1)
                return version
            }
        }
        func publish(_ version: Int64, _ count: Int64) async throws -> Int64? {
            let layer = layer(version, count)
            return try await store.engine.write { try staff.writer($0).publish(layer, of: proceeding) }
        }
        func page(_ boxes: [BoundingBox] = [], limit: Int = 100, after: Cursor? = nil) async throws
            -> Page<LayerFeature>
        {
            try await store.engine.read { connection throws in
                let reader = scope.reader(connection)
                guard let layer = try reader.layer("plan", of: proceeding) else { return Page(items: [], next: nil) }
                return try reader.features(of: layer, boxes: boxes, limit: limit, after: after)
            }
        }

        let first = try await load(batch(30))
        #expect(try await page().items.isEmpty)
        #expect(try await publish(first, 31) == nil)
        #expect(try await page().items.map(\.ordinal) == Array(1...31))
        let head = try await page(limit: 20)
        #expect(try await page(limit: 20, after: head.next).items.map(\.ordinal) == Array(21...31))
        let box = [BoundingBox(minX: 10.0045, minY: 52, maxX: 10.0085, maxY: 54)]
        #expect(try await page(box).items.map(\.ordinal) == [5, 6, 7, 8])

        let second = try await load(batch(3, x: 50))
        #expect(try await page().items.count == 31)
        #expect(try await publish(second, 4) == first)
        #expect(try await page().items.count == 4)
        #expect(try await page(box).items.isEmpty)
        // A program that ends here leaves the old version to the next start.
        #expect(try await store.engine.read { _ in true })
        let left = try await store.engine.read { connection throws in
            try scope.reader(connection).layers(of: proceeding).map(\.version)
        }
        #expect(left == [second])
        let abandoned = try await store.engine.write { try staff.writer($0).abandonedVersions(before: 10) }
        #expect(abandoned == [first])
        while try await store.engine.write({ try staff.writer($0).sweep(version: first, limit: 10) }) {}
        #expect(try await store.engine.write { try staff.writer($0).abandonedVersions(before: 10) } == [])
        #expect(try await page().items.count == 4)
        #expect(try await store.engine.integrityFaults() == [])
    }

    @Test(arguments: EngineKind.allCases)
    func propertiesAndIdentifiersComeBackAsTheyWere(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let (batch, plan) = (batch(1), layer(1, 2))
        let items = try await store.engine.writeAlone { connection throws in
            let writer = scope.writer(connection)
            let version = try writer.beginLayerVersion(of: proceeding, now: 0)
            try writer.append(batch, to: version, first: 1)
            var layer = plan
            layer.version = version
            _ = try writer.publish(layer, of: proceeding)
            return try scope.reader(connection).features(of: layer, limit: 10, after: nil).items
        }
        #expect(items.map(\.properties) == ["{\"n\":1}", "{}"])
        #expect(items.map(\.externalID) == ["f1", nil])
        #expect(items[1].wkb == nil)
        #expect(try items[0].wkb.map { try WKB.decode($0) } == .point(Position(10.001, 53)))
    }
}
