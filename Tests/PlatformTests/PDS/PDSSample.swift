import Foundation
import GeoCore
import Participation
import Platform
import SQLiteEngine
import Storage
import TestSupport

/// An installation without proceedings, into which PDS collections are taken.
struct PDSSample {
    let folder: TemporaryDirectory
    let installation: Installation
    let staff: Scope

    init() async throws {
        folder = try TemporaryDirectory()
        installation = Installation(
            engine: try EmbeddedStore(path: folder.path("mitplan.sqlite")), now: { 1_777_593_600_000 })
        let tenant = try await installation.createTenant(Tenant(id: "elbstadt", name: "Elbstadt"), isDefault: true)
        staff = Scope(tenant: tenant, viewer: .staff)
    }

    /// A project with everything PDS has, in the forms of a newer server.
    static let project = #"""
        {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":
        [[[9.9,53.5],[10.1,53.5],[10.1,53.6],[9.9,53.6],[9.9,53.5]]]},"properties":{"id":"hafenrand_2",
        "nameFull":"Hafenrand","description":"Was soll am Ufer entstehen?","dateStart":"2025-03-01T08:00:00Z",
        "dateEnd":"2025-04-30T21:59:59Z","dipasPhase":"phase2","website":"https://hafenrand.example.org/#",
        "owner":"Bezirksamt","projectOwner":{"7":{"id":"7","name":"Bezirksamt","description":null,"weight":0}},
        "publisher":"Stadt Elbstadt","standardCategories":{"12":{"id":"12","name":"Grün & Freiraum",
        "description":"Parks","weight":1},"11":{"id":"11","name":"Verkehr","description":"","weight":0}},
        "projectContributionType":{"3":{"id":"3","name":"Idee/Anregung","description":null,"weight":2}},
        "dipasMainDistrict":{"5":{"id":"5","name":"Altona","description":null,"weight":0,"field_color":"#aa0000"}},
        "projectTopics":{"1":{"id":"1","name":"Wohnen","description":null,"weight":0}},"referenceSystem":"4326",
        "hasParticipatoryText":["101","102","103"],"dipasCategoriesCluster":["Radwege","Bäume"],
        "proceedingState":"frozen","isDipasProceeding":true}}]}
        """#

    /// Its contributions with trees of comments.
    static let contributions = #"""
        {"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[9.9877187033813,53.552890534062]},
        "properties":{"id":"101","dateCreated":"2025-03-05T12:28:17Z",
        "link":"https://hafenrand.example.org/#/contribution/101","title":"Mehr Bänke","contributionType":"Idee/Anregung",
        "contributionContent":"Am Ufer fehlen Bänke.\nUnd \"Schatten\".","commentsNumber":3,"category":"Grün & Freiraum",
        "votingPro":4,"votingContra":1,"keywordSuggested":"Bank, Ufer","keywordPicked":"Ufer",
        "belongToProject":"hafenrand_2","dipasLocated":true,"customAttribute":{"nlp_scores":{"content":0.25,
        "relevance":1,"response":"-","mutuality":"-","sentiment":-0.5}},"commentedBy":[
        {"id":"9","dateCreated":"2025-03-06T10:00:01Z","title":"Ja","commentContent":"Gute Idee.","commentedBy":[
        {"id":"12","dateCreated":"2025-03-07T10:00:02Z","title":"","commentContent":"Finde ich auch.","commentedBy":[],
        "commentOnContribution":"101","commentOnComment":"9"}],"commentOnContribution":"101"},
        {"id":"10","dateCreated":"2025-03-08T10:00:03Z","title":"","commentContent":"Zu teuer.","commentedBy":[],
        "commentOnContribution":"101"}]}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":
        [[[9.9,53.5],[10.1,53.5],[10.1,53.6],[9.9,53.6],[9.9,53.5]]]},"properties":{"id":"102",
        "dateCreated":"2025-03-09T01:02:03Z","link":"https://hafenrand.example.org/#/contribution/102",
        "title":"Überall Tempo 30","contributionType":"none","contributionContent":"Im ganzen Gebiet.",
        "commentsNumber":0,"category":"Verkehr","votingPro":0,"votingContra":0,"keywordSuggested":"","keywordPicked":"",
        "belongToProject":"hafenrand_2","dipasLocated":false,"customAttribute":{"nlp_scores":{"content":"-",
        "relevance":"-","response":"-","mutuality":"-","sentiment":"-"}},"commentedBy":[]}},
        {"type":"Feature","geometry":{"type":"LineString","coordinates":[[9.95,53.55],[9.96,53.56]]},
        "properties":{"id":"103","dateCreated":"2025-03-10T01:02:03Z",
        "link":"https://hafenrand.example.org/#/contribution/103","title":"Radweg am Kai","contributionType":"none",
        "contributionContent":"Durchgehend bitte.","commentsNumber":0,"category":"none","votingPro":2,"votingContra":0,
        "keywordSuggested":"","keywordPicked":"","belongToProject":"hafenrand_2","dipasLocated":true,
        "customAttribute":{"nlp_scores":{"content":"-","relevance":"-","response":"-","mutuality":"-",
        "sentiment":"-"}},"commentedBy":[]}}]}
        """#

    /// Writes a text into a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = folder.path(name)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Takes in texts as files.
    @discardableResult
    func take(_ texts: String..., options: PDSImportOptions = PDSImportOptions()) async throws -> PDSImportReport {
        let paths = try texts.enumerated().map { try file("pds-\($0.offset).json", $0.element) }
        return try await installation.importPDS(files: paths.map { PDSFile($0) }, options: options, scope: staff)
    }

    /// The proceeding of a slug.
    func proceeding(_ id: String = "hafenrand-2") async throws -> Proceeding {
        try await installation.proceeding(id, scope: staff)
    }

    /// What PDS answers.
    func contributions(
        _ content: PDSContributions.Content = .commented, number: Int64? = nil, of id: String = "hafenrand-2"
    ) async throws -> NSDictionary {
        try await Self.object(
            installation.pdsContributions(content, of: proceeding(id), number: number, scope: staff))
    }

    /// The projects that PDS answers.
    func projects(_ id: String? = nil) async throws -> NSDictionary {
        try await Self.object(installation.pdsProjects(id: id, scope: staff))
    }

    /// A text of JSON as Foundation reads it.
    static func object(_ text: String) throws -> NSDictionary {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary ?? [:]
    }

    private static func object<Parts: AsyncSequence>(_ parts: Parts) async throws -> NSDictionary
    where Parts.Element == [UInt8] {
        var bytes: [UInt8] = []
        for try await part in parts { bytes += part }
        return try object(String(decoding: bytes, as: UTF8.self))
    }
}

extension NSDictionary {
    /// The properties of the features.
    var properties: [NSDictionary] {
        (self["features"] as? [NSDictionary])?.compactMap { $0["properties"] as? NSDictionary } ?? []
    }
}
