import GeoCore
import Participation
import Storage
import Testing

struct TextSearchTests {
    static let hostile = [
        "\"", "\"\"\"", "NEAR(", "a AND", "title:geheim", "* OR *", "-", "^", "(", "'; DROP TABLE tenant; --",
        "{title}:x", "\u{0}", "\u{202E}", String(repeating: "a ", count: 5_000), "👩‍👩‍👧‍👦", "e\u{301}\u{301}", "½ ² ①",
    ]

    @Test(arguments: EngineKind.allCases, hostile)
    func nothingTypedIsReadAsSyntax(_ kind: EngineKind, text: String) async throws {
        let store = try await SampleStore.make(kind)
        try await store.add([contribution("Brücke", state: .hidden)])
        var filter = ContributionFilter()
        filter.words = text
        #expect(try await store.page(store.anybody, filter).items.isEmpty)
    }

    @Test(arguments: EngineKind.allCases, ["Baum", "bäume", "BÄUMEN", "neuer"])
    func germanWordsAreFoundByTheirStem(_ kind: EngineKind, words: String) async throws {
        let store = try await SampleStore.make(kind)
        try await store.add([contribution("Neue Bäume sanieren")])
        var filter = ContributionFilter()
        filter.words = words
        #expect(try await store.page(store.anybody, filter).items.count == 1)
    }

    @Test(
        arguments: EngineKind.allCases,
        [
            ("Brücke", 1), ("brucke", 1), ("BRÜ", 1), ("Brücke sanieren", 1), ("Brücke Fähre", 0), ("ücke", 0),
            ("***", 0),
        ]
    )
    func wordsAreFoundByTheirBeginning(_ kind: EngineKind, question: (words: String, count: Int)) async throws {
        let store = try await SampleStore.make(kind)
        try await store.add([contribution("Brücke sanieren"), contribution("Mehr Bäume")])
        var filter = ContributionFilter()
        filter.words = question.words
        #expect(try await store.page(store.anybody, filter).items.count == question.count)
    }
}
