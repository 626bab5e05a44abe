public import GeoCore

/// The place that everybody sees of a contribution in a private category.
///
/// A point on a fixed grid of a hundredth of a degree, about 1,100 by 650 metres in Germany: many homes share it, and
/// asking again, with other boxes or filters, tells nothing more. Moderators see the true geometry.
public enum PublicPlace {
    /// The nearest point of the grid, in longitude/latitude.
    public static func rounded(_ point: Position) -> Position {
        Position((point.x * 100).rounded() / 100, (point.y * 100).rounded() / 100)
    }
}
