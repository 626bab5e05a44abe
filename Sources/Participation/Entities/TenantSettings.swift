/// What a tenant's administrators and the operator set beside its name.
public struct TenantSettings: Sendable, Hashable, Codable {
    /// Origins whose pages may send what is not a mere read, such as `https://mitmachen.example.org`.
    public var origins: [String]
    /// What the limits on rates are multiplied with: 1 by default, more for an event where many share one address,
    /// 0 for no limits.
    public var rateFactor: Double
    /// Most mebibytes of pictures on contributions and drafts, their small copies aside.
    public var imageMegabytes: Int

    /// When the operator may work in the tenant's data.
    public var operatorAccess: OperatorAccess

    /// 20 GiB: some forty thousand photographs.
    public static let defaultImageMegabytes = 20_480

    /// Makes settings.
    public init(
        origins: [String] = [], rateFactor: Double = 1, imageMegabytes: Int = TenantSettings.defaultImageMegabytes,
        operatorAccess: OperatorAccess = .always
    ) {
        self.origins = origins
        self.rateFactor = rateFactor
        self.imageMegabytes = imageMegabytes
        self.operatorAccess = operatorAccess
    }

    /// Reads settings; members that are absent take their default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        origins = try values.decodeIfPresent([String].self, forKey: .origins) ?? []
        rateFactor = try values.decodeIfPresent(Double.self, forKey: .rateFactor) ?? 1
        imageMegabytes =
            try values.decodeIfPresent(Int.self, forKey: .imageMegabytes) ?? Self.defaultImageMegabytes
        // What is not understood opens nothing.
        let access = try values.decodeIfPresent(String.self, forKey: .operatorAccess)
        operatorAccess = access.map { OperatorAccess(rawValue: $0) ?? .onGrant } ?? .always
    }
}

/// When the operator may work in a tenant's data.
public enum OperatorAccess: String, Sendable, Hashable, Codable, CaseIterable {
    /// Always: operator and administrator are the same people.
    case always
    /// While emergency access is open, which has a reason and an end and which the tenant sees.
    case onGrant
}
