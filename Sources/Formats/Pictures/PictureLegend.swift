extension SVGBuilder {
    /// Defines the hatching of what may not be told.
    mutating func defineHatching() {
        raw(
            "<pattern id=\"w\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                + "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/>"
                + "<path d=\"M0 0v6\" stroke=\"#888\" stroke-width=\"3\"/></pattern>\n")
    }

    /// Adds the legend at the right: a heading, the classes, and hatching where something is withheld.
    mutating func legend(
        _ title: String, _ classes: [String], colors: ColorScale, hasWithheld: Bool, language: MapPicture.Language
    ) {
        let heading = title.isEmpty ? (language == .german ? "Legende" : "Legend") : title
        // As much as fits beside the map: about 28 letters of size 14.
        label(
            heading, x: 720, y: 96, size: max(8, min(14, 14 * 28 / max(1, heading.count))),
            attributes: " font-weight=\"bold\" fill=\"#111\"")
        let unknown = hasWithheld ? [language == .german ? "zu wenige, nicht genannt" : "too few to tell"] : []
        for (index, entry) in (classes + unknown).enumerated() {
            let y = 112 + Double(index) * 24
            let color = index < classes.count ? colors.color(index, of: classes.count) : "url(#w)"
            raw(
                "<rect x=\"720\" y=\"\(Self.number(y))\" width=\"22\" height=\"16\" fill=\"\(color)\" stroke=\"#888\"/>"
            )
            label(entry, x: 750, y: y + 13, size: 13, attributes: " fill=\"#111\"")
        }
    }
}
