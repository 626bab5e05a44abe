import Platform

/// How an answer came about, in the lines above its table.
struct AnalysisHead {
    /// What is told.
    let record: AnalysisRecord
    /// Name of the proceeding.
    let proceeding: String

    /// Method, contributions and parameters.
    var beginning: [String] {
        var counts = "\(record.isUsedSuppressed ? "–" : NumberText.grouped(record.used)) contributions used"
        for left in record.leftOut {
            counts += ", \(left.isSuppressed ? "–" : NumberText.grouped(left.count)) left out (\(left.reason))"
        }
        return [
            "\(proceeding): \(record.method)", counts,
            record.parameters.map { Self.text($0, showsOrigin: true) }.joined(separator: ", "),
        ] + Self.lines(record.filters)
    }

    /// Which contributions were asked about, in a line; none where all were.
    static func lines(_ filters: [FilterTerm], of set: String? = nil) -> [String] {
        filters.isEmpty ? [] : ["only \(set.map { "\($0): " } ?? "")\(filters.line)"]
    }

    /// Area, CRS, version of the data and warnings.
    var end: [String] {
        ["\(record.studyArea), \(record.crs), data version \(record.dataVersion)"]
            + (record.warnings + record.cautions.map(\.english)).map { "note: \($0)" }
    }

    /// A parameter or figure with its unit.
    static func text(_ parameter: AnalysisRecord.Parameter, showsOrigin: Bool) -> String {
        "\(parameter.name) \(value(parameter))" + (parameter.unit.map { " \($0)" } ?? "")
            + (showsOrigin && parameter.origin == .chosen ? " (chosen)" : "")
    }

    /// The value of a parameter or figure.
    static func value(_ parameter: AnalysisRecord.Parameter) -> String {
        switch parameter.value {
        case .number(let number): NumberText.decimal(number)
        case .text(let text): text
        }
    }
}
