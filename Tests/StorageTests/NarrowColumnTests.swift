import TestSupport
import Testing

@testable import Storage

struct NarrowColumnTests {
    @Test(
        arguments: [
            ([0, 127, -128], 1), ([128], 2), ([-32_768, 32_767], 2), ([32_768], 4), ([Int64(Int32.min)], 4),
            ([Int64(Int32.max) + 1], 8), ([.min, .max], 8), ([], 1),
        ] as [([Int64], Int)])
    func valuesTakeAsManyBytesAsTheWidestNeeds(_ values: [Int64], _ width: Int) {
        let column = NarrowColumn(values)
        #expect(column.width == width)
        #expect(Array(column) == values)
    }

    @Test func aWiderValueMakesTheColumnWiderAndChangesNoOther() {
        var column = NarrowColumn<Int64>([1, -2, 3])
        column.append(300)
        #expect(column.width == 2)
        column[1] = 70_000
        #expect(column.width == 4)
        column.insert(.max, at: 0)
        #expect(column.width == 8)
        #expect(Array(column) == [.max, 1, 70_000, 3, 300])
    }

    @Test func equalValuesAreEqualHoweverWideTheyAreKept() {
        var wide = NarrowColumn<Int64>([1, 2, 1_000_000])
        wide.remove(at: 2)
        #expect(wide.width == 4)
        #expect(wide == NarrowColumn([1, 2]))
        #expect("\(wide)" == "[1, 2]")
    }

    @Test func aValueIsFoundWhereItStandsFirst() {
        let column = NarrowColumn<Int64>([5, 7, 5])
        #expect(column.firstIndex(of: 5) == 0)
        #expect(column.firstIndex(of: 7) == 1)
        #expect(column.firstIndex(of: 6) == nil)
        #expect(column.firstIndex(of: 300) == nil)
    }

    @Test func columnsOfDifferentWidthsJoin() {
        let parts = [NarrowColumn<Int64>([1, 2, 3]), NarrowColumn<Int64>([100_000, 4])]
        let joined = NarrowColumn(joining: parts, [ColumnRun(0, 0..<2), ColumnRun(1, 0..<2), ColumnRun(0, 2..<3)], 5)
        #expect(Array(joined) == [1, 2, 100_000, 4, 3])
    }

    /// Random changes, each done to an array too.
    @Test(arguments: [UInt64](1...4)) func aColumnHoldsWhatAnArrayWould(_ seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        var (column, array) = (NarrowColumn<Int64>(), [Int64]())
        for _ in 0..<400 {
            let value = Int64(truncatingIfNeeded: chance.next()) >> Int64(chance.next() % 64)
            let place = Int(chance.next() % UInt64(array.count + 1))
            switch chance.next() % 4 {
            case 0 where place < array.count:
                column[place] = value
                array[place] = value
            case 1 where place < array.count:
                column.remove(at: place)
                array.remove(at: place)
            case 2:
                column.insert(value, at: place)
                array.insert(value, at: place)
            default:
                column.append(value)
                array.append(value)
            }
        }
        #expect(Array(column) == array)
        #expect(NarrowColumn(array) == column)
    }
}
