/// Knows which methods answer at a path, read from the same table that registers the routes.
struct RouteMethods: Sendable {
    private let templates: [(segments: [Substring], method: String)]

    init(_ routes: [(path: String, method: String)]) {
        templates = routes.map { ($0.path.split(separator: "/"), $0.method) }
    }

    /// The methods at `path` in alphabetical order, `HEAD` wherever there is `GET`; empty where nothing is.
    func methods(at path: String) -> [String] {
        let segments = path.split(separator: "/")
        var found: Set<String> = []
        for template in templates where template.segments.count == segments.count {
            guard zip(template.segments, segments).allSatisfy({ $0 == $1 || $0.hasPrefix("{") }) else { continue }
            found.insert(template.method)
            if template.method == "GET" { found.insert("HEAD") }
        }
        return found.sorted()
    }
}
