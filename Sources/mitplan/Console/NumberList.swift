import ArgumentParser

/// Numbers separated by commas, such as `25,50,75`.
struct NumberList: ExpressibleByArgument {
    /// The numbers.
    let numbers: [Double]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard parts.allSatisfy({ $0?.isFinite == true }) else { return nil }
        numbers = parts.compactMap { $0 }
    }
}
