import GeoCore

/// What circles, clusters and rasters tell, in plain words with their numbers.
extension AnalysisAnswer where Question == HotspotQuestion {
    /// The circle or ellipse of a scan that is least likely by chance, with its numbers; nothing where none is significant.
    var leastLikelyCircle: Sentence? {
        guard let circle = features.first, circle.told("isSignificant") == .bool(true),
            let cases = circle.words("cases"), let expected = circle.words("expected"), let p = circle.words("p")
        else { return nil }
        let focus = question.focus.map { (" of \($0)", " zu \($0)") } ?? ("", "")
        let reach: Sentence =
            circle.words("radius").map { (" within \($0.english) m", " in \($0.german) m Umkreis") } ?? ("", "")
        let time: Sentence =
            if case .string(let from)? = circle.told("from"), case .string(let until)? = circle.told("until") {
                (" from \(from.prefix(10)) to \(until.prefix(10))", " vom \(from.prefix(10)) bis \(until.prefix(10))")
            } else {
                ("", "")
            }
        return (
            " Least likely by chance: \(cases.english) contributions\(focus.0)\(reach.english)\(time.english), where "
                + "\(expected.english) were expected (p = \(p.english)).",
            " Am wenigsten durch Zufall zu erklären: \(cases.german) Beiträge\(focus.1)\(reach.german)\(time.german), "
                + "erwartet waren \(expected.german) (p = \(p.german))."
        )
    }

    /// The cluster that holds most, with its most frequent category where that is told.
    var largestCluster: Sentence? {
        let counted = features.compactMap { feature in feature.number(["count"]).map { (feature, $0) } }
        guard let (cluster, count) = counted.max(by: { $0.1 < $1.1 }) else { return nil }
        let most: Sentence =
            if case .string(let category)? = cluster.told("topCategory"),
                let number = cluster.number(["topCategoryCount"])
            {
                (", \(number) of them of \(category)", ", davon \(number) zu \(category)")
            } else {
                ("", "")
            }
        return (" The largest holds \(count)\(most.english).", " Die größte enthält \(count)\(most.german).")
    }

    /// In how much of the raster a category is denser than the others.
    var riskFound: Sentence? {
        guard let cells = number("cells"), let more = number("higherCells"), let less = number("lowerCells"),
            let focus = question.focus
        else { return nil }
        let level = PictureClasses.text(question.alpha * 100)
        return (
            "Of \(cells.english) places of a raster, \(focus) is denser among contributions than elsewhere at "
                + "\(more.english), and less dense at \(less.english), more clearly than chance would give, at the level of "
                + "\(level) % for each place by itself.",
            "Von \(cells.german) Orten eines Rasters ist \(focus) unter den Beiträgen an \(more.german) dichter als anderswo und "
                + "an \(less.german) weniger dicht, deutlicher, als der Zufall erwarten lässt, auf dem Niveau von "
                + "\(level.replacing(".", with: ",")) % für jeden Ort allein."
        )
    }
}

extension AnalysisFeature {
    /// A figure of the shape.
    fileprivate func told(_ name: String) -> JSONValue? { properties.first { $0.name == name }?.value }

    /// A number for people, in English and German.
    fileprivate func words(_ name: String) -> (english: String, german: String)? {
        guard let value = told(name)?.double else { return nil }
        let text = PictureClasses.text(value)
        return (text, text.replacing(".", with: ","))
    }
}
