import Formats
import GeoCore

extension PictureRecord {
    /// Tells how an answer came about.
    ///
    /// - Parameters:
    ///   - reference: where the method is defined; `nil` for a mere count.
    ///   - filters: conditions by the name of the set that they choose; `filters` where there is one set.
    ///   - data: versions of the data of the proceedings, in the order of the sets.
    init(
        method: String, reference: String?, parameters: [AnalysisRecord.Parameter],
        filters: [(name: String, terms: [FilterTerm])], crs: String? = nil, data: [Int64], _ words: ParameterWords
    ) {
        var members: [JSONValue.Member] = [.init("method", .string(method))]
        if let reference { members.append(.init("reference", .string(reference))) }
        members.append(.init("parameters", parameters.json(withOrigin: true)))
        members += filters.map { .init($0.name, $0.terms.json) }
        if let crs { members.append(.init("crs", .string(crs))) }
        members += zip(["dataVersion", "secondDataVersion"], data).map { .init($0, .integer($1)) }
        members.append(.init("engineVersion", .string(Installation.version)))
        self.init(
            versions: words.versions(data: data, engine: Installation.version),
            json: String(decoding: JSONValue.object(members).encoded, as: UTF8.self))
    }
}

extension AnalysisRecord {
    /// How the answer came about, for its picture.
    func pictured(_ words: ParameterWords) -> PictureRecord {
        PictureRecord(
            method: method, reference: reference, parameters: parameters, filters: [("filters", filters)], crs: crs,
            data: [dataVersion], words)
    }
}
