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
        /// Slugs of types by what the source calls them, and by their names here.
        let types: [String: String]
        /// Whether the audit log knows of this import.
        var isAudited = false
        var seen: Set<String> = []
        /// How good the places of its contributions are.
        var tally: PlaceTally
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
        for project in report.projects {
            if let note = places[project.id]?.tally.note { report.note("\(project.id): \(note)") }
        }
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
        let (draft, isNew) = try await find(row.id)
        let (scope, time) = (scope, now)
        try installation.require(isNew ? .createProceedings : .manageProceeding, in: isNew ? nil : draft, scope: scope)
        let result = try await installation.engine.write { connection in
            try PDSProjectMerge.write(
                row, area: area, into: draft, isNew: isNew, scope.writer(connection), now: time)
        }
        if !result.kept.isEmpty {
            report.note("\(row.id): kept as changed here: \(result.kept.joined(separator: ", "))")
        }
        report.projects.append(PDSImportReport.Project(id: row.id, proceeding: result.proceeding.id, isNew: isNew))
        places[row.id] = Place(
            proceeding: result.proceeding, area: AreaTest(result.proceeding.area), categories: result.categories,
            types: Self.typeNames(of: result.proceeding, terms: result.terms),
            tally: PlaceTally(hasArea: result.proceeding.area != nil), report: report.projects.count - 1)
    }

    /// Slugs of types by their names here, and by what a source calls them.
    static func typeNames(of proceeding: Proceeding, terms: [ProceedingTerm]) -> [String: String] {
        let told = terms.compactMap { term in term.kind == .type ? term.slug.map { (term.name, $0) } : nil }
        return Dictionary(
            proceeding.details.types.map { ($0.name, $0.id) } + told, uniquingKeysWith: { first, _ in first })
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
        guard let area, !area.isEmpty else { return nil }
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
