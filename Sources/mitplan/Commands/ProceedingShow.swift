import ArgumentParser
import Foundation
import Participation
import Platform

/// `mitplan proceeding show`.
struct ProceedingShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a proceeding with its categories and layers.")

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var id: String

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let format = try output.resolved([.table, .json, .csv])
        let (proceeding, categories, layers) = try await Session.with(data) { session in
            let (proceeding, scope) = try await session.target(id, tenant)
            return (
                proceeding, try await session.installation.categories(of: proceeding, scope: scope),
                try await session.installation.layers(of: proceeding, scope: scope)
            )
        }
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        var listing = Listing([.init("kind"), .init("id"), .init("name"), .init("detail", maximumWidth: 90)])
        listing.append([
            .text("proceeding"), .text(proceeding.id), .text(proceeding.name),
            .text("phase \(proceeding.phase(at: now).rawValue), data version \(proceeding.dataVersion)"),
        ])
        for activity in Activity.allCases {
            let closure = proceeding.closure(of: activity, at: now)
            listing.append([
                .text("activity"), .text(activity.rawValue), .text(closure == nil ? "open" : "closed"),
                .text(closure?.detail),
            ])
        }
        for category in categories {
            listing.append([.text("category"), .text(category.id), .text(category.name), .text(nil)])
        }
        for layer in layers {
            listing.append([
                .text("layer"), .text(layer.id), .text(layer.name),
                .text(
                    "\(layer.role.rawValue), \(layer.featureCount) features, from \(layer.sourceFile) (\(layer.sourceCRS))"
                ),
            ])
        }
        try output.write(listing.rendered(as: format))
    }
}
