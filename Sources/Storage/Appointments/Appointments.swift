public import GeoCore
public import Participation

/// Which appointments are meant.
public struct AppointmentFilter: Sendable, Hashable {
    /// Those that have not ended by then, milliseconds since 1970.
    public var from: Int64?
    /// Those that begin before, milliseconds since 1970.
    public var to: Int64?
    /// Those whose place lies in one of the boxes; empty means all, also those without a position.
    public var boxes: [BoundingBox] = []

    /// Makes a filter that lets everything through.
    public init() {}
}

extension ScopedReader {
    private static var appointmentColumns: String {
        "id, title, description, starts, ends, place, address, website, x, y, created, changed, version"
    }

    private func appointment(_ row: any SQLRow) -> Appointment {
        Appointment(
            id: row.integer(0),
            NewAppointment(
                title: row.text(1), description: row.text(2), start: row.integer(3), end: row.integer(4),
                place: row.optionalText(5), address: row.optionalText(6),
                position: row.optionalReal(8).map { Position($0, row.real(9)) }, website: row.optionalText(7)),
            created: row.integer(10), changed: row.integer(11), version: row.integer(12))
    }

    /// The appointments of a proceeding by their beginning and then by number, one page.
    public func appointments(
        of proceeding: Proceeding, filter: AppointmentFilter, limit: Int, after cursor: Cursor?
    ) throws -> Page<Appointment> {
        var conditions: [SQL] = ["tenant = \(tenant)", "proceeding = \(proceeding.key)"]
        if let from = filter.from { conditions.append("ends > \(from)") }
        if let to = filter.to { conditions.append("starts < \(to)") }
        if !filter.boxes.isEmpty {
            let boxes = filter.boxes.map { box -> SQL in
                "(x BETWEEN \(box.minX) AND \(box.maxX) AND y BETWEEN \(box.minY) AND \(box.maxY))"
            }
            conditions.append("(\(SQL.joined(boxes, separator: " OR ")))")
        }
        if let cursor { conditions.append("(starts, id) > (\(cursor.major), \(cursor.minor))") }
        var items = try connection.rows(
            """
            SELECT \(raw: Self.appointmentColumns) FROM appointment
            WHERE \(SQL.joined(conditions, separator: " AND ")) ORDER BY starts, id LIMIT \(limit + 1)
            """, appointment)
        guard items.count > limit else { return Page(items: items, next: nil) }
        items.removeLast(items.count - limit)
        return Page(items: items, next: items.last.map { Cursor(major: $0.details.start, minor: $0.id) })
    }

    /// The appointments changed at or after an instant, with the tombstones of those that were removed, one page.
    public func appointmentChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Appointment>> {
        let after: SQL = cursor.map { "(changed, id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let items = try connection.rows(
            """
            SELECT \(raw: Self.appointmentColumns) FROM appointment
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND changed >= \(since) AND \(after)
            ORDER BY changed, id LIMIT \(limit + 1)
            """, appointment)
        return Self.page(
            items.map { ChangedRow(item: $0, $0.id, changed: $0.changed) },
            try removed(.appointment, of: proceeding, since: since, limit: limit + 1, after: cursor), limit: limit)
    }

    /// One appointment.
    public func appointment(_ id: Int64, of proceeding: Proceeding) throws -> Appointment? {
        try connection.first(
            """
            SELECT \(raw: Self.appointmentColumns) FROM appointment
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id)
            """, appointment)
    }
}

extension ScopedWriter {
    /// Adds an appointment and gives it its number, or writes the one of its number anew and keeps the old texts as
    /// history.
    public func put(_ appointment: Appointment, of proceeding: Proceeding) throws -> Appointment {
        var stored = appointment
        let details = stored.details
        if stored.id == 0 {
            stored.id = try take(from: "item")
        } else if let old = try reader.appointment(stored.id, of: proceeding),
            (old.details.title, old.details.description, old.details.otherTexts)
                != (details.title, details.description, details.otherTexts)
        {
            try keepText(
                of: old.id, version: old.version, title: old.details.title, text: old.details.description,
                other: old.details.otherTexts, cause: "edited", in: proceeding, now: stored.changed)
        }
        try connection.execute(
            """
            INSERT INTO appointment (tenant, proceeding, id, title, description, starts, ends, place, address, website,
                x, y, created, changed, version)
            VALUES (\(tenant), \(proceeding.key), \(stored.id), \(details.title), \(details.description),
                \(details.start), \(details.end), \(details.place), \(details.address), \(details.website),
                \(details.position?.x), \(details.position?.y), \(stored.created), \(stored.changed),
                \(stored.version))
            ON CONFLICT (tenant, proceeding, id) DO UPDATE SET title = excluded.title,
                description = excluded.description, starts = excluded.starts, ends = excluded.ends,
                place = excluded.place, address = excluded.address, website = excluded.website, x = excluded.x,
                y = excluded.y, changed = excluded.changed, version = excluded.version
            """)
        return stored
    }

    /// Removes an appointment with its earlier texts; its number stays as a tombstone.
    public func removeAppointment(_ id: Int64, of proceeding: Proceeding, now: Int64) throws {
        try forgetTexts(of: id, in: proceeding)
        try noteRemoval(.appointment, id, of: proceeding, now: now)
        try connection.execute(
            """
            DELETE FROM appointment
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id)
            """)
    }
}

extension NewAppointment {
    /// The texts beside title and description, by the names of their members.
    fileprivate var otherTexts: [String: String] {
        ["place": place, "address": address, "website": website].compactMapValues(\.self)
    }
}
