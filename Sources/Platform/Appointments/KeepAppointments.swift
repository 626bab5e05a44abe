public import GeoCore
public import Participation
public import Storage

/// What a planner changes in an appointment; the members of a JSON merge patch (RFC 7396).
public struct AppointmentChange: Sendable {
    /// New title.
    public var title: String?
    /// New description.
    public var description: String?
    /// New beginning, milliseconds since 1970.
    public var start: Int64?
    /// New end, milliseconds since 1970.
    public var end: Int64?
    /// Name of the place, or none.
    public var place = MemberChange<String>.keep
    /// Street, number, town, or none.
    public var address = MemberChange<String>.keep
    /// Where that is, or none.
    public var position = MemberChange<Position>.keep
    /// Where more is to be read, or nowhere.
    public var website = MemberChange<String>.keep

    /// Makes a change that changes nothing.
    public init() {}

    func applied(to old: NewAppointment) -> NewAppointment {
        NewAppointment(
            title: title ?? old.title, description: description ?? old.description, start: start ?? old.start,
            end: end ?? old.end, place: place.applied(to: old.place), address: address.applied(to: old.address),
            position: position.applied(to: old.position), website: website.applied(to: old.website))
    }
}

extension Installation {
    /// Takes in an appointment; when it returns, it is on disk.
    ///
    /// - Returns: the appointment, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `invalidInput` with all
    ///   rules broken.
    public func addAppointment(
        _ draft: NewAppointment, to proceeding: Proceeding, scope: Scope, idempotency: IdempotencyKey? = nil
    ) async throws -> (appointment: Appointment, isReplay: Bool) {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        let checked = try Self.checked(draft)
        let (appointment, isReplay) = try await once(
            idempotency, "\(proceeding.key)/appointments", scope: scope
        ) { earlier, reader in
            try reader.appointment(earlier.item, of: proceeding)
        } _: { writer, _ in
            let stored = try writer.put(Appointment(checked, created: time), of: proceeding)
            try writer.note("create", appointment: stored.id, in: proceeding, now: time)
            return Done(value: stored, item: stored.id)
        }
        return (appointment, isReplay)
    }

    /// Changes an appointment.
    ///
    /// - Returns: the appointment as it stands now.
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `notFound`, `stale`
    ///   when it is another version, `invalidInput` with all rules broken.
    public func changeAppointment(
        _ id: Int64, _ change: AppointmentChange, of proceeding: Proceeding, precondition: Precondition, scope: Scope
    ) async throws -> Appointment {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard var wanted = try writer.reader.appointment(id, of: proceeding) else { throw Self.noAppointment }
            try precondition.require(wanted.version)
            let checked = try Self.checked(change.applied(to: wanted.details))
            guard checked != wanted.details else { return wanted }
            (wanted.details, wanted.changed, wanted.version) = (checked, time, wanted.version + 1)
            try writer.note("change", appointment: id, in: proceeding, now: time)
            return try writer.put(wanted, of: proceeding)
        }
    }

    /// Removes an appointment.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `notFound`, `stale`.
    public func removeAppointment(
        _ id: Int64, of proceeding: Proceeding, precondition: Precondition = .any, scope: Scope
    ) async throws {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let old = try writer.reader.appointment(id, of: proceeding) else { throw Self.noAppointment }
            try precondition.require(old.version)
            try writer.removeAppointment(id, of: proceeding, now: time)
            try writer.note("remove", appointment: id, in: proceeding, now: time)
        }
    }

    private static func checked(_ draft: NewAppointment) throws -> NewAppointment {
        let cleaned = draft.cleaned
        let faults = cleaned.violations
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the appointment breaks \(faults.count) rule(s)", violations: faults)
        }
        return cleaned
    }

    static var noAppointment: PlatformError { PlatformError(.notFound, "there is no appointment of that number") }
}

extension ScopedWriter {
    /// Writes down what was done with an appointment, and marks the proceeding's data as changed.
    fileprivate func note(_ action: String, appointment: Int64, in proceeding: Proceeding, now: Int64) throws {
        try audit(
            "appointment.\(action)", item: "proceedings/\(proceeding.id)/appointments/\(appointment)", now: now)
        try touch(proceeding)
    }
}
