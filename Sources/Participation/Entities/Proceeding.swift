public import GeoCore

/// One participation process of a tenant.
public struct Proceeding: Sendable, Hashable {
    /// Slug of the tenant.
    public var tenant: String
    /// Slug, unique in the tenant.
    public var id: String
    /// Number that stands for (tenant, id) in spatial keys; given by the store.
    public var key: Int64
    /// Name for people.
    public var name: String
    /// What it is about.
    public var description: String
    /// Department in charge.
    public var owner: String?
    /// Where to read more.
    public var website: String?
    /// The area in longitude/latitude, Polygon or MultiPolygon.
    public var area: Geometry?
    /// When it runs.
    public var schedule: Schedule
    /// Rules for what citizens send.
    public var settings: ProceedingSettings
    /// Whether the public may see it.
    public var isPublic: Bool
    /// When it was made, milliseconds since 1970.
    public var created: Int64
    /// +1 with every change of its data: the key of caches and entity tags.
    public var dataVersion: Int64
    /// Whether it is kept for reading only, with nothing open.
    public var isArchived = false
    /// Labels, lists, and who answers for it.
    public var details = ProceedingDetails()
    /// +1 with every change of the proceeding itself, its categories or types.
    public var version: Int64 = 1

    /// Makes a proceeding.
    public init(
        tenant: String, id: String, key: Int64 = 0, name: String, description: String = "", owner: String? = nil,
        website: String? = nil, area: Geometry? = nil, schedule: Schedule = Schedule(),
        settings: ProceedingSettings = ProceedingSettings(), isPublic: Bool = true, created: Int64 = 0,
        dataVersion: Int64 = 0
    ) {
        self.tenant = tenant
        self.id = id
        self.key = key
        self.name = name
        self.description = description
        self.owner = owner
        self.website = website
        self.area = area
        self.schedule = schedule
        self.settings = settings
        self.isPublic = isPublic
        self.created = created
        self.dataVersion = dataVersion
    }
}

/// What a proceeding allows on the way in.
public struct ProceedingSettings: Sendable, Hashable, Codable {
    /// What happens to a contribution outside the area.
    public enum OutsideArea: String, Sendable, Hashable, Codable {
        /// Taken as any other.
        case accept
        /// Taken, and marked `outsideArea`.
        case flag
        /// Refused.
        case reject
    }

    /// When what citizens write is shown.
    public enum Moderation: String, Sendable, Hashable, Codable, CaseIterable {
        /// At once; it may be hidden later.
        case post
        /// After a moderator has looked at it.
        case pre
    }

    /// Geometry types that citizens may send.
    public var allowedGeometries: [String]
    /// Longest text in characters, 20 to 3,500.
    public var maximumTextLength: Int
    /// Whether a contribution must have a place.
    public var mustBeLocated: Bool
    /// What happens to a contribution outside the area.
    public var outsideArea: OutsideArea
    /// CRS in metres of this proceeding, where it is not the tenant's.
    public var metricCRS: String?
    /// Whether contributions and comments need no participant token; votes always need one.
    public var anonymousAllowed: Bool
    /// Minutes in which authors may change and withdraw what they wrote, 0 to 43,200 (30 days).
    public var editWindowMinutes: Int
    /// When what citizens write is shown.
    public var moderation: Moderation
    /// What is switched off, whatever the phase.
    public var closed: Set<Activity>
    /// How long what ties contents to people is kept.
    public var retention: RetentionTimes
    /// What citizens may attach.
    public var attachments = AttachmentSettings()
    /// What planners may offer for download.
    public var downloads = DownloadSettings()
    /// How much epsilon all answers with noise may spend together in a calendar year, 0 to 1,000; with 0 there are none.
    public var privacyBudget = 10.0
    /// Whether tables of area units withhold from the public what rests on fewer than five people even where everybody
    /// may read each contribution.
    public var withholdsSmallAreas = false

    /// Makes settings; the defaults are those of the platform.
    public init(
        allowedGeometries: [String] = ["Point", "LineString", "Polygon"], maximumTextLength: Int = 1000,
        mustBeLocated: Bool = false, outsideArea: OutsideArea = .flag, metricCRS: String? = nil,
        anonymousAllowed: Bool = true, editWindowMinutes: Int = 60, moderation: Moderation = .post,
        closed: Set<Activity> = [], retention: RetentionTimes = RetentionTimes()
    ) {
        self.allowedGeometries = allowedGeometries
        self.maximumTextLength = maximumTextLength
        self.mustBeLocated = mustBeLocated
        self.outsideArea = outsideArea
        self.metricCRS = metricCRS
        self.anonymousAllowed = anonymousAllowed
        self.editWindowMinutes = editWindowMinutes
        self.moderation = moderation
        self.closed = closed
        self.retention = retention
    }

    /// Reads settings; members that are absent take their default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let defaults = ProceedingSettings()
        allowedGeometries =
            try values.decodeIfPresent([String].self, forKey: .allowedGeometries)
            ?? defaults.allowedGeometries
        maximumTextLength =
            try values.decodeIfPresent(Int.self, forKey: .maximumTextLength)
            ?? defaults.maximumTextLength
        mustBeLocated = try values.decodeIfPresent(Bool.self, forKey: .mustBeLocated) ?? defaults.mustBeLocated
        outsideArea = try values.decodeIfPresent(OutsideArea.self, forKey: .outsideArea) ?? defaults.outsideArea
        metricCRS = try values.decodeIfPresent(String.self, forKey: .metricCRS)
        anonymousAllowed =
            try values.decodeIfPresent(Bool.self, forKey: .anonymousAllowed) ?? defaults.anonymousAllowed
        editWindowMinutes =
            try values.decodeIfPresent(Int.self, forKey: .editWindowMinutes) ?? defaults.editWindowMinutes
        moderation = try values.decodeIfPresent(Moderation.self, forKey: .moderation) ?? defaults.moderation
        closed = try values.decodeIfPresent(Set<Activity>.self, forKey: .closed) ?? defaults.closed
        retention = try values.decodeIfPresent(RetentionTimes.self, forKey: .retention) ?? defaults.retention
        attachments =
            try values.decodeIfPresent(AttachmentSettings.self, forKey: .attachments) ?? defaults.attachments
        downloads = try values.decodeIfPresent(DownloadSettings.self, forKey: .downloads) ?? defaults.downloads
        privacyBudget = try values.decodeIfPresent(Double.self, forKey: .privacyBudget) ?? defaults.privacyBudget
        withholdsSmallAreas =
            try values.decodeIfPresent(Bool.self, forKey: .withholdsSmallAreas) ?? defaults.withholdsSmallAreas
    }
}
