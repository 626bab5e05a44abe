import Foundation
import TestSupport
import Testing

@Suite struct ServeTests {
    @Test(.timeLimit(.minutes(5))) func tellsItsAddressWorksBesideOtherCommandsAndEndsOnSIGTERM() async throws {
        let folder = try TemporaryDirectory()
        let environment = ["MITPLAN_DATA": folder.path("city")]
        _ = try MitplanProgram.run(["init", "--tenant", "esch"], environment: environment)
        let log = folder.url.appendingPathComponent("log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        let process = Process()
        process.executableURL = MitplanProgram.url
        process.arguments = ["serve", "--port", "0", "--data", folder.path("city")]
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { if process.isRunning { process.terminate() } }
        var text = ""
        while process.isRunning, !text.contains("/health/ready\n") {
            try await Task.sleep(for: .milliseconds(20))
            text = try String(contentsOf: log, encoding: .utf8)
        }
        #expect(text.contains("http://127.0.0.1:"))
        let made = try MitplanProgram.run(["tenant", "create", "nachbar"], environment: environment)
        #expect(made.status == 0, "\(made.error)")
        process.terminate()
        while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
    }

    @Test(arguments: ["70000", "-1", "http"])
    func refusesAPortThatIsNone(port: String) throws {
        #expect(try MitplanProgram.run(["serve", "--port=\(port)"]).status == 2)
    }

    @Test func refusesAShortAdminToken() throws {
        let folder = try TemporaryDirectory()
        let environment = ["MITPLAN_DATA": folder.path("city"), "MITPLAN_ADMIN_TOKEN": "short"]
        _ = try MitplanProgram.run(["init"], environment: environment)
        let result = try MitplanProgram.run(["serve", "--port", "0"], environment: environment)
        #expect(result.status == 1)
        #expect(result.error.contains("shorter than 16"))
    }
}
