import Foundation

/// The program gzip, an oracle for whatever writes its streams.
public enum GzipProgram {
    private static let path = "/usr/bin/gzip"

    /// Whether it is there.
    public static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// The text of a stream; `nil` where the program refuses it.
    public static func text(of stream: [UInt8]) throws -> [UInt8]? {
        let folder = try TemporaryDirectory()
        let file = folder.path("answer.gz")
        try Data(stream).write(to: URL(fileURLWithPath: file))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-dk", file]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return try Array(Data(contentsOf: URL(fileURLWithPath: folder.path("answer"))))
    }
}
