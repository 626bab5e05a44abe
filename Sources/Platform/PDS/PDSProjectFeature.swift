import GeoCore
import Participation
import Storage

/// A proceeding as PDS tells it: the members in the order that DIPAS has.
struct PDSProjectFeature {
    let proceeding: Proceeding
    let details: PDSProjectDetails?
    let terms: [ProceedingTerm]
    let categories: [Participation.Category]
    let numbers: [Int64]
    let publisher: String?
    let now: Int64
    private let told: SourceMarks?
    private let marks: SourceMarks

    /// Reads what the feature is made of.
    init(_ proceeding: Proceeding, _ reader: ScopedReader, tenant: Tenant, now: Int64) throws {
        self.proceeding = proceeding
        details = try reader.pdsDetails(of: proceeding)
        terms = try reader.terms(of: proceeding)
        told = try reader.pdsMarks(of: proceeding)
        marks = PDSProjectMerge.marks(of: proceeding)
        categories = try reader.categories(of: proceeding)
        numbers = try reader.pdsNumbers(of: proceeding)
        publisher = tenant.publisher
        self.now = now
    }

    /// The id for readers of PDS.
    static func id(_ proceeding: Proceeding, _ details: PDSProjectDetails?) -> String { details?.id ?? proceeding.id }

    func append(to out: inout [UInt8]) {
        JSONWriter.append(literal: #"{"type":"Feature","geometry":"#, to: &out)
        if let area = proceeding.area { PDSText.append(area, to: &out) } else { out += Array("{}".utf8) }
        JSONWriter.append(literal: #","properties":"#, to: &out)
        properties.append(to: &out)
        out.append(UInt8(ascii: "}"))
    }

    private var properties: JSONValue {
        let schedule = proceeding.schedule
        let start = [schedule.phase1Start, schedule.phase2Start].compactMap(\.self).min()
        let end = [schedule.phase1End, schedule.phase2End].compactMap(\.self).max()
        let phase = schedule.namedPhase(at: now)
        var members: [JSONValue.Member] = [
            .init("id", .string(Self.id(proceeding, details))),
            .init("nameFull", .string(proceeding.name)),
            .init("description", .string(proceeding.description)),
            .init("dateStart", .string(start.map(PDSText.instant) ?? "")),
            .init("dateEnd", .string(end.map(PDSText.instant) ?? "")),
            .init("dipasPhase", .string(phase.rawValue)),
            .init("website", .string(proceeding.website ?? "")),
            .init("owner", .string(proceeding.owner ?? "")),
            .init("projectOwner", .object(owners)),
            .init("publisher", .string(publisherName)),
            .init("standardCategories", .object(categories.filter { !$0.archived }.map(category))),
            .init("projectContributionType", .object(types)),
            .init("dipasMainDistrict", .object(names(proceeding.details.districts, .district))),
            .init("projectTopics", .object(names(proceeding.details.topics, .topic))),
            .init("referenceSystem", .string("4326")),
            .init("hasParticipatoryText", .array(numbers.map { .string(String($0)) })),
            .init("dipasCategoriesCluster", details?.clusters.map { .array($0.map { .string($0) }) } ?? .null),
        ]
        let state: String =
            switch schedule.phase(at: now) {
            case .unstarted: "dormant"
            case .frozen: "frozen"
            case .phase1, .phase2, .phasemix: "active"
            }
        members.append(.init("proceedingState", .string(isAsTold(.schedule) ? details?.state ?? state : state)))
        if let isDIPAS = details?.isDIPAS { members.append(.init("isDipasProceeding", .bool(isDIPAS))) }
        return .object(members)
    }

    /// Whether a field says what its source told; also where nothing is known of it.
    private func isAsTold(_ field: PDSProjectMerge.Field) -> Bool {
        told == nil || marks.isUnchanged(field.rawValue, since: told)
    }

    /// The proceeding's own, else what its source told, else the tenant's.
    private var publisherName: String {
        if let own = proceeding.details.publisher { return own }
        return (isAsTold(.publisher) ? details?.publisher : nil) ?? publisher ?? ""
    }

    /// Who runs it as the source has it, as long as the proceeding names no other.
    private var owners: [JSONValue.Member] {
        let owners = terms.filter { $0.kind == .owner }
        if isAsTold(.owner) || owners.isEmpty { return owners.map(Self.member) }
        return proceeding.owner.map { name in
            [Self.member(ProceedingTerm(kind: .owner, id: Slug.make(of: name), name: name))]
        } ?? []
    }

    /// The types that are offered, under the ids of their source where they have some.
    private var types: [JSONValue.Member] {
        let types = proceeding.details.types.filter { !$0.archived }
        // What came in before lists of sources became ours.
        if types.isEmpty, told == nil { return terms.filter { $0.kind == .type }.map(Self.member) }
        var taken = Set(terms.filter { $0.kind == .type }.map(\.id))
        return types.sorted { ($0.weight, $0.name, $0.id) < ($1.weight, $1.name, $1.id) }.map { type in
            let known = terms.first { $0.kind == .type && $0.slug == type.id }
            let id = known?.id ?? Slug.make(of: type.id) { !taken.insert($0).inserted }
            return Self.member(
                ProceedingTerm(
                    kind: .type, id: id, name: type.name, description: type.description, weight: Int64(type.weight),
                    color: known?.color))
        }
    }

    /// The entries of a list of names, in its order, each as its source has it.
    private func names(_ list: [String], _ kind: ProceedingTerm.Kind) -> [JSONValue.Member] {
        let told = terms.filter { $0.kind == kind }
        if list.isEmpty, self.told == nil { return told.map(Self.member) }
        var taken = Set(told.map(\.id))
        return list.enumerated().flatMap { place, name in
            let known = told.filter { $0.name == name }
            if !known.isEmpty { return known.map(Self.member) }
            let id = Slug.make(of: name) { !taken.insert($0).inserted }
            return [Self.member(ProceedingTerm(kind: kind, id: id, name: name, weight: Int64(place)))]
        }
    }

    private func category(_ category: Participation.Category) -> JSONValue.Member {
        let known = terms.first { $0.kind == .category && $0.slug == category.id }
        let term = ProceedingTerm(
            kind: .category, id: known?.id ?? category.id, name: category.name, description: category.description,
            weight: Int64(category.weight), color: category.color ?? known?.color)
        return Self.member(term)
    }

    private static func member(_ term: ProceedingTerm) -> JSONValue.Member {
        var members: [JSONValue.Member] = [
            .init("id", .string(term.id)), .init("name", .string(term.name)),
            .init("description", term.description.map { .string($0) } ?? .null),
            .init("weight", .integer(term.weight)),
        ]
        if let color = term.color { members.append(.init("field_color", .string(color))) }
        return .init(term.id, .object(members))
    }
}

extension ScopedReader {
    /// The names of a proceeding's types by their ids, also of those that are offered no more.
    func pdsTypeNames(of proceeding: Proceeding) throws -> [String: String] {
        let told = try terms(of: proceeding).compactMap { term in
            term.kind == .type ? term.slug.map { ($0, term.name) } : nil
        }
        return Dictionary(
            proceeding.details.types.map { ($0.id, $0.name) } + told, uniquingKeysWith: { first, _ in first })
    }
}
