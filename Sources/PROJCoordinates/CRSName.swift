/// What a text from outside may name as a coordinate reference system: a code, a URN, a URL or WKT.
///
/// PROJ itself would also take pipelines, files and addresses; none of these gets through.
enum CRSName {
    /// Beginnings of WKT 1 and WKT 2.
    private static let wktWords = [
        "PROJCRS[", "PROJECTEDCRS[", "GEOGCRS[", "GEOGRAPHICCRS[", "GEODCRS[", "GEODETICCRS[", "PROJCS[", "GEOGCS[",
        "COMPD_CS[", "COMPOUNDCRS[", "BOUNDCRS[",
    ]
    /// What stands before the version and the code in URNs and URLs.
    private static let markers = [
        "URN:OGC:DEF:CRS:EPSG:", "URN:X-OGC:DEF:CRS:EPSG:", "/DEF/CRS/EPSG/", "/GML/SRS/EPSG.XML#", "EPSG:",
    ]
    /// Names of the German surveying authorities.
    private static let adv = [
        "ETRS89_UTM31": 25831, "ETRS89_UTM32": 25832, "ETRS89_UTM33": 25833, "DE_DHDN_3GK2": 31466,
        "DE_DHDN_3GK3": 31467, "DE_DHDN_3GK4": 31468, "DE_DHDN_3GK5": 31469, "ETRS89_LAT-LON": 4258,
    ]

    /// `EPSG:` with digits, `OGC:CRS84` or WKT that names no file; `nil` for anything else.
    static func definition(of text: String) -> String? {
        let trimmed = trim(text)
        let upper = trimmed.uppercased()
        if wktWords.contains(where: upper.hasPrefix) { return namesFiles(upper) ? nil : String(trimmed) }
        guard upper.utf8.count <= 200 else { return nil }
        if upper == "CRS84" || upper.hasSuffix(":CRS84") || upper.hasSuffix("/CRS84") { return "OGC:CRS84" }
        if upper.hasPrefix("URN:ADV:CRS:") {
            // A height system may follow after a star, a regional realization after an underscore.
            let name = upper.dropFirst(12).prefix { $0 != "*" }
            let found = adv.first { name == $0.key || name.hasPrefix($0.key + "_") }
            return found.map { "EPSG:\($0.value)" }
        }
        var rest = Substring(upper)
        if let marker = markers.first(where: { $0.hasPrefix("/") ? upper.contains($0) : upper.hasPrefix($0) }),
            let place = upper.firstRange(of: marker)
        {
            rest = upper[place.upperBound...]
            if let end = rest.lastIndex(where: { $0 == ":" || $0 == "/" }) {
                let version = rest[..<end]
                guard version.allSatisfy({ $0 == "." || isDigit($0) }) else { return nil }
                rest = rest[rest.index(after: end)...]
            }
        }
        guard (3...6).contains(rest.count), rest.allSatisfy(isDigit) else { return nil }
        return "EPSG:\(rest)"
    }

    private static func trim(_ text: String) -> Substring {
        func isBlank(_ character: Character) -> Bool { character.isWhitespace || character == "\u{FEFF}" }
        var trimmed = text.drop(while: isBlank)
        while let last = trimmed.last, isBlank(last) { trimmed.removeLast() }
        return trimmed
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    /// Whether WKT makes PROJ open a file: by the PROJ string of an EXTENSION, or by a path as a parameter.
    private static func namesFiles(_ upper: String) -> Bool {
        for marker in ["GRIDS=", "INIT=", "FILE="] {
            for rest in upper.split(separator: marker, omittingEmptySubsequences: false).dropFirst()
            where !rest.hasPrefix("@NULL") || rest.prefix(6) == "@NULL," {
                return true
            }
        }
        return upper.split(separator: "PARAMETERFILE", omittingEmptySubsequences: false).dropFirst().contains {
            $0.prefix { $0 != "]" }.contains { $0 == "/" || $0 == "\\" }
        }
    }
}
