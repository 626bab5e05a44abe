import GeoCore
import Participation

/// One project of a PDS collection as it comes in, whatever form its members have.
struct PDSProjectRow {
    let id: String
    let name: String
    let description: String
    let schedule: Schedule
    let website: String?
    let owner: String?
    /// What it names as the system of its places.
    let referenceSystem: String?
    let details: PDSProjectDetails
    let terms: [ProceedingTerm]
    /// How many contributions it says it has.
    let contributionCount: Int
    /// What was strange, for the report.
    private(set) var notes: [String] = []

    /// Whether the members are those of a project.
    static func matches(_ properties: JSONValue) -> Bool {
        properties["nameFull"] != nil || properties["standardCategories"] != nil
            || properties["hasParticipatoryText"] != nil
    }

    /// Reads the members; `nil` without an id.
    init?(_ properties: JSONValue, clock: SourceInstant, now: Int64) {
        guard let id = PDSValue.text(properties["id"]), !id.isEmpty, id.utf8.count <= 128 else { return nil }
        self.id = id
        name = String((PDSValue.words(properties["nameFull"]) ?? id).prefix(500))
        description = PDSValue.words(properties["description"]) ?? ""
        website = PDSValue.words(properties["website"])
        owner = PDSValue.words(properties["owner"])
        referenceSystem = PDSValue.text(properties["referenceSystem"]).flatMap { $0.isEmpty ? nil : $0 }
        var start = PDSValue.text(properties["dateStart"]).flatMap(clock.milliseconds)
        let endText = PDSValue.text(properties["dateEnd"]) ?? ""
        var end = clock.milliseconds(endText)
        if endText.utf8.count == 10 { end = end.map(clock.nextDay) }
        if let first = start, let last = end, first > last {
            notes.append("\(id): it ends before it starts; the dates were left out")
            (start, end) = (nil, nil)
        }
        // The dates are the project's own; the phase may be that of another one, where a server mixed them up.
        switch PDSValue.text(properties["dipasPhase"]) {
        case "phase2": schedule = Schedule(phase2Start: start, phase2End: end)
        case "phasemix": schedule = Schedule(phase1Start: start, phase1End: end, phase2Start: start, phase2End: end)
        case "unstarted":
            schedule = Schedule(phase1Start: start, phase1End: end)
            if let start, start <= now { notes.append("\(id): the phase \"unstarted\" contradicts its dates") }
        default: schedule = Schedule(phase1Start: start, phase1End: end)
        }
        let isDIPAS: Bool? = if case .bool(let flag)? = properties["isDipasProceeding"] { flag } else { nil }
        details = PDSProjectDetails(
            id: id, publisher: String((PDSValue.words(properties["publisher"]) ?? "").prefix(500)),
            state: PDSValue.text(properties["proceedingState"]), isDIPAS: isDIPAS,
            clusters: properties["dipasCategoriesCluster"]?.array?.compactMap(PDSValue.words))
        contributionCount = properties["hasParticipatoryText"]?.array?.count ?? 0
        let lists: [(member: String, kind: ProceedingTerm.Kind)] = [
            ("projectOwner", .owner), ("standardCategories", .category), ("projectContributionType", .type),
            ("dipasMainDistrict", .district), ("projectTopics", .topic),
        ]
        terms = lists.flatMap { PDSValue.terms(properties[$0.member], kind: $0.kind) }
    }
}
