/// An HTML document in the making: every text is escaped, nothing comes from elsewhere.
struct ReportDocument {
    private var html = ""
    private var pictures = 0

    /// Begins a document.
    init(title: String, language: String) {
        html = """
            <!DOCTYPE html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <main>

            """
        heading(1, title)
    }

    mutating func heading(_ level: Int, _ text: String) {
        html += "<h\(level)>\(Self.escaped(text))</h\(level)>\n"
    }

    mutating func paragraph(_ text: String, style: String? = nil) {
        html += "<p\(style.map { " class=\"\($0)\"" } ?? "")>\(Self.escaped(text))</p>\n"
    }

    mutating func list(_ items: [String]) {
        guard !items.isEmpty else { return }
        html += "<ul>\n" + items.map { "<li>\(Self.escaped($0))</li>\n" }.joined() + "</ul>\n"
    }

    /// A table; columns named in `numeric` are aligned to the right, the first column heads its row.
    mutating func table(_ caption: String, _ columns: [String], numeric: Set<Int> = [], _ rows: [[String]]) {
        html += "<div class=\"scroll\" tabindex=\"0\"><table>\n<caption>\(Self.escaped(caption))</caption>\n<thead><tr>"
        for (index, column) in columns.enumerated() {
            html += "<th scope=\"col\"\(numeric.contains(index) ? " class=\"n\"" : "")>\(Self.escaped(column))</th>"
        }
        html += "</tr></thead>\n<tbody>\n"
        for row in rows {
            html += "<tr>"
            for (index, cell) in row.enumerated() {
                html +=
                    index == 0
                    ? "<th scope=\"row\">\(Self.escaped(cell))</th>"
                    : "<td\(numeric.contains(index) ? " class=\"n\"" : "")>\(Self.escaped(cell))</td>"
            }
            html += "</tr>\n"
        }
        html += "</tbody></table></div>\n"
    }

    /// A picture of our own making; its identifiers are made unique in the document, which itself tells how it came about.
    mutating func picture(_ svg: [UInt8]) {
        pictures += 1
        var text = String(decoding: svg, as: UTF8.self)
        if let start = text.firstRange(of: "<svg") { text = String(text[start.lowerBound...]) }
        if let start = text.firstRange(of: "<metadata>"), let end = text.firstRange(of: "</metadata>\n") {
            text.removeSubrange(start.lowerBound..<end.upperBound)
        }
        for name in ["t", "d", "m"] {
            text = text.replacing("id=\"\(name)\"", with: "id=\"\(name)\(pictures)\"")
        }
        text = text.replacing("aria-labelledby=\"t d\"", with: "aria-labelledby=\"t\(pictures) d\(pictures)\"")
            .replacing("url(#m)", with: "url(#m\(pictures))")
        html += "<figure>\n\(text)</figure>\n"
    }

    /// The whole document as UTF-8.
    consuming func bytes() -> [UInt8] { Array((html + "</main>\n</body>\n</html>\n").utf8) }

    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static let style = """
        body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
        main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
        h1 { font-size: 1.8rem; line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 2px solid #1a1a1a; }
        table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding: .4rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #b8bec4; }
        th[scope=row] { font-weight: 400; } .n { text-align: right; font-variant-numeric: tabular-nums; }
        figure { margin: 1rem 0; } svg { max-width: 100%; height: auto; } .small { color: #444; font-size: .9rem; }
        .scroll { overflow-x: auto; }
        @media print { main { max-width: none; padding: 0; } h2 { break-after: avoid; }
        figure, tr { break-inside: avoid; } }
        """
}
