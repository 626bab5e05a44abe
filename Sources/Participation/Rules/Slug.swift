/// The one syntax of names in paths: 1 to 64 of `a` to `z`, `0` to `9` and inner hyphens.
public enum Slug {
    /// Whether a text is a slug.
    public static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...64).contains(bytes.count), bytes.first != 0x2D, bytes.last != 0x2D else { return false }
        return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    /// A slug made of a name: umlauts spelled out, everything else than letters and digits a hyphen.
    public static func make(of name: String) -> String {
        var result = ""
        for scalar in name.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
            case "ä": result += "ae"
            case "ö": result += "oe"
            case "ü": result += "ue"
            case "ß": result += "ss"
            default: if !result.isEmpty, result.last != "-" { result += "-" }
            }
        }
        result = String(result.prefix(64))
        while result.last == "-" { result.removeLast() }
        return result.isEmpty ? "unnamed" : result
    }

    /// A slug made of a name that is none of those taken: the first that is free of `name`, `name-2` and so on.
    public static func make(of name: String, unless isTaken: (String) -> Bool) -> String {
        let base = make(of: name)
        var slug = base
        var number = 2
        while isTaken(slug) {
            slug = "\(base.prefix(58))-\(number)"
            number += 1
        }
        return slug
    }
}
