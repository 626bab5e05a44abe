import TestSupport
import Testing

@Suite struct ProgramTests {
    @Test func showsHelpWithExamplesAndEndsWithZero() throws {
        let result = try MitplanProgram.run(["--help"])
        #expect(result.status == 0)
        #expect(result.output.contains("EXAMPLES"))
        #expect(result.error.isEmpty)
    }

    @Test func writesAVersion() throws {
        let result = try MitplanProgram.run(["--version"])
        #expect(result.status == 0)
        #expect(result.output.split(separator: ".").count == 3)
    }

    @Test(arguments: [["--nonsense"], ["nonsense"], ["benchmark", "analysis", "--points", "0"]])
    func answersAWrongCommandLineWithOneLineAndTwo(arguments: [String]) throws {
        let result = try MitplanProgram.run(arguments)
        #expect(result.status == 2)
        #expect(result.error.hasPrefix("mitplan: error: "))
        #expect(result.error.split(separator: "\n").count == 1)
        #expect(result.error.contains("--help"))
        #expect(result.output.isEmpty)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func writesACompletionScript(shell: String) throws {
        let result = try MitplanProgram.run(["--generate-completion-script", shell])
        #expect(result.status == 0)
        #expect(result.output.contains("mitplan"))
    }

    @Test func writesAFileCompleteOrNotAtAll() throws {
        let folder = try TemporaryDirectory()
        let arguments = ["benchmark", "analysis", "--points", "100", "--runs", "1", "-o"]
        let result = try MitplanProgram.run(arguments + [folder.path("out.csv")])
        #expect(result.status == 0, "\(result.error)")
        let names = try MitplanProgram.names(in: folder.url)
        #expect(names == ["out.csv"])
        let refused = try MitplanProgram.run(arguments + [folder.path("missing/out.csv")])
        #expect(refused.status == 1)
        #expect(refused.error.contains("No such file or directory"))
    }

    @Test func refusesAFormatThatTheCommandDoesNotWrite() throws {
        let result = try MitplanProgram.run(["benchmark", "analysis", "--points", "10", "--format", "svg"])
        #expect(result.status == 2)
        #expect(result.error.contains("hint: it writes table, csv"))
    }
}
