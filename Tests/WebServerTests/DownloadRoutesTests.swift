import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import TestSupport
import Testing

@testable import WebServer

struct DownloadRoutesTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr"
    private static let downloads = proceeding + "/downloads"
    private static let pdf = Array("%PDF-1.7\n".utf8) + (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    private func add(
        _ city: CityServer, _ bytes: [UInt8] = pdf, query: String = "filename=plan.pdf&title=Rahmenplan",
        headers: HTTPFields = CityServer.staff
    ) async throws -> TestResponse {
        try await city.upload(Self.downloads + "?" + query, bytes, headers: headers)
    }

    @Test func offersAFileInPartsWithItsChecksum() async throws {
        let city = try await CityServer()
        let query = "filename=%C3%9Cbersicht%202027.pdf&title=Rahmenplan&language=de&documentation=true&weight=3"
        let added = try await add(city, query: query)
        #expect(added.status == .created, "\(added.text)")
        let path = try #require(added.headers[.location])
        let digest = SHA256.digest(Self.pdf).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let list = try await city.send(Self.downloads)
        for part in [
            "\"href\":\"/t/hamburg\(path)\"", "\"title\":\"Rahmenplan\"", "\"documentation\":true",
            "\"language\":\"de\"",
            "\"fileName\":\"Übersicht 2027.pdf\"", "\"type\":\"application/pdf\"", "\"bytes\":600009",
            "\"sha256\":\"\(digest)\"",
        ] { #expect(list.text.contains(part), "\(part)") }
        for uri in [path, "/t/hamburg" + path] {
            let file = try await city.send(uri)
            #expect(file.status == .ok && Array(file.body.readableBytesView) == Self.pdf)
            #expect(file.headers[.contentType] == "application/pdf" && file.headers[.contentLength] == "600009")
            #expect(file.headers[.xContentTypeOptions] == "nosniff")
            #expect(file.headers[.cacheControl] == "public, max-age=0, must-revalidate")
            #expect(
                file.headers[.contentDisposition]
                    == "attachment; filename=\"_bersicht_2027.pdf\"; filename*=UTF-8''%C3%9Cbersicht%202027.pdf")
            let again = try await city.send(uri, headers: [.ifNoneMatch: file.headers[.eTag] ?? ""])
            #expect(again.status == .notModified && again.body.readableBytes == 0)
        }
        let head = try await city.send(path, method: .head)
        #expect(head.status == .ok && head.headers[.contentLength] == "600009" && head.body.readableBytes == 0)
    }

    @Test func isCopiedWithItsProceedingUnlessItDocumentsResults() async throws {
        let city = try await CityServer()
        _ = try await add(city)
        _ = try await add(city, query: "filename=alt.pdf&title=Alt&archived=true")
        _ = try await add(city, query: "filename=b.pdf&title=Protokoll&documentation=true")
        let copy = try await city.post(
            Self.proceeding + "/clone", #"{"id": "rad-2", "visibility": "public"}"#, headers: CityServer.staff)
        #expect(copy.status == .created, "\(copy.text)")
        let path = "/api/v1/proceedings/rad-2/downloads"
        let list = try await city.send(path)
        #expect(list.text.contains("\"title\":\"Rahmenplan\"") && list.text.contains("\"numberReturned\":1"))
        let number = try #require(list.text.firstMatch(of: /"id":"(\d+)"/)?.1)
        let file = try await city.send("\(path)/\(number)")
        #expect(Array(file.body.readableBytesView) == Self.pdf)
        let all = try await city.send(path, headers: CityServer.staff)
        #expect(all.text.contains("\"title\":\"Alt\"") && all.text.contains("\"numberReturned\":2"))
        // What becomes of one is nothing to the other.
        #expect(
            try await city.send("\(path)/\(number)", method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await city.send(Self.downloads).text.contains("\"title\":\"Rahmenplan\""))
    }

    @Test func standsInItsOrderAndIsChosenByWhatItDocuments() async throws {
        let city = try await CityServer()
        for (title, weight, documentation) in [("Zuletzt", 9, "true"), ("Zuerst", -1, "false"), ("Mitte", 0, "true")] {
            let query = "filename=a.pdf&title=\(title)&weight=\(weight)&documentation=\(documentation)"
            #expect(try await add(city, query: query).status == .created)
        }
        func titles(_ query: String = "") async throws -> [String] {
            try await city.send(Self.downloads + query).text.matches(of: /"title":"(\w+)"/).map { String($0.1) }
        }
        #expect(try await titles() == ["Zuerst", "Mitte", "Zuletzt"])
        #expect(try await titles("?documentation=true") == ["Mitte", "Zuletzt"])
        #expect(try await titles("?documentation=false") == ["Zuerst"])
    }

    @Test func changesWhatIsSaidWithTheTagOfWhatWasRead() async throws {
        let city = try await CityServer()
        let path = try #require(try await add(city).headers[.location])
        let tag = try #require(try await city.send(path).headers[.eTag])
        func change(_ body: String, _ headers: HTTPFields) async throws -> TestResponse {
            try await city.send(
                path, method: .patch, headers: CityServer.staff + [.contentType: "application/json"] + headers,
                body: body)
        }
        let body = #"{"title": "Neuer Plan", "description": "Mit Karte", "documentation": true, "weight": 2}"#
        #expect(try await change(body, [:]).status == .preconditionRequired)
        let changed = try await change(body, [.ifMatch: tag])
        #expect(
            changed.status == .ok && changed.text.contains("\"title\":\"Neuer Plan\",\"description\":\"Mit Karte\""))
        #expect(try await change(body, [.ifMatch: tag]).status == .preconditionFailed)
        let cleared = try await change(#"{"description": null}"#, [.ifMatch: changed.headers[.eTag] ?? ""])
        #expect(cleared.status == .ok && cleared.text.contains("\"description\":null"))
        let wrong = try await change(#"{"title": "", "weight": 1.5, "fileName": "x"}"#, [.ifMatch: "*"])
        #expect(wrong.status == .unprocessableContent)
        for name in ["/weight", "/fileName"] { #expect(wrong.text.contains(name)) }
        #expect(try await change(#"{"language": "deutsch"}"#, [.ifMatch: "*"]).text.contains("/language"))
    }

    @Test func whatIsArchivedIsForPlannersAlone() async throws {
        let city = try await CityServer()
        let path = try #require(
            try await add(city, query: "filename=a.pdf&title=Entwurf&archived=true").headers[.location])
        #expect(try await city.send(path).status == .notFound)
        #expect(!(try await city.send(Self.downloads).text.contains("Entwurf")))
        #expect(try await city.send(path, headers: city.participant()).status == .notFound)
        #expect(try await city.send(path, headers: CityServer.staff).status == .ok)
        #expect(try await city.send(Self.downloads, headers: CityServer.staff).text.contains("Entwurf"))
    }

    @Test func goesWithItsBytes() async throws {
        let city = try await CityServer()
        let path = try #require(try await add(city).headers[.location])
        #expect(try await city.send(path, method: .delete).status == .unauthorized)
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await city.send(path).status == .notFound)
        let needle = Data(Self.pdf[300_000..<300_040])
        let files = try FileManager.default.contentsOfDirectory(at: city.folder.url, includingPropertiesForKeys: nil)
        for file in files {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
            if !isFolder.boolValue {
                #expect(try Data(contentsOf: file).range(of: needle) == nil, "\(file.lastPathComponent)")
            }
        }
        let log = try await city.send("/api/v1/audit?limit=10", headers: CityServer.staff)
        #expect(log.text.contains("download.add") && log.text.contains("download.remove"))
        #expect(!log.text.contains("Rahmenplan"))
    }

    @Test func imagesLoseEverythingButThePicture() async throws {
        let city = try await CityServer()
        let added = try await add(city, SampleImages.bytes("phone.jpg"), query: "filename=poster.jpeg&title=Plakat")
        #expect(
            added.text.contains("\"fileName\":\"poster.jpg\"") && added.text.contains("image/jpeg"), "\(added.text)")
        let file = try await city.send(try #require(added.headers[.location]))
        #expect(Array(file.body.readableBytesView).firstRange(of: SampleImages.planted) == nil)
        #expect(file.headers[.contentDisposition]?.hasPrefix("attachment;") == true)
    }

    @Test(arguments: [
        ("filename=lauf.sh&title=Programm", "#!/bin/sh", 422, "not offered for download"),
        ("filename=seite.csv&title=Seite", "<html>,</html>", 422, "no table of text"),
        ("filename=plan.pdf", "%PDF-1.7", 422, "\"parameter\":\"title\""),
        ("filename=plan.pdf&title=Plan&language=deutsch", "%PDF-1.7", 422, "\"parameter\":\"language\""),
        ("title=Plan", "%PDF-1.7", 400, "filename"),
        ("filename=plan.pdf&title=Plan&weight=x", "%PDF-1.7", 400, "weight"),
        ("filename=plan.pdf&title=Plan&color=red", "%PDF-1.7", 400, "color"),
    ])
    func refusesWithWordsThatHelp(_ query: String, _ text: String, _ status: Int, _ words: String) async throws {
        let city = try await CityServer()
        let answer = try await add(city, Array(text.utf8), query: query)
        #expect(answer.status.code == status && answer.text.contains(words), "\(answer.text)")
        #expect(try await city.send(Self.downloads).text.contains("\"downloads\":[]"))
    }

    @Test func keepsToTheLimitAndToTheRoles() async throws {
        let city = try await CityServer()
        let patch = try await city.send(
            Self.proceeding, method: .patch,
            headers: CityServer.staff + [.contentType: "application/json", .ifMatch: "*"],
            body: #"{"settings": {"downloads": {"maximumMegabytes": 1}}}"#)
        #expect(patch.text.contains(#""downloads":{"maximumMegabytes":1}"#), "\(patch.text)")
        #expect(try await add(city, Self.pdf + Self.pdf).status == .contentTooLarge)
        #expect(try await add(city, headers: [:]).status == .unauthorized)
        #expect(try await add(city, headers: city.participant()).status == .forbidden)
    }

    @Test func theSameKeyOffersOneFile() async throws {
        let city = try await CityServer()
        var headers = CityServer.staff
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "plan-1"
        let first = try await add(city, headers: headers)
        let second = try await add(city, headers: headers)
        #expect(first.status == .created && first.text == second.text)
        let other = try await add(city, Array("%PDF-1.4".utf8), headers: headers)
        #expect(other.status == .unprocessableContent)
        #expect(try await city.send(Self.downloads).text.contains("\"numberReturned\":1"))
    }
}
