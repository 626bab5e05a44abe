/// Finds international bank account numbers (ISO 13616), in groups or not.
///
/// German ones count whatever their check digits, since people mistype; others only with right check digits.
enum IBANDetector {
    /// The ranges of elements that look like account numbers.
    static func ranges(in text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = 0
        while index < text.count {
            if let end = number(in: text, at: index) {
                result.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return result
    }

    private static func number(in text: FoldedText, at start: Int) -> Int? {
        guard start == 0 || !text[start - 1].isWord, text[start].isLetter, text[start].scalar.isASCII,
            let second = text.at(start + 1), second.isLetter, second.scalar.isASCII
        else { return nil }
        var characters: [Unicode.Scalar] = []
        var ends: [Int] = []
        var index = start
        var blanks = 0
        while index < text.count, characters.count < 34, blanks < 2 {
            let element = text[index]
            if element.scalar.isASCII, element.isWord {
                blanks = 0
                characters.append(element.scalar)
                ends.append(index + 1)
                // The check digits come third and fourth: anything else is a word.
                if (3...4).contains(characters.count), element.digit == nil { return nil }
            } else if element.scalar == " " || element.scalar == "-" || element.scalar == "." {
                blanks += 1
            } else {
                break
            }
            index += 1
        }
        if characters.starts(with: "de".unicodeScalars), characters.count >= 22,
            characters[2..<22].allSatisfy({ (48...57).contains($0.value) })
        {
            return ends[21]
        }
        // Where the number ends is not known before: the shortest with right check digits.
        guard characters.count >= 15 else { return nil }
        for count in 15...characters.count
        where (count == characters.count || text.at(ends[count - 1])?.isWord != true)
            && remainder(characters.prefix(count)) == 1
        {
            return ends[count - 1]
        }
        return nil
    }

    /// The remainder of the number by 97 after ISO 7064: country and check digits go to the end, letters count from 10.
    private static func remainder(_ characters: ArraySlice<Unicode.Scalar>) -> UInt32 {
        var remainder: UInt32 = 0
        for scalar in Array(characters.dropFirst(4)) + Array(characters.prefix(4)) {
            let isDigit = scalar.value < 58
            let value = isDigit ? scalar.value &- 48 : scalar.value &- 87
            remainder = (remainder &* (isDigit ? 10 : 100) &+ value) % 97
        }
        return remainder
    }
}
