import FoundationEssentials
import Synchronization

/// Counts and times of requests, in the text format of Prometheus 0.0.4.
///
/// Labels are bounded: routes are the templates of the route table, statuses their classes.
final class ServerMetrics: Sendable {
    private struct Key: Hashable, Comparable {
        var method: String
        var route: String
        var statusClass: String

        static func < (left: Key, right: Key) -> Bool {
            (left.route, left.method, left.statusClass) < (right.route, right.method, right.statusClass)
        }
    }

    private struct Histogram {
        var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count)
        var count = 0
        var sum = 0.0
    }

    private struct State {
        var requests: [Key: Int] = [:]
        var durations: [String: Histogram] = [:]
        var shed: [String: Int] = [:]
    }

    /// Upper bounds of the histogram's buckets in seconds.
    static let bounds: [Double] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Most different label sets; beyond it everything is counted under `other`.
    private static let maximumSeries = 2000

    private let state = Mutex(State())
    private let active = Atomic<Int>(0)
    private let started = ContinuousClock.now

    /// Requests under way.
    var inFlight: Int { active.load(ordering: .relaxed) }

    /// Marks the begin of a request.
    func begin() { active.add(1, ordering: .relaxed) }

    /// Marks the end of a request.
    func end() { active.subtract(1, ordering: .relaxed) }

    /// Counts an answered request.
    func record(method: String, route: String, status: Int, seconds: Double) {
        let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(method)
        let wanted = Key(method: known ? method : "other", route: route, statusClass: "\(status / 100)xx")
        state.withLock { state in
            let fits = state.requests[wanted] != nil || state.requests.count < Self.maximumSeries
            let key = fits ? wanted : Key(method: "other", route: "other", statusClass: wanted.statusClass)
            state.requests[key, default: 0] += 1
            var histogram = state.durations[key.route] ?? Histogram()
            histogram.count += 1
            histogram.sum += seconds
            for (index, bound) in Self.bounds.enumerated() where seconds <= bound { histogram.buckets[index] += 1 }
            state.durations[key.route] = histogram
        }
    }

    /// Counts a request that was turned away, by the bound that did it.
    func shed(by bound: String) { state.withLock { $0.shed[bound, default: 0] += 1 } }

    /// The exposition text.
    func text(computeQueue: Int) -> String {
        let snapshot = state.withLock { $0 }
        var out = ""
        func family(_ name: String, _ type: String, _ help: String) {
            out += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        }
        family("mitplan_http_requests_total", "counter", "Answered requests.")
        for (key, count) in snapshot.requests.sorted(by: { $0.key < $1.key }) {
            out += "mitplan_http_requests_total{method=\"\(key.method)\",route=\"\(Self.escape(key.route))\","
            out += "status=\"\(key.statusClass)\"} \(count)\n"
        }
        let duration = "mitplan_http_request_duration_seconds"
        family(duration, "histogram", "Time to the head of the answer.")
        for (route, histogram) in snapshot.durations.sorted(by: { $0.key < $1.key }) {
            let label = "route=\"\(Self.escape(route))\""
            for (index, bound) in Self.bounds.enumerated() {
                out += "\(duration)_bucket{\(label),le=\"\(bound)\"} \(histogram.buckets[index])\n"
            }
            out += "\(duration)_bucket{\(label),le=\"+Inf\"} \(histogram.count)\n"
            out += "\(duration)_sum{\(label)} \(histogram.sum)\n\(duration)_count{\(label)} \(histogram.count)\n"
        }
        family("mitplan_http_requests_shed_total", "counter", "Requests turned away with 503, by bound.")
        for (bound, count) in snapshot.shed.sorted(by: { $0.key < $1.key }) {
            out += "mitplan_http_requests_shed_total{bound=\"\(Self.escape(bound))\"} \(count)\n"
        }
        family("mitplan_http_requests_in_flight", "gauge", "Requests under way.")
        out += "mitplan_http_requests_in_flight \(inFlight)\n"
        family("mitplan_compute_queue_length", "gauge", "Analyses that run or wait.")
        out += "mitplan_compute_queue_length \(computeQueue)\n"
        family("process_resident_memory_bytes", "gauge", "Resident memory of the process.")
        out += "process_resident_memory_bytes \(Self.residentBytes())\n"
        family("mitplan_uptime_seconds", "gauge", "Time since the start.")
        out += "mitplan_uptime_seconds \((ContinuousClock.now - started).components.seconds)\n"
        return out
    }

    private static func escape(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    /// Resident memory as Linux tells it, in bytes; 0 elsewhere.
    private static func residentBytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]), pages < Int.max / 4096 else { return 0 }
        return pages * 4096
    }
}
