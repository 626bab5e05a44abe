import Participation

/// The categories of a proceeding by name and slug while something is imported, with new ones for names that are not there yet.
///
/// What a source calls a category leads to the one that came in under that name, however it is called here by now; one that
/// was taken from the list here does not come back because rows name it.
struct CategoryNames: Sendable {
    private var byName: [String: Participation.Category] = [:]
    private var byID: [String: Participation.Category] = [:]
    private var slugs: [String: String] = [:]
    private let removed: Set<String>

    /// - Parameters:
    ///   - terms: what a source told of categories.
    ///   - removed: slugs of categories that were taken from the list here.
    init(_ categories: [Participation.Category], terms: [ProceedingTerm] = [], removed: Set<String> = []) {
        self.removed = removed
        for category in categories {
            byName[category.name] = category
            byID[category.id] = category
        }
        for term in terms where term.kind == .category && byName[term.name] == nil {
            byName[term.name] = term.slug.flatMap { byID[$0] }
            slugs[term.name] = term.slug
        }
    }

    /// Whether a category of this slug is there.
    func contains(_ id: String) -> Bool { byID[id] != nil }

    /// The category of an id or a name as it is here, and whether it is new.
    ///
    /// - Parameter revives: whether one comes back that was taken from the list here; otherwise it is told with its slug,
    ///   under which its contributions stand.
    mutating func category(
        named name: String, id: String? = nil, revives: Bool = false
    ) -> (category: Participation.Category, isNew: Bool) {
        if let id, let known = byID[id] {
            byName[name] = known
            return (known, false)
        }
        if let known = byName[name] ?? byID[name] { return (known, false) }
        // Imports make slugs of names: one that is not that of its name any more has been renamed here.
        let base = Slug.make(of: name)
        if let renamed = byID[base], Slug.make(of: renamed.name) != base {
            byName[name] = renamed
            return (renamed, false)
        }
        let old = slugs[name] ?? base
        if !revives, removed.contains(old), byID[old] == nil {
            return (Category(id: old, name: String(name.prefix(200)), weight: 1000), false)
        }
        let slug = Slug.make(of: name) { byID[$0] != nil }
        let category = Category(id: slug, name: String(name.prefix(200)), weight: 1000 + byID.count)
        byName[name] = category
        byID[slug] = category
        return (category, true)
    }
}
