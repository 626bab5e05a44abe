import ArgumentParser
import Foundation
import GeoCore
import Platform

/// One method of the engine on points from a file, for a comparison with other programs on the same points.
struct BenchmarkMethod: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "method", abstract: "Time one method on the points of a file.",
        discussion: """
            The file holds 64-bit floats, little-endian: all x in metres, then all y. For methods on cells the x are \
            the values of a rhombus of hexagons. The answer is one line of JSON: seconds of the fastest run, what \
            memory grew by at most, and a result to compare.
            """, shouldDisplay: false)

    @Argument(help: "Name of the method: \(MethodBenchmark.all.map(\.name).joined(separator: ", ")).")
    var method: String

    @Argument(help: "File of coordinates.")
    var file: String

    @Option(parsing: .unconditional, help: "Runs; the fastest counts.")
    var runs = 3

    func run() async throws {
        guard let benchmark = MethodBenchmark.all.first(where: { $0.name == method }) else {
            throw CommandFailure("there is no method \(method) to measure", hint: "see --help for their names")
        }
        let points = try Self.points(file)
        let work = try await benchmark.prepare(points)
        var best = Double.infinity
        var result = 0.0
        let before = ResidentMemory.now
        ResidentMemory.forgetPeak()
        for _ in 0..<max(1, runs) {
            let start = ContinuousClock.now
            result = try await work()
            best = min(best, ProgressBar.seconds(.now - start))
        }
        let growth = max(0, ResidentMemory.peak - before)
        let answer = JSONValue.object([
            .init("seconds", .number(best)), .init("mebibytes", .number(Double(growth) / 1024)),
            .init("result", .number(result)),
        ])
        Console.out(String(decoding: answer.encoded, as: UTF8.self))
    }

    private static func points(_ path: String) throws -> Points {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let count = data.count / 16
        guard count > 0, data.count == count * 16 else {
            throw CommandFailure("\(path) does not hold pairs of 64-bit floats", hint: "all x come first, then all y")
        }
        let values = data.withUnsafeBytes { bytes in
            (0..<2 * count).map { index in
                Double(
                    bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)))
            }
        }
        return Points(x: Array(values[..<count]), y: Array(values[count...]))
    }
}

/// Resident memory of this process as the kernel tells it, in kibibytes.
private enum ResidentMemory {
    static var now: Int { field("VmRSS:") }
    static var peak: Int { field("VmHWM:") }

    /// Lets the peak start anew from what is resident now.
    static func forgetPeak() { try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs")) }

    private static func field(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    }
}
