public import Participation

/// The texts of one version of a proceeding: name, description, and the others by the names of their members.
private struct ProceedingTexts {
    var version: Int64
    var name: String
    var description: String
    var other: [String: String] = [:]

    init(_ proceeding: Proceeding, _ categories: [Category], _ terms: [ProceedingTerm]) {
        (version, name, description) = (proceeding.version, proceeding.name, proceeding.description)
        let details = proceeding.details
        for (member, text) in [
            ("owner", proceeding.owner), ("website", proceeding.website), ("publisher", details.publisher),
            ("licence", details.licence), ("contact", details.contact),
            ("topics", details.topics.joined(separator: "\n")),
            ("districts", details.districts.joined(separator: "\n")), ("tags", details.tags.joined(separator: "\n")),
        ] { put(text, as: member) }
        for type in details.types { put(type.name, type.description, as: "types/\(type.id)") }
        for category in categories { put(category.name, category.description, as: "categories/\(category.id)") }
        for term in terms where term.kind != .category {
            put(term.name, term.description, as: "terms/\(term.kind.rawValue)/\(term.id)")
        }
    }

    private mutating func put(_ name: String, _ description: String?, as entry: String) {
        put(name, as: "\(entry)/name")
        put(description, as: "\(entry)/description")
    }

    private mutating func put(_ text: String?, as member: String) {
        if let text, !text.isEmpty { other[member] = text }
    }
}

extension ScopedReader {
    fileprivate func texts(of proceeding: Proceeding) throws -> ProceedingTexts? {
        try stored(proceeding).map { try ProceedingTexts($0, categories(of: proceeding), terms(of: proceeding)) }
    }
}

extension ScopedWriter {
    /// Changes a proceeding or its lists in any way, and keeps the texts that are replaced by it as history.
    ///
    /// Of the texts beside name and description those are kept that are other ones afterwards, or gone.
    ///
    /// - Parameter cause: `edited` or `imported`.
    /// - Throws: what the change throws, ``StorageError``.
    @discardableResult
    public func keepingTexts<Value>(
        of proceeding: Proceeding, cause: String, now: Int64, _ change: () throws -> Value
    ) throws -> Value {
        guard let old = try reader.texts(of: proceeding) else { return try change() }
        let value = try change()
        guard let new = try reader.texts(of: proceeding) else { return value }
        let replaced = old.other.filter { new.other[$0.key] != $0.value }
        if (old.name, old.description) != (new.name, new.description) || !replaced.isEmpty {
            try keepText(
                of: 0, version: old.version, title: old.name, text: old.description, other: replaced,
                cause: cause, in: proceeding, now: now)
        }
        return value
    }
}
