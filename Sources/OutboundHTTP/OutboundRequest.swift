/// A request to another machine.
public struct OutboundRequest: Sendable, Hashable {
    /// The methods there are need of.
    public enum Method: Sendable, Hashable {
        case get
        case post([UInt8])
    }

    /// A header field.
    public struct Field: Sendable, Hashable {
        /// Name.
        public var name: String
        /// Value, without line breaks.
        public var value: String

        /// Makes a field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Absolute address, without user and password.
    public var url: String
    /// What is asked, with the body that is sent.
    public var method: Method
    /// Header fields beside those every request has.
    public var fields: [Field]

    /// Makes a request.
    public init(_ url: String, method: Method = .get, fields: [Field] = []) {
        self.url = url
        self.method = method
        self.fields = fields
    }
}

/// What another machine answered.
public struct OutboundAnswer: Sendable, Hashable {
    /// Status of HTTP; redirects are not followed, so 3xx arrive here.
    public var status: Int
    /// Header fields with their names in lower case; of fields that come twice the last.
    public var fields: [String: String]
    /// The body; empty when it went into a file.
    public var body: [UInt8]

    /// Whether the status is 2xx.
    public var isGood: Bool { (200...299).contains(status) }
}
