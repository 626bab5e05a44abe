import GeoCore
import Participation
import Storage

/// A polygon of a layer of area units, with its inhabitants where the layer tells them.
struct AreaUnit: Sendable {
    /// Place in the layer, counted from 1.
    let ordinal: Int64
    /// Name for people, from the first attribute that looks like one.
    let name: String
    /// Outline in longitude/latitude.
    let geometry: Geometry
    /// Inhabitants.
    let population: Double?
}

extension Installation {
    /// Most features of a layer of area units.
    private static let unitLimit = 20_000

    /// The polygons of a layer, in its order.
    ///
    /// - Parameter name: the parameter that names the layer, for those who chose another than one of areas.
    /// - Throws: ``PlatformError`` `invalidInput` when the layer has no polygons or too many features.
    func areaUnits(
        of layer: PlanningLayer, namedBy name: String = "layer", in proceeding: Proceeding, scope: Scope
    ) async throws -> [AreaUnit] {
        let features = try await engine.read {
            try scope.reader($0).features(of: layer, limit: Self.unitLimit + 1, after: nil).items
        }
        guard features.count <= Self.unitLimit else {
            throw PlatformError(
                .invalidInput,
                "the layer \(layer.id) has more than 20,000 features; it is no layer of area units", parameter: name,
                hint: try await areaLayers(in: proceeding, except: layer, scope: scope))
        }
        let units = features.compactMap { feature -> AreaUnit? in
            guard let wkb = feature.wkb, let geometry = try? WKB.decode(wkb) else { return nil }
            switch geometry {
            case .polygon, .multiPolygon: break
            default: return nil
            }
            let properties = (try? JSONValue.parse(Array(feature.properties.utf8), limits: .importing)) ?? .object([])
            let population = layer.populationField.flatMap { properties[$0] }.flatMap { value in
                value.double ?? value.string.flatMap(Double.init)
            }
            return AreaUnit(
                ordinal: feature.ordinal, name: FeatureName.of(properties) ?? "\(feature.ordinal)",
                geometry: geometry, population: population)
        }
        guard !units.isEmpty else {
            throw PlatformError(
                .invalidInput, "the layer \(layer.id) has no polygons", parameter: name,
                hint: try await areaLayers(in: proceeding, except: layer, scope: scope))
        }
        return units
    }

    /// Which layers a proceeding has for area units, as a hint.
    private func areaLayers(in proceeding: Proceeding, except wrong: PlanningLayer, scope: Scope) async throws -> String
    {
        let known = try await layers(of: proceeding, scope: scope)
            .filter { $0.role == .areaUnits && $0.id != wrong.id }.map(\.id).sorted()
        guard !known.isEmpty else { return "import a layer of areas with the role area-units" }
        return "layers of area units are \(known.prefix(10).joined(separator: ", "))"
            + (known.count > 10 ? " and \(known.count - 10) more" : "")
    }

    /// The layer of a proceeding that tells the inhabitants of most units, by its slug; `nil` where none does.
    func populationLayer(of proceeding: Proceeding, scope: Scope) async throws -> String? {
        let layers = try await layers(of: proceeding, scope: scope).filter { $0.populationField != nil }
        for layer in layers.sorted(by: { ($1.featureCount, $0.id) < ($0.featureCount, $1.id) }) {
            do {
                _ = try await populatedUnits(layer.id, of: proceeding, scope: scope)
                return layer.id
            } catch let error as PlatformError where error.code == .invalidInput {
                // Its field holds no numbers, or it has no areas: no inhabitants are told.
                continue
            }
        }
        return nil
    }

    /// The units of a layer that tells inhabitants; none where no layer is named.
    ///
    /// - Throws: ``PlatformError`` `notFound`, or `invalidInput` when the layer tells no inhabitants.
    func populatedUnits(_ id: String?, of proceeding: Proceeding, scope: Scope) async throws -> [AreaUnit] {
        guard let id else { return [] }
        let units = try await areaUnits(
            of: layer(id, namedBy: "layer", of: proceeding, scope: scope), in: proceeding, scope: scope)
        guard units.contains(where: { ($0.population ?? 0) > 0 }) else {
            throw PlatformError(
                .invalidInput, "the layer \(id) tells no inhabitants", parameter: "layer",
                hint: "import it with the name of its field of inhabitants")
        }
        return units
    }
}
