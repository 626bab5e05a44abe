import HTTPTypes
import Hummingbird

/// The languages the server speaks.
enum Language: String, Sendable, CaseIterable {
    case german = "de"
    case english = "en"

    /// The language that an `Accept-Language` field (RFC 9110, 12.5.4) prefers; English where none fits.
    init(accepting field: String?) {
        var best: (language: Language, weight: Double)?
        for item in (field ?? "").prefix(1000).split(separator: ",").prefix(20) {
            let parts = item.split(separator: ";")
            guard let tag = parts.first?.trimmingBlanks.lowercased(),
                let language = Language.allCases.first(where: { tag == $0.rawValue || tag.hasPrefix($0.rawValue + "-") }
                )
            else { continue }
            var weight = 1.0
            for part in parts.dropFirst() {
                let text = part.trimmingBlanks
                if text.hasPrefix("q=") { weight = Double(text.dropFirst(2)) ?? 0 }
            }
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .english
    }

    /// The language that a request prefers.
    init(of request: Request) { self.init(accepting: request.headers[.acceptLanguage]) }
}

extension StringProtocol {
    /// This text without blanks and tabs at both ends.
    var trimmingBlanks: SubSequence {
        guard let first = firstIndex(where: { $0 != " " && $0 != "\t" }),
            let last = lastIndex(where: { $0 != " " && $0 != "\t" })
        else { return self[endIndex..<endIndex] }
        return self[first...last]
    }
}
