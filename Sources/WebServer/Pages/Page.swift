import HTTPTypes
import Hummingbird
import NIOCore

/// The frame of every page: language, title, one style sheet of our own, a skip link and the main part.
enum Page {
    /// Makes a page; `main` is HTML that is escaped already.
    static func response(title: String, language: Language, main: String, request: Request) -> Response {
        let skip = language == .german ? "Zum Inhalt springen" : "Skip to content"
        let html = """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(escape(title))</title>
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <a class="skip" href="#main">\(skip)</a>
            <main id="main">
            \(main)
            </main>
            </body>
            </html>
            """
        return Answer.bytes(
            Array(html.utf8), type: "text/html; charset=utf-8", request: request,
            headers: [.contentLanguage: language.rawValue, .vary: "Accept-Language", .cacheControl: "no-cache"])
    }

    /// Text for HTML content and quoted attributes.
    static func escape(_ text: some StringProtocol) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// The style sheet; contrast at least 7:1, nothing from elsewhere.
    static let style = """
        :root { color-scheme: light dark; }
        body { font: 1.0625rem/1.55 system-ui, sans-serif; margin: 0; color: #1a1a1a; background: #fff; }
        main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
        a { color: #0b4f8a; }
        a:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem; }
        code, pre { font-family: ui-monospace, monospace; font-size: .95em; overflow-wrap: anywhere; }
        pre { background: #f2f4f6; padding: .75rem; overflow: auto; }
        table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; font-weight: 600; padding: .5rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #c6ccd2; }
        .method { font-weight: 700; }
        @media (prefers-color-scheme: dark) {
        body { color: #f0f0f0; background: #14181c; } a { color: #9ccbff; } pre { background: #22282e; }
        .skip:focus { background: #14181c; } a:focus-visible { outline-color: #9ccbff; }
        }
        """
}
