import Participation
import Testing

struct AccountPseudonymTests {
    private let issuer = Issuer(id: "city", url: "https://sso.example", audiences: ["mitplan"])

    @Test func isTheSameForTheSamePersonAndElseAnother() {
        let key = [UInt8](repeating: 7, count: 32)
        let names = AccountPseudonym(issuer: issuer, subject: "4711", key: key)
        #expect(names == AccountPseudonym(issuer: issuer, subject: "4711", key: key))
        #expect(names.account.wholeMatch(of: /city:[0-9a-f]{32}/) != nil)
        #expect(names.participant.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        var other = issuer
        other.url = "https://sso.example/"
        for another in [
            AccountPseudonym(issuer: issuer, subject: "4712", key: key),
            AccountPseudonym(issuer: issuer, subject: "4711", key: [1]),
            AccountPseudonym(issuer: other, subject: "4711", key: key),
        ] {
            #expect(another.account != names.account && another.participant != names.participant)
        }
        #expect(names.account.suffix(32) != names.participant.suffix(32))
    }

    /// HMAC-SHA-256 of `account`, a zero byte, the address, a zero byte and the subject, computed by another program:
    /// `printf 'account\0https://sso.example\0004711' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07`.
    @Test func isTheKeyedDigestThatItIsSaidToBe() {
        let names = AccountPseudonym(issuer: issuer, subject: "4711", key: [UInt8](repeating: 7, count: 32))
        #expect(names.account == "city:ffac4e5a91379a2c4bd3426e73786271")
        #expect(names.participant == "48a662b4e7a5de9d23893b4733a97c4e")
    }
}
