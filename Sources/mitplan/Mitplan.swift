import ArgumentParser
@main struct Mitplan: AsyncParsableCommand {
    func run() async throws {}
}
