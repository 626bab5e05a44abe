public import GeoCore

/// An event of a proceeding with its time and place (Termin).
public struct Appointment: Sendable, Hashable {
    /// Number, unique in the installation, rising with time of entry.
    public var id: Int64
    /// What it is and where.
    public var details: NewAppointment
    /// When it was made, milliseconds since 1970.
    public var created: Int64
    /// When it was last changed, milliseconds since 1970.
    public var changed: Int64
    /// +1 with every change.
    public var version: Int64

    /// Makes an appointment.
    public init(id: Int64 = 0, _ details: NewAppointment, created: Int64, changed: Int64? = nil, version: Int64 = 1) {
        self.id = id
        self.details = details
        self.created = created
        self.changed = changed ?? created
        self.version = version
    }
}

/// What a planner says of an appointment; everything else is set by the server.
public struct NewAppointment: Sendable, Hashable {
    /// Short title, 3 to 200 characters.
    public var title: String
    /// What it is about, up to 10,000 characters.
    public var description: String
    /// When it begins, milliseconds since 1970.
    public var start: Int64
    /// When it ends, milliseconds since 1970; after it begins.
    public var end: Int64
    /// Name of the place.
    public var place: String?
    /// Street, number, town.
    public var address: String?
    /// Where that is in longitude/latitude.
    public var position: Position?
    /// Where more is to be read.
    public var website: String?

    /// Makes a draft.
    public init(
        title: String, description: String = "", start: Int64, end: Int64, place: String? = nil,
        address: String? = nil, position: Position? = nil, website: String? = nil
    ) {
        self.title = title
        self.description = description
        self.start = start
        self.end = end
        self.place = place
        self.address = address
        self.position = position
        self.website = website
    }

    /// The same with its words cleaned; empty ones are none.
    public var cleaned: NewAppointment {
        func words(_ text: String?) -> String? { text.map(TextRule.cleaned).flatMap { $0.isEmpty ? nil : $0 } }
        var result = self
        result.title = TextRule.cleaned(title)
        result.description = TextRule.cleaned(description)
        result.place = words(place)
        result.address = words(address)
        return result
    }

    /// The faults; empty when it may be stored.
    public var violations: [RuleViolation] {
        var faults = TextRule(length: 3...200).violations(in: title, at: "/properties/title")
        faults += TextRule(length: 0...10_000).violations(in: description, at: "/properties/description")
        if let place { faults += TextRule(length: 1...200).violations(in: place, at: "/properties/place") }
        if let address { faults += TextRule(length: 1...500).violations(in: address, at: "/properties/address") }
        if let website { faults += WebAddress.violations(in: website, at: "/properties/website") }
        if end <= start {
            faults.append(
                RuleViolation(pointer: "/properties/end", code: "order", detail: "the end must come after the start"))
        }
        if let position { faults += GeometryRule.places.violations(in: .point(position)) }
        return faults
    }
}
