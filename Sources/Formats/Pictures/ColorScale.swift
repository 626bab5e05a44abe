/// Colours of classes that people with colour vision deficiencies can tell apart.
public enum ColorScale: Sendable, Hashable {
    /// Seven classes around zero, blue to red, for significance bins −3 to 3 at the indices 0 to 6.
    /// Source: ColorBrewer 2.0, RdBu (C. Brewer, colour-blind safe).
    case diverging
    /// Growing values, dark blue to yellow. Source: Nuñez, Anderton, Renslow 2018, "cividis",
    /// doi:10.1371/journal.pone.0199239; positions between the stops are mixed linearly in sRGB.
    case sequential
    /// Local Moran's I: none, high among high, low among high, low among low, high among low, as maps of it are used to.
    case quadrants
    /// Patterns of hot spots in time: none, eight kinds of hot ones in reds, eight of cold ones in blues.
    /// Source: ColorBrewer 2.0, YlOrRd and YlGnBu, nine classes, from dark to light.
    case patterns
    /// Falling, none, rising.
    case trends

    /// The colour of a class as `#rrggbb`; indices outside are taken to the nearest class.
    ///
    /// - Parameters:
    ///   - index: Class, counted from 0.
    ///   - count: Number of classes of the picture; the diverging scale always has seven.
    public func color(_ index: Int, of count: Int) -> String {
        switch self {
        case .diverging:
            return Self.divergingColors[max(0, min(Self.divergingColors.count - 1, index))]
        case .quadrants:
            return Self.quadrantColors[max(0, min(Self.quadrantColors.count - 1, index))]
        case .patterns:
            return Self.patternColors[max(0, min(Self.patternColors.count - 1, index))]
        case .trends:
            return Self.trendColors[max(0, min(Self.trendColors.count - 1, index))]
        case .sequential:
            let share = count > 1 ? Double(max(0, min(count - 1, index))) / Double(count - 1) : 1
            return Self.mix(share)
        }
    }

    private static let divergingColors = [
        "#2166ac", "#67a9cf", "#d1e5f0", "#f7f7f7", "#fddbc7", "#ef8a62", "#b2182b",
    ]
    private static let quadrantColors = ["#f0f0f0", "#b2182b", "#92c5de", "#2166ac", "#f4a582"]
    private static let trendColors = ["#67a9cf", "#f7f7f7", "#ef8a62"]
    private static let patternColors = [
        "#f0f0f0", "#800026", "#bd0026", "#e31a1c", "#fc4e2a", "#fd8d3c", "#feb24c", "#fed976", "#ffeda0", "#081d58",
        "#253494", "#225ea8", "#1d91c0", "#41b6c4", "#7fcdbb", "#c7e9b4", "#edf8b1",
    ]
    private static let stops: [(Double, Double, Double)] = [
        (0, 34, 78), (53, 69, 108), (102, 105, 112), (148, 142, 119), (200, 184, 102), (254, 232, 56),
    ]

    private static func mix(_ share: Double) -> String {
        let place = share * Double(stops.count - 1)
        let first = max(0, min(stops.count - 2, Int(exactly: place.rounded(.down)) ?? 0))
        let rest = place - Double(first)
        let (a, b) = (stops[first], stops[first + 1])
        return "#" + hex(a.0 + (b.0 - a.0) * rest) + hex(a.1 + (b.1 - a.1) * rest) + hex(a.2 + (b.2 - a.2) * rest)
    }

    private static func hex(_ channel: Double) -> String {
        let value = Int(exactly: max(0, min(255, channel)).rounded()) ?? 0
        let text = String(value, radix: 16)
        return text.count == 1 ? "0" + text : text
    }
}
