import Foundation
import Testing

@testable import SignedTokens

struct Base64URLTests {
    /// The example of RFC 7515, appendix C, and the vectors of RFC 4648, section 10, without padding.
    @Test func readsTheExamplesOfTheStandards() {
        #expect(Base64URL.decode("A-z_4ME".utf8) == [3, 236, 255, 224, 193])
        for (text, bytes) in [
            ("", ""), ("Zg", "f"), ("Zm8", "fo"), ("Zm9v", "foo"), ("Zm9vYg", "foob"), ("Zm9vYmE", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ] {
            #expect(Base64URL.decode(text.utf8) == Array(bytes.utf8))
        }
    }

    @Test(arguments: ["Zg==", "Zm9v\n", "Zm+v", "Zm/v", "Z", "Zm9vZ", "Zh", "Zm9", "Zm 9v", "ü"])
    func refusesEveryOtherSpelling(_ text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }
}
