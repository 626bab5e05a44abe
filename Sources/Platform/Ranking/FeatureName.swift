import GeoCore

/// What people call a feature of a layer.
enum FeatureName {
    private static let usual = [
        "name", "stadtteil", "stadtteil_name", "bezirk", "bezirk_name", "bezeichnung", "strasse", "gen", "label",
    ]

    /// The attribute that is usually a name, else the first text.
    static func of(_ properties: JSONValue) -> String? {
        guard case .object(let members) = properties else { return nil }
        for wanted in usual {
            if let member = members.first(where: { $0.name.lowercased() == wanted }), let text = member.value.string {
                return text
            }
        }
        return members.lazy.compactMap { $0.value.string }.first { !$0.isEmpty }
    }
}
