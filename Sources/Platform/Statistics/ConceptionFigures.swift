import GeoCore
import Storage

extension ConceptionSums {
    /// The sums by name, in a fixed order.
    var json: JSONValue {
        .object([
            .init("count", .integer(count)), .init("comments", .integer(comments)),
            .init("votesUp", .integer(votesUp)), .init("votesDown", .integer(votesDown)),
        ])
    }
}
