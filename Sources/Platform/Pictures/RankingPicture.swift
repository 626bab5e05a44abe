import Formats
import GeoCore

extension ContributionComparison {
    /// The cells as a self-contained SVG map, coloured by how surely the second set has a larger or smaller share.
    ///
    /// - Parameter language: `de` or `en`, of the fixed words.
    public func svg(language: String) -> [UInt8] {
        let words = PictureWords(language: language)
        let told = words.analysis
        let names = (first: titles.first.text(language), second: titles.second.text(language))
        let sets = [(names.first, filters.first), (names.second, filters.second)].filter { !$0.1.isEmpty }
        return MapPicture(
            title: "\(words.comparison): \(names.first) – \(names.second)",
            methodLine: (["Fisher 1935, Benjamini & Hochberg 1995"]
                + sets.map { name, terms in "\(name): \(terms.map { told.filter($0) }.joined(separator: ", "))" }
                + [areCountsSuppressed ? "n = –" : "n = \(counts.first) + \(counts.second)", crs]
                + parameters.tellingFirst.map(told.named))
                .joined(separator: " · "),
            area: area,
            shapes: cells.map { MapPicture.Shape(geometry: $0.shape, classIndex: $0.classIndex) },
            legend: words.changes, legendTitle: words.share(of: names.second), scale: .diverging,
            language: words.language
        ).svg(
            record: PictureRecord(
                method: Self.method, reference: Self.reference, parameters: parameters,
                filters: [("filters", filters.first), ("versusFilters", filters.second)], crs: crs,
                data: [dataVersions.first, dataVersions.second], told))
    }
}

extension ContributionComparison.Cell {
    /// The class of significance, 0 to 6; 3 is none.
    fileprivate var classIndex: Int {
        guard let q, let quotient, q <= 0.1 else { return 3 }
        let step = q <= 0.01 ? 3 : q <= 0.05 ? 2 : 1
        return quotient >= 1 ? 3 + step : 3 - step
    }
}

extension FeatureRanking {
    /// Most bars of the picture.
    private static let bars = 60

    /// The first of the ranking as a self-contained SVG of bars.
    ///
    /// - Parameter language: `de` or `en`, of the fixed words.
    public func svg(title: String, language: String) -> [UInt8] {
        let words = PictureWords(language: language)
        return BarPicture(
            title: "\(words.near(layerName)), \(title)",
            methodLine: ([words.measure(measure, within: words.number(distance))]
                + filters.map(words.analysis.caption)
                + (features.count > Self.bars ? [words.first(Self.bars, of: features.count)] : []))
                .joined(separator: " · "),
            bars: features.prefix(Self.bars).map { feature in
                let value = feature.value(measure)
                return BarPicture.Bar(name: feature.name, value: value, text: words.number(value))
            }, language: words.language
        ).svg(
            record: PictureRecord(
                method: Self.method, reference: Self.reference, parameters: parameters, filters: [("filters", filters)],
                crs: crs, data: [dataVersion], words.analysis))
    }
}
