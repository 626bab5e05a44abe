import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

/// Pictures of analyses over HTTP.
struct PictureRoutesTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr/"

    private func city() async throws -> CityServer {
        let city = try await CityServer()
        for place in ["[9.99, 53.55]", "[10.01, 53.56]"] {
            let made = try await city.post(
                Self.proceeding + "contributions", CityServer.feature(coordinates: place))
            try #require(made.status == .created)
        }
        return city
    }

    @Test(arguments: [
        "hotspots?method=grid&cell=2000", "statistics?category=wege", "comparison?versusCategory=wege&cell=2000",
    ])
    func everyPictureIsToBeHadAsPixels(_ question: String) async throws {
        let city = try await city()
        let answer = try await city.send(Self.proceeding + question + "&f=png&width=320")
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "image/png")
        #expect(answer.headers[.vary]?.contains("Accept-Language") == true)
        let bytes = Array(answer.body.readableBytesView)
        #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(bytes[16..<20] == [0, 0, 1, 0x40])
        let again = try await city.send(Self.proceeding + question + "&f=png&width=320")
        #expect(Array(again.body.readableBytesView) == bytes)
        let tag = try #require(answer.headers[.eTag])
        let current = try await city.send(
            Self.proceeding + question + "&f=png&width=320", headers: [.ifNoneMatch: tag])
        #expect(current.status == .notModified)
    }

    @Test(arguments: ["f=png&width=99", "f=png&width=4001", "f=png&width=wide", "f=svg&width=800", "width=800"])
    func aWidthIsOfPixelsAndBounded(_ query: String) async throws {
        let answer = try await city().send(Self.proceeding + "hotspots?method=grid&" + query)
        #expect(answer.status == .badRequest)
        #expect(answer.text.contains(#""parameter":"width""#))
    }

    @Test func theTagIsOfTheDataThatWereAnswered() async throws {
        let city = try await city()
        let question = Self.proceeding + "hotspots?method=grid&cell=2000"
        let before = try await city.send(question)
        _ = try await city.post(Self.proceeding + "contributions", CityServer.feature())
        let after = try await city.send(question)
        #expect(before.headers[.eTag] != after.headers[.eTag])
        #expect(after.text.contains(#""used":3"#))
    }
}
