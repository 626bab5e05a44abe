import Analysis
import GeoCore
import PROJCoordinates
import TestSupport
import Testing

@testable import Platform

/// Cells are written in parts that are kept; the text is that of features written one by one.
struct CellTextTests {
    private let grid: Grid
    private let cells: CellSet
    private let plane: CoordinateTransform

    init() throws {
        grid = Grid.hexagon(try HexagonGrid(width: 400))
        let box = BoundingBox(minX: 560_000, minY: 5_930_000, maxX: 567_000, maxY: 5_937_000)
        cells = try CellSet(grid.cells(covering: box))
        plane = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:25832"))
    }

    private func table(
        _ outlines: CellOutlines, _ counts: [Int], places: [Int], tail: [CellTable.Column]
    ) -> CellTable {
        var table = CellTable(
            grid: grid, cells: cells, places: places, outlines: outlines,
            counted: [
                ("count", .integers(counts)), ("weight", .numbers(counts.map { Double($0) / 3 })),
                ("isBorder", .flags(counts.indices.map { $0 % 7 == 0 })),
                ("name", .names(counts.map { $0 == 2 ? nil : "n\"\($0)" })),
            ], colour: .integers(counts))
        table.columns += tail
        return table
    }

    /// The features one by one.
    private func oracle(_ table: CellTable) throws -> [UInt8] {
        var text = FeatureCollectionText(analysis: .null, count: 0)
        for place in table.places {
            let corners = grid.ring(of: cells[place])
            var (x, y) = (corners.map(\.x), corners.map(\.y))
            try plane.inverse(&x, &y)
            text.append(
                id: .string(CellOutlines.name(cells[place])), .polygon([zip(x, y).map { Position($0, $1) }]),
                table.columns.map { JSONValue.Member($0.name, $0.values.json(place)) })
        }
        return text.finish()
    }

    private func written(_ table: CellTable) throws -> [UInt8] {
        var text = FeatureCollectionText(analysis: .null, count: table.places.count)
        try text.append(table)
        return text.finish()
    }

    /// Tables of all cells and of those that hold something, as more and more is written.
    private func play(_ check: (CellTable) throws -> Void) throws {
        var random = SeededGenerator(seed: 11)
        let kept = CellOutlines(grid, cells, plane: plane)
        var counts = [Int](repeating: 0, count: cells.count)
        #expect(cells.count > 300)
        for changes in [0, 1, 1, 2, 30, 0, 1, 600] {
            for _ in 0..<changes {
                counts[Int.random(in: counts.indices, using: &random)] = Int.random(in: 0...12, using: &random)
            }
            let scores = counts.map { $0 == 5 ? nil : Double($0) / 7 - 1 }
            let tail: [CellTable.Column] = [
                ("z", .known(OptionalColumn(scores))), ("bin", .bins(counts.map { Int8($0 / 4) })),
                ("fragile", .flags(counts.map { $0 > 10 })), ("word", .names(counts.map { $0 > 8 ? "viel" : nil })),
            ]
            for places in [Array(counts.indices), counts.indices.filter { counts[$0] > 0 }] {
                try check(table(kept, counts, places: places, tail: tail))
            }
        }
    }

    @Test func isTheSameHoweverManyCountsHaveChangedSinceItWasWrittenLast() throws {
        try play { table in
            let (text, features) = (try written(table), try oracle(table))
            #expect(text == features)
        }
    }

    @Test(.enabled(if: GzipProgram.isThere, "needs gzip"))
    func isTheSameWhenUnpacked() throws {
        var sizes: [Int] = []
        try play { table in
            let packed = try FeatureCollectionText(analysis: .string("ü"), count: 0).packed(table)
            guard table.places.count == cells.count else {
                #expect(packed == nil)
                return
            }
            var text = FeatureCollectionText(analysis: .string("ü"), count: 0)
            try text.append(table)
            let plain = text.finish()
            let bytes = try #require(packed)
            #expect(try GzipProgram.text(of: bytes) == plain)
            sizes.append(bytes.count * 3 - plain.count)
            // Nothing kept has a say in it.
            let anew = self.table(
                CellOutlines(grid, cells, plane: plane), counts(of: table), places: table.places,
                tail: Array(table.others))
            #expect(try FeatureCollectionText(analysis: .string("ü"), count: 0).packed(anew) == bytes)
        }
        #expect(sizes.count == 8 && sizes.allSatisfy { $0 < 0 })
    }

    private func counts(of table: CellTable) -> [Int] {
        guard case .integers(let counts)? = table.counted.first?.values else { return [] }
        return counts
    }

    @Test func isWrittenWithoutFurtherFigures() throws {
        let counts = [Int](repeating: 3, count: cells.count)
        let table = table(CellOutlines(grid, cells, plane: plane), counts, places: [4, 5, 200], tail: [])
        #expect(try written(table) == oracle(table))
    }

    @Test func tellsWhatIsCountedUnderAnotherName() throws {
        let kept = CellOutlines(grid, cells, plane: plane)
        let counts = [Int](repeating: 1, count: cells.count)
        _ = try written(table(kept, counts, places: [1], tail: []))
        let other = CellTable(
            grid: grid, cells: cells, places: [1, 2], outlines: kept, counted: [("number", .integers(counts))],
            colour: .integers(counts))
        #expect(try written(other) == oracle(other))
    }
}
