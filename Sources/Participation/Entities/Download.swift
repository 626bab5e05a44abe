/// A document that a proceeding offers: a plan, minutes, a report on the results.
public struct Download: Sendable, Hashable {
    /// Number, unique in the installation.
    public var id: Int64
    /// Title for people.
    public var title: String
    /// What is in it.
    public var description: String?
    /// Language of its text, such as `de`.
    public var language: String?
    /// Whether it documents the course and the results of the proceeding.
    public var isDocumentation: Bool
    /// Where it stands in lists: lower ones first, equal ones in order of entry.
    public var weight: Int
    /// Whether only those who manage the proceeding see it.
    public var isArchived: Bool
    /// Name of the file.
    public var fileName: String
    /// Media type, told by the content.
    public var mediaType: String
    /// Bytes of the file.
    public var byteCount: Int64
    /// SHA-256 of the file, in hexadecimal digits.
    public var digest: String
    /// When it came in, milliseconds since 1970.
    public var created: Int64
    /// When what is said of it was last changed, milliseconds since 1970.
    public var changed: Int64
    /// +1 with every change of what is said of it.
    public var version: Int64

    /// Makes a download; its file is told when it comes in.
    public init(
        id: Int64 = 0, title: String, description: String? = nil, language: String? = nil,
        isDocumentation: Bool = false, weight: Int = 0, isArchived: Bool = false, fileName: String = "",
        mediaType: String = "", byteCount: Int64 = 0, digest: String = "", created: Int64 = 0, changed: Int64 = 0,
        version: Int64 = 1
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.language = language
        self.isDocumentation = isDocumentation
        self.weight = weight
        self.isArchived = isArchived
        self.fileName = fileName
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.digest = digest
        self.created = created
        self.changed = changed
        self.version = version
    }

    /// Weights from −1,000 to 1,000.
    public static let weights = -1_000...1_000

    /// The faults of what is said of it; empty when it may be stored.
    public var violations: [RuleViolation] {
        var faults = TextRule(length: 1...200).violations(in: title, at: "/title")
        if let description { faults += TextRule(length: 0...2_000).violations(in: description, at: "/description") }
        if let language,
            !(2...3).contains(language.utf8.count) || !language.utf8.allSatisfy({ (97...122).contains($0) })
        {
            faults.append(
                RuleViolation(pointer: "/language", code: "value", detail: "must be a language code such as de or en"))
        }
        if !Self.weights.contains(weight) {
            faults.append(RuleViolation(pointer: "/weight", code: "outOfRange", detail: "must be from -1000 to 1000"))
        }
        return faults
    }

    /// A name for a file that is safe on every system: a base name without marks of paths and controls, with the ending
    /// of its kind.
    ///
    /// - Parameters:
    ///   - name: what it was called.
    ///   - suffix: the ending, without the dot.
    public static func fileName(_ name: String, suffix: String) -> String {
        let base = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var stem = base.lastIndex(of: ".").map { String(base[..<$0]) } ?? base
        if stem.lowercased().hasSuffix(".\(suffix)") { stem.removeLast(suffix.count + 1) }
        var safe = String.UnicodeScalarView()
        for scalar in TextRule.cleaned(stem).unicodeScalars {
            let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            let isKept =
                isWord || scalar.properties.generalCategory == .nonspacingMark
                || " -_.,()+".unicodeScalars.contains(scalar)
            safe.append(isKept ? scalar : "_")
        }
        var text = String(String(safe).prefix(100))
        while text.utf8.count > 180 { text.removeLast() }
        text = String(text.drop { $0 == "." || $0 == " " })
        return "\(text.contains(where: { $0 != "_" }) ? text : "download").\(suffix)"
    }
}

/// What a proceeding lets its planners offer.
public struct DownloadSettings: Sendable, Hashable, Codable {
    /// Most mebibytes of a file, 1 to 100.
    public var maximumMegabytes: Int

    /// Makes settings; by default fifty mebibytes.
    public init(maximumMegabytes: Int = 50) { self.maximumMegabytes = maximumMegabytes }

    /// The names of the members.
    public static let members: Set<String> = ["maximumMegabytes"]

    /// Reads settings; members that are absent take their default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        maximumMegabytes =
            try values.decodeIfPresent(Int.self, forKey: .maximumMegabytes) ?? DownloadSettings().maximumMegabytes
    }

    /// The faults of the settings; empty when they may be stored.
    public var violations: [RuleViolation] {
        guard !(1...100).contains(maximumMegabytes) else { return [] }
        return [
            RuleViolation(
                pointer: "/settings/downloads/maximumMegabytes", code: "outOfRange", detail: "must be from 1 to 100")
        ]
    }
}
