public import ArgumentParser
public import GeoCore
public import Participation
public import Platform

// The words of the domain as arguments: what the command line takes is what the interfaces take.
extension PlanningLayer.Role: ExpressibleByArgument {}
extension ExportedComments: ExpressibleByArgument {}
extension Tenant.Status: ExpressibleByArgument {}
extension OperatorAccess: ExpressibleByArgument {}
extension SigningAlgorithm: ExpressibleByArgument {}
extension HotspotQuestion.Method: ExpressibleByArgument {}
extension HotspotQuestion.CellShape: ExpressibleByArgument {}
extension HotspotQuestion.Tails: ExpressibleByArgument {}
extension CellLayout.Orientation: ExpressibleByArgument {}
extension HotspotQuestion.Weight: ExpressibleByArgument {}
extension HotspotQuestion.Kernel: ExpressibleByArgument {}
extension HotspotQuestion.Surface: ExpressibleByArgument {}
extension HotspotQuestion.Correction: ExpressibleByArgument {}
extension HotspotQuestion.Inference: ExpressibleByArgument {}
extension HotspotQuestion.Apportion: ExpressibleByArgument {}
extension HotspotQuestion.Rule: ExpressibleByArgument {}
extension HotspotQuestion.Edge: ExpressibleByArgument {}
extension HotspotQuestion.ScanModel: ExpressibleByArgument {}
extension HotspotQuestion.Selection: ExpressibleByArgument {}
extension HotspotQuestion.Direction: ExpressibleByArgument {}
extension HotspotQuestion.Window: ExpressibleByArgument {}
extension HotspotQuestion.Penalty: ExpressibleByArgument {}
extension HotspotQuestion.Baseline: ExpressibleByArgument {}
extension HotspotQuestion.Locations: ExpressibleByArgument {}
extension HotspotQuestion.TrendCorrection: ExpressibleByArgument {}
extension TimeStep: ExpressibleByArgument {
    /// Reads a step as the interfaces do.
    public init?(argument: String) { self.init(argument) }
}
extension OfficialStatus: ExpressibleByArgument {
    /// Reads a status as the interfaces do.
    public init?(argument: String) { self.init(name: argument) }

    /// The words that there are.
    public static var allValueStrings: [String] { allCases.map(\.name) }
}
extension Geometry.Kind: ExpressibleByArgument {}
extension PlaceMasking: ExpressibleByArgument {}
extension ClassBreaks.Rule: ExpressibleByArgument {}
extension HotspotQuestion.Division: ExpressibleByArgument {}
extension HotspotQuestion.Touch: ExpressibleByArgument {}
extension PatternQuestion.Cycle: ExpressibleByArgument {}
extension AreaOptions.Smoothing: ExpressibleByArgument {}
extension AreaOptions.Overlap: ExpressibleByArgument {}
extension Neighbourhood.Rule: ExpressibleByArgument {}
extension PatternQuestion.Method: ExpressibleByArgument {}
extension PatternQuestion.Correction: ExpressibleByArgument {}
extension PatternQuestion.Null: ExpressibleByArgument {}
extension ModerationReason: ExpressibleByArgument {}
extension RankingMeasure: ExpressibleByArgument {}
extension Contribution.State: ExpressibleByArgument {
    /// Reads the word that answers use; what nobody sees cannot be asked for.
    public init?(argument: String) {
        guard let state = Viewer.statesSeenBySomebody.first(where: { $0.name == argument }) else { return nil }
        self = state
    }

    /// The words that can be asked for.
    public static var allValueStrings: [String] { Viewer.statesSeenBySomebody.map(\.name) }
}
