import Formats
import GeoCore

extension AnalysisAnswer where Question == PatternQuestion {
    /// The answer as a self-contained SVG: a curve over distance, or a map.
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
                title: title, methodLine: methodLine, area: area,
                shapes: features.map { feature in
                    MapPicture.Shape(
                        geometry: feature.shape.visible(in: area), classIndex: Int(feature.value ?? 0))
                },
                legend: words.centers, legendTitle: words.centerTitle, scale: .sequential, language: words.language
            ).svg()
        case .joinCounts:
            return MapPicture(
                title: title, methodLine: methodLine, area: area,
                shapes: features.map { MapPicture.Shape(geometry: $0.shape, classIndex: Int($0.value ?? 0)) },
                legend: words.joins, legendTitle: words.joinTitle, scale: .sequential, language: words.language
            ).svg()
        case .moran where question.layer != nil:
            var map = MapPicture(
                title: title, methodLine: methodLine, area: area,
                shapes: told.map { MapPicture.Shape(geometry: $0.shape, classIndex: Int($0.value ?? 0)) },
                legend: words.quadrants, legendTitle: words.quadrantTitle, scale: .quadrants, language: words.language)
            map.withheld = withheld.map(\.shape)
            return map.svg()
        case .ripley:
            return curve(
                title, words, over: "r", words.distanceTitle, values: "lMinusR", "L(r) − r, m",
                band: ("lower", "upper"))
        default:
            return curve(title, words, over: "distance", words.distanceTitle, values: "z", "z", band: nil)
        }
    }

    private func curve(
        _ title: String, _ words: PictureWords, over horizontal: String, _ horizontalTitle: String, values: String,
        _ verticalTitle: String, band names: (lower: String, upper: String)?
    ) -> [UInt8] {
        let places = numbers(horizontal).compactMap { $0 }
        var band: CurvePicture.Band?
        if let names, series.contains(where: { $0.name == names.lower }) {
            // Bounds of L are drawn as the curve is, r taken away.
            func excess(_ name: String) -> [Double?] { zip(numbers(name), places).map { l, r in l.map { $0 - r } } }
            band = CurvePicture.Band(name: words.envelope, lower: excess(names.lower), upper: excess(names.upper))
        }
        return CurvePicture(
            title: title, methodLine: methodLine, horizontalTitle: horizontalTitle, verticalTitle: verticalTitle,
            places: places, curves: [.init(name: words.observed, values: numbers(values))], band: band,
            language: words.language
        ).svg()
    }

    private func numbers(_ name: String) -> [Double?] {
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
