public import GeoCore

/// Where a contribution must lie, seen from a position or from the features of a layer.
public struct PlaceCondition: Sendable, Hashable {
    /// How it lies to the target.
    public enum Relation: Sendable, Hashable {
        /// No part of it lies outside.
        case within
        /// They share a point at least.
        case crossing
        /// It is at most so many metres away.
        case near(metres: Double)
    }

    /// What it is seen from.
    public enum Target: Sendable, Hashable {
        /// A position in longitude/latitude.
        case position(Position)
        /// A geometry in longitude/latitude.
        case shape(Geometry)
        /// A layer by its slug: one feature by its place in it, counted from 1, or all of them together.
        case layer(String, ordinal: Int64?)
    }

    /// How it lies.
    public var relation: Relation
    /// Seen from what.
    public var target: Target

    /// Makes a condition.
    public init(_ relation: Relation, _ target: Target) {
        self.relation = relation
        self.target = target
    }
}
