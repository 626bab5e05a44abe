import GeoCore
import Participation
import Platform

/// A planning layer as JSON.
enum LayerValue {
    static func make(_ layer: PlanningLayer) -> JSONValue {
        let box: JSONValue =
            layer.boundingBox.map { .array([$0.minX, $0.minY, $0.maxX, $0.maxY].map { .number($0) }) } ?? .null
        return .object([
            .init("id", .string(layer.id)),
            .init("name", .string(layer.name)),
            .init("role", .string(layer.role.rawValue)),
            .init("sourceCRS", .string(layer.sourceCRS)),
            .init("sourceFile", .string(layer.sourceFile)),
            .init("checksum", .string(layer.checksum)),
            .init("populationField", layer.populationField.map { .string($0) } ?? .null),
            .init("fields", (try? JSONValue.parse(Array(layer.fields.utf8), limits: .importing)) ?? .array([])),
            .init("featureCount", .integer(layer.featureCount)),
            .init("bbox", box),
            .init("licence", layer.licence.map { .string($0) } ?? .null),
            .init("version", .integer(layer.version)),
            .init("changed", .string(Timestamp.rfc3339(layer.changed))),
        ])
    }
}

/// The report of an import as JSON.
enum ImportReportValue {
    static func make(_ report: ImportReport) -> JSONValue {
        func count(_ value: Int) -> JSONValue { .integer(Int64(value)) }
        return .object([
            .init("format", .string(report.format)),
            .init("crs", .string(report.crs)),
            .init("crsNote", report.crsNote.map { .string($0) } ?? .null),
            .init("accuracy", report.accuracy.map { .number($0) } ?? .null),
            .init("read", count(report.read)),
            .init("imported", count(report.imported)),
            .init("updated", count(report.updated)),
            .init("unchanged", count(report.unchanged)),
            .init("kept", count(report.kept)),
            .init("skipped", count(report.skipped)),
            .init("repaired", count(report.repaired)),
            .init("notes", .array(report.notes.map { .string($0) })),
            .init("rejections", .array(report.rejections.map { .string("\($0)") })),
        ])
    }
}
