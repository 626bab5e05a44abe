import Hummingbird

/// The interface for people: every route with its parameters, every kind of problem.
enum DocumentationPage {
    static func response(_ request: Request, language: Language, descriptions: [RouteDescription]) -> Response {
        let german = language == .german
        var main = "<h1>\(german ? "Schnittstelle von Mitplan" : "The interface of Mitplan")</h1>\n"
        main +=
            german
            ? "<p>Alles unter <code>/api/v1</code> steht auch unter <code>/t/{tenant}/api/v1</code>. "
                + "Maschinenlesbar: <a href=\"/openapi.json\">OpenAPI 3.0</a>.</p>\n"
            : "<p>Everything under <code>/api/v1</code> also stands under <code>/t/{tenant}/api/v1</code>. "
                + "For machines: <a href=\"/openapi.json\">OpenAPI 3.0</a>.</p>\n"
        for description in descriptions {
            let path = Page.escape(description.path)
            main += "<section aria-labelledby=\"\(description.operation)\">\n<h2 id=\"\(description.operation)\">"
            main += "<span class=\"method\">\(description.method.rawValue)</span> <code>\(path)</code></h2>\n"
            main += "<p lang=\"en\">\(Page.escape(description.summary))"
            main += "</p>\n"
            if description.access != .everybody {
                main += "<p lang=\"en\"><strong>\(Page.escape(description.access.needed))</strong></p>\n"
            }
            if !description.parameters.isEmpty {
                main += "<table><caption>\(german ? "Parameter" : "Parameters")</caption>\n<thead><tr>"
                main += "<th scope=\"col\">\(german ? "Name" : "Name")</th>"
                main += "<th scope=\"col\">\(german ? "Bedeutung" : "Meaning")</th></tr></thead>\n<tbody>\n"
                for parameter in description.parameters {
                    main += "<tr><th scope=\"row\"><code>\(parameter.name)</code></th>"
                    main += "<td lang=\"en\">\(Page.escape(parameter.summary))</td></tr>\n"
                }
                main += "</tbody></table>\n"
            }
            if let body = description.body {
                main += "<p lang=\"en\">\(Page.escape(body.summary)) "
                main += body.mediaTypes.map { "<code>\($0)</code>" }.joined(separator: ", ") + "</p>\n"
                if let example = body.example { main += "<pre tabindex=\"0\">\(Page.escape(example))</pre>\n" }
            }
            main += "</section>\n"
        }
        main += "<section aria-labelledby=\"problems\">\n<h2 id=\"problems\">"
        main += german ? "Arten von Fehlern</h2>\n<dl>\n" : "Kinds of problems</h2>\n<dl>\n"
        for kind in ProblemKind.allCases {
            main += "<dt id=\"problem-\(kind.rawValue)\"><code>\(kind.type)</code></dt>"
            main += "<dd>\(kind.status.code): \(Page.escape(kind.title(in: language)))</dd>\n"
        }
        main += "</dl>\n</section>"
        return Page.response(
            title: german ? "Schnittstelle von Mitplan" : "The interface of Mitplan", language: language, main: main,
            request: request)
    }
}
