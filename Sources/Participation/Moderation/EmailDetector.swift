/// Finds e-mail addresses, also those written to escape machines: `max (at) web (punkt) de`.
enum EmailDetector {
    /// Most characters of the part before the at sign (RFC 5321, 4.5.3.1.1), and of a domain that is looked at.
    private static let localReach = 64
    private static let domainReach = 120

    /// The ranges of elements that look like addresses.
    static func ranges(in text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard let sign = atSign(in: text, from: index) else {
                index += 1
                continue
            }
            let floor = result.last?.upperBound ?? 0
            if let begin = local(in: text, before: index, floor: floor), let end = domain(in: text, from: sign.end),
                sign.isCertain || !text.has("www", at: sign.end)
            {
                result.append(begin..<end)
                index = end
            } else {
                index = max(index + 1, sign.end)
            }
        }
        return result
    }

    /// Words for the at sign; in brackets of any kind, or alone between blanks.
    private static let atWords: [StaticString] = ["klammeraffe", "at", "ät", "aet", "a"]
    private static let dotWords: [StaticString] = ["punkt", "dot", "."]

    private static func atSign(in text: FoldedText, from start: Int) -> (end: Int, isCertain: Bool)? {
        let element = text[start]
        if element.scalar == "@" { return (skipBlanks(in: text, from: start + 1), true) }
        if let end = bracketed(atWords, in: text, from: start) { return (skipBlanks(in: text, from: end), true) }
        guard element.scalar == " " else { return nil }
        // Between blanks only words that are no words of German prose.
        for word: StaticString in ["at", "ät"] where text.has(word, at: start + 1) && text.at(start + 3)?.scalar == " "
        {
            return (start + 4, false)
        }
        return nil
    }

    /// The end of one of `words` in brackets or between dashes or underscores, blanks before and inside allowed.
    private static func bracketed(_ words: [StaticString], in text: FoldedText, from start: Int) -> Int? {
        var index = skipBlanks(in: text, from: start)
        guard let opening = text.at(index)?.scalar, ["(", "[", "{", "<", "-", "_", "*"].contains(opening) else {
            return nil
        }
        index = skipBlanks(in: text, from: index + 1)
        for word in words where text.has(word, at: index) {
            let end = skipBlanks(in: text, from: index + word.description.unicodeScalars.count)
            if let closing = text.at(end)?.scalar, [")", "]", "}", ">", "-", "_", "*"].contains(closing) {
                return end + 1
            }
        }
        return nil
    }

    /// At most two blanks.
    private static func skipBlanks(in text: FoldedText, from start: Int) -> Int {
        var index = start
        while index < start + 2, text.at(index)?.scalar == " " { index += 1 }
        return index
    }

    /// Where the part before the at sign begins; `nil` when there is none.
    private static func local(in text: FoldedText, before end: Int, floor: Int) -> Int? {
        var begin = end
        while begin > floor, end - begin < 2, text[begin - 1].scalar == " " { begin -= 1 }
        let last = begin
        while begin > floor, last - begin < localReach, isLocal(text[begin - 1]) { begin -= 1 }
        return text[begin..<last].contains(where: \.isWord) ? begin : nil
    }

    private static func isLocal(_ element: FoldedText.Element) -> Bool {
        element.isWord || [".", "_", "%", "+", "-"].contains(element.scalar)
    }

    /// The end of a domain of labels, its last of two letters at least; `nil` when there is none.
    private static func domain(in text: FoldedText, from start: Int) -> Int? {
        var index = start
        var labels = 0
        let limit = min(text.count, start + domainReach)
        var end: Int?
        while index < limit {
            let begin = index
            while index < limit, text[index].isWord || text[index].scalar == "-" { index += 1 }
            guard index > begin else { break }
            labels += 1
            if labels > 1, index - begin >= 2, text[begin..<index].allSatisfy(\.isLetter) { end = index }
            if text.at(index)?.scalar == ".", text.at(index + 1)?.isWord == true {
                index += 1
            } else if let next = spelledDot(in: text, from: index) {
                index = next
            } else {
                break
            }
        }
        return end
    }

    /// The end of "(dot)", "[.]" or " punkt ".
    private static func spelledDot(in text: FoldedText, from start: Int) -> Int? {
        if let end = bracketed(dotWords, in: text, from: start) { return skipBlanks(in: text, from: end) }
        for word: StaticString in [" punkt ", " dot "] where text.has(word, at: start) {
            return start + word.description.unicodeScalars.count
        }
        return nil
    }
}

extension FoldedText {
    /// The elements of a range.
    subscript(_ range: Range<Int>) -> ArraySlice<Element> { elements[range] }
}
