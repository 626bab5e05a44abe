import Formats
import GeoCore
import Participation
import Storage

extension PDSImport {
    /// Takes in the contributions and comments of one file; what belongs to no wanted project is passed over.
    mutating func readContributions(
        _ file: PDSFile, _ progress: @Sendable (ImportProgress) -> Void
    ) async throws {
        var reader = try Self.open(file.path)
        let places = try PDSPlaces(crs: options.crs, of: reader.source)
        var rows = 0
        while var batch = try reader.next() {
            try Task.checkCancellation()
            let faults = places.apply(to: &batch)
            batch.rejections.forEach { report.reject($0) }
            var groups: [String: [PDSItem]] = [:]
            var order: [String] = []
            for index in 0..<batch.count {
                guard var item = try item(batch, index, of: file), isWanted(item.project) else { continue }
                var fault = item.row == nil ? nil : faults[index]
                if options.crs == nil, reader.source.namesNoSystem, let system = systems[item.project] {
                    do {
                        (item.geometry, fault) = (try item.geometry.flatMap(system.degrees), nil)
                    } catch {
                        fault = "\(error)"
                    }
                }
                if let fault {
                    report.reject(
                        RowRejection(row: item.place, field: "geometry", code: "projected", reason: fault))
                    continue
                }
                if groups[item.project] == nil { order.append(item.project) }
                groups[item.project, default: []].append(item)
            }
            for project in order {
                do {
                    try await write(groups[project] ?? [], of: project)
                } catch let error as PlatformError where error.code == .conflict {
                    refuse(project, row: batch.rows[0], error)
                }
            }
            rows += batch.count
            progress(ImportProgress(rows: rows, fraction: reader.fractionRead))
        }
        if let late = places.lateness(reader.source) { report.note(late) }
    }

    /// One row as it goes into the store; `nil` for projects and for what cannot be read.
    private mutating func item(_ batch: FeatureBatch, _ index: Int, of file: PDSFile) throws -> PDSItem? {
        let place = batch.rows[index]
        let properties: JSONValue
        do {
            properties = try JSONValue.parse(Array(batch.properties[index]), limits: .importing)
        } catch {
            report.reject(RowRejection(row: place, field: "properties", code: "json", reason: error.description))
            return nil
        }
        if PDSProjectRow.matches(properties) { return nil }
        if let comments = properties["comments"]?.array, properties["title"] == nil {
            let told = PDSValue.text(properties["belongToProject"]) ?? file.project ?? options.projects.first
            guard let project = told, let root = comments.first.flatMap({ PDSValue.text($0["commentOnContribution"]) })
            else {
                report.reject(
                    RowRejection(
                        row: place, field: "comments", code: "unknownProject",
                        reason: "comments alone do not tell their project; name it, or import commentedcontributions"))
                return nil
            }
            let list = PDSContributionRow.comments(properties["comments"], clock: clock, fallback: now)
            return PDSItem(
                project: project, externalID: String(root.prefix(200)), row: nil, comments: list,
                geometry: batch.geometries[index], place: place, isOnConception: file.holdsConceptions)
        }
        guard case .object(let members) = properties else { return nil }
        let names = members.map(\.name)
        let mapping = mappings[names] ?? ContributionMapping().resolve(names: names)
        if mappings.count < 1000 { mappings[names] = mapping }
        let row = PDSContributionRow(
            properties, names: mapping, identifier: batch.identifiers[index], clock: clock)
        guard let project = row.project ?? (options.projects.count == 1 ? options.projects.first : nil) else {
            report.reject(
                RowRejection(
                    row: place, field: "belongToProject", code: "missing",
                    reason: "the contribution does not tell its project"))
            return nil
        }
        guard let external = row.base.externalID, !external.isEmpty else {
            report.reject(RowRejection(row: place, field: "id", code: "missing", reason: "a contribution needs an id"))
            return nil
        }
        return PDSItem(
            project: project, externalID: String(external.prefix(200)), row: row, comments: row.comments,
            geometry: batch.geometries[index], place: place, isOnConception: false)
    }

    private mutating func write(_ items: [PDSItem], of project: String) async throws {
        if places[project] == nil { try await makePlace(of: project) }
        guard var place = places[project] else { return }
        defer { places[project] = place }
        let proceeding = place.proceeding
        try installation.require(.manageProceeding, in: proceeding, scope: scope)
        var counts = report.projects[place.report]
        var fresh: [Category] = []
        var rows: [PDSPlaced] = []
        for item in items {
            guard let row = item.row else {
                let isPossible = item.isOnConception || options.takesConceptions
                rows.append(
                    PDSPlaced(
                        externalID: item.externalID, comments: item.comments,
                        conception: isPossible ? conception(of: item, in: proceeding) : nil,
                        isOnConception: item.isOnConception))
                continue
            }
            counts.read += 1
            guard place.seen.insert(item.externalID).inserted else {
                counts.unchanged += 1
                continue
            }
            let (geometry, isSuspect) = located(item, in: proceeding)
            let found = GeometryCheck.place(of: geometry, in: place.area)
            let quality = isSuspect ? .suspect : found.quality
            place.tally.add(quality, at: found.point)
            counts.votesUp += row.base.votesUp
            counts.votesDown += row.base.votesDown
            let category = row.base.category.map { name -> String in
                let (category, isNew) = place.categories.category(named: name)
                if isNew { fresh.append(category) }
                return category.id
            }
            let contribution = Contribution(
                title: row.base.title, text: row.base.text, category: category,
                type: row.base.type.map { place.types[$0] ?? $0 }, geometry: geometry, quality: quality,
                created: row.base.created ?? now, changed: now,
                votesUp: row.base.votesUp, votesDown: row.base.votesDown, source: options.source,
                externalID: item.externalID, channel: .import)
            rows.append(
                PDSPlaced(
                    externalID: item.externalID,
                    placed: PlacedContribution(contribution, point: found.point), details: row.details,
                    comments: item.comments))
        }
        let (scope, list, categories, source) = (scope, rows, fresh, options.source)
        let (isAudited, time) = (place.isAudited, now)
        let result = try await installation.engine.writeAlone { connection in
            let writer = scope.writer(connection)
            let result = try PDSPlaced.write(
                list, categories: categories, source: source, into: proceeding, writer, now: time)
            if !isAudited, result.hasChanged {
                try writer.audit("pds.import", item: "proceedings/\(proceeding.id)", now: time)
            }
            return result
        }
        place.isAudited = isAudited || result.hasChanged
        counts.imported += result.imported
        counts.updated += result.updated
        counts.unchanged += result.unchanged
        counts.kept += result.kept
        counts.comments += result.comments
        counts.changedComments += result.changedComments
        counts.conceptions += result.conceptions
        counts.quality = place.tally.counts
        report.projects[place.report] = counts
        for item in items where item.row == nil && result.missing.contains(item.externalID) {
            report.reject(
                RowRejection(
                    row: item.place, field: "comments", code: "unknownContribution",
                    reason: "there is no contribution \(item.externalID) here on which these comments stand"))
        }
    }

    /// What a conception is called of which nothing but comments are told.
    private func conception(of item: PDSItem, in proceeding: Proceeding) -> Conception {
        let name = scope.tenant.defaultLanguage == "de" ? "Entwurf" : "Conception"
        var result = Conception(
            title: "\(name) \(item.externalID.prefix(100))", text: "", geometry: place(of: item, in: proceeding),
            created: item.comments.map(\.created).min() ?? now, changed: now)
        (result.source, result.externalID) = (options.source, item.externalID)
        return result
    }

    /// The place of a conception where it is not merely that of its project.
    private func place(of item: PDSItem, in proceeding: Proceeding) -> Geometry? {
        guard let geometry = item.geometry, geometry != proceeding.area, geometry != .point(Position(0, 0)),
            GeometryRule.planners.violations(in: geometry).isEmpty, GeometryCheck.fault(geometry) == nil
        else { return nil }
        return geometry
    }

    /// The place of a contribution, where it has one on earth; and whether it has one elsewhere.
    private func located(_ item: PDSItem, in proceeding: Proceeding) -> (geometry: Geometry?, isSuspect: Bool) {
        guard let row = item.row, row.base.isLocated, let geometry = item.geometry, !geometry.isEmpty else {
            return (nil, false)
        }
        // Servers give these where a contribution has no place of its own, and do not tell.
        if !row.isSurelyLocated, geometry == .point(Position(0, 0)) || geometry == proceeding.area {
            return (nil, false)
        }
        if GeometryRule.imports.violations(in: geometry).first != nil || GeometryCheck.fault(geometry) != nil {
            return (nil, true)
        }
        return (geometry, false)
    }

    /// Finds or makes the proceeding of a project that is known by its contributions only.
    private mutating func makePlace(of project: String) async throws {
        var (proceeding, isNew) = try await find(project)
        let scope = scope
        if isNew {
            try installation.require(.createProceedings, scope: scope)
            let (draft, time) = (proceeding, now)
            proceeding = try await installation.engine.write { connection in
                let writer = scope.writer(connection)
                var stored = draft
                stored.created = time
                stored = try writer.add(stored)
                try writer.audit("proceeding.create", item: "proceedings/\(stored.id)", now: time)
                _ = try writer.keep(PDSProjectDetails(id: project), terms: [], of: stored)
                return stored
            }
            report.note("\(project): known by its contributions only, so that it has no area, dates or description")
        }
        let known = proceeding
        let (categories, terms) = try await installation.engine.read { connection in
            let reader = scope.reader(connection)
            let terms = try reader.terms(of: known)
            let names = CategoryNames(
                try reader.categories(of: known), terms: terms, removed: try reader.removedCategories(of: known))
            return (names, terms)
        }
        report.projects.append(PDSImportReport.Project(id: project, proceeding: proceeding.id, isNew: isNew))
        places[project] = Place(
            proceeding: proceeding, area: AreaTest(proceeding.area),
            categories: categories,
            types: Self.typeNames(of: proceeding, terms: terms), tally: PlaceTally(hasArea: proceeding.area != nil),
            report: report.projects.count - 1)
    }
}

/// One row between source and store.
private struct PDSItem {
    let project: String
    let externalID: String
    /// The contribution; `nil` where the row holds comments alone.
    let row: PDSContributionRow?
    let comments: [ImportedComment]
    var geometry: Geometry?
    /// Its row in the source.
    let place: Int
    /// Whether its comments are on a conception.
    let isOnConception: Bool
}
