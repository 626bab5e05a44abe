import Formats
import Foundation
import GEOSGeometry
import GeoCore
import PROJCoordinates
public import Participation
public import Storage

extension Installation {
    /// Replaces or adds a planning layer by the features of a file.
    ///
    /// The same table of the same file with the same options changes nothing. Features go into a version that nobody
    /// sees; when all are in, it is published in one step. All or nothing unless `skipInvalid`. Memory stays bounded
    /// whatever the size.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - fileName: its name for people, without folders.
    /// - Throws: ``PlatformError`` that names the row at fault, `Formats.FormatError`, `CancellationError`.
    public func importLayer(
        path: String, fileName: String, options: LayerImportOptions, to proceeding: Proceeding, scope: Scope,
        progress: @Sendable (ImportProgress) -> Void = { _ in }
    ) async throws -> (layer: PlanningLayer, report: ImportReport) {
        let (layer, report, _) = try await importLayer(
            path: path, fileName: fileName, options: options, to: proceeding, idempotencyKey: nil, scope: scope,
            progress: progress)
        return (layer, report)
    }

    /// The same for a request with a key: where an earlier one has imported the same file, nothing is done, and the
    /// report says of all features that they are unchanged.
    ///
    /// - Parameter idempotencyKey: the key as it was sent; with it counts the digest of the file, which is read once.
    /// - Throws: also ``PlatformError`` `conflict` while another request with the key is under way.
    public func importLayer(
        path: String, fileName: String, options: LayerImportOptions, to proceeding: Proceeding,
        idempotencyKey: String?, scope: Scope, progress: @Sendable (ImportProgress) -> Void = { _ in }
    ) async throws -> (layer: PlanningLayer, report: ImportReport, isReplay: Bool) {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let stem = fileName.split(separator: ".").first.map(String.init) ?? fileName
        let id = options.id ?? Slug.make(of: stem)
        guard Slug.isValid(id) else {
            throw PlatformError(.invalidInput, "\"\(id.prefix(64))\" is no slug", hint: "use a–z, 0–9 and hyphens")
        }
        let checksum = try Self.checksum(ofFile: path)
        var pass = try LayerPass(path: path, options: options, proceeding: proceeding)
        let key = try idempotencyKey.map { key in
            try IdempotencyKey(key: key, body: SHA256.digest(options.identity(id: id, checksum: checksum)))
        }
        let route = "\(proceeding.key)/layers"
        let held = try begin(key, route, scope: scope)
        defer { end(held) }
        let earlier = try await self.earlier(key, route, scope: scope) { try $1.layer(id, of: proceeding) }
        if let earlier { return (earlier, pass.unchanged(earlier), true) }
        if let old = try await engine.read({ try scope.reader($0).layer(id, of: proceeding) }),
            old.checksum == checksum, old.sourceCRS == pass.transform.crs.label, old.name == options.name ?? id,
            old.role == options.role, old.populationField == options.populationField, old.licence == options.licence,
            old.reading == options.reading, options.isOfSameTable(old, fileName)
        {
            if key != nil {
                _ = try await once(key, route, scope: scope) { _, _ in
                    true
                } _: { _, _ in
                    Done(value: true, item: old.version)
                }
            }
            return (old, pass.unchanged(old), false)
        }
        try await sweepAbandonedVersions(scope: scope)
        var version = try await beginVersion(of: proceeding, scope: scope)
        do {
            try await run(&pass, into: version, scope: scope, progress: progress)
            if let late = pass.lateCRS {
                // The CRS stood after the features: read again, knowing it.
                var options = options
                options.crs = late
                pass = try LayerPass(path: path, options: options, proceeding: proceeding)
                try await discard(version, scope: scope)
                version = try await beginVersion(of: proceeding, scope: scope)
                try await run(&pass, into: version, scope: scope, progress: progress)
            }
            if let wanted = options.populationField, !pass.hasInhabitants,
                !pass.reader.source.fields.contains(where: { $0.name == wanted })
            {
                throw PlatformError(
                    .invalidInput, "the source has no attribute \"\(wanted.prefix(60))\" for the inhabitants",
                    hint: "it has \(pass.reader.source.fields.prefix(20).map(\.name).joined(separator: ", "))")
            }
            let fields = try JSONEncoder().encode(pass.reader.source.fields)
            let layer = PlanningLayer(
                id: id, name: options.name ?? id, role: options.role, sourceCRS: pass.transform.crs.label,
                sourceFile: options.sourceFile(fileName), checksum: checksum, reading: options.reading,
                populationField: options.populationField, fields: String(decoding: fields, as: UTF8.self),
                featureCount: pass.ordinal - 1, boundingBox: pass.box, version: version, changed: now(),
                licence: options.licence)
            let place = Self.idempotencyScope(route, scope: scope)
            let old = try await engine.writeAlone { connection in
                let writer = scope.writer(connection)
                let old = try writer.publish(layer, of: proceeding)
                try writer.rememberAlso(key, route: place, item: layer.version, now: layer.changed)
                try writer.audit(
                    "layer.import", item: "proceedings/\(proceeding.id)/layers/\(layer.id)", now: layer.changed)
                return old
            }
            pass.report.imported = Int(layer.featureCount)
            if let old { try await discard(old, scope: scope) }
            return (layer, pass.report, false)
        } catch {
            try? await discard(version, scope: scope)
            throw error
        }
    }

    private func run(
        _ pass: inout LayerPass, into version: Int64, scope: Scope, progress: @Sendable (ImportProgress) -> Void
    ) async throws {
        var waiting = try pass.next()
        while let batch = waiting {
            try Task.checkCancellation()
            let first = pass.ordinal
            pass.ordinal += Int64(batch.count)
            async let written: Void = engine.writeAlone {
                try scope.writer($0).append(batch, to: version, first: first)
            }
            // The next batch is read while this one is written.
            let following = Result { try pass.next() }
            try await written
            waiting = try following.get()
            progress(ImportProgress(rows: pass.report.read, fraction: pass.reader.fractionRead))
        }
    }

    private func beginVersion(of proceeding: Proceeding, scope: Scope) async throws -> Int64 {
        let time = now()
        return try await engine.writeAlone { try scope.writer($0).beginLayerVersion(of: proceeding, now: time) }
    }

    /// Takes away what imports left behind that ended without an end more than a day ago.
    private func sweepAbandonedVersions(scope: Scope) async throws {
        let before = now() - 86_400_000
        let versions = try await engine.writeAlone { try scope.writer($0).abandonedVersions(before: before) }
        for version in versions { try await discard(version, scope: scope) }
    }

    /// Takes a version away in small transactions, so that other writers get their turn.
    func discard(_ version: Int64, scope: Scope) async throws {
        var goesOn = true
        while goesOn {
            goesOn = try await engine.writeAlone { try scope.writer($0).sweep(version: version, limit: 20_000) }
        }
    }

    static func checksum(ofFile path: String) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw PlatformError(.badRequest, "the file cannot be read")
        }
        defer { try? file.close() }
        var digest = SHA256()
        while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty { digest.update(chunk) }
        return digest.hexadecimal()
    }
}

/// One reading of a layer's source from front to back.
private struct LayerPass {
    var reader: any FeatureReader
    let transform: SourceTransform
    let options: LayerImportOptions
    var report: ImportReport
    var box: BoundingBox?
    var ordinal: Int64 = 1
    /// Whether a feature has the attribute with the inhabitants: formats without a schema name no attributes before.
    var hasInhabitants = false
    private let firstCRS: String?

    init(path: String, options: LayerImportOptions, proceeding: Proceeding) throws {
        reader = try FeatureSource.open(path: path, options: options.source)
        firstCRS = reader.source.crs
        transform = try SourceTransform(
            given: options.crs, source: reader.source, area: proceeding.area?.boundingBox)
        self.options = options
        report = ImportReport(format: reader.source.format, crs: transform.crs.label)
        report.crsNote = transform.transform.note
        report.accuracy = transform.transform.accuracy
    }

    /// A CRS that only showed up after the features.
    var lateCRS: String? {
        options.crs == nil && reader.source.crs != firstCRS ? reader.source.crs : nil
    }

    /// The report on a layer that is as it was.
    func unchanged(_ layer: PlanningLayer) -> ImportReport {
        var report = report
        (report.read, report.unchanged) = (Int(layer.featureCount), Int(layer.featureCount))
        return report
    }

    /// The next features in longitude/latitude, valid.
    mutating func next() throws -> FeatureBatch? {
        guard var batch = try reader.next() else {
            report.notes = reader.source.notes
            return nil
        }
        for rejection in batch.rejections {
            report.read += 1
            try refuse(rejection)
        }
        if let wanted = options.populationField, !hasInhabitants, reader.source.fields.isEmpty {
            hasInhabitants = (0..<batch.count).contains { index in
                (try? JSONValue.parse(Array(batch.properties[index]), limits: .importing))?[wanted] != nil
            }
        }
        let faults = transform.apply(to: &batch)
        var kept = FeatureBatch()
        for index in 0..<batch.count {
            report.read += 1
            var geometry = batch.geometries[index]
            var reason = faults[index].map { ("outOfRange", $0) }
            if reason == nil, let shape = geometry {
                let broken = GeometryRule.imports.violations(in: shape).first
                if let broken, broken.code != "unclosedRing" || !options.makeValid {
                    reason = (broken.code, broken.detail)
                } else if let fault = broken?.detail ?? GeometryCheck.fault(shape) {
                    if options.makeValid, let repaired = try? shape.madeValid() {
                        geometry = repaired
                        report.repaired += 1
                    } else {
                        reason = ("invalidGeometry", fault)
                    }
                }
            }
            if let reason {
                try refuse(
                    RowRejection(row: batch.rows[index], field: "geometry", code: reason.0, reason: reason.1))
                continue
            }
            if let added = geometry?.boundingBox {
                if box == nil { box = added } else { box?.formUnion(added) }
            }
            kept.append(
                row: batch.rows[index], identifier: batch.identifiers[index], geometry: geometry,
                properties: batch.properties[index])
        }
        return kept
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
