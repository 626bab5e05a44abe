import Synchronization

/// The shapes of an answer; where it is told as a table of cells, they are made when somebody first asks for them.
final class AnswerShapes: Sendable {
    /// The cells that they are made of.
    let cells: CellTable?
    private let made: Mutex<[AnalysisFeature]?>

    init(_ features: [AnalysisFeature]) {
        cells = nil
        made = Mutex(features)
    }

    init(_ cells: CellTable) {
        self.cells = cells
        made = Mutex(nil)
    }

    /// The shapes, in a fixed order.
    var features: [AnalysisFeature] {
        made.withLock { made in
            if let made { return made }
            let features = cells?.features ?? []
            made = features
            return features
        }
    }
}
