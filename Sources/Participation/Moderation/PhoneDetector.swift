/// Finds telephone numbers: German ones with their area code, foreign ones with + or 00, and any number after a word
/// such as “Tel.”.
///
/// Numbers may be grouped by blanks, dashes, slashes, dots and brackets (DIN 5008 and older ways), or digit by digit.
enum PhoneDetector {
    /// Most elements of a number with its separators.
    private static let reach = 48

    /// The ranges of elements that look like telephone numbers.
    static func ranges(in text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = 0
        while index < text.count {
            if let end = number(in: text, at: index) {
                result.append(index..<end)
                index = end
            } else {
                // A run of digits is looked at from its start alone.
                let wasDigit = text[index].digit != nil
                index += 1
                while wasDigit, index < text.count, text[index].digit != nil { index += 1 }
            }
        }
        return result
    }

    /// Groups of digits with what stands between them.
    private struct Run {
        var groups: [[UInt8]] = []
        var separators: [String] = []
        var end = 0
        var digits: [UInt8] { groups.flatMap { $0 } }
    }

    /// The end of a number that begins at `start`.
    private static func number(in text: FoldedText, at start: Int) -> Int? {
        let first = text[start]
        guard first.digit != nil || first.scalar == "+" || first.scalar == "(" else { return nil }
        if let before = text.at(start - 1), before.isWord || before.scalar == "+" { return nil }
        // The decimals of an amount are no number of their own.
        if let before = text.at(start - 1), before.scalar == "." || before.scalar == ",",
            text.at(start - 2)?.digit != nil
        {
            return nil
        }
        let begin = first.digit == nil ? start + 1 : start
        let isPlus = first.scalar == "+" || (first.scalar == "(" && text.at(begin)?.scalar == "+")
        let run = run(in: text, from: text.at(begin)?.scalar == "+" ? begin + 1 : begin)
        guard !run.groups.isEmpty else { return nil }
        if isPlus { return isForeign(run) ? run.end : nil }
        let digits = run.digits
        if digits.starts(with: [0, 0]), run.groups[0].count > 2 || run.separators.first != "." {
            return (10...16).contains(digits.count) && (digits[2]) > 0 && !isTime(run) ? run.end : nil
        }
        if isDomestic(run) { return run.end }
        return announced(in: text, before: start) && (5...15).contains(digits.count) && !isDate(run) ? run.end : nil
    }

    /// Reads groups of digits as far as they belong together.
    private static func run(in text: FoldedText, from start: Int) -> Run {
        var run = Run()
        var index = start
        var group: [UInt8] = []
        var separator = ""
        let limit = min(text.count, start + reach)
        while index < limit {
            let element = text[index]
            if let digit = element.digit {
                if group.isEmpty, !run.groups.isEmpty { run.separators.append(separator) }
                separator = ""
                group.append(digit)
                run.end = index + 1
            } else {
                guard [" ", "-", "/", ".", "(", ")"].contains(element.scalar), separator.unicodeScalars.count < 3 else {
                    break
                }
                if !group.isEmpty {
                    run.groups.append(group)
                    group = []
                }
                separator.unicodeScalars.append(element.scalar)
            }
            index += 1
        }
        if !group.isEmpty { run.groups.append(group) }
        return run
    }

    private static func isForeign(_ run: Run) -> Bool {
        let digits = run.digits
        guard (9...15).contains(digits.count), digits[0] > 0 else { return false }
        let isAmount = run.groups.count > 1 && run.groups.dropFirst().allSatisfy { $0.count == 3 }
        return !(isAmount && run.separators.allSatisfy { $0 == "." || $0 == " " } && run.groups[0].count <= 3)
            || run.separators.isEmpty
    }

    private static func isDomestic(_ run: Run) -> Bool {
        let digits = run.digits
        guard (7...13).contains(digits.count), digits[0] == 0, digits[1] > 0 else { return false }
        if isDate(run) { return false }
        switch run.groups[0].count {
        case 1:
            // The older way "0 40 / 12 34 56", or digit by digit.
            return run.separators[0] != "." && run.separators[0] != "-."
        case 2:
            // Pairs, "01 71 23 45 67 8": times and dates are shorter or have dots.
            return digits.count >= 10 && run.groups.count >= 4 && run.separators.allSatisfy { !$0.contains(".") }
        default:
            // "0123/2026" is the number of a paper.
            if run.groups.count == 2, run.separators[0] == "/", run.groups[1].count == 4,
                run.groups[1].starts(with: [2, 0]) || run.groups[1].starts(with: [1, 9])
            {
                return false
            }
            return true
        }
    }

    /// Whether the groups are a day, a month and a year, or two such dates.
    private static func isDate(_ run: Run) -> Bool {
        let groups = run.groups
        guard groups.count >= 3, groups[0].count <= 2, groups[1].count <= 2 else { return false }
        let day = value(groups[0])
        let month = value(groups[1])
        return (1...31).contains(day) && (1...12).contains(month) && (groups[2].count == 4 || groups[2].count == 2)
            && run.separators[0].contains(".")
    }

    private static func isTime(_ run: Run) -> Bool { run.groups[0].count == 2 && run.groups.count >= 2 }

    private static func value(_ group: [UInt8]) -> Int { group.prefix(4).reduce(0) { $0 * 10 + Int($1) } }

    private static let words: Set<String> = [
        "tel", "telefon", "telefonnummer", "handy", "handynummer", "mobil", "mobilnummer", "fon", "phone", "whatsapp",
        "rufnummer", "festnetz", "signal",
    ]

    /// Whether a word such as "Tel." or "Handy:" stands shortly before.
    private static func announced(in text: FoldedText, before start: Int) -> Bool {
        var end = start
        while end > 0, start - end < 4, !text[end - 1].isLetter { end -= 1 }
        var begin = end
        while begin > 0, end - begin < 16, text[begin - 1].isLetter { begin -= 1 }
        return begin < end && words.contains(text.string(begin..<end))
    }
}
