import Foundation
import Participation
import Platform
import Storage
import TestSupport

/// Contributions made up for a test, at places and times that it knows.
struct PlantedContributions {
    /// A day in milliseconds.
    static let day: Int64 = 86_400_000

    private(set) var features: [String] = []
    private var random: SeededGenerator

    /// Starts with nothing; the seed decides all that is drawn.
    init(seed: UInt64 = 1) { random = SeededGenerator(seed: seed) }

    /// A number in [0, 1).
    mutating func unit() -> Double { Double.random(in: 0..<1, using: &random) }

    /// Adds one at a place in degrees.
    mutating func add(
        _ longitude: Double, _ latitude: Double, at time: Int64, category: String = "Sonstiges", votes: Int = 0
    ) {
        features.append(
            """
            {"type":"Feature","geometry":{"type":"Point","coordinates":[\(longitude),\(latitude)]},"properties":\
            {"id":"p\(features.count)","dateCreated":"\(Timestamp.rfc3339(time))","title":"Nummer \(features.count)",\
            "contributionContent":"Ein Beitrag mit genug Text.","category":"\(category)","votingPro":\(votes)}}
            """)
    }

    /// Adds some that are spread evenly over a box of degrees around a place.
    mutating func spread(
        _ count: Int, around longitude: Double, _ latitude: Double, width: Double, from time: Int64, days: Double,
        category: String = "Sonstiges"
    ) {
        for _ in 0..<count {
            let (x, y, t) = (unit(), unit(), unit())
            add(
                longitude + (x - 0.5) * width, latitude + (y - 0.5) * width * 0.6,
                at: time + Int64(t * days * Double(Self.day)), category: category)
        }
    }

    /// The features in another order, for what must not depend on it.
    var reversed: PlantedContributions {
        var copy = self
        copy.features.reverse()
        return copy
    }

    /// A city that holds them and nothing else.
    func city() async throws -> TestCity {
        let city = try await TestCity()
        let file = try city.file(
            "planted.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}")
        _ = try await city.importContributions(file)
        return city
    }

    /// A city whose category Radverkehr is private, and which knows nothing of who wrote or that each was another one.
    func privateCity(haveAuthors: Bool = true, isSensitive: Bool = false) async throws -> TestCity {
        let city = try await city()
        var categories = try await city.installation.categories(of: city.proceeding(), scope: city.staff)
        for index in categories.indices where categories[index].id == "radverkehr" {
            categories[index].isPrivate = true
            categories[index].isSensitive = isSensitive
        }
        try await city.installation.replaceCategories(categories, of: city.proceeding(), scope: city.staff)
        guard haveAuthors else { return city }
        try await city.installation.engine.writeAlone { connection in
            try connection.execute("UPDATE proceeding SET data_version = data_version + 1")
            try connection.execute("UPDATE contribution SET author = 'planted' || id")
        }
        return city
    }
}
