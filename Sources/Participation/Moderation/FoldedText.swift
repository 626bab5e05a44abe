/// A text as the detectors read it: plain small letters and digits, each with the place it came from.
///
/// What people use to hide a number from a machine is undone: characters without width are left out, full-width and
/// other digits become 0 to 9, every dash becomes `-`, every blank a space, and digits written as German words become
/// digits. Case is kept apart, since licence plates are told by it.
///
/// - Complexity: linear in the scalars.
struct FoldedText {
    /// One character: its small letter, whether it was a capital, and the scalars of the text it stands for.
    struct Element {
        var scalar: Unicode.Scalar
        var isCapital: Bool
        var range: Range<Int>

        /// The value of a digit.
        var digit: UInt8? {
            (48...57).contains(scalar.value) ? UInt8(truncatingIfNeeded: scalar.value &- 48) : nil
        }
        var isLetter: Bool { scalar.isASCII ? (97...122).contains(scalar.value) : scalar.properties.isAlphabetic }
        /// Whether it belongs to a word.
        var isWord: Bool { isLetter || digit != nil }
    }

    private(set) var elements: [Element] = []

    init(_ text: String) {
        var offset = 0
        for scalar in text.unicodeScalars {
            let place = offset..<offset + 1
            offset += 1
            if scalar.isASCII {
                let isCapital = (65...90).contains(scalar.value)
                let blank = (9...13).contains(scalar.value)
                let small = blank ? " " : isCapital ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
                elements.append(Element(scalar: small, isCapital: isCapital, range: place))
            } else {
                fold(scalar, place)
            }
        }
        foldDigitWords()
    }

    private mutating func fold(_ scalar: Unicode.Scalar, _ place: Range<Int>) {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .format: return
        case .nonspacingMark where scalar.value != 0x0308: return
        case .decimalNumber:
            let value = UInt32(properties.numericValue ?? 0)
            elements.append(Element(scalar: Unicode.Scalar(48 + value) ?? "0", isCapital: false, range: place))
        case .dashPunctuation: elements.append(Element(scalar: "-", isCapital: false, range: place))
        case .spaceSeparator, .lineSeparator, .paragraphSeparator:
            elements.append(Element(scalar: " ", isCapital: false, range: place))
        default:
            switch scalar.value {
            case 0x0308:
                // A letter with its dots as a character of their own is one letter.
                guard let last = elements.last, let whole = Self.umlauts[last.scalar] else { return }
                elements[elements.count - 1].scalar = whole
                elements[elements.count - 1].range = last.range.lowerBound..<place.upperBound
            case 0x2212: elements.append(Element(scalar: "-", isCapital: false, range: place))
            case 0xFF01...0xFF5E:
                let plain = Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
                let isCapital = (65...90).contains(plain.value)
                let small = isCapital ? Unicode.Scalar(plain.value + 32) ?? plain : plain
                elements.append(Element(scalar: small, isCapital: isCapital, range: place))
            default:
                let lower = properties.lowercaseMapping.unicodeScalars
                elements.append(
                    Element(
                        scalar: lower.count == 1 ? lower.first ?? scalar : scalar,
                        isCapital: properties.isUppercase, range: place))
            }
        }
    }

    private static let umlauts: [Unicode.Scalar: Unicode.Scalar] = ["a": "ä", "o": "ö", "u": "ü"]

    private static let digitWords: [String: Unicode.Scalar] = [
        "null": "0", "eins": "1", "zwei": "2", "zwo": "2", "drei": "3", "vier": "4", "fünf": "5", "fuenf": "5",
        "sechs": "6", "sieben": "7", "acht": "8", "neun": "9",
    ]

    /// Puts a digit in the place of each word that names one.
    private mutating func foldDigitWords() {
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        var index = 0
        while index < elements.count {
            guard elements[index].isWord else {
                result.append(elements[index])
                index += 1
                continue
            }
            var end = index
            while end < elements.count, elements[end].isWord { end += 1 }
            let word = (3...6).contains(end - index) ? string(index..<end) : ""
            if let digit = Self.digitWords[word] {
                let range = elements[index].range.lowerBound..<elements[end - 1].range.upperBound
                result.append(Element(scalar: digit, isCapital: false, range: range))
            } else {
                result += elements[index..<end]
            }
            index = end
        }
        elements = result
    }

    var count: Int { elements.count }

    subscript(_ index: Int) -> Element { elements[index] }

    /// The element at a place that may lie outside.
    func at(_ index: Int) -> Element? { elements.indices.contains(index) ? elements[index] : nil }

    /// The small letters of a range.
    func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        for element in elements[range] { view.append(element.scalar) }
        return String(view)
    }

    /// Whether the characters from `index` on are those of `word`, small letters.
    func has(_ word: StaticString, at index: Int) -> Bool {
        var position = index
        for scalar in word.description.unicodeScalars {
            guard position >= 0, position < elements.count, elements[position].scalar == scalar else { return false }
            position += 1
        }
        return true
    }

    /// The scalars of the text that a range of elements stands for.
    func place(_ range: Range<Int>) -> Range<Int> {
        guard let first = elements[range].first, let last = elements[range].last else { return 0..<0 }
        return first.range.lowerBound..<last.range.upperBound
    }
}
