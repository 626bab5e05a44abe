import GeoCore
import Participation
import Testing

struct ClaimPathTests {
    private static let claims = """
        {"groups": ["/bonn/mod", "/bonn"], "realm_access": {"roles": ["a", 7, "b"]}, "role": "c",
        "https://x.example/roles": ["d"], "a~b": "e", "resource_access": {"my.app": {"roles": ["f"]}}}
        """

    @Test(arguments: [
        ("groups", ["/bonn/mod", "/bonn"]), ("realm_access.roles", ["a", "b"]), ("role", ["c"]),
        ("/https:~1~1x.example~1roles", ["d"]), ("/a~0b", ["e"]), ("a~b", ["e"]),
        ("/resource_access/my.app/roles", ["f"]), ("resource_access.my.app.roles", []), ("realm_access", []),
        ("role.name", []), ("groups.0", []), ("nothing", []),
    ])
    func findsTheTextsThatStandThere(_ text: String, _ expected: [String]) throws {
        let claims = try JSONValue.parse(Array(Self.claims.utf8))
        #expect(try #require(ClaimPath(text)).values(in: claims) == expected)
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "/", "//", "/a//b", "a\nb", String(repeating: "a", count: 201)])
    func refusesWhatIsNoPath(_ text: String) {
        #expect(ClaimPath(text) == nil)
    }
}
