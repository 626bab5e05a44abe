import Formats
import GeoCore

extension AnalysisAnswer where Question == HotspotQuestion {
    /// The answer as a self-contained SVG map.
    ///
    /// - Parameter language: `de` or `en`, of the fixed words.
    public func svg(language: String) -> [UInt8] {
        let words = PictureWords(language: language)
        let classes: PictureClasses =
            switch question.method {
            case .gi, .relativeRisk, .locationQuotient, .colocationLocal: .bins(words)
            case .moran: .quadrants(words)
            case .geary: .associations(words)
            case .emerging: isPatternless ? .trends(words) : .patterns(words)
            case .kde where question.surface == .isolines:
                .shares(question.levels, title: words.legend(question), words)
            default:
                if let given = analysis.classes {
                    .given(given, title: words.legend(question), words)
                } else {
                    .growing(features.compactMap(\.value), title: words.legend(question), words)
                }
            }
        var map = MapPicture(
            title: "\(words.title(question.method)): \(proceedingName)", methodLine: methodLine(words.analysis),
            area: area,
            shapes: told.map { feature in
                MapPicture.Shape(
                    geometry: feature.shape.visible(in: area), classIndex: classes.index(feature.value ?? 0))
            },
            legend: classes.labels, legendTitle: classes.title, scale: classes.scale, language: words.language)
        map.withheld = withheld.map(\.shape)
        return map.svg(record: analysis.pictured(words.analysis))
    }

    /// Whether there are too few steps for patterns of `emerging`.
    private var isPatternless: Bool { features.first?.properties.contains { $0 == "pattern" && $1 == .null } ?? false }
}

extension AnalysisAnswer {
    /// Shapes whose class may not be told.
    var withheld: [AnalysisFeature] { features.filter(\.isClassWithheld) }
    /// The others.
    var told: [AnalysisFeature] { features.filter { !$0.isClassWithheld } }
}

extension ProceedingStatistics {
    /// Contributions per category as a self-contained SVG.
    ///
    /// - Parameter language: `de` or `en`, of the fixed words.
    public func svg(title: String, language: String) -> [UInt8] {
        let words = PictureWords(language: language)
        return BarPicture(
            title: "\(words.perCategory): \(title)",
            methodLine: (filters.map(words.analysis.caption) + ["n = \(contributions)"]).joined(separator: " · "),
            bars: categories.map { BarPicture.Bar(name: $0.label, value: Double($0.count), text: "\($0.count)") },
            language: words.language
        ).svg(
            record: PictureRecord(
                method: "Contributions per category", reference: nil, parameters: [], filters: [("filters", filters)],
                data: [dataVersion], words.analysis))
    }
}

extension AreaStatistics {
    /// Rates, or densities where no inhabitants are known, as a self-contained SVG: of bars, highest first, or a map where
    /// there are classes.
    ///
    /// - Parameter language: `de` or `en`, of the fixed words.
    public func svg(title: String, language: String) -> [UInt8] {
        let words = PictureWords(language: language)
        if let map = map(title: title, words) { return map }
        let values = units.compactMap { unit in
            (hasRates ? unit.smoothedRate : unit.density).map { (name: unit.name, value: $0) }
        }
        let sorted = values.sorted { ($1.value, $0.name) < ($0.value, $1.name) }
        return BarPicture(
            title: "\(hasRates ? words.rate : words.density): \(title)",
            methodLine: methodLine(words.analysis),
            bars: sorted.prefix(60).map {
                BarPicture.Bar(name: $0.name, value: $0.value, text: words.number($0.value))
            }, language: words.language
        ).svg(record: pictured(words.analysis))
    }
}

extension AnalysisFeature {
    /// Whether its class is withheld, and not merely undefined.
    fileprivate var isClassWithheld: Bool { value == nil && properties.contains { $0.name == "isSuppressed" } }
}
