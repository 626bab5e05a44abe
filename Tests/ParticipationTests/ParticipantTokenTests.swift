import Testing

@testable import Participation

struct ParticipantTokenTests {
    private let secret = [UInt8](repeating: 7, count: 32)
    private let token = ParticipantToken(tenant: "hamburg", generation: 3, now: 1_000)

    private func verified(_ text: String, generation: Int64 = 3, now: Int64 = 2_000) -> ParticipantToken? {
        ParticipantToken.Claim(text)?.verified(secret: secret, generation: generation, now: now)
    }

    @Test func comesBackFromItsText() {
        let text = token.text(signedWith: secret)
        #expect(verified(text) == token)
        #expect(ParticipantToken.Claim(text)?.tenant == "hamburg")
        #expect(token.expires == 1_000 + 365 * 86_400_000)
    }

    @Test func isWorthNothingUnderAnotherKeyGenerationOrTime() {
        #expect(verified(token.text(signedWith: [1])) == nil)
        #expect(verified(token.text(signedWith: secret), generation: 4) == nil)
        #expect(verified(token.text(signedWith: secret), now: token.expires) == nil)
    }

    @Test func bearsNoChangeOfAnyCharacter() {
        let text = Array(token.text(signedWith: secret).utf8)
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == 0x61 ? 0x62 : 0x61
            #expect(verified(String(decoding: changed, as: UTF8.self)) == nil)
        }
        // Capitals read as the same number, but are spelled otherwise than signed.
        #expect(verified(token.text(signedWith: secret).uppercased()) == nil)
    }

    @Test(arguments: ["", "mpt1.", "mpt1.a.b.c.d.e", "mpt1.....", "eyJhbGciOiJub25lIn0.e30."])
    func isNotReadFromOtherText(_ text: String) { #expect(ParticipantToken.Claim(text) == nil) }
}

struct HMACTests {
    /// RFC 4231, cases 1, 2 and 6.
    @Test func agreesWithTheStandard() {
        #expect(
            Secret.hexadecimal(HMAC.sha256("Hi There".utf8, key: [UInt8](repeating: 0x0B, count: 20)))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            Secret.hexadecimal(HMAC.sha256("what do ya want for nothing?".utf8, key: Array("Jefe".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            Secret.hexadecimal(
                HMAC.sha256(
                    "Test Using Larger Than Block-Size Key - Hash Key First".utf8,
                    key: [UInt8](repeating: 0xAA, count: 131)))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }
}
