/// Finds German licence plates: one to three letters, one or two letters, up to four digits, perhaps E or H.
enum LicencePlateDetector {
    /// Abbreviations that stand before letters and numbers in texts on cities.
    private static let others: Set<String> = [
        "din", "iso", "vdi", "vde", "ral", "lkw", "pkw", "ice", "db", "hvv", "eu", "eg", "vhh", "bus", "bab", "nr",
        "tor", "plz", "en", "ec", "re", "rb", "tel", "fax", "abs", "art", "str",
    ]

    /// The ranges of elements that look like licence plates.
    static func ranges(in text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard text[index].isLetter, index == 0 || !(text[index - 1].isWord || text[index - 1].scalar == "-") else {
                index += 1
                continue
            }
            if let end = plate(in: text, at: index) {
                result.append(index..<end)
                index = end
            } else {
                while index < text.count, text[index].isLetter { index += 1 }
            }
        }
        return result
    }

    private static func plate(in text: FoldedText, at start: Int) -> Int? {
        let district = letters(in: text, from: start, most: 3)
        guard let district, !others.contains(text.string(start..<district)) else { return nil }
        var index = district
        var isDashed = false
        var gap = 0
        while let element = text.at(index), gap < 3, ["-", " ", ":", "·", "•"].contains(element.scalar) {
            isDashed = isDashed || element.scalar != " "
            gap += 1
            index += 1
        }
        guard gap > 0, let series = letters(in: text, from: index, most: 2) else { return nil }
        let isCapital = text[start..<district].allSatisfy(\.isCapital) && text[index..<series].allSatisfy(\.isCapital)
        guard isCapital || isDashed else { return nil }
        index = series
        if let element = text.at(index), element.scalar == " " || element.scalar == "-" { index += 1 }
        let first = index
        while index < text.count, text[index].digit != nil { index += 1 }
        guard (1...4).contains(index - first), text[first].digit != 0 else { return nil }
        // A single digit is a line or a number of anything, but after HH-A.
        guard index - first >= 2 || (isCapital && isDashed && district - start >= 2) else { return nil }
        if let element = text.at(index), element.scalar == "e" || element.scalar == "h",
            text.at(index + 1)?.isWord != true
        {
            index += 1
        }
        // "HH-AB 12.5", "A-Z 10:30" and "HH-AB 12 %" are something else.
        guard text.at(index)?.isWord != true else { return nil }
        if let next = text.at(index)?.scalar, [".", ",", ":"].contains(next), text.at(index + 1)?.digit != nil {
            return nil
        }
        return index
    }

    /// The end of one to `most` letters that stand alone.
    private static func letters(in text: FoldedText, from start: Int, most: Int) -> Int? {
        var end = start
        while end < text.count, end - start <= most, text[end].isLetter { end += 1 }
        return (1...most).contains(end - start) ? end : nil
    }
}
