import Foundation
import TestSupport
import Testing
import TextSearch

struct GermanStemmerTests {
    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func agreesWithSnowballsOwnWordList() throws {
        // The list is of Snowball 3, whose German also takes off “et” and “ln”; older libraries leave those words.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", SharedMaterial.geodata("text/snowball/german_word_stem.tsv.gz").path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        var stemmer = GermanStemmer()
        var count = 0
        var differing: [String] = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            guard parts.count == 2 else { continue }
            count += 1
            let stem = String(decoding: stemmer.stem(Array(parts[0].utf8)), as: UTF8.self)
            let endings = ["et", "l", "n", "ln", "etn"]
            let isOfThree = endings.contains { stem == parts[1] + $0 }
            if stem != parts[1], !isOfThree { differing.append("\(parts[0]): \(stem), not \(parts[1])") }
        }
        #expect(count > 10_000)
        #expect(differing.count < count / 200, "\(differing.prefix(20))")
    }

    @Test(arguments: [
        ("Die Radwege sind zu schmal!", "die radweg sind zu schmal"),
        ("Bäume, BÄUME und Baum", "baum baum und baum"),
        ("Straße/Strassen – 30er-Zone", "strass strass 30er zon"),
        ("„Spielplätze“ (Kinder)", "spielplatz kind"),
        ("", ""), ("!?… 👍", ""),
    ])
    func feedsTheIndexWithStems(text: String, stems: String) {
        var stemmer = GermanStemmer()
        #expect(stemmer.stems(of: text) == stems)
    }

    @Test func asksForFewWordsOnly() {
        var stemmer = GermanStemmer()
        #expect(stemmer.words(of: String(repeating: "Wort ", count: 50), maximum: 10).count == 10)
    }

    @Test func cutsWordsWithoutEnd() {
        var stemmer = GermanStemmer()
        #expect(stemmer.stems(of: String(repeating: "x", count: 100_000)).utf8.count <= 64)
    }
}

struct TellingWordTests {
    @Test func functionWordsNumbersAndShortWordsAreLeftOut() {
        var stemmer = GermanStemmer()
        var found: [String] = []
        stemmer.forEachTellingWord(of: "Hier fehlen 20 Bäume, und zwar an der Straße 12b; ein Baum reicht nicht.") {
            found.append(String(decoding: $0, as: UTF8.self) + "<" + String(decoding: $1, as: UTF8.self))
        }
        #expect(found == ["baum<bäume", "strass<straße", "baum<baum", "reicht<reicht"])
    }
}
