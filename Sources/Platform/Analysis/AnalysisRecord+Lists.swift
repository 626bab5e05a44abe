import GeoCore

extension AnalysisRecord.Parameter {
    /// A number that has a default.
    static func number(_ name: String, _ value: Double, _ unit: String? = nil, standard: Double) -> Self {
        Self(name: name, value: .number(value), unit: unit, origin: value == standard ? .standard : .given)
    }

    /// A word that has a default.
    static func word<Word: RawRepresentable<String> & Equatable>(_ name: String, _ word: Word, standard: Word) -> Self {
        Self(name: name, value: .text(word.rawValue), origin: word == standard ? .standard : .given)
    }

    /// A text that somebody gave; `nil` where nobody did.
    static func given(_ name: String, _ text: String?) -> Self? {
        text.map { Self(name: name, value: .text($0), origin: .given) }
    }
}

extension [AnalysisRecord.Parameter] {
    /// The parameters as JSON, in their order.
    func json(withOrigin: Bool) -> JSONValue {
        .array(
            map { parameter in
                let value: JSONValue =
                    switch parameter.value {
                    case .number(let number): .number(number)
                    case .text(let text): .string(text)
                    }
                var members = [JSONValue.Member("name", .string(parameter.name)), JSONValue.Member("value", value)]
                if let unit = parameter.unit { members.append(.init("unit", .string(unit))) }
                if withOrigin { members.append(.init("origin", .string(parameter.origin.rawValue))) }
                if let rule = parameter.rule { members.append(.init("rule", .string(rule))) }
                return .object(members)
            })
    }
}

extension [AnalysisRecord.LeftOut] {
    /// What was left out as JSON, `null` for what is withheld.
    var json: JSONValue {
        .array(
            map {
                .object([
                    .init("reason", .string($0.reason)),
                    .init("count", $0.isSuppressed ? .null : .integer(Int64($0.count))),
                ])
            })
    }
}

extension [AnalysisCaution] {
    /// The weaknesses in both languages as JSON.
    ///
    /// - Parameter warnings: sentences in English that belong to none of them; their code is `note`.
    func json(with warnings: [String] = []) -> JSONValue {
        let notes = warnings.map { (code: "note", german: GermanSentences.text($0), english: $0) }
        return .array(
            (notes + map { (code: $0.kind.rawValue, german: $0.german, english: $0.english) }).map {
                .object([
                    .init("code", .string($0.code)), .init("de", .string($0.german)), .init("en", .string($0.english)),
                ])
            })
    }
}
