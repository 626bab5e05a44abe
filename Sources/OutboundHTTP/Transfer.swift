import CCurl
import Foundation

/// One exchange with another machine, made and run on one thread.
///
/// The address is checked where the socket is opened: it is the very one that is connected to, so that no second look-up
/// of the name can lead elsewhere.
final class Transfer {
    private let request: OutboundRequest
    private let policy: OutboundPolicy
    private let switchOff: CancellationSwitch
    private let target: Target
    private let isListed: Bool
    private let path: String?
    private var file: FileHandle?
    private var received = 0
    private var body: [UInt8] = []
    private var headBytes = 0
    private var fields: [String: String] = [:]
    private var refusedAddress: String?
    private var fault: OutboundError?

    init(_ request: OutboundRequest, _ policy: OutboundPolicy, _ switchOff: CancellationSwitch, path: String?) throws {
        self.request = request
        self.policy = policy
        self.switchOff = switchOff
        self.path = path
        target = try Target(request.url)
        isListed = policy.origins.contains(target.origin)
        guard isListed || policy.allowsPublicHosts && target.isEncrypted else {
            throw OutboundError.notAllowed(origin: target.origin)
        }
        for field in request.fields where (field.name + field.value).utf8.contains(where: { $0 < 32 || $0 == 127 }) {
            throw OutboundError.invalidAddress(
                reason: "the header field \(field.name.prefix(50)) has a control character")
        }
    }

    /// Runs the exchange to its end.
    func run() throws -> OutboundAnswer {
        _ = Self.library
        if switchOff.isOff { throw CancellationError() }
        guard let handle = curl_easy_init() else {
            throw OutboundError.unreachable(host: target.host, reason: "out of memory")
        }
        defer { curl_easy_cleanup(handle) }
        if let path {
            guard FileManager.default.createFile(atPath: path, contents: nil),
                let file = FileHandle(forWritingAtPath: path)
            else { throw OutboundError.notWritten(path: path) }
            self.file = file
        }
        defer { try? file?.close() }
        var lines: UnsafeMutablePointer<curl_slist>?
        for field in request.fields + [OutboundRequest.Field("Expect", "")] {
            lines = curl_slist_append(lines, "\(field.name): \(field.value)") ?? lines
        }
        defer { curl_slist_free_all(lines) }
        configure(handle)
        mitplan_curl_lines(handle, CURLOPT_HTTPHEADER, lines)
        let code = perform(handle)
        if switchOff.isOff { throw CancellationError() }
        if let fault { throw fault }
        if code != CURLE_OK { throw failure(code) }
        var status = 0
        mitplan_curl_status(handle, &status)
        return OutboundAnswer(status: status, fields: fields, body: body)
    }

    private func configure(_ handle: UnsafeMutableRawPointer) {
        let this = Unmanaged.passUnretained(self).toOpaque()
        mitplan_curl_text(handle, CURLOPT_URL, request.url)
        mitplan_curl_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        mitplan_curl_text(handle, CURLOPT_PROXY, "")
        mitplan_curl_text(handle, CURLOPT_USERAGENT, "mitplan")
        mitplan_curl_number(handle, CURLOPT_FOLLOWLOCATION, 0)
        mitplan_curl_number(handle, CURLOPT_NOSIGNAL, 1)
        mitplan_curl_number(handle, CURLOPT_NOPROGRESS, 0)
        mitplan_curl_number(handle, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(policy.connectTimeout))
        mitplan_curl_number(handle, CURLOPT_TIMEOUT_MS, Self.milliseconds(policy.totalTimeout))
        mitplan_curl_size(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(policy.maximumBytes))
        mitplan_curl_pointer(handle, CURLOPT_WRITEDATA, this)
        mitplan_curl_pointer(handle, CURLOPT_HEADERDATA, this)
        mitplan_curl_pointer(handle, CURLOPT_XFERINFODATA, this)
        mitplan_curl_pointer(handle, CURLOPT_OPENSOCKETDATA, this)
        mitplan_curl_writer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, this in
            Transfer.from(this)?.take(bytes, size * count) ?? 0
        }
        mitplan_curl_writer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, this in
            Transfer.from(this)?.takeField(bytes, size * count) ?? 0
        }
        mitplan_curl_progress(handle) { this, _, _, _, _ in Transfer.from(this)?.switchOff.isOff == false ? 0 : 1 }
        mitplan_curl_opener(handle) { this, _, address in
            guard let transfer = Transfer.from(this), let address, transfer.mayConnect(address) else {
                return CURL_SOCKET_BAD
            }
            return socket(
                address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
                address.pointee.protocol)
        }
    }

    private func perform(_ handle: UnsafeMutableRawPointer) -> CURLcode {
        guard case .post(let bytes) = request.method else { return curl_easy_perform(handle) }
        mitplan_curl_number(handle, CURLOPT_POST, 1)
        mitplan_curl_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
        return bytes.withUnsafeBytes { buffer in
            // The bytes are read while the exchange runs, not copied.
            mitplan_curl_pointer(handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: buffer.baseAddress))
            return curl_easy_perform(handle)
        }
    }

    private func mayConnect(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return false }
        let length = Int(address.pointee.addrlen)
        let raw = UnsafeRawBufferPointer(start: UnsafeRawPointer(address) + offset, count: length)
        let bytes: [UInt8] =
            switch (address.pointee.family, length) {
            case (AF_INET, 8...): Array(raw[4..<8])
            case (AF_INET6, 24...): Array(raw[8..<24])
            default: []
            }
        if !bytes.isEmpty, isListed || PublicAddress.contains(bytes) { return true }
        refusedAddress =
            bytes.count == 4
            ? bytes.map { String($0) }.joined(separator: ".")
            : stride(from: 0, to: bytes.count, by: 2).map {
                String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
            }.joined(separator: ":")
        return false
    }

    private func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let bytes, count > 0 else { return 0 }
        received += count
        guard received <= policy.maximumBytes else {
            fault = .tooLarge(maximumBytes: policy.maximumBytes)
            return 0
        }
        let buffer = UnsafeRawBufferPointer(start: bytes, count: count)
        guard let file else {
            body.append(contentsOf: buffer)
            return count
        }
        do {
            try file.write(contentsOf: Data(buffer))
            return count
        } catch {
            fault = .notWritten(path: path ?? "")
            return 0
        }
    }

    private func takeField(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let bytes else { return 0 }
        headBytes += count
        guard headBytes <= 64 << 10 else {
            fault = .tooLarge(maximumBytes: 64 << 10)
            return 0
        }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        if let colon = line.firstIndex(of: ":") {
            fields[line[..<colon].lowercased()] =
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return count
    }

    private func failure(_ code: CURLcode) -> OutboundError {
        if let refusedAddress { return .privateAddress(host: target.host, address: refusedAddress) }
        let reason = String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_OPERATION_TIMEDOUT: return .timedOut(host: target.host)
        case CURLE_COULDNT_RESOLVE_HOST: return .unknownHost(target.host)
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge(maximumBytes: policy.maximumBytes)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            return .notTrusted(host: target.host, reason: reason)
        default: return .unreachable(host: target.host, reason: reason)
        }
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, fraction) = duration.components
        return max(1, Int(clamping: min(seconds, 86_400) * 1000 + fraction / 1_000_000_000_000_000))
    }

    /// Once for the process, before any handle is made.
    private static let library: Void = { curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()
}
