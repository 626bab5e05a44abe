import Participation
import Testing

struct DownloadTests {
    @Test(arguments: [
        ("Übersicht der Ergebnisse.PDF", "pdf", "Übersicht der Ergebnisse.pdf"), ("plan.pdf.exe", "pdf", "plan.pdf"),
        ("../../etc/passwd", "zip", "passwd.zip"), ("C:\\Pläne\\a.csv", "csv", "a.csv"),
        ("a\"b;c\r\nd.pdf", "pdf", "a_b_c__d.pdf"), ("\u{202E}fdp.exe", "pdf", "fdp.pdf"),
        ("...", "pdf", "download.pdf"),
        ("", "zip", "download.zip"), ("ohne Endung", "odt", "ohne Endung.odt"), (".htaccess", "zip", "download.zip"),
        (String(repeating: "ä", count: 300), "pdf", String(repeating: "ä", count: 90) + ".pdf"),
    ])
    func namesFilesSoThatTheyAreSafeEverywhere(_ name: String, _ suffix: String, _ expected: String) {
        #expect(Download.fileName(name, suffix: suffix) == expected)
    }

    @Test func tellsEveryFaultOfWhatIsSaidOfIt() {
        let bad = Download(title: "", language: "deutsch", weight: 5_000)
        #expect(bad.violations.map(\.pointer) == ["/title", "/language", "/weight"])
        #expect(Download(title: "Plan", description: "Ein Plan", language: "de").violations.isEmpty)
    }
}
