import Foundation
import TestSupport
import Testing

/// The server is killed while a file comes in: the next one takes away what it left.
@Suite(.serialized) struct KilledServerTests {
    private static let token = "a-secret-of-the-test-that-is-long"

    /// A server as a process of its own, and the port it listens on.
    private struct Serving {
        let process: Process
        let port: Int

        init(_ folder: TemporaryDirectory) async throws {
            let log = folder.url.appendingPathComponent("log")
            _ = FileManager.default.createFile(atPath: log.path, contents: nil)
            process = Process()
            process.executableURL = MitplanProgram.url
            process.arguments = ["serve", "--port", "0", "--data", folder.path("city")]
            process.environment = ProcessInfo.processInfo.environment.merging(
                ["MITPLAN_ADMIN_TOKEN": KilledServerTests.token]
            ) { $1 }
            process.standardOutput = try FileHandle(forWritingTo: log)
            process.standardError = FileHandle.nullDevice
            try process.run()
            var text = ""
            while process.isRunning, !text.contains("/health/ready\n") {
                try await Task.sleep(for: .milliseconds(20))
                text = try String(contentsOf: log, encoding: .utf8)
            }
            port = try #require(text.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) })
        }

        func end(_ signal: Int32) async throws {
            kill(process.processIdentifier, signal)
            while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        }

        /// One request and its whole answer.
        func ask(_ method: String, _ path: String, _ body: String = "", type: String = "application/json") throws
            -> String
        {
            let connection = try begin(method, path, length: body.utf8.count, type: type)
            connection.send(body)
            return connection.read(until: "\u{0}")
        }

        /// The head of a request alone.
        func begin(_ method: String, _ path: String, length: Int, type: String) throws -> RawConnection {
            let connection = try RawConnection(port: port)
            connection.send(
                """
                \(method) /api/v1/proceedings\(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r
                Authorization: Bearer \(KilledServerTests.token)\r\nContent-Type: \(type)\r
                Content-Length: \(length)\r\n\r\n
                """)
            return connection
        }
    }

    /// Folders of uploads under way that hold something.
    private func underWay(_ folder: TemporaryDirectory) throws -> [String] {
        let data = folder.path("city")
        return try FileManager.default.contentsOfDirectory(atPath: data).filter { name in
            guard name.hasPrefix("mitplan-upload-") else { return false }
            let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(data)/\(name)")) ?? []
            return files.contains { file in
                let attributes = try? FileManager.default.attributesOfItem(atPath: "\(data)/\(name)/\(file)")
                return (attributes?[.size] as? Int ?? 0) > 0
            }
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: ["image", "download"])
    func takesAwayWhatAKilledServerHadHalf(_ kind: String) async throws {
        let folder = try TemporaryDirectory()
        let environment = ["MITPLAN_DATA": folder.path("city")]
        _ = try MitplanProgram.run(["init", "--tenant", "esch"], environment: environment)
        let first = try await Serving(folder)
        defer { if first.process.isRunning { kill(first.process.processIdentifier, SIGKILL) } }
        let made = try first.ask(
            "POST", "", #"{"id": "hafen", "name": "Hafen", "categories": [{"id": "kai", "name": "Kai"}]}"#)
        #expect(made.hasPrefix("HTTP/1.1 201"), "\(made)")
        let posted = try first.ask(
            "POST", "/hafen/contributions",
            """
            {"type": "Feature", "geometry": null,
            "properties": {"title": "Bank am Kai", "text": "Hier fehlt eine Bank.", "category": "kai"}}
            """, type: "application/geo+json")
        let number = try #require(posted.firstMatch(of: /contributions\/(\d+)/)?.1, "\(posted)")
        let list = kind == "image" ? "/hafen/contributions/\(number)/attachments" : "/hafen/downloads"
        let question = kind == "image" ? "?alt=Ein%20Bild" : "?filename=plan.pdf&title=Plan"
        let before = try first.ask("GET", list)

        let upload = try first.begin(
            "POST", list + question, length: 1_000_000, type: kind == "image" ? "image/jpeg" : "application/pdf")
        upload.send("%PDF-1.7 " + String(repeating: "A", count: 400_000))
        while try underWay(folder).isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        try await first.end(SIGKILL)
        #expect(first.process.terminationReason == .uncaughtSignal)
        #expect(try underWay(folder).count == 1)

        let second = try await Serving(folder)
        defer { if second.process.isRunning { kill(second.process.processIdentifier, SIGKILL) } }
        #expect(try underWay(folder).isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("city"))
        #expect(!names.contains { $0.hasPrefix("mitplan-upload-") })
        func body(_ answer: String) -> Substring? { answer.split(separator: "\r\n\r\n", maxSplits: 1).last }
        #expect(body(try second.ask("GET", list)) == body(before))
        if kind == "download" {
            let whole = try second.ask("POST", list + question, "%PDF-1.7 A", type: "application/pdf")
            #expect(whole.hasPrefix("HTTP/1.1 201"), "\(whole)")
        }
        try await second.end(SIGTERM)
        #expect(second.process.terminationStatus == 0)
        #expect(try MitplanProgram.run(["check"], environment: environment).output == "sound\n")
    }
}
