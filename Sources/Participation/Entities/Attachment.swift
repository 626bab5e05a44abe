/// An image that hangs on a contribution or a conception, made anew on its way in.
public struct Attachment: Sendable, Hashable {
    /// Number, unique in the installation.
    public var id: Int64
    /// What it hangs on.
    public var item: ItemReference
    /// What is to be seen on it, for those who do not see it.
    public var alt: String
    /// Who made it, as they want to be named.
    public var credit: String?
    /// Media type of the picture.
    public var mediaType: String
    /// Width of the picture in pixels.
    public var width: Int
    /// Height of the picture in pixels.
    public var height: Int
    /// Bytes of the picture.
    public var byteCount: Int
    /// When it came in, milliseconds since 1970.
    public var created: Int64

    /// Makes an attachment.
    public init(
        id: Int64 = 0, item: ItemReference, alt: String, credit: String? = nil, mediaType: String, width: Int,
        height: Int, byteCount: Int, created: Int64
    ) {
        self.id = id
        self.item = item
        self.alt = alt
        self.credit = credit
        self.mediaType = mediaType
        self.width = width
        self.height = height
        self.byteCount = byteCount
        self.created = created
    }

    /// The faults of its texts; empty when it may be stored.
    public static func violations(alt: String, credit: String?) -> [RuleViolation] {
        var faults = TextRule(length: 3...500).violations(in: alt, at: "/alt")
        if let credit { faults += TextRule(length: 1...200).violations(in: credit, at: "/credit") }
        return faults
    }

    /// The address of the picture on the server, from its root.
    public func address(in proceeding: Proceeding) -> String {
        "/t/\(proceeding.tenant)/api/v1/proceedings/\(proceeding.id)/\(item.kind)s/\(item.id)/attachments/\(id)"
    }
}

/// What a proceeding lets citizens attach.
public struct AttachmentSettings: Sendable, Hashable, Codable {
    /// Whether images are taken at all.
    public var allowed: Bool
    /// Most images of a contribution, 1 to 20.
    public var maximumCount: Int
    /// Most mebibytes of an image as it is sent, 1 to 25.
    public var maximumMegabytes: Int

    /// Makes settings; by default five images of ten mebibytes.
    public init(allowed: Bool = true, maximumCount: Int = 5, maximumMegabytes: Int = 10) {
        self.allowed = allowed
        self.maximumCount = maximumCount
        self.maximumMegabytes = maximumMegabytes
    }

    /// The names of the members.
    public static let members: Set<String> = ["allowed", "maximumCount", "maximumMegabytes"]

    /// Reads settings; members that are absent take their default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let defaults = AttachmentSettings()
        allowed = try values.decodeIfPresent(Bool.self, forKey: .allowed) ?? defaults.allowed
        maximumCount = try values.decodeIfPresent(Int.self, forKey: .maximumCount) ?? defaults.maximumCount
        maximumMegabytes = try values.decodeIfPresent(Int.self, forKey: .maximumMegabytes) ?? defaults.maximumMegabytes
    }

    /// The faults of the settings; empty when they may be stored.
    public var violations: [RuleViolation] {
        [("maximumCount", maximumCount, 1...20), ("maximumMegabytes", maximumMegabytes, 1...25)].filter {
            !$0.2.contains($0.1)
        }.map { name, _, range in
            RuleViolation(
                pointer: "/settings/attachments/\(name)", code: "outOfRange",
                detail: "must be from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}
