public import Formats
import GeoCore
import PROJCoordinates
public import Participation
public import Storage

/// How a file becomes contributions.
public struct ContributionImportOptions: Sendable {
    /// Name of the source; with the row's own id it tells whether a row is known already.
    public var source: String?
    /// CRS of the coordinates; that of the source when `nil`.
    public var crs: String?
    /// Which member feeds which field.
    public var mapping = ContributionMapping()
    /// Whether rows that break a rule are left out instead of refusing the whole.
    public var skipInvalid = false
    /// How the source is opened.
    public var reading = FeatureSourceOptions()

    /// Makes options with the defaults.
    public init() {}
}

extension Installation {
    /// Takes in the contributions of a file, with their comments and votes, in one transaction: all or nothing, also
    /// for readers and after a crash.
    ///
    /// Idempotent by source and the row's own id: of rows known already what the source tells anew is brought in, and
    /// what was changed here stays. Places
    /// outside the area are kept and marked. Unless `skipInvalid` one bad row refuses the whole file. Memory stays
    /// bounded whatever the size; other writers wait until it has ended, about three seconds for 100,000 rows.
    ///
    /// - Throws: ``PlatformError`` that names the row at fault, `Formats.FormatError`, `CancellationError`.
    public func importContributions(
        path: String, fileName: String, options: ContributionImportOptions, to proceeding: Proceeding, scope: Scope,
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
    ) async throws -> ImportReport {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let categories = try await engine.read { connection in
            let reader = scope.reader(connection)
            return CategoryNames(
                try reader.categories(of: proceeding), removed: try reader.removedCategories(of: proceeding))
        }
        let time = now()
        // What a reader costs is paid before others have to wait; a file that cannot be opened costs them nothing.
        _ = try ContributionPass(path, fileName, options, proceeding, scope, categories, time)
        @Sendable func run(_ options: ContributionImportOptions) async throws -> ImportReport {
            try await engine.writeAlone { connection in
                var pass = try ContributionPass(path, fileName, options, proceeding, scope, categories, time)
                let writer = scope.writer(connection)
                try pass.write(into: proceeding, writer, progress: progress)
                try writer.audit("contributions.import", item: "proceedings/\(proceeding.id)", now: time)
                return pass.report
            }
        }
        do {
            return try await run(options)
        } catch let late as LateCRS {
            var options = options
            options.crs = late.crs
            return try await run(options)
        }
    }
}

/// Tells that a source names its CRS only after its features, so that it must be read again.
private struct LateCRS: Error {
    let crs: String
}

/// One contribution on its way into the store.
struct ContributionToImport: Sendable {
    var placed: PlacedContribution
    var comments: [ImportedRow.Entry]
}

/// One reading of a source of contributions from front to back.
private struct ContributionPass {
    var reader: any FeatureReader
    var report: ImportReport
    private let transform: SourceTransform
    private let options: ContributionImportOptions
    private let source: String
    private let area: AreaTest?
    private var tally: PlaceTally
    private let clock: SourceInstant
    private let now: Int64
    private let firstCRS: String?
    private var categories: CategoryNames
    /// Slugs of types by name.
    private let types: [String: String]
    private var newCategories: [Category] = []
    private var mappings: [[String]: [ContributionMapping.Field: String]] = [:]
    /// What has been read under each id, to tell a row that stands twice from another row of the same id.
    private var seen: [Int: Int] = [:]
    private var repetitions = 0

    init(
        _ path: String, _ fileName: String, _ options: ContributionImportOptions, _ proceeding: Proceeding,
        _ scope: Scope, _ known: CategoryNames, _ now: Int64
    ) throws {
        reader = try FeatureSource.open(path: path, options: options.reading)
        firstCRS = reader.source.crs
        transform = try SourceTransform(
            given: options.crs, source: reader.source, area: proceeding.area?.boundingBox)
        self.options = options
        source = options.source ?? String(fileName.suffix(100))
        area = AreaTest(proceeding.area)
        tally = PlaceTally(hasArea: proceeding.area != nil)
        clock = SourceInstant(timeZone: scope.tenant.timeZone)
        self.now = now
        report = ImportReport(format: reader.source.format, crs: transform.crs.label)
        report.crsNote = transform.transform.note
        report.accuracy = transform.transform.accuracy
        categories = known
        types = Dictionary(
            proceeding.details.types.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads the source to its end and writes what it holds.
    mutating func write(
        into proceeding: Proceeding, _ writer: ScopedWriter, progress: @Sendable (ImportProgress) -> Void
    ) throws {
        while let rows = try next() {
            let fresh = takeNewCategories()
            for category in fresh { try writer.insert(category, of: proceeding, now: now) }
            if !fresh.isEmpty { try writer.raiseVersion(of: proceeding, now: now) }
            let results = try writer.merge(rows.map(\.placed), into: proceeding)
            for (row, result) in zip(rows, results) {
                // Of a row that is as it was the comments may be new; a source that tells of none may not know them.
                var areNew = false
                if result.outcome == .updated || !row.comments.isEmpty {
                    areNew = try writer.replaceComments(row.comments, of: result.id, in: proceeding, now: now)
                }
                switch result.outcome {
                case .imported: report.imported += 1
                case .updated: report.updated += 1
                case .unchanged where areNew: report.updated += 1
                case .unchanged: report.unchanged += 1
                case .kept: report.kept += 1
                }
            }
            progress(ImportProgress(rows: report.read, fraction: reader.fractionRead))
        }
        if let late = lateCRS { throw LateCRS(crs: late) }
        try writer.touch(proceeding)
        report.notes = reader.source.notes + [tally.note].compactMap { $0 }
        report.quality = tally.counts
    }

    private var lateCRS: String? { options.crs == nil && reader.source.crs != firstCRS ? reader.source.crs : nil }

    mutating func takeNewCategories() -> [Category] {
        defer { newCategories = [] }
        return newCategories
    }

    mutating func next() throws -> [ContributionToImport]? {
        guard var batch = try reader.next() else { return nil }
        for rejection in batch.rejections {
            report.read += 1
            try refuse(rejection)
        }
        let faults = transform.apply(to: &batch)
        var rows: [ContributionToImport] = []
        rows.reserveCapacity(batch.count)
        for index in 0..<batch.count {
            report.read += 1
            let properties: JSONValue
            do {
                properties = try JSONValue.parse(Array(batch.properties[index]), limits: .importing)
            } catch {
                try refuse(
                    RowRejection(
                        row: batch.rows[index], field: "properties", code: "json", reason: error.description))
                continue
            }
            var row = ImportedRow(
                properties, names: names(of: properties), identifier: batch.identifiers[index], clock: clock)
            if let field = row.wrongCount {
                try refuse(
                    RowRejection(
                        row: batch.rows[index], field: field, code: "number",
                        reason: "the number of votes must be a whole number from 0 to 1000000000, for example 12"))
                continue
            }
            if let field = row.wrongChannel {
                let words = ContributionChannel.allCases.map(\.rawValue).joined(separator: ", ")
                try refuse(
                    RowRejection(
                        row: batch.rows[index], field: field, code: "channel",
                        reason: "the channel must be one of \(words), or the German word for it"))
                continue
            }
            if !row.isLocated { batch.geometries[index] = nil }
            let geometry = batch.geometries[index]
            if let broken = try fault(of: geometry, faults[index]) {
                // A place that is no place on earth is kept without it: the text still counts.
                if broken.code == "invalidGeometry" || broken.code == "tooManyPositions" {
                    try refuse(
                        RowRejection(
                            row: batch.rows[index], field: "geometry", code: broken.code, reason: broken.detail))
                    continue
                }
                batch.geometries[index] = nil
            }
            row.category = row.category.map { categoryID(named: $0) }
            row.type = row.type.map { types[$0] ?? $0 }
            guard let external = externalID(of: row, process: properties) else {
                report.unchanged += 1
                continue
            }
            row.externalID = external.isEmpty ? nil : external
            rows.append(
                contribution(row, batch.geometries[index], isSuspect: geometry != nil && batch.geometries[index] == nil)
            )
        }
        return rows
    }

    private func fault(of geometry: Geometry?, _ reason: String?) throws -> (code: String, detail: String)? {
        guard let geometry else { return nil }
        if let reason { return ("outOfRange", reason) }
        if let broken = GeometryRule.imports.violations(in: geometry).first {
            return (
                broken.code == "outOfRange" || broken.code == "swappedAxes" || broken.code == "emptyGeometry"
                    ? broken.code : "invalidGeometry", broken.detail
            )
        }
        return GeometryCheck.fault(geometry).map { ("invalidGeometry", $0) }
    }

    private mutating func contribution(
        _ row: ImportedRow, _ geometry: Geometry?, isSuspect: Bool
    ) -> ContributionToImport {
        let place = GeometryCheck.place(of: geometry, in: area)
        let quality = isSuspect ? .suspect : place.quality
        tally.add(quality, at: place.point)
        let external = row.externalID
        let contribution = Contribution(
            title: row.title, text: row.text, category: row.category, type: row.type, geometry: geometry,
            quality: quality, created: row.created ?? now, changed: now, votesUp: row.votesUp,
            votesDown: row.votesDown, source: external == nil ? nil : source, externalID: external,
            channel: row.channel ?? .import)
        var comments = row.comments
        for index in comments.indices { comments[index].comment.changed = now }
        let placed = PlacedContribution(contribution, point: place.point, tellsChannel: row.channel != nil)
        return ContributionToImport(placed: placed, comments: comments)
    }

    /// The id under which a row is known; empty when it has none, `nil` when the same row stood before.
    ///
    /// DIPAS counts nodes within a process, so that both make the id.
    private mutating func externalID(of row: ImportedRow, process properties: JSONValue) -> String? {
        guard var id = row.externalID.map({ String($0.prefix(200)) }) else { return "" }
        if let process = properties["Process ID"]?.double { id = "\(process)/\(id)" }
        var hasher = Hasher()
        hasher.combine(row.title)
        hasher.combine(row.text)
        hasher.combine(row.created)
        let content = hasher.finalize()
        // Hashes, not texts: 16 bytes a row, whatever the rows hold.
        var name = Hasher()
        name.combine(id)
        let key = name.finalize()
        guard let known = seen[key] else {
            seen[key] = content
            return id
        }
        if known == content { return nil }
        repetitions += 1
        return "\(id)#\(repetitions)"
    }

    private mutating func names(of properties: JSONValue) -> [ContributionMapping.Field: String] {
        guard case .object(let members) = properties else { return [:] }
        let names = members.map(\.name)
        if let known = mappings[names] { return known }
        let resolved = options.mapping.resolve(names: names)
        if mappings.count < 1000 { mappings[names] = resolved }
        return resolved
    }

    private mutating func categoryID(named name: String) -> String {
        let (category, isNew) = categories.category(named: name)
        if isNew { newCategories.append(category) }
        return category.id
    }

    private mutating func refuse(_ rejection: RowRejection) throws {
        guard options.skipInvalid else {
            let place = rejection.field.map { ", \($0)" } ?? ""
            throw PlatformError(
                .invalidInput, "row \(rejection.row)\(place): \(rejection.reason); nothing was imported",
                hint: "mend the row, or skip invalid rows")
        }
        report.reject(rejection)
    }
}
