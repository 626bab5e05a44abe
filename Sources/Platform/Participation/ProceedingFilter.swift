public import GeoCore
public import Participation

/// Which proceedings of a tenant are meant.
public struct ProceedingFilter: Sendable, Hashable {
    /// The phase it must be in.
    public var phase: Phase?
    /// A topic it must have.
    public var topic: String?
    /// A district it must concern.
    public var district: String?
    /// Boxes in longitude/latitude of which the box of its area must meet one; empty means all.
    public var boxes: [BoundingBox] = []
    /// Words that name, description or owner must hold, in any order, capitals or not.
    public var words: String?

    /// Makes a filter that lets everything through.
    public init() {}

    /// Whether a proceeding is meant.
    ///
    /// - Parameter now: milliseconds since 1970; decides the phase.
    public func includes(_ proceeding: Proceeding, at now: Int64) -> Bool {
        if let phase, proceeding.phase(at: now) != phase { return false }
        if let topic, !proceeding.details.topics.contains(topic) { return false }
        if let district, !proceeding.details.districts.contains(district) { return false }
        if !boxes.isEmpty {
            guard let box = proceeding.area?.boundingBox, boxes.contains(where: { Self.meet($0, box) }) else {
                return false
            }
        }
        guard let words else { return true }
        let text = [proceeding.name, proceeding.description, proceeding.owner ?? "", proceeding.id]
            .joined(separator: " ").lowercased()
        return words.lowercased().split(whereSeparator: \.isWhitespace).allSatisfy { text.contains($0) }
    }

    private static func meet(_ a: BoundingBox, _ b: BoundingBox) -> Bool {
        a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY
    }
}
