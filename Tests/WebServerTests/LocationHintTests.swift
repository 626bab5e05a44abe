import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import WebServer

struct LocationHintTests {
    @Test(arguments: [
        ("[53.55, 9.99]", "swappedAxes", "[9.99, 53.55] would lie"), ("[0, 0]", "nullIsland", "longitude 0"),
    ])
    func tellsTheAuthorWhatIsTheMatterWithAPlace(_ place: String, _ code: String, _ word: String) async throws {
        let city = try await CityServer()
        let author = try await city.participant()
        let made = try await city.post(
            CityServer.contributions, CityServer.feature(coordinates: place), headers: author)
        #expect(made.status == .created && made.text.contains(#""locationQuality":"suspect""#))
        #expect(made.text.contains(#""hints":[{"code":"\#(code)","de":"#) && made.text.contains(word), "\(made.text)")
        let path = try #require(made.headers[.location])
        #expect(try await city.send(path, headers: author).text.contains(#""code":"\#(code)""#))
        #expect(try await !city.send(path).text.contains("hints"))
    }

    @Test func aSecondPointAtTheSameCoordinatesIsSuspectForOneParticipantAlone() async throws {
        let city = try await CityServer()
        let author = try await city.participant()
        func post(_ text: String, _ headers: HTTPFields, _ place: String = "[9.99, 53.55]") async throws -> TestResponse
        {
            try await city.post(
                CityServer.contributions, CityServer.feature(text: text, coordinates: place), headers: headers)
        }
        #expect(try await post("Hier fehlt ein Radweg.", author).text.contains(#""locationQuality":"inside""#))
        let second = try await post("Hier fehlt auch eine Ampel.", author)
        #expect(second.status == .created && second.text.contains(#""locationQuality":"suspect""#))
        #expect(second.text.contains(#""code":"sameCoordinates""#) && second.text.contains("contribution 1 "))
        let near = try await post("Und noch etwas anderes.", author, "[9.99, 53.5500001]")
        #expect(near.text.contains(#""locationQuality":"inside""#))
        let other = try await post("Hier fehlt auch ein Baum.", city.participant())
        #expect(other.text.contains(#""locationQuality":"inside""#) && !other.text.contains("hints"))
        #expect(try await post("Hier fehlt eine Bank.", [:]).text.contains(#""locationQuality":"inside""#))
    }

    @Test func anEditOfTheWordsLeavesThePlaceAsItWas() async throws {
        let city = try await CityServer()
        let author = try await city.participant()
        _ = try await city.post(CityServer.contributions, CityServer.feature(), headers: author)
        let body = CityServer.feature(text: "Hier fehlt auch eine Ampel.")
        let second = try await city.post(CityServer.contributions, body, headers: author)
        let path = try #require(second.headers[.location])
        func change(_ members: String) async throws -> String {
            try await city.send(
                path, method: .patch, headers: author + [.contentType: "application/json", .ifMatch: "*"], body: members
            ).text
        }
        let words = try await change(#"{"properties": {"text": "Hier fehlt eine zweite Ampel."}}"#)
        #expect(words.contains(#""locationQuality":"suspect""#), "\(words)")
        let moved = try await change(#"{"geometry": {"type": "Point", "coordinates": [9.98, 53.55]}}"#)
        #expect(moved.contains(#""locationQuality":"inside""#) && !moved.contains("hints"), "\(moved)")
    }
}
