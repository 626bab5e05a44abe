public import Participation
public import Storage

/// What planners write, with earlier texts as those of contributions, conceptions and comments have them.
public enum PlannedText: Sendable, Hashable {
    /// The proceeding itself, with its lists.
    case proceeding
    /// An appointment, by its number.
    case appointment(Int64)
    /// A download, by its number.
    case download(Int64)

    /// The number under which its texts are kept.
    var item: Int64 {
        switch self {
        case .proceeding: 0
        case .appointment(let id), .download(let id): id
        }
    }

    func path(in proceeding: Proceeding) -> String {
        let place = "proceedings/\(proceeding.id)"
        return switch self {
        case .proceeding: place
        case .appointment(let id): "\(place)/appointments/\(id)"
        case .download(let id): "\(place)/downloads/\(id)"
        }
    }
}

extension Installation {
    /// The earlier texts of what planners write, the oldest first.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a moderator asks, `notFound`.
    public func earlierTexts(
        of planned: PlannedText, in proceeding: Proceeding, scope: Scope
    ) async throws -> [EarlierText] {
        try require(.moderate, in: proceeding, scope: scope)
        return try await engine.read { connection in
            let reader = scope.reader(connection)
            try Self.requireThere(planned, in: proceeding, reader)
            return try reader.earlierTexts(of: planned.item, in: proceeding)
        }
    }

    /// Deletes the earlier texts of what planners write, from the files of the store too.
    ///
    /// - Returns: how many there were.
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, `notFound`.
    public func eraseEarlierTexts(
        of planned: PlannedText, in proceeding: Proceeding, scope: Scope
    ) async throws -> Int {
        try require(.administerTenant, in: proceeding, scope: scope)
        let time = now()
        let count = try await engine.write { connection in
            let writer = scope.writer(connection)
            try Self.requireThere(planned, in: proceeding, writer.reader)
            try writer.audit("texts.erase", item: planned.path(in: proceeding), now: time)
            return try writer.forgetTexts(of: planned.item, in: proceeding)
        }
        try await purge()
        return count
    }

    private static func requireThere(
        _ planned: PlannedText, in proceeding: Proceeding, _ reader: ScopedReader
    ) throws {
        switch planned {
        case .proceeding: break
        case .appointment(let id):
            guard try reader.appointment(id, of: proceeding) != nil else { throw noAppointment }
        case .download(let id): _ = try found(try reader.download(id, of: proceeding))
        }
    }
}
