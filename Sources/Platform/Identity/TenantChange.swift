public import Participation
import Storage

/// What is to be changed of a tenant; what is `nil` stays.
public struct TenantChange: Sendable, Hashable {
    /// Name for people.
    public var name: String?
    /// Language of texts where nobody asked for another, `de` or `en`.
    public var language: String?
    /// CRS in metres.
    public var metricCRS: String?
    /// IANA name of the time zone.
    public var timeZone: String?
    /// Licence of published data; empty takes it away.
    public var licence: String?
    /// Who publishes the data; empty takes it away.
    public var publisher: String?
    /// Whom to ask; empty takes it away.
    public var contact: String?
    /// Origins whose pages may send what is not a mere read.
    public var origins: [String]?
    /// What the limits on rates are multiplied with, 0 to 1,000, where 0 switches them off; for the operator alone.
    public var rateFactor: Double?
    /// Most mebibytes of pictures, 0 to 1,000,000,000; for the operator alone.
    public var imageMegabytes: Int?
    /// Host names it owns, lower case, without port; for the operator alone.
    public var hosts: [String]?
    /// Whether it answers; for the operator alone.
    public var status: Tenant.Status?

    /// When the operator may work in the tenant's data; back to always for administrators of the tenant alone.
    public var operatorAccess: OperatorAccess?

    /// Changes nothing.
    public init() {}

    /// Whether only the operator may make this change.
    var isForOperator: Bool { rateFactor != nil || imageMegabytes != nil || hosts != nil || status != nil }

    /// Whether it touches what administrators of the tenant say.
    var isForAdministrators: Bool {
        let texts = [name, language, metricCRS, timeZone, licence, publisher, contact]
        return texts.contains { $0 != nil } || origins != nil || operatorAccess == .always
    }

    /// The faults of the change; empty when it may be made.
    var violations: [RuleViolation] {
        var faults: [RuleViolation] = []
        func fault(_ member: String, _ code: String, _ detail: String) {
            faults.append(RuleViolation(pointer: "/\(member)", code: code, detail: detail))
        }
        if let name { faults += TextRule(length: 1...200).violations(in: name, at: "/name") }
        for (member, text) in [("licence", licence), ("publisher", publisher), ("contact", contact)] {
            if let text { faults += TextRule(length: 0...500).violations(in: text, at: "/\(member)") }
        }
        if let language, language != "de", language != "en" { fault("language", "value", "must be de or en") }
        if let timeZone, !TimeZoneDays.isKnown(timeZone) {
            fault("timeZone", "value", "is not known; for example Europe/Berlin")
        }
        if let rateFactor, !(0...1_000).contains(rateFactor) {
            fault("rateFactor", "outOfRange", "must be from 0 to 1000")
        }
        if let imageMegabytes, !(0...1_000_000_000).contains(imageMegabytes) {
            fault("imageMegabytes", "outOfRange", "must be from 0 to 1000000000")
        }
        if let origins {
            if origins.count > 50 { fault("origins", "count", "must have at most 50 entries") }
            for (index, origin) in origins.enumerated() where !Self.isOrigin(origin) {
                fault("origins/\(index)", "origin", "must be of the form https://host or https://host:port")
            }
        }
        if let hosts {
            if hosts.count > 50 { fault("hosts", "count", "must have at most 50 entries") }
            for (index, host) in hosts.enumerated() where !Self.isHost(host) {
                fault("hosts/\(index)", "host", "must be a host name in lower case without port")
            }
        }
        return faults
    }

    /// Whether a text is a host name: letters, digits, hyphens and dots.
    static func isHost(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            }
    }

    /// Whether a text is an origin as browsers send it (RFC 6454): scheme, host, and the port where it is not usual.
    static func isOrigin(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let parts = text.dropFirst(scheme.count).split(separator: ":", omittingEmptySubsequences: false)
            guard let host = parts.first, isHost(String(host)), parts.count <= 2 else { return false }
            return parts.count == 1 || UInt16(parts[1]) != nil
        }
        return false
    }

    /// The tenant with the change made.
    func applied(to tenant: Tenant) -> Tenant {
        func kept(_ change: String?, _ old: String?) -> String? {
            guard let change else { return old }
            return change.isEmpty ? nil : change
        }
        var result = tenant
        result.name = name ?? tenant.name
        result.defaultLanguage = language ?? tenant.defaultLanguage
        result.metricCRS = metricCRS ?? tenant.metricCRS
        result.timeZone = timeZone ?? tenant.timeZone
        result.licence = kept(licence, tenant.licence)
        result.publisher = kept(publisher, tenant.publisher)
        result.contact = kept(contact, tenant.contact)
        result.settings.origins = origins ?? tenant.settings.origins
        result.settings.rateFactor = rateFactor ?? tenant.settings.rateFactor
        result.settings.imageMegabytes = imageMegabytes ?? tenant.settings.imageMegabytes
        result.settings.operatorAccess = operatorAccess ?? tenant.settings.operatorAccess
        result.status = status ?? tenant.status
        return result
    }
}
