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

    /// Reads what the feature is made of.
    init(_ proceeding: Proceeding, _ reader: ScopedReader, tenant: Tenant, now: Int64) throws {
        self.proceeding = proceeding
        details = try reader.pdsDetails(of: proceeding)
        terms = try reader.terms(of: proceeding)
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
            .init("projectOwner", object(.owner)),
            .init("publisher", .string(details?.publisher ?? publisher ?? "")),
            .init("standardCategories", .object(categories.filter { !$0.archived }.map(category))),
            .init("projectContributionType", object(.type)),
            .init("dipasMainDistrict", object(.district)),
            .init("projectTopics", object(.topic)),
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
        members.append(.init("proceedingState", .string(details?.state ?? state)))
        if let isDIPAS = details?.isDIPAS { members.append(.init("isDipasProceeding", .bool(isDIPAS))) }
        return .object(members)
    }

    private func object(_ kind: ProceedingTerm.Kind) -> JSONValue {
        .object(terms.filter { $0.kind == kind }.map { .init($0.id, Self.value($0)) })
    }

    private func category(_ category: Participation.Category) -> JSONValue.Member {
        let known = terms.first { $0.kind == .category && $0.category == category.id }
        let term = ProceedingTerm(
            kind: .category, id: known?.id ?? category.id, name: category.name, description: category.description,
            weight: Int64(category.weight), color: category.color ?? known?.color)
        return .init(term.id, Self.value(term))
    }

    private static func value(_ term: ProceedingTerm) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(term.id)), .init("name", .string(term.name)),
            .init("description", term.description.map { .string($0) } ?? .null),
            .init("weight", .integer(term.weight)),
        ]
        if let color = term.color { members.append(.init("field_color", .string(color))) }
        return .object(members)
    }
}
