import ArgumentParser
import GeoCore

/// A box on the command line: `west,south,east,north` in degrees.
struct BoxArgument: ExpressibleByArgument {
    /// The box in longitude/latitude.
    let box: BoundingBox

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard numbers.count == 4, let west = numbers[0], let south = numbers[1], let east = numbers[2],
            let north = numbers[3], (-180...180).contains(west), (-180...180).contains(east),
            (-90...90).contains(south), (-90...90).contains(north), west <= east, south <= north
        else { return nil }
        box = BoundingBox(minX: west, minY: south, maxX: east, maxY: north)
    }
}
