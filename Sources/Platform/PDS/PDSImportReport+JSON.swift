public import GeoCore

extension PDSImportReport {
    /// The report as JSON, in a fixed order.
    public var json: JSONValue { json(withRows: true) }

    /// The same without what is said of single rows, which may quote them.
    var counts: JSONValue { json(withRows: false) }

    private func json(withRows: Bool) -> JSONValue {
        func count(_ value: Int) -> JSONValue { .integer(Int64(value)) }
        func counts(_ values: [String: Int]) -> JSONValue {
            .object(values.sorted { $0.key < $1.key }.map { .init($0.key, count($0.value)) })
        }
        return .object([
            .init("imported", count(imported)), .init("skipped", count(skipped)),
            .init("locationQuality", counts(quality)),
            .init(
                "projects",
                .array(
                    projects.map { project in
                        .object([
                            .init("id", .string(project.id)), .init("proceeding", .string(project.proceeding)),
                            .init("isNew", .bool(project.isNew)), .init("read", count(project.read)),
                            .init("imported", count(project.imported)), .init("updated", count(project.updated)),
                            .init("unchanged", count(project.unchanged)), .init("kept", count(project.kept)),
                            .init("comments", count(project.comments)),
                            .init("changedComments", count(project.changedComments)),
                            .init("conceptions", count(project.conceptions)),
                            .init("votesUp", .integer(project.votesUp)),
                            .init("votesDown", .integer(project.votesDown)),
                            .init("locationQuality", counts(project.quality)),
                        ])
                    })),
            .init("notes", .array(withRows ? notes.map { .string($0) } : [])),
            .init(
                "rejections",
                .array(
                    (withRows ? rejections : []).map { rejection in
                        .object([
                            .init("row", count(rejection.row)),
                            .init("field", rejection.field.map { .string($0) } ?? .null),
                            .init("code", .string(rejection.code)), .init("reason", .string(rejection.reason)),
                        ])
                    })),
        ])
    }
}
