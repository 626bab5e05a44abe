import Hummingbird

/// The front page: what this is and where everything stands.
enum LandingPage {
    static func response(_ request: Request, language: Language) -> Response {
        let german = language == .german
        let title = german ? "Mitplan: Geodaten der Beteiligung" : "Mitplan: participatory geodata"
        let lead =
            german
            ? "Planungslayer und Beiträge der Bürgerinnen und Bürger hinein, Hotspots, Statistik und Exporte heraus."
            : "Planning layers and citizens' contributions in, hotspots, statistics and exports out."
        let links: [(String, String)] =
            german
            ? [
                ("/api/v1/proceedings", "Beteiligungsverfahren (JSON)"),
                ("/docs", "Beschreibung der Schnittstelle"),
                ("/openapi.json", "Schnittstelle als OpenAPI 3.0"),
                ("/health/ready", "Betriebszustand"),
            ]
            : [
                ("/api/v1/proceedings", "Participation proceedings (JSON)"),
                ("/docs", "Description of the interface"),
                ("/openapi.json", "The interface as OpenAPI 3.0"),
                ("/health/ready", "State of the service"),
            ]
        let items = links.map { "<li><a href=\"\($0.0)\">\(Page.escape($0.1))</a></li>" }.joined(separator: "\n")
        let heading = german ? "Einstieg" : "Where to start"
        return Page.response(
            title: title, language: language,
            main: """
                <h1>\(Page.escape(title))</h1>
                <p>\(Page.escape(lead))</p>
                <nav aria-label="\(heading)">
                <h2>\(heading)</h2>
                <ul>
                \(items)
                </ul>
                </nav>
                """,
            request: request)
    }
}
