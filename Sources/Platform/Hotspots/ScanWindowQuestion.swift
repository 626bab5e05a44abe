import Analysis

extension HotspotQuestion {
    /// The form of the zones of a scan.
    public enum Window: String, Sendable, Hashable, CaseIterable {
        case circle
        /// Circles and ellipses up to four times as long as wide.
        case ellipse
    }

    /// How much long ellipses of a scan count for less.
    public enum Penalty: String, Sendable, Hashable, CaseIterable {
        case none, medium, strong
    }

    static let windowParameters: [AnalysisParameter] = [
        .init(
            "window", words(Window.self), of: [Method.scan],
            "Whether circles alone are looked at, or ellipses too, up to four times as long as wide, which find what lies along "
                + "a street."),
        .init(
            "penalty", words(Penalty.self), of: [Method.scan],
            "How much an ellipse s times as long as wide counts for less (window=ellipse): ratios times 4s/(s+1)² (strong), "
                + "times the root of that (medium, the default), or as they are (none)."),
    ]

    /// Refuses ellipses where the model has none, and a penalty of circles.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest`.
    func validateWindow() throws {
        guard window == .ellipse else {
            guard penalty == nil else {
                throw PlatformError(
                    .badRequest, "penalty belongs to window=ellipse: circles have none", parameter: "penalty")
            }
            return
        }
        guard model != .spaceTime else {
            throw PlatformError(
                .badRequest, "window=ellipse belongs to model=bernoulli and poisson", hint: "window=circle can be done")
        }
    }
}

extension HotspotComputation {
    /// Tells the form of the zones, and chooses it.
    mutating func chooseWindow(_ options: inout ScanOptions) {
        let isElliptic = question.window == .ellipse
        tell(
            "window", question.window, standard: .circle,
            rule: isElliptic ? "shapes 1, 1.5, 2, 3 and 4 in 1, 4, 6, 9 and 12 directions" : nil)
        guard isElliptic else { return }
        let penalty = question.penalty ?? .medium
        tell(
            "penalty", penalty, standard: .medium,
            rule: penalty == .none
                ? nil : "ratios of ellipses times \(penalty == .medium ? "the root of " : "")4s/(s+1)²")
        options.windows = ScanWindow.ellipses
        options.penalty =
            switch penalty {
            case .none: .none
            case .medium: .medium
            case .strong: .strong
            }
    }
}
