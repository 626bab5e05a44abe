import GeoCore
import Participation
import Storage

/// One contribution of a PDS collection, or of a table exported by DIPAS, as it comes in.
struct PDSContributionRow {
    private static let commentLimit = 20_000

    var base: ImportedRow
    let project: String?
    let details: PDSContributionDetails
    var comments: [ImportedComment] = []
    /// Whether it says that its place is its own, wherever that is.
    let isSurelyLocated: Bool

    init(
        _ properties: JSONValue, names: [ContributionMapping.Field: String], identifier: String?, clock: SourceInstant
    ) {
        var names = names
        names[.comments] = nil
        base = ImportedRow(properties, names: names, identifier: identifier, clock: clock)
        func kept(_ field: ContributionMapping.Field) -> String? {
            names[field].flatMap { PDSValue.kept(properties[$0]) }
        }
        base.text = kept(.text) ?? ""
        base.title = kept(.title) ?? TextRule.cleaned(HTMLEntities.decoded(base.title))
        base.category = base.category.map(HTMLEntities.decoded)
        base.type = base.type.map(HTMLEntities.decoded)
        isSurelyLocated = if case .bool(true)? = properties["dipasLocated"] { true } else { false }
        let link = PDSValue.words(properties["link"]) ?? PDSValue.words(properties["url"])
        let host = link.flatMap(Self.place)
        project =
            PDSValue.text(properties["belongToProject"]) ?? PDSValue.text(properties["Process ID"]) ?? host?.project
        if let host, properties["id"] == nil, properties["Node ID"] == nil { base.externalID = host.number }
        let scores = properties["customAttribute"]?["nlp_scores"]
        details = PDSContributionDetails(
            number: base.externalID.flatMap { Int64($0) }, link: link,
            suggestedKeywords: PDSValue.list(properties["keywordSuggested"] ?? properties["Suggested Keywords"]),
            pickedKeywords: PDSValue.list(properties["keywordPicked"] ?? properties["Selected Keywords"]),
            scores: PDSContributionDetails.scoreNames.map { PDSValue.number(scores?[$0]) })
        comments = Self.comments(properties["commentedBy"], clock: clock, fallback: base.created ?? 0)
    }

    /// The comments of an array in one list, each after the one it answers.
    static func comments(_ value: JSONValue?, clock: SourceInstant, fallback: Int64) -> [ImportedComment] {
        var result: [ImportedComment] = []
        var places: [String: Int] = [:]
        collect(value, parent: nil, clock, fallback, &places, &result)
        return result
    }

    /// Depth is bounded by that of the text they were read from.
    private static func collect(
        _ value: JSONValue?, parent: Int?, _ clock: SourceInstant, _ fallback: Int64, _ places: inout [String: Int],
        _ result: inout [ImportedComment]
    ) {
        for element in value?.array ?? [] {
            guard case .object = element, result.count < commentLimit else { continue }
            let created = PDSValue.text(element["dateCreated"]).flatMap(clock.milliseconds) ?? fallback
            let name = PDSValue.text(element["id"]).flatMap { $0.isEmpty ? nil : String($0.prefix(100)) }
            if let name, places[name] != nil { continue }
            let named = PDSValue.text(element["commentOnComment"]).flatMap { places[$0] }
            result.append(
                ImportedComment(
                    name: name, parent: named ?? parent, subject: PDSValue.kept(element["title"]),
                    text: PDSValue.kept(element["commentContent"]) ?? "", created: created))
            let place = result.count - 1
            if let name { places[name] = place }
            collect(element["commentedBy"], parent: place, clock, created, &places, &result)
        }
    }

    /// Project and number of a link such as `https://project.example.org/dipas/#/contribution/262`.
    private static func place(_ link: String) -> (project: String, number: String)? {
        guard let scheme = link.firstRange(of: "://"), let end = link.firstRange(of: "/contribution/") else {
            return nil
        }
        let project = link[scheme.upperBound...].prefix { $0 != "." && $0 != "/" }
        let number = link[end.upperBound...].prefix { $0.isASCII && $0.isNumber }
        guard !project.isEmpty, !number.isEmpty, scheme.upperBound < end.lowerBound else { return nil }
        return (String(project), String(number))
    }
}
