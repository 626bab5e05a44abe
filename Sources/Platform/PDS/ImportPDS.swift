import Formats
import GeoCore
import PROJCoordinates
import Participation
public import Storage

/// How a PDS source is taken in.
public struct PDSImportOptions: Sendable {
    /// Name of the source; with the id of a row it tells whether the row is known already.
    public var source = "pds"
    /// Ids of the projects that are wanted; empty means all.
    public var projects: Set<String> = []
    /// Whether comments that stand alone, on no contribution known here, are on conceptions.
    public var takesConceptions = false
    /// CRS of the coordinates in files; what a file declares, or degrees, when `nil`.
    public var crs: String?

    /// Makes options with the defaults.
    public init() {}
}

extension Installation {
    /// Takes in projects with their areas and categories, and contributions with comments and votes, from files in the
    /// form of the Participation Data Specification, or as DIPAS exports them.
    ///
    /// Idempotent by source and external id: what is known is brought up to date or left alone, comments and votes
    /// made here stay. Projects that are told by their contributions only get a proceeding of their own. Tolerant: a
    /// row that cannot be read, and a project whose name is taken, are left out and reported; a place that is none is
    /// marked. Coordinates in metres are not taken for degrees: without a CRS their rows are left out and reported.
    ///
    /// - Parameters:
    ///   - files: files in any order; those with projects are read first.
    ///   - idempotency: the key of the request, under which the counts of the report are kept for a day.
    ///   - progress: told after each batch, with the rows so far.
    /// - Throws: ``PlatformError`` `forbidden` without the right to create or manage a proceeding; `FormatError`;
    ///   `CancellationError`.
    public func importPDS(
        files: [PDSFile], options: PDSImportOptions = PDSImportOptions(), scope: Scope,
        idempotency: IdempotencyKey? = nil, progress: @Sendable (ImportProgress) -> Void = { _ in }
    ) async throws -> PDSImportReport {
        var pass = PDSImport(installation: self, options: options, scope: scope)
        for file in files { try await pass.readProjects(file.path) }
        // Comments that stand alone come after what they may stand on.
        for file in files where !file.holdsConceptions { try await pass.readContributions(file, progress) }
        for file in files where file.holdsConceptions { try await pass.readContributions(file, progress) }
        pass.noteWhatIsMissing()
        try await remember(pass.report, idempotency, scope: scope)
        return pass.report
    }
}

/// One import from its first file to its last.
struct PDSImport {
    let installation: Installation
    let options: PDSImportOptions
    let scope: Scope
    let clock: SourceInstant
    let now: Int64
    var report = PDSImportReport()
    var places: [String: Place] = [:]
    private var refused: Set<String> = []
    /// How many contributions projects say they have.
    private var told: [String: Int] = [:]
    /// Of projects whose places are not in degrees.
    private(set) var systems: [String: PDSReferenceSystem] = [:]
    var mappings: [[String]: [ContributionMapping.Field: String]] = [:]

    /// A proceeding that rows go to.
    struct Place {
        let proceeding: Proceeding
        let area: AreaTest?
        var categories: CategoryNames
        /// Whether the audit log knows of this import.
        var isAudited = false
        var seen: Set<String> = []
        let report: Int
    }

    init(installation: Installation, options: PDSImportOptions, scope: Scope) {
        self.installation = installation
        self.options = options
        self.scope = scope
        clock = SourceInstant(timeZone: scope.tenant.timeZone)
        now = installation.now()
    }

    static func open(_ path: String) throws -> any FeatureReader {
        var options = FeatureSourceOptions()
        options.emptyGeometryIsNone = true
        return try FeatureSource.open(path: path, options: options)
    }

    func isWanted(_ project: String) -> Bool {
        !refused.contains(project) && (options.projects.isEmpty || options.projects.contains(project))
    }

    /// Leaves out a project that cannot come in; the others go on.
    mutating func refuse(_ project: String, row: Int, _ error: PlatformError) {
        refuse(project, row: row, field: "id", code: "conflict", reason: "\(error)")
    }

    private mutating func refuse(_ project: String, row: Int, field: String, code: String, reason: String) {
        refused.insert(project)
        report.reject(RowRejection(row: row, field: field, code: code, reason: reason))
    }

    /// Notes the projects of which no contribution came though they say they have some.
    mutating func noteWhatIsMissing() {
        for project in report.projects where project.read == 0 {
            guard let count = told[project.id], count > 0 else { continue }
            report.note(
                "\(project.id): it says it has \(count) contributions, but none came; "
                    + "import its commentedcontributions, too", isFirst: true)
        }
    }

    mutating func readProjects(_ path: String) async throws {
        var reader = try Self.open(path)
        let places = try PDSPlaces(crs: options.crs, of: reader.source)
        while var batch = try reader.next() {
            try Task.checkCancellation()
            let faults = places.apply(to: &batch)
            var found = batch.count == 0
            for index in 0..<batch.count {
                guard let properties = try? JSONValue.parse(Array(batch.properties[index]), limits: .importing),
                    PDSProjectRow.matches(properties)
                else { continue }
                found = true
                guard let row = PDSProjectRow(properties, clock: clock, now: now) else {
                    report.reject(
                        RowRejection(
                            row: batch.rows[index], field: "id", code: "missing", reason: "a project needs an id"))
                    continue
                }
                guard isWanted(row.id) else { continue }
                for note in row.notes { report.note(note) }
                told[row.id] = row.contributionCount
                var (area, fault) = (batch.geometries[index], faults[index])
                if options.crs == nil, reader.source.namesNoSystem, let name = row.referenceSystem {
                    do throws(PROJError) {
                        if let system = try PDSReferenceSystem(name) {
                            systems[row.id] = system
                            report.note("\(row.id): names \(system.label) as the system of its places")
                            (area, fault) = (try area.flatMap(system.degrees), nil)
                        }
                    } catch {
                        guard error.code != .unknownCRS else {
                            refuse(
                                row.id, row: batch.rows[index], field: "referenceSystem", code: "unknownCRS",
                                reason: "\(error.description); name the right one with crs=EPSG:25832, say")
                            continue
                        }
                        fault = error.description
                    }
                }
                if let fault { report.note("\(row.id): its area was left out: \(fault)") }
                do {
                    try await take(row, area: fault == nil ? area : nil)
                } catch let error as PlatformError where error.code == .conflict {
                    refuse(row.id, row: batch.rows[index], error)
                }
            }
            // Projects and contributions do not stand in one collection.
            if !found { return }
        }
    }

    /// Makes the proceeding of a project, or brings it up to date.
    private mutating func take(_ row: PDSProjectRow, area: Geometry?) async throws {
        let area = checked(area, of: row.id)
        var (proceeding, isNew) = try await find(row.id)
        proceeding.name = row.name
        proceeding.description = row.description
        proceeding.owner = row.owner
        proceeding.website = row.website
        proceeding.area = area
        proceeding.schedule = row.schedule
        let (scope, draft, fresh, time) = (scope, proceeding, isNew, now)
        try installation.require(fresh ? .createProceedings : .manageProceeding, in: fresh ? nil : draft, scope: scope)
        let (stored, names) = try await installation.engine.write { connection in
            let writer = scope.writer(connection)
            var stored = draft
            stored.created = fresh ? time : draft.created
            if fresh { stored = try writer.add(stored) }
            var names = CategoryNames(try writer.reader.categories(of: stored))
            let isChanged = try writer.keepingTexts(of: stored, cause: "imported", now: time) {
                var isChanged = try fresh || writer.update(stored)
                let known = Dictionary(
                    try writer.reader.terms(of: stored).filter { $0.kind == .category }.map { ($0.id, $0.category) },
                    uniquingKeysWith: { first, _ in first })
                var terms: [ProceedingTerm] = []
                for var term in row.terms {
                    if term.kind == .category {
                        let old = known[term.id] ?? nil
                        let (category, isNew) = names.category(named: term.name, id: old)
                        term.category = category.id
                        var wanted = category
                        (wanted.name, wanted.description) = (term.name, term.description)
                        wanted.weight = Int(clamping: term.weight)
                        if isNew { try writer.insert(wanted, of: stored, now: time) }
                        isChanged = try isNew || writer.update(wanted, of: stored, now: time) || isChanged
                    }
                    terms.append(term)
                }
                return try writer.keep(row.details, terms: terms, of: stored) || isChanged
            }
            if isChanged {
                let action = fresh ? "proceeding.create" : "proceeding.change"
                try writer.audit(action, item: "proceedings/\(stored.id)", now: time)
                try writer.touch(stored)
                if !fresh { try writer.raiseVersion(of: stored, now: time) }
            }
            return (stored, names)
        }
        report.projects.append(PDSImportReport.Project(id: row.id, proceeding: stored.id, isNew: isNew))
        places[row.id] = Place(
            proceeding: stored, area: AreaTest(stored.area), categories: names, report: report.projects.count - 1)
    }

    /// The proceeding of a project id, or a draft of one.
    func find(_ id: String) async throws -> (proceeding: Proceeding, isNew: Bool) {
        let scope = scope
        let slug = Slug.make(of: id)
        let (known, other) = try await installation.engine.read { connection in
            let reader = scope.reader(connection)
            let found = try reader.proceeding(pdsID: id)
            let details = try found.flatMap { try reader.pdsDetails(of: $0) }
            return (details?.id == id ? found : nil, try found ?? reader.proceeding(id: slug))
        }
        if let known { return (known, false) }
        if let other {
            throw PlatformError(
                .conflict, "there is a proceeding \(other.id) already that is not the project \(id.prefix(60)) of PDS",
                hint: "rename or delete it, or import into another tenant")
        }
        return (Proceeding(tenant: scope.tenant.id, id: slug, name: id), true)
    }

    /// The area, where it is one that can be used.
    private mutating func checked(_ area: Geometry?, of project: String) -> Geometry? {
        guard let area, !area.isEmpty else {
            report.note("\(project): has no area, so that places cannot be held against it")
            return nil
        }
        switch area {
        case .polygon, .multiPolygon: break
        default:
            report.note("\(project): its area is a \(area.kind.rawValue), and was left out")
            return nil
        }
        let fault = GeometryRule.imports.violations(in: area).first?.detail ?? GeometryCheck.fault(area)
        guard let fault else { return area }
        report.note("\(project): its area is not usable and was left out: \(fault)")
        return nil
    }
}
