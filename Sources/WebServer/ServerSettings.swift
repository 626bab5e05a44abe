public import OutboundHTTP

/// Everything about the server that an operator can set.
public struct ServerSettings: Sendable {
    /// Address to listen on.
    public var host = "127.0.0.1"
    /// Port to listen on; 0 chooses a free one.
    public var port = 8080
    /// Secret of staff; without it staff routes are closed.
    public var adminToken: String?
    /// Tenant of the routes without prefix; the installation's own default when `nil`.
    public var defaultTenant: String?
    /// Most bytes of a JSON body.
    public var maximumJSONBytes = 1 << 20
    /// Most bytes of an uploaded file.
    public var maximumUploadBytes = 100 << 20
    /// Seconds from the opening of a connection to its first complete head.
    public var headDeadline = 10
    /// Time for a whole JSON body.
    public var bodyDeadline = Duration.seconds(30)
    /// Time for a whole upload.
    public var uploadDeadline = Duration.seconds(300)
    /// Longest time that the upload of a participant waits for others to end, before a byte of it is read.
    public var uploadWait = Duration.seconds(10)
    /// Seconds without traffic after which a connection is closed.
    public var idleSeconds = 60
    /// Most open connections.
    public var maximumConnections = 2000
    /// Most requests under way at once; more get 503.
    public var maximumRequests = 256
    /// Threads of analyses, shared by tenants in equal parts, and by the questions of a tenant in equal parts of its own;
    /// as many as the machine has cores when `nil`.
    ///
    /// A few more, which stand behind them, are there for questions that would wait for the end of long ones.
    public var computeThreads: Int?
    /// Analyses of a tenant that have begun at once, each with columns of its own in memory; twice as many as threads,
    /// and six at least, when `nil`.
    public var begunAnalyses: Int?
    /// Analyses that may run or wait; more get 503, those of the tenant with most of them first.
    public var computeQueue = 32
    /// Longest time that an analysis waits for its beginning; past it, it gets 503.
    public var analysisWait = Duration.seconds(5)
    /// Longest time for an analysis; past it, it gets 422, or 503 where it waited for others most of the time.
    public var analysisDeadline = Duration.seconds(60)
    /// Time for requests under way after the signal to stop.
    public var drainTime = Duration.seconds(20)
    /// Time between the first 503 of `/health/ready` and the end of listening.
    public var noticeTime = Duration.milliseconds(500)
    /// What the limits on rates are multiplied with; 0 switches them off.
    public var rateFactor = 1.0
    /// Addresses of proxies before this server, whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: [String] = []
    /// Most files made for downloads, such as GeoPackages, that lie in ``temporaryFolder`` at once.
    public var maximumExportFiles = 32
    /// Most bytes of all these files together.
    public var maximumExportBytes = 4 << 30
    /// Folder for uploads and downloads under way.
    public var temporaryFolder = "/tmp"

    /// Where requests to other machines may go: imports by address, webhooks; nowhere by default.
    public var outbound = OutboundPolicy()

    /// Makes settings with their defaults.
    public init() {}
}

extension ServerSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where it listens; never the secret.
    public var description: String { "ServerSettings(\(host):\(port))" }

    /// The same.
    public var debugDescription: String { description }

    /// Nothing: a dump of any value that holds settings would show the secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
