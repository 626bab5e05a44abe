import ArgumentParser
import Participation
import Storage

/// Which thing of a proceeding is meant.
struct ItemOptions: ParsableArguments {
    @OptionGroup var place: ProceedingOptions

    @Argument(help: ArgumentHelp("Number of what is meant.", valueName: "id"))
    var id: Int64

    var data: DataOptions { place.data }

    /// Works on the data directory with the proceeding and the scope.
    func with<Answer: Sendable>(
        _ body: (Session, Proceeding, Scope) async throws -> Answer
    ) async throws -> Answer {
        try await place.with(body)
    }
}

extension Listing {
    /// The members of one thing, a row each.
    init(members: [(name: String, value: String?)]) {
        self.init([.init("member"), .init("value", maximumWidth: 100)])
        for (name, value) in members { append([.text(name), .text(value)]) }
    }
}
