import ArgumentParser
import GeoCore

/// A position on the command line: `longitude,latitude` in degrees.
struct PositionArgument: ExpressibleByArgument {
    /// The position.
    let position: Position

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard numbers.count == 2, let longitude = numbers[0], let latitude = numbers[1],
            (-180...180).contains(longitude), (-90...90).contains(latitude)
        else { return nil }
        position = Position(longitude, latitude)
    }
}
