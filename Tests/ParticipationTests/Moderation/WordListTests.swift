import Participation
import Testing

struct WordListTests {
    private let list = WordList(["Idiot*", "Lügner", "Scheiße"])

    @Test(arguments: [
        "So ein Idiot!", "IDIOTEN am Werk", "ein luegner", "ein LÜGNER.", "ein Lu\u{0308}gner", "scheisse", "Scheiße,",
        "1d10t", "!diot", "i d i o t", "i.d.i.o.t", "I-D-I-O-T", "ıdiot", "ｉｄｉｏｔ", "id\u{200B}iot",
        "so ein l ü g n e r da",
    ])
    func findsWordsHoweverTheyAreWritten(_ text: String) { #expect(list.matches(text)) }

    @Test(arguments: ["Videothek", "Lügnerin", "belogen", "Ideen", "", "a b c d e f", "Patriotenweg"])
    func findsWholeWordsOnly(_ text: String) { #expect(!list.matches(text)) }

    @Test func anEmptyListHoldsNothing() {
        #expect(WordList(["", "*", "--"]).isEmpty)
        #expect(!WordList([]).matches("Idiot"))
    }
}
