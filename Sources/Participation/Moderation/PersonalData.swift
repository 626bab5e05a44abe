/// What looks like personal data in a text that citizens wrote.
///
/// Meant to hold a text back until a person has looked at it: it would rather find too much than too little, but
/// leaves alone what fills texts on cities – dates, times, amounts, postal codes, roads, lines, paragraphs, standards.
public enum PersonalData {
    /// What kind of data it looks like.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case phone, email, iban, licencePlate
    }

    /// One passage that looks like personal data.
    public struct Finding: Sendable, Hashable {
        /// What it looks like.
        public var kind: Kind
        /// Where it stands, counted in Unicode scalars of the text.
        public var range: Range<Int>

        /// Makes a finding.
        public init(kind: Kind, range: Range<Int>) {
            self.kind = kind
            self.range = range
        }
    }

    /// The passages of a text that look like personal data, in their order, without overlap.
    ///
    /// - Complexity: linear in the length of the text, whatever it holds: each detector looks a bounded way ahead.
    public static func findings(in text: String) -> [Finding] {
        let folded = FoldedText(text)
        var found = EmailDetector.ranges(in: folded).map { (kind: Kind.email, range: $0) }
        found += IBANDetector.ranges(in: folded).map { (kind: .iban, range: $0) }
        found += PhoneDetector.ranges(in: folded).map { (kind: .phone, range: $0) }
        found += LicencePlateDetector.ranges(in: folded).map { (kind: .licencePlate, range: $0) }
        found.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
        var result: [Finding] = []
        for item in found {
            let place = folded.place(item.range)
            if let last = result.last, last.range.upperBound > place.lowerBound { continue }
            result.append(Finding(kind: item.kind, range: place))
        }
        return result
    }

    /// Whether anything in a text looks like personal data.
    public static func isSuspected(in text: String) -> Bool { !findings(in: text).isEmpty }

    /// The passage of a finding.
    public static func passage(_ finding: Finding, of text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.dropFirst(finding.range.lowerBound).prefix(finding.range.count) {
            view.append(scalar)
        }
        return String(view)
    }
}
