import Formats
public import Participation
public import Storage

extension Installation {
    /// The appointments of a proceeding by their beginning, one page.
    public func appointments(
        of proceeding: Proceeding, filter: AppointmentFilter = AppointmentFilter(), limit: Int, after cursor: Cursor?,
        scope: Scope
    ) async throws -> Page<Appointment> {
        try await engine.read {
            try scope.reader($0).appointments(of: proceeding, filter: filter, limit: limit, after: cursor)
        }
    }

    /// The appointments that changed since an instant, with tombstones of those that went, one page.
    public func appointmentChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<Appointment>> {
        try await engine.read {
            try scope.reader($0).appointmentChanges(of: proceeding, since: since, limit: limit, after: cursor)
        }
    }

    /// One appointment.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    public func appointment(_ id: Int64, of proceeding: Proceeding, scope: Scope) async throws -> Appointment {
        let found = try await engine.read { try scope.reader($0).appointment(id, of: proceeding) }
        guard let found else { throw Self.noAppointment }
        return found
    }
}

/// Appointments as a calendar that other programs subscribe to.
public enum AppointmentCalendar {
    /// The calendar of some appointments as iCalendar (RFC 5545): equal rows are equal bytes.
    public static func bytes(_ appointments: [Appointment], of proceeding: Proceeding) -> [UInt8] {
        let events = appointments.map { appointment -> CalendarEvent in
            let details = appointment.details
            return CalendarEvent(
                uid: uid(of: appointment, in: proceeding), stamp: appointment.changed, created: appointment.created,
                sequence: appointment.version - 1, start: details.start, end: details.end, summary: details.title,
                description: details.description,
                location: [details.place, details.address].compactMap(\.self).joined(separator: ", "),
                position: details.position, url: details.website)
        }
        return CalendarText.bytes(events, name: proceeding.name)
    }

    /// The same for an appointment for ever, and another one in any other installation: a version 8 UUID (RFC 9562) of
    /// where it stands and when it was made.
    private static func uid(of appointment: Appointment, in proceeding: Proceeding) -> String {
        let name =
            "\(proceeding.tenant)/\(proceeding.id)/\(proceeding.created)/\(appointment.id)/\(appointment.created)"
        var bytes = Array(SHA256.digest(Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return text
    }
}
