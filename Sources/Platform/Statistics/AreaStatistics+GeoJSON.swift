import Analysis
import GeoCore
import Participation
import Storage

extension AreaStatistics {
    /// The method in words.
    static let method = "Contributions per area unit, empirical-Bayes rates"
    /// Where it is defined.
    static let reference = "Garwood 1936; Marshall 1991"

    /// A GeoJSON FeatureCollection of the units with their figures.
    public var geoJSON: [UInt8] {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        var about: [JSONValue.Member] = [
            .init("method", .string(Self.method)), .init("reference", .string(Self.reference)),
            .init("layer", .string(layer)),
            .init("parameters", parameters.json(withOrigin: true)), .init("filters", filters.json),
            .init("crs", .string(crs)),
            .init("outside", isOutsideSuppressed ? .null : .integer(Int64(outside))),
            .init("unlocated", isUnlocatedSuppressed ? .null : .integer(Int64(unlocated))),
            .init("leftOut", leftOut.json),
            .init("suspectPlace", isSuspectSuppressed ? .null : .integer(Int64(suspect))),
            .init("overallRatePer1000", number(overallRate)), .init("smoothing", .string(smoothing.rawValue)),
            .init("silent", .integer(Int64(units.count { $0.isSilent }))), .init("dataVersion", .integer(dataVersion)),
            .init("engineVersion", .string(Installation.version)),
        ]
        if let epsilon, let noiseBound {
            about += [.init("epsilon", .number(epsilon)), .init("noiseBound", .integer(Int64(noiseBound)))]
        }
        if let focus { about += [.init("focus", .string(focus)), .init("focusShare", number(focusShare))] }
        if let classes {
            let value = hasRates ? "smoothedRatePer1000" : "densityPerKm2"
            about += [.init("classified", .string(value)), .init("classes", classes.json)]
        }
        if !overlaps.isEmpty {
            let pairs = overlaps.map { overlap in
                JSONValue.object([
                    .init("units", .array(overlap.units.map { .string($0) })),
                    .init("contributions", .integer(Int64(overlap.contributions))),
                ])
            }
            about.append(.init("overlaps", .array(pairs)))
        }
        about += [
            .init("warnings", .array((warnings + cautions.map(\.english)).map { .string($0) })),
            .init("cautions", cautions.json(with: warnings)),
        ]
        var text = FeatureCollectionText(analysis: .object(about), count: units.count)
        for unit in units { text.append(id: .integer(unit.ordinal), unit.geometry, unit.members) }
        return text.finish()
    }
}
