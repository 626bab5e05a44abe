/// What a tenant's administrators and the operator set beside its name.
public struct TenantSettings: Sendable, Hashable, Codable {
    /// Origins whose pages may send what is not a mere read, such as `https://mitmachen.example.org`.
    public var origins: [String]
    /// What the limits on rates are multiplied with: 1 by default, more for an event where many share one address,
    /// 0 for no limits.
    public var rateFactor: Double
    /// Most mebibytes of pictures on contributions and drafts, their small copies aside.
    public var imageMegabytes: Int

    /// 20 GiB: some forty thousand photographs.
    public static let defaultImageMegabytes = 20_480

    /// Makes settings.
    public init(
        origins: [String] = [], rateFactor: Double = 1, imageMegabytes: Int = TenantSettings.defaultImageMegabytes
    ) {
        self.origins = origins
        self.rateFactor = rateFactor
        self.imageMegabytes = imageMegabytes
    }

    /// Reads settings; members that are absent take their default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        origins = try values.decodeIfPresent([String].self, forKey: .origins) ?? []
        rateFactor = try values.decodeIfPresent(Double.self, forKey: .rateFactor) ?? 1
        imageMegabytes =
            try values.decodeIfPresent(Int.self, forKey: .imageMegabytes) ?? Self.defaultImageMegabytes
    }
}
