import GeoCore
import Participation
import Storage

/// A project of PDS beside its proceeding here: what its source tells anew comes in, what was changed here stays.
struct PDSProjectMerge {
    /// What a source tells of a project that proceedings have too, in the order of the marks.
    enum Field: Int, CaseIterable {
        case name, description, owner, website, area, schedule, publisher
    }

    /// The proceeding as it is to be.
    private(set) var proceeding: Proceeding
    /// The terms of the source, with what they are here.
    private(set) var terms: [ProceedingTerm]
    /// What the source says now.
    let marks: SourceMarks
    /// What differs from the source because it was changed here, by the names of the API.
    private(set) var kept: [String] = []
    private let details: PDSProjectDetails
    private let old: [ProceedingTerm]

    /// - Parameters:
    ///   - told: what the source said last; `nil` where that is not known, and then all it says counts as new.
    ///   - old: its terms as it told them last.
    init(
        _ row: PDSProjectRow, area: Geometry?, into current: Proceeding, told: SourceMarks?, old: [ProceedingTerm]
    ) {
        self.old = old
        details = row.details
        terms = row.terms
        var source = current
        (source.name, source.description, source.owner) = (row.name, row.description, row.owner)
        (source.website, source.area, source.schedule) = (row.website, area, row.schedule)
        source.details.publisher = row.details.publisher.isEmpty ? nil : row.details.publisher
        marks = Self.marks(of: source)
        proceeding = current
        for field in Field.allCases {
            let isNew = !marks.isUnchanged(field.rawValue, since: told)
            switch field {
            case .name: bring(\.name, of: source, isNew, field)
            case .description: bring(\.description, of: source, isNew, field)
            case .owner: bring(\.owner, of: source, isNew, field)
            case .website: bring(\.website, of: source, isNew, field)
            case .area: bring(\.area, of: source, isNew, field)
            case .schedule: bring(\.schedule, of: source, isNew, field)
            case .publisher: bring(\.details.publisher, of: source, isNew, field)
            }
        }
        // Lists that came in before were told, but are not among ours.
        let known = told == nil ? [] : old
        mergeTypes(known.filter { $0.kind == .type })
        mergeNames(\.details.topics, "topics", of: .topic, known)
        mergeNames(\.details.districts, "districts", of: .district, known)
    }

    private mutating func bring<Value: Equatable>(
        _ path: WritableKeyPath<Proceeding, Value>, of source: Proceeding, _ isNew: Bool, _ field: Field
    ) {
        guard proceeding[keyPath: path] != source[keyPath: path] else { return }
        if isNew { proceeding[keyPath: path] = source[keyPath: path] } else { keep("\(field)") }
    }

    private mutating func keep(_ name: String) {
        if !kept.contains(name) { kept.append(name) }
    }

    /// What a source would have said if it told a proceeding as it is.
    static func marks(of proceeding: Proceeding) -> SourceMarks {
        let schedule = proceeding.schedule
        let times = [schedule.phase1Start, schedule.phase1End, schedule.phase2Start, schedule.phase2End]
        return SourceMarks(
            Field.allCases.map { field in
                switch field {
                case .name: Array(proceeding.name.utf8)
                case .description: Array(proceeding.description.utf8)
                case .owner: proceeding.owner.map { Array($0.utf8) }
                case .website: proceeding.website.map { Array($0.utf8) }
                case .area: proceeding.area.map { WKB.encode($0) }
                case .schedule: Array(times.map { $0.map { String($0) } ?? "" }.joined(separator: "/").utf8)
                case .publisher: proceeding.details.publisher.map { Array($0.utf8) }
                }
            })
    }

    private mutating func mergeTypes(_ known: [ProceedingTerm]) {
        var types = proceeding.details.types
        for index in terms.indices where terms[index].kind == .type {
            let term = terms[index]
            let before = known.first { $0.id == term.id }
            let place = types.firstIndex { type in before?.slug.map { $0 == type.id } ?? (type.name == term.name) }
            guard let place else {
                if let before, before.slug != nil {
                    terms[index].slug = before.slug
                    keep("types")
                    continue
                }
                let slug = Slug.make(of: term.name) { slug in types.contains { $0.id == slug } }
                terms[index].slug = slug
                types.append(
                    ContributionType(
                        id: slug, name: term.name, description: term.description, weight: Int(clamping: term.weight)))
                continue
            }
            terms[index].slug = types[place].id
            var wanted = types[place]
            (wanted.name, wanted.description) = (term.name, term.description)
            wanted.weight = Int(clamping: term.weight)
            // What the source had given up and tells again is offered again; what was archived here stays so.
            if before == nil { wanted.archived = false }
            if let before, term.isUnchanged(since: before) {
                if wanted != types[place] { keep("types") }
            } else {
                types[place] = wanted
            }
        }
        // Contributions may have them: what the source has given up is offered no more.
        for gone in known where !terms.contains(where: { $0.kind == .type && $0.id == gone.id }) {
            for place in types.indices where types[place].id == gone.slug { types[place].archived = true }
        }
        proceeding.details.types = types
    }

    private mutating func mergeNames(
        _ path: WritableKeyPath<Proceeding, [String]>, _ name: String, of kind: ProceedingTerm.Kind,
        _ known: [ProceedingTerm]
    ) {
        var names = proceeding[keyPath: path]
        for term in terms where term.kind == kind {
            let before = known.first { $0.kind == kind && $0.id == term.id }
            if let before, before.name == term.name {
                if !names.contains(term.name) { keep(name) }
            } else if let before, let place = names.firstIndex(of: before.name) {
                names[place] = term.name
            } else if before == nil, !names.contains(term.name), names.count < ProceedingRule.labelLimit {
                names.append(term.name)
            }
        }
        for gone in known where gone.kind == kind && !terms.contains(where: { $0.kind == kind && $0.id == gone.id }) {
            names.removeAll { $0 == gone.name }
        }
        proceeding[keyPath: path] = names
    }

    /// Brings the categories up to date; answers whether anything is new.
    mutating func writeCategories(
        _ names: inout CategoryNames, of stored: Proceeding, _ writer: ScopedWriter, now: Int64
    ) throws -> Bool {
        var isChanged = false
        for index in terms.indices where terms[index].kind == .category {
            let term = terms[index]
            let before = old.first { $0.kind == .category && $0.id == term.id }
            let isUnchanged = before.map(term.isUnchanged) ?? false
            if let slug = before?.slug, isUnchanged, !names.contains(slug) {
                // It was taken from the list here.
                terms[index].slug = slug
                keep("categories")
                continue
            }
            let (category, isNew) = names.category(named: term.name, id: before?.slug, revives: true)
            terms[index].slug = category.id
            var wanted = category
            (wanted.name, wanted.description) = (term.name, term.description)
            wanted.weight = Int(clamping: term.weight)
            if isNew {
                try writer.insert(wanted, of: stored, now: now)
                isChanged = true
            } else if isUnchanged {
                if wanted != category { keep("categories") }
            } else {
                isChanged = try writer.update(wanted, of: stored, now: now) || isChanged
            }
        }
        return isChanged
    }

    /// Makes the proceeding of a project, or brings it up to date, inside one transaction.
    static func write(
        _ row: PDSProjectRow, area: Geometry?, into draft: Proceeding, isNew: Bool, _ writer: ScopedWriter, now: Int64
    ) throws -> (proceeding: Proceeding, categories: CategoryNames, terms: [ProceedingTerm], kept: [String]) {
        let current = isNew ? draft : try writer.reader.proceeding(id: draft.id) ?? draft
        let old = isNew ? [] : try writer.reader.terms(of: current)
        let told = isNew ? nil : try writer.reader.pdsMarks(of: current)
        var merge = PDSProjectMerge(row, area: area, into: current, told: told, old: old)
        var stored = merge.proceeding
        if isNew {
            stored.created = now
            stored = try writer.add(stored)
        }
        var names = CategoryNames(try writer.reader.categories(of: stored), terms: old)
        let isReplaced = !isNew && stored != current
        let hasNewCategories = try writer.keepingTexts(of: stored, cause: "imported", now: now) {
            if isReplaced {
                try writer.replace(current, with: stored, keepsTexts: false, now: now)
                try Installation.judgePlaces(of: current, in: stored.area, writer, now: now)
            }
            return try merge.writeCategories(&names, of: stored, writer, now: now)
        }
        let hasNewTerms = try writer.keep(merge.details, terms: merge.terms, marks: merge.marks, of: stored)
        let isRaised = isNew || hasNewCategories || hasNewTerms
        if isReplaced || isRaised {
            try writer.audit(
                isNew ? "proceeding.create" : "proceeding.change", item: "proceedings/\(stored.id)", now: now)
        }
        if isRaised, !isReplaced {
            try writer.touch(stored)
            if !isNew { try writer.raiseVersion(of: stored, now: now) }
        }
        let categories = try writer.reader.categories(of: stored)
        names = CategoryNames(
            categories, terms: merge.terms, removed: try writer.reader.removedCategories(of: stored))
        return (stored, names, merge.terms, merge.kept)
    }
}
