/// One municipality or authority: the outermost key of every row.
public struct Tenant: Sendable, Hashable {
    /// Whether a tenant answers.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// It answers.
        case active
        /// It is as if it were not there, until it is active again.
        case suspended
    }

    /// Slug, unique in the installation.
    public var id: String
    /// Number that stands for the slug in every key; given by the store.
    public var key: Int64
    /// Name for people.
    public var name: String
    /// Language of texts where nobody asked for another, `de` or `en`.
    public var defaultLanguage: String
    /// CRS in metres in which the tenant's proceedings are analysed.
    public var metricCRS: String
    /// IANA name of the time zone in which days begin and end.
    public var timeZone: String
    /// Licence of published data.
    public var licence: String?
    /// Who publishes the data.
    public var publisher: String?
    /// Whom to ask.
    public var contact: String?
    /// Whether it answers.
    public var status = Status.active
    /// What its administrators and the operator set.
    public var settings = TenantSettings()
    /// +1 with every change of the tenant itself.
    public var version: Int64 = 1

    /// Makes a tenant with the defaults of a German municipality.
    public init(
        id: String, key: Int64 = 0, name: String, defaultLanguage: String = "de", metricCRS: String = "EPSG:25832",
        timeZone: String = "Europe/Berlin", licence: String? = nil, publisher: String? = nil
    ) {
        self.id = id
        self.key = key
        self.name = name
        self.defaultLanguage = defaultLanguage
        self.metricCRS = metricCRS
        self.timeZone = timeZone
        self.licence = licence
        self.publisher = publisher
    }
}
