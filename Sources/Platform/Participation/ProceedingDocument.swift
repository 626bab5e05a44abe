import Foundation
public import GeoCore
public import Participation

/// A proceeding as it is created: the body of the request, and the file the command line takes.
public struct ProceedingDocument: Sendable {
    /// The proceeding.
    public var proceeding: Proceeding
    /// Its categories.
    public var categories: [Category]

    /// Makes a document.
    public init(proceeding: Proceeding, categories: [Category]) {
        self.proceeding = proceeding
        self.categories = categories
    }

    private static let members: Set<String> = [
        "id", "name", "description", "owner", "website", "area", "schedule", "settings", "visibility", "categories",
        "centre", "licence", "publisher", "topics", "districts", "tenant", "contact", "tags", "types", "state",
        "languages",
    ]

    /// Reads a document.
    ///
    /// Instants of the schedule are RFC 3339 texts; days mean the tenant's time zone, end day inclusive.
    ///
    /// - Parameters:
    ///   - bytes: a JSON object.
    ///   - tenant: whose proceeding it becomes.
    /// - Throws: ``PlatformError`` that names every member at fault.
    public init(json bytes: [UInt8], tenant: Tenant) throws {
        let value: JSONValue
        do {
            value = try JSONValue.parse(bytes, limits: .importing)
        } catch {
            throw PlatformError(.badRequest, "the proceeding is no valid JSON: \(error)")
        }
        try self.init(value: value, tenant: tenant)
    }

    /// Reads a document that is parsed already.
    ///
    /// - Throws: ``PlatformError`` that names every member at fault.
    public init(value: JSONValue, tenant: Tenant) throws {
        guard case .object(let object) = value else {
            throw PlatformError(.badRequest, "the proceeding must be a JSON object")
        }
        var violations: [RuleViolation] = []
        for member in object where !Self.members.contains(member.name) {
            violations.append(
                RuleViolation(pointer: "/\(member.name)", code: "unknownMember", detail: "this member is not known"))
        }
        func text(_ name: String, required: Bool = false) -> String? {
            switch value[name] {
            case .string(let text)?: return text
            case nil, .null?:
                if required {
                    violations.append(RuleViolation(pointer: "/\(name)", code: "required", detail: "is required"))
                }
                return nil
            default:
                violations.append(RuleViolation(pointer: "/\(name)", code: "type", detail: "must be a text"))
                return nil
            }
        }
        func part<Part: Decodable>(_ name: String, as type: Part.Type) -> Part? {
            guard let part = value[name], part != .null else { return nil }
            do {
                return try JSONDecoder().decode(type, from: Data(part.encoded))
            } catch {
                violations.append(
                    RuleViolation(pointer: "/\(name)", code: "type", detail: "does not have the expected form"))
                return nil
            }
        }
        let id = text("id", required: true) ?? ""
        let name = text("name", required: true) ?? ""
        if !id.isEmpty, !Slug.isValid(id) {
            violations.append(
                RuleViolation(pointer: "/id", code: "slug", detail: "use a–z, 0–9 and hyphens, at most 64"))
        }
        var area: Geometry?
        if let member = value["area"], member != .null {
            do {
                let geometry = member["geometry"] ?? member
                let read = try GeoJSONGeometry.parse(geometry)
                switch read.kind {
                case .polygon, .multiPolygon: area = read
                default:
                    violations.append(
                        RuleViolation(pointer: "/area", code: "type", detail: "must be a Polygon or MultiPolygon"))
                }
            } catch {
                violations.append(RuleViolation(pointer: "/area", code: "geometry", detail: "\(error)"))
            }
        }
        let settings = part("settings", as: ProceedingSettings.self) ?? ProceedingSettings()
        let categories = part("categories", as: [Category].self) ?? []
        let schedule = Self.schedule(value["schedule"], tenant: tenant, &violations)
        let visibility = text("visibility") ?? "public"
        if visibility != "public", visibility != "internal" {
            violations.append(
                RuleViolation(pointer: "/visibility", code: "value", detail: "must be public or internal"))
        }
        let state = text("state") ?? "active"
        if state != "active", state != "archived" {
            violations.append(RuleViolation(pointer: "/state", code: "value", detail: "must be active or archived"))
        }
        if let owner = value["tenant"], owner != .string(tenant.id) {
            violations.append(
                RuleViolation(
                    pointer: "/tenant", code: "readOnly",
                    detail: "must be \(tenant.id), the tenant that the request is made in, or be left out"))
        }
        func texts(_ name: String) -> [String] { part(name, as: [String].self) ?? [] }
        let details = ProceedingDetails(
            publisher: text("publisher"), licence: text("licence"), contact: text("contact"),
            topics: texts("topics"), districts: texts("districts"), tags: texts("tags"),
            types: part("types", as: [ContributionType].self) ?? [], centre: part("centre", as: [Double].self),
            languages: texts("languages"))
        violations += Self.unknownMembers(of: value)
        proceeding = Proceeding(
            tenant: tenant.id, id: id, name: name, description: text("description") ?? "", owner: text("owner"),
            website: text("website"), area: area, schedule: schedule, settings: settings,
            isPublic: visibility == "public")
        proceeding.isArchived = state == "archived"
        proceeding.details = details
        self.categories = categories
        violations += ProceedingRule.violations(in: proceeding) + ProceedingRule.violations(in: categories)
        guard violations.isEmpty else {
            throw PlatformError(.invalidInput, "the proceeding cannot be created as it is", violations: violations)
        }
    }

    /// Members of the parts that nothing would read.
    private static func unknownMembers(of value: JSONValue) -> [RuleViolation] {
        let instants: Set<String> = ["start", "end"]
        var parts: [(pointer: String, value: JSONValue?, known: Set<String>)] = [
            (
                "/settings", value["settings"],
                [
                    "allowedGeometries", "maximumTextLength", "mustBeLocated", "outsideArea", "metricCRS",
                    "anonymousAllowed", "editWindowMinutes", "moderation", "closed", "retention", "attachments",
                    "downloads", "privacyBudget", "withholdsSmallAreas",
                ]
            ),
            ("/settings/retention", value["settings"]?["retention"], RetentionTimes.members),
            ("/settings/attachments", value["settings"]?["attachments"], AttachmentSettings.members),
            ("/settings/downloads", value["settings"]?["downloads"], DownloadSettings.members),
            (
                "/schedule", value["schedule"],
                ["phase1Start", "phase1End", "phase2Start", "phase2End", "phase1", "phase2"]
            ),
            ("/schedule/phase1", value["schedule"]?["phase1"], instants),
            ("/schedule/phase2", value["schedule"]?["phase2"], instants),
        ]
        for (index, category) in (value["categories"]?.array ?? []).enumerated() {
            parts.append(("/categories/\(index)", category, Category.members))
        }
        for (index, type) in (value["types"]?.array ?? []).enumerated() {
            parts.append(("/types/\(index)", type, ContributionType.members))
        }
        return parts.flatMap { part -> [RuleViolation] in
            guard case .object(let members)? = part.value else { return [] }
            return members.filter { !part.known.contains($0.name) }.map { member in
                RuleViolation(
                    pointer: "\(part.pointer)/\(member.name.prefix(60))", code: "unknownMember",
                    detail: "this member is not known; allowed are " + part.known.sorted().joined(separator: ", "))
            }
        }
    }

    private static func schedule(
        _ value: JSONValue?, tenant: Tenant, _ violations: inout [RuleViolation]
    ) -> Schedule {
        guard let value, value != .null else { return Schedule() }
        guard case .object = value else {
            violations.append(RuleViolation(pointer: "/schedule", code: "type", detail: "must be an object"))
            return Schedule()
        }
        let clock = SourceInstant(timeZone: tenant.timeZone)
        var instants: [String: Int64] = [:]
        for (name, isEnd) in [("phase1Start", false), ("phase1End", true), ("phase2Start", false), ("phase2End", true)]
        {
            let phase = value[String(name.prefix(6))]
            let forms = [value[name], phase?[isEnd ? "end" : "start"]].compactMap(\.self).filter { $0 != .null }
            guard let member = forms.first else { continue }
            guard forms.allSatisfy({ $0 == member }) else {
                violations.append(
                    RuleViolation(
                        pointer: "/schedule/\(name)", code: "repeated",
                        detail: "is given twice, as \(name) and in \(name.prefix(6)), and not alike"))
                continue
            }
            guard case .string(let text) = member, let instant = clock.milliseconds(text) else {
                violations.append(
                    RuleViolation(
                        pointer: "/schedule/\(name)", code: "date", detail: "must be an RFC 3339 date or instant"))
                continue
            }
            instants[name] = isEnd && text.utf8.count == 10 ? clock.nextDay(instant) : instant
        }
        return Schedule(
            phase1Start: instants["phase1Start"], phase1End: instants["phase1End"],
            phase2Start: instants["phase2Start"], phase2End: instants["phase2End"])
    }
}
