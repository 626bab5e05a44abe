import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import WebServer

/// A proceeding with one layer of two features.
struct LayerRoutesTests {
    private static let path = "/api/v1/proceedings/radverkehr/layers"
    private static let file = """
        {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "Nord", "einwohner": 1200},
        "geometry": {"type": "Point", "coordinates": [9.9, 53.5]}},
        {"type": "Feature", "properties": {"name": "Süd", "einwohner": 800},
        "geometry": {"type": "Point", "coordinates": [10.1, 53.5]}}]}
        """
    private let city: CityServer
    private let layer: String

    init() async throws {
        city = try await CityServer()
        layer = Self.path + "/viertel"
        let answer = try await city.upload(
            Self.path + "?filename=viertel.geojson&licence=CC-BY-4.0", Array(Self.file.utf8), headers: CityServer.staff)
        #expect(answer.status == .created, "\(answer.text)")
    }

    private func patch(_ body: String, match: String?) async throws -> TestResponse {
        var headers = CityServer.staff
        headers[.contentType] = "application/merge-patch+json"
        headers[.ifMatch] = match
        return try await city.send(layer, method: .patch, headers: headers, body: body)
    }

    @Test func tellsItsLicenceAndItsVersion() async throws {
        let answer = try await city.send(layer)
        #expect(answer.text.contains(#""licence":"CC-BY-4.0""#) && answer.text.contains(#""version":"#))
        #expect(answer.headers[.eTag] != nil)
    }

    @Test func isChangedWithoutItsFile() async throws {
        let tag = try #require(try await city.send(layer).headers[.eTag])
        let changed = try await patch(
            #"{"name": "Viertel", "role": "area-units", "populationField": "einwohner", "licence": null}"#, match: tag)
        #expect(changed.status == .ok, "\(changed.text)")
        #expect(changed.text.contains(#""name":"Viertel","role":"area-units""#))
        #expect(changed.text.contains(#""populationField":"einwohner""#) && changed.text.contains(#""licence":null"#))
        #expect(try await city.send(layer + "/items").text.contains("Nord"))
        #expect(try await patch(#"{"name": "Zu spät"}"#, match: tag).status == .preconditionFailed)
    }

    @Test(arguments: [
        #"{"role": "boss"}"#, #"{"populationField": "kinder"}"#, #"{"name": ""}"#, #"{"version": 7}"#,
    ])
    func refusesChangesThatBreakARule(_ body: String) async throws {
        let answer = try await patch(body, match: "*")
        #expect(answer.status == .unprocessableContent, "\(answer.text)")
        #expect(try await patch(body, match: nil).status.code == 428)
    }

    @Test func goesWithItsFeatures() async throws {
        #expect(try await city.send(layer, method: .delete).status == .unauthorized)
        #expect(try await city.send(layer, method: .delete, headers: CityServer.staff).status == .noContent)
        for path in [layer, layer + "/items"] { #expect(try await city.send(path).status == .notFound) }
        #expect(try await city.send(Self.path).text.contains(#""layers":[]"#))
        #expect(try await city.send(layer, method: .delete, headers: CityServer.staff).status == .notFound)
    }
}
