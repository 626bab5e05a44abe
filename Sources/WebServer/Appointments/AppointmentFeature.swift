import GeoCore
import Participation

/// Appointments as GeoJSON features.
enum AppointmentFeature {
    /// Appends one feature.
    static func append(_ appointment: Appointment, to out: inout [UInt8]) {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        func instant(_ value: Int64) -> JSONValue { .string(Timestamp.rfc3339(value)) }
        let details = appointment.details
        let properties = JSONValue.object([
            .init("title", .string(details.title)), .init("description", .string(details.description)),
            .init("start", instant(details.start)), .init("end", instant(details.end)),
            .init("place", text(details.place)), .init("address", text(details.address)),
            .init("website", text(details.website)), .init("created", instant(Timestamp.minute(appointment.created))),
            .init("changed", instant(Timestamp.minute(appointment.changed))),
        ])
        FeatureText.append(id: appointment.id, details.position.map { .point($0) }, properties, to: &out)
    }

    /// The bytes and the tag of one appointment.
    static func render(_ appointment: Appointment) -> (bytes: [UInt8], tag: String) {
        var bytes: [UInt8] = []
        append(appointment, to: &bytes)
        return (bytes, VersionedTag.make(version: appointment.version, bytes))
    }
}
