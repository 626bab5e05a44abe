import Foundation
import Synchronization

/// A web server on a loopback port that answers as a closure says, one connection a request.
public final class LoopbackServer: Sendable {
    /// What was asked.
    public struct Request: Sendable {
        /// Method in capitals.
        public var method: String
        /// Path with query.
        public var path: String
        /// Header fields, names in lower case.
        public var fields: [String: String]
        /// The body.
        public var body: [UInt8]
    }

    /// What is answered.
    public struct Answer: Sendable {
        /// Status.
        public var status: Int
        /// Header fields beside the length.
        public var fields: [String: String]
        /// The body.
        public var body: [UInt8]

        /// Makes an answer.
        public init(status: Int = 200, fields: [String: String] = [:], body: String = "") {
            self.status = status
            self.fields = fields
            self.body = Array(body.utf8)
        }
    }

    /// Where it listens.
    public let port: Int
    /// Its origin, such as `http://127.0.0.1:40000`.
    public var origin: String { "http://127.0.0.1:\(port)" }
    /// What was asked so far, in order.
    public var requests: [Request] { received.withLock { $0 } }

    private let listener: Int32
    private let received = Mutex<[Request]>([])

    /// Starts a server on a free port; `nil` from the closure closes the connection without an answer.
    public init(_ answer: @escaping @Sendable (Request) -> Answer?) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard status else { throw CocoaError(.featureUnsupported) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                if connection < 0 {
                    // Closed here and not by who stops it: its number may be another socket's a moment later.
                    close(descriptor)
                    return
                }
                Thread.detachNewThread { [self] in serve(connection, answer) }
            }
        }
    }

    /// Stops listening.
    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve(_ connection: Int32, _ answer: (Request) -> Answer?) {
        defer { close(connection) }
        guard let request = Self.read(connection) else { return }
        received.withLock { $0.append(request) }
        guard let answer = answer(request) else { return }
        var head = "HTTP/1.1 \(answer.status) Status\r\nConnection: close\r\nContent-Length: \(answer.body.count)\r\n"
        for (name, value) in answer.fields { head += "\(name): \(value)\r\n" }
        let bytes = Array((head + "\r\n").utf8) + answer.body
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                send(connection, buffer.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        var end: Int?
        var length = 0
        var request = Request(method: "", path: "", fields: [:], body: [])
        while end.map({ bytes.count < $0 + length }) ?? true {
            let count = recv(connection, &buffer, buffer.count, 0)
            if count <= 0 { return nil }
            bytes += buffer[0..<count]
            guard end == nil, let gap = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            end = gap.upperBound
            let lines = String(decoding: bytes[..<gap.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
            let words = lines[0].split(separator: " ")
            guard words.count == 3 else { return nil }
            request.method = String(words[0])
            request.path = String(words[1])
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { continue }
                request.fields[line[..<colon].lowercased()] =
                    line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            }
            length = request.fields["content-length"].flatMap { Int($0) } ?? 0
        }
        if let end { request.body = Array(bytes[end...]) }
        return request
    }
}
