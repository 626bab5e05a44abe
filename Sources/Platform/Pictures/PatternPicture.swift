import Formats
import GeoCore

extension AnalysisAnswer where Question == PatternQuestion {
    /// The answer as a self-contained SVG: a curve over distance, a map, bars of times, a statistic beside what chance
    /// gives, or a matrix of categories.
    ///
    /// - Parameter language: `de` or `en`, of the fixed words.
    public func svg(language: String) -> [UInt8] {
        let words = PictureWords(language: language)
        let subject =
            question.method == .moran && question.layer != nil ? words.likenessOfUnits : words.title(question.method)
        let title = "\(subject): \(proceedingName)"
        switch question.method {
        case .centrography:
            return MapPicture(
                title: title, methodLine: methodLine(words.analysis), area: area,
                shapes: features.map { feature in
                    MapPicture.Shape(
                        geometry: feature.shape.visible(in: area), classIndex: Int(feature.value ?? 0))
                },
                legend: words.centers, legendTitle: words.centerTitle, scale: .sequential, language: words.language
            ).svg(record: analysis.pictured(words.analysis))
        case .joinCounts:
            return MapPicture(
                title: title, methodLine: methodLine(words.analysis), area: area,
                shapes: features.map { MapPicture.Shape(geometry: $0.shape, classIndex: Int($0.value ?? 0)) },
                legend: words.joins, legendTitle: words.joinTitle, scale: .sequential, language: words.language
            ).svg(record: analysis.pictured(words.analysis))
        case .moran where question.layer != nil:
            var map = MapPicture(
                title: title, methodLine: methodLine(words.analysis), area: area,
                shapes: told.map { MapPicture.Shape(geometry: $0.shape, classIndex: Int($0.value ?? 0)) },
                legend: words.quadrants, legendTitle: words.quadrantTitle, scale: .quadrants, language: words.language)
            map.withheld = withheld.map(\.shape)
            return map.svg(record: analysis.pictured(words.analysis))
        case .ripley:
            return curve(
                title, words, over: "r", words.distanceTitle, values: "lMinusR", "L(r) − r, m",
                band: ("lower", "upper"), less: "r")
        case .crossK:
            return curve(
                title, words, over: "r", words.distanceTitle, values: "lMinusExpected", words.crossExcess,
                band: ("lower", "upper"), less: "expected")
        case .rayleigh: return times(title, words)
        case .clarkEvans: return expectation(title, words, "meanDistance", "expectedDistance")
        case .knox: return expectation(title, words, "pairsInBoth", "expected")
        case .geary: return expectation(title, words, "gearysC", "expected")
        case .generalG: return expectation(title, words, "generalG", "expected")
        case .colocation: return categories(title, words)
        case .moran:
            return curve(title, words, over: "distance", words.distanceTitle, values: "z", "z")
        }
    }

    private func curve(
        _ title: String, _ words: PictureWords, over horizontal: String, _ horizontalTitle: String, values: String,
        _ verticalTitle: String, band names: (lower: String, upper: String)? = nil, less: String = ""
    ) -> [UInt8] {
        let places = numbers(horizontal).compactMap { $0 }
        var band: CurvePicture.Band?
        if let names, series.contains(where: { $0.name == names.lower }) {
            // Bounds of L are drawn as the curve is, with what is expected taken away.
            let expected = numbers(less)
            func excess(_ name: String) -> [Double?] {
                zip(numbers(name), expected).map { l, r in r.flatMap { r in l.map { $0 - r } } }
            }
            band = CurvePicture.Band(name: words.envelope, lower: excess(names.lower), upper: excess(names.upper))
        }
        return CurvePicture(
            title: title, methodLine: methodLine(words.analysis), horizontalTitle: horizontalTitle,
            verticalTitle: verticalTitle,
            places: places, curves: [.init(name: words.observed, values: numbers(values))], band: band,
            language: words.language
        ).svg(record: analysis.pictured(words.analysis))
    }

    /// How many contributions came in each hour, or on each day of the week.
    private func times(_ title: String, _ words: PictureWords) -> [UInt8] {
        let isWeek = question.cycle == .week
        let parts = numbers(isWeek ? "weekday" : "hour").compactMap { $0.map { Int($0) } }
        let bars = zip(parts, numbers("contributions")).map { part, count in
            BarPicture.Bar(
                name: isWeek ? words.weekdays[(part + 6) % 7] : words.hour(part), value: count ?? 0,
                text: words.number(count ?? 0))
        }
        return BarPicture(title: title, methodLine: methodLine(words.analysis), bars: bars, language: words.language)
            .svg(record: analysis.pictured(words.analysis))
    }

    func numbers(_ name: String) -> [Double?] {
        series.first { $0.name == name }?.values.map(\.double) ?? []
    }
}

extension MetricGeometry {
    /// A centre as something that can be seen: a disc of a hundredth of the area.
    func visible(in area: MetricGeometry?) -> MetricGeometry {
        guard case .point(let position) = shape else { return self }
        let box = area?.shape.boundingBox
        let radius = max(box?.width ?? 0, box?.height ?? 0, 100) / 100
        let disc = BoundingBox(
            minX: position.x - radius, minY: position.y - radius, maxX: position.x + radius, maxY: position.y + radius)
        return MetricGeometry(metres: .polygon([disc.ring]))
    }
}
