import Participation

/// The categories of a proceeding by name and slug, with new ones for names that are not there yet.
struct CategoryNames: Sendable {
    private var byName: [String: Participation.Category] = [:]
    private var byID: [String: Participation.Category] = [:]

    init(_ categories: [Participation.Category]) {
        for category in categories {
            byName[category.name] = category
            byID[category.id] = category
        }
    }

    /// The category of an id or a name, and whether it is new.
    mutating func category(named name: String, id: String?) -> (category: Participation.Category, isNew: Bool) {
        if let id, var known = byID[id] {
            known.name = name
            byName[name] = known
            return (known, false)
        }
        if let known = byName[name] { return (known, false) }
        let base = Slug.make(of: name)
        var slug = base
        var number = 2
        while byID[slug] != nil {
            slug = "\(base.prefix(58))-\(number)"
            number += 1
        }
        let category = Category(id: slug, name: String(name.prefix(200)), weight: 1000 + byID.count)
        byName[name] = category
        byID[slug] = category
        return (category, true)
    }
}
