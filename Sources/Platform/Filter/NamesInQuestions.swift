import Participation
import Storage

extension Installation {
    /// Most names that a refusal tells: problems have room for 500 characters.
    private static var mostNames: Int { 20 }
    /// Most layers that it tells.
    private static var mostLayers: Int { 10 }

    /// The layer that a parameter of a question names.
    ///
    /// - Throws: ``PlatformError`` `notFound` that names the parameter, and ten of the layers that the viewer may see.
    func layer(
        _ id: String, namedBy parameter: String, of proceeding: Proceeding, scope: Scope
    ) async throws -> PlanningLayer {
        let (found, known) = try await engine.read { connection -> (PlanningLayer?, [String]) in
            let reader = scope.reader(connection)
            if let layer = try reader.layer(id, of: proceeding) { return (layer, []) }
            return (nil, try reader.layers(of: proceeding).map(\.id).sorted())
        }
        if let found { return found }
        throw PlatformError(
            .notFound,
            known.isEmpty
                ? "\(parameter) must name a layer of this proceeding, and there is none"
                : "\(parameter) must name a layer of this proceeding; there are "
                    + Self.listed(known, most: Self.mostLayers), parameter: parameter)
    }

    /// Refuses a filter of categories that nobody has heard of: its answer would be empty without saying why.
    ///
    /// A category that was archived or lives on in contributions alone may be asked for.
    ///
    /// - Throws: ``PlatformError`` `badRequest` that names the parameter and the categories there are.
    func requireCategories(
        of filter: ContributionFilter, as parameter: String = "category", in proceeding: Proceeding, scope: Scope
    ) async throws {
        guard !filter.categories.isEmpty else { return }
        let listed = try await categories(of: proceeding, scope: scope)
        let unlisted = Set(filter.categories).subtracting(listed.map(\.id))
        guard !unlisted.isEmpty else { return }
        let used = Set(
            try await contributionColumns(of: proceeding, filter: ContributionFilter(), scope: scope).categoryNames
                .filter { !$0.isEmpty })
        guard !unlisted.isSubset(of: used) else { return }
        let active = listed.filter { !$0.archived }.map(\.id)
        let known = active + used.subtracting(active).sorted()
        throw PlatformError(
            .badRequest,
            "\(parameter) must be of the categories of \(proceeding.id); "
                + (known.isEmpty ? "it has none" : "there are \(Self.listed(known, most: Self.mostNames))"),
            parameter: parameter)
    }

    private static func listed(_ names: [String], most: Int) -> String {
        names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
    }
}
