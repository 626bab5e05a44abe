import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

struct AttachmentRoutesTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr"
    static let alt = "?alt=Der%20Radweg%20endet%20an%20einer%20Mauer"

    /// A contribution with the receipt of its author.
    struct Made {
        var path: String
        var receipt: HTTPFields

        init(_ city: CityServer, title: String = "Radweg fehlt") async throws {
            let created = try await city.post(CityServer.contributions, CityServer.feature(title: title))
            let name = try #require(HTTPField.Name("Mitplan-Receipt"))
            path = try #require(created.headers[.location])
            receipt = [name: try #require(created.headers[name])]
        }
    }

    func settings(_ city: CityServer, _ patch: String) async throws {
        let answer = try await city.send(
            Self.proceeding, method: .patch,
            headers: CityServer.staff + [.contentType: "application/merge-patch+json", .ifMatch: "*"],
            body: "{\"settings\": \(patch)}")
        #expect(answer.status == .ok, "\(answer.text)")
    }

    func add(
        _ city: CityServer, _ made: Made, _ name: String = "phone.jpg", query: String = alt, headers: HTTPFields? = nil
    ) async throws -> TestResponse {
        try await city.upload(
            made.path + "/attachments" + query, SampleImages.bytes(name), headers: headers ?? made.receipt)
    }

    func href(_ answer: TestResponse) throws -> String {
        #expect(answer.status == .created, "\(answer.text)")
        return try #require(answer.headers[.location])
    }

    @Test func takesAnImageAndServesNothingButThePicture() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        let added = try await add(city, made, query: Self.alt + "&credit=Anna")
        let href = try href(added)
        #expect(
            added.text.contains(#""alt":"Der Radweg endet an einer Mauer","credit":"Anna","width":480,"height":640"#))
        #expect(added.text.contains("\"href\":\"/t/hamburg\(href)\""))
        for (path, width, height) in [(href, 480, 640), ("/t/hamburg" + href + "/thumbnail", 360, 480)] {
            let picture = try await city.send(path)
            #expect(picture.status == .ok && picture.headers[.contentType] == "image/jpeg")
            #expect(picture.headers[.xContentTypeOptions] == "nosniff")
            #expect(picture.headers[.contentDisposition]?.hasPrefix("inline; filename=\"contribution-") == true)
            #expect(
                picture.headers[try #require(HTTPField.Name("Content-Security-Policy"))]?.contains("sandbox") == true)
            #expect(picture.headers[.cacheControl] == "public, max-age=0, must-revalidate")
            let bytes = Array(picture.body.readableBytesView)
            #expect(bytes.starts(with: [0xFF, 0xD8, 0xFF]) && bytes.firstRange(of: SampleImages.planted) == nil)
            #expect(bytes.firstRange(of: Array("Exif".utf8)) == nil)
            // A progressive frame: height and width stand behind its length and precision.
            let frame = try #require(bytes.firstRange(of: [0xFF, 0xC2])).lowerBound
            let sides = [5, 7].map { Int(bytes[frame + $0]) << 8 | Int(bytes[frame + $0 + 1]) }
            #expect(sides == [height, width])
            let again = try await city.send(path, headers: [.ifNoneMatch: picture.headers[.eTag] ?? ""])
            #expect(again.status == .notModified)
        }
    }

    @Test func tellsOfImagesWhereverTheContributionIsTold() async throws {
        let city = try await CityServer()
        let participant = try await city.participant()
        let created = try await city.post(CityServer.contributions, CityServer.feature(), headers: participant)
        let path = try #require(created.headers[.location])
        let added = try await city.upload(
            path + "/attachments" + Self.alt, SampleImages.bytes("alpha.png"), headers: participant)
        let link = "\"href\":\"/t/hamburg\(try href(added))\""
        for uri in [
            path, path + "/attachments", CityServer.contributions, CityServer.contributions + "?f=geojsonseq",
            CityServer.contributions + "?modifiedSince=2000-01-01T00:00:00Z", Self.proceeding + "/export?f=geojson",
            Self.proceeding + "/export?f=geojsonseq",
        ] {
            let text = try await city.send(uri).text
            #expect(text.contains(link) && text.contains("\"type\":\"image/webp\""), "\(uri)")
        }
        let own = try await city.send("/api/v1/participants/me/contributions", headers: participant)
        #expect(own.text.contains(link))
        #expect(try await city.send(path + "/moderation", headers: CityServer.staff).text.contains(link))
    }

    @Test(arguments: [
        ("", "phone.jpg", 422, "\"parameter\":\"alt\""), ("?alt=ab", "phone.jpg", 422, "at least 3 characters"),
        (alt + "&titel=x", "phone.jpg", 400, "titel"), (alt, "animated.gif", 422, "animated"),
    ])
    func refusesWithWordsThatHelp(_ query: String, _ name: String, _ status: Int, _ words: String) async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        let answer = try await add(city, made, name, query: query)
        #expect(answer.status.code == status && answer.text.contains(words), "\(answer.text)")
        #expect(!(try await city.send(made.path).text.contains("image/")))
    }

    @Test(arguments: [
        ("%PDF-1.7 ...", "application/pdf", "PDF is no image"),
        ("\0\0\0\u{18}ftypheic\0\0\0\0mif1heic", "image/heic", "Most Compatible"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "export it as PNG"),
        ("Kein Bild", "image/jpeg", "no image that is known"),
    ])
    func refusesWhatIsNoImageWhateverItIsCalled(_ text: String, _ type: String, _ words: String) async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        let answer = try await city.upload(
            made.path + "/attachments" + Self.alt, Array(text.utf8), headers: made.receipt + [.contentType: type])
        #expect(answer.status == .unprocessableContent && answer.text.contains(words), "\(answer.text)")
        let disguised = try await add(city, made, headers: made.receipt + [.contentType: "image/png"])
        #expect(disguised.status == .unprocessableContent && disguised.text.contains("its content is JPEG"))
    }

    @Test func keepsToTheLimitsOfTheProceeding() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        try await settings(city, #"{"attachments": {"maximumCount": 1, "maximumMegabytes": 1}}"#)
        let large = try await city.upload(
            made.path + "/attachments" + Self.alt,
            SampleImages.bytes("phone.jpg") + Array(repeating: 0, count: 1 << 20),
            headers: made.receipt)
        #expect(large.status == .contentTooLarge && large.text.contains("1 MiB"))
        _ = try href(try await add(city, made))
        let second = try await add(city, made)
        #expect(second.status == .conflict && second.text.contains("at most 1 image"))
        try await settings(city, #"{"attachments": {"allowed": false}}"#)
        let other = try await Made(city, title: "Noch ein Beitrag")
        #expect(try await add(city, other).status == .forbidden)
        let wrong = try await city.send(
            Self.proceeding, method: .patch,
            headers: CityServer.staff + [.contentType: "application/json", .ifMatch: "*"],
            body: #"{"settings": {"attachments": {"maximumCount": 21, "size": 1}}}"#)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("/settings/attachments/size"))
        #expect(wrong.text.contains("/settings/attachments/maximumCount"))
    }

    @Test func onlyItsAuthorAndModeratorsAttach() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        #expect(try await add(city, made, headers: [:]).status == .forbidden)
        #expect(try await add(city, made, headers: city.participant()).status == .forbidden)
        var missing = made
        missing.path = CityServer.contributions + "/987654"
        #expect(try await add(city, missing).status == .notFound)
        _ = try href(try await add(city, made, headers: CityServer.staff))
        let log = try await city.send("/api/v1/audit?limit=1", headers: CityServer.staff)
        #expect(log.text.contains("attachment.add") && !log.text.contains("Mauer"))
        try await settings(city, #"{"editWindowMinutes": 0}"#)
        let late = try await add(city, made)
        #expect(late.status == .forbidden && late.text.contains("time for changes is over"))
        try await settings(city, #"{"editWindowMinutes": 60, "closed": ["contributions"]}"#)
        #expect(try await add(city, made).status == .forbidden)
    }

    @Test func whatIsHiddenIsGoneForThePublicAtOnce() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        let href = try href(try await add(city, made))
        let tag = try #require(try await city.send(href).headers[.eTag])
        let hidden = try await city.post(
            made.path + "/moderation", #"{"action": "hide", "reason": "personalData"}"#,
            headers: CityServer.staff + [.ifMatch: "*"])
        #expect(hidden.status == .ok)
        for path in [href, href + "/thumbnail", made.path + "/attachments"] {
            #expect(try await city.send(path).status == .notFound)
            #expect(try await city.send(path, headers: [.ifNoneMatch: tag]).status == .notFound)
            #expect(try await city.send(path, headers: city.participant()).status == .notFound)
            let own = try await city.send(path, headers: made.receipt)
            #expect(own.status == .ok && own.headers[.cacheControl] == "no-store")
            let staff = try await city.send(path, headers: CityServer.staff)
            #expect(staff.status == .ok && staff.headers[.cacheControl] == "no-store")
        }
        // The image of one contribution is not to be had by way of another.
        let other = try await Made(city, title: "Ein anderer Beitrag")
        let detour = other.path + "/attachments/" + (href.split(separator: "/").last ?? "")
        #expect(try await city.send(detour).status == .notFound)
    }

    @Test func anImageWaitsForAModeratorWhereTextsDo() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        try await settings(city, #"{"moderation": "pre"}"#)
        _ = try href(try await add(city, made))
        #expect(try await city.send(made.path).status == .notFound)
        let queue = try await city.send(Self.proceeding + "/moderation", headers: CityServer.staff)
        #expect(queue.text.contains("\"signs\":[\"beforehand\"]") && queue.text.contains("/thumbnail"))
        try await settings(city, #"{"moderation": "post"}"#)
        let open = try await Made(city, title: "Ein anderer Beitrag")
        _ = try href(try await add(city, open, query: "?alt=Foto%20von%20max@example.org"))
        #expect(try await city.send(open.path).status == .notFound)
        _ = try href(try await add(city, open, query: Self.alt + "&credit=Foto%3A%20eva@example.org"))
        let seen = try await city.send(open.path + "/moderation", headers: CityServer.staff).text
        for (member, passage) in [("0/alt", "max@example.org"), ("1/credit", "eva@example.org")] {
            #expect(seen.contains(#""member":"attachments/\#(member)","passage":"\#(passage)""#), "\(seen)")
        }
    }

    @Test func isRemovedByItsAuthorOrByAModeratorWithAReason() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        let first = try href(try await add(city, made))
        let second = try href(try await add(city, made, "grey.jpg"))
        #expect(try await city.send(first, method: .delete).status == .forbidden)
        #expect(try await city.send(first, method: .delete, headers: made.receipt).status == .noContent)
        #expect(try await city.send(first).status == .notFound)
        #expect(try await city.send(first, method: .delete, headers: made.receipt).status == .notFound)
        let silent = try await city.send(second, method: .delete, headers: CityServer.staff)
        #expect(silent.status == .unprocessableContent && silent.text.contains("\"parameter\":\"reason\""))
        let done = try await city.send(second + "?reason=personalData", method: .delete, headers: CityServer.staff)
        #expect(done.status == .noContent)
        #expect(try await city.send(made.path).text.contains("\"attachments\":[]"))
        let log = try await city.send("/api/v1/audit?limit=1", headers: CityServer.staff)
        #expect(log.text.contains("attachment.remove") && log.text.contains("personalData"))
    }

    @Test func theSameKeyAddsOneImage() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        var headers = made.receipt
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "bild-1"
        let first = try await add(city, made, headers: headers)
        let second = try await add(city, made, headers: headers)
        #expect(first.status == .created && first.text == second.text)
        #expect(second.headers[try #require(HTTPField.Name("Idempotency-Replayed"))] == "true")
        let other = try await add(city, made, "grey.jpg", headers: headers)
        #expect(other.status == .unprocessableContent && other.text.contains("Idempotency-Key"))
    }

    /// Whoever did not get the answer asks again, and what stands in the way of a new image is no matter.
    @Test func aRetryGetsTheAnswerThoughLimitAndWindowAreReached() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        try await settings(city, #"{"attachments": {"maximumCount": 1}}"#)
        let key = try #require(HTTPField.Name("Idempotency-Key"))
        let first = try await add(city, made, headers: made.receipt + [key: "bild-1"])
        #expect(first.status == .created)
        #expect(try await add(city, made, headers: made.receipt + [key: "bild-2"]).status == .conflict)
        for patch in [#"{"attachments": {"maximumCount": 1}}"#, #"{"editWindowMinutes": 0}"#] {
            try await settings(city, patch)
            let again = try await add(city, made, headers: made.receipt + [key: "bild-1"])
            #expect(again.status == .created && again.text == first.text, "\(again.text)")
        }
        #expect(try await add(city, made, headers: [key: "bild-1"]).status == .forbidden)
        #expect(try await add(city, made, headers: made.receipt + [key: "bild 1"]).status == .badRequest)
    }

    /// What a moderator has seen is what is decided on: an image that came in between is noticed.
    @Test func anImageRaisesTheVersionOfItsContribution() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        let seen = try await city.send(made.path + "/moderation", headers: CityServer.staff).headers[.eTag] ?? ""
        _ = try href(try await add(city, made))
        let late = try await city.post(
            made.path + "/moderation", #"{"action": "hide", "reason": "other"}"#,
            headers: CityServer.staff + [.ifMatch: seen])
        #expect(late.status == .preconditionFailed)
    }
}
