import Foundation
import GeoCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Platform
@testable import WebServer

/// Questions to the analysis as they come over HTTP.
struct AnalysisRoutesTests {
    private static let hotspots = "/api/v1/proceedings/radverkehr/hotspots"
    private static let pattern = "/api/v1/proceedings/radverkehr/pattern"

    /// A query, and words that the refusal must have: the parameter, its limits and a value that works.
    static let refusals: [(String, [String])] = [
        ("method=gi&cell=0", ["cell", "1 to 100000 m", "for example 250"]),
        ("method=magic", ["method", "grid, gi, kde"]), ("", ["method is required"]),
        ("method=gi&cell=0.001", ["cells of 0.001 m would be about 1", "makes few enough", #""parameter":"cell""#]),
        ("method=gi&cell=0", ["cell", "0.001 to 100000 m", "for example 250"]),
        ("method=scan&model=space-time&window=ellipse", ["window=circle can be done", #""parameter":"window""#]),
        ("method=hdbscan&minPoints=1", ["minPoints must be at least 2", #""parameter":"minPoints""#]),
        ("method=gi&weights=band&sensitivity=true", ["sensitivity=true belongs to weights=rings"]),
        ("method=gi&snap=1", ["snap belongs to gi and moran with layer"]),
        ("method=gi&cell=1", ["cells of 1 m would be about 1", "cell=", "makes few enough"]),
        ("method=kde&cell=1", ["cells of 1 m would be about 1", "cell=", "makes few enough"]),
        ("method=grid&grid=inspire&cell=250", ["cell", "100, 1000 or 10000 m", "for example 1000"]),
        ("method=grid&grid=square&orientation=pointy", ["orientation belongs to grid=hex"]),
        ("method=grid&orientation=up", ["orientation", "flat, pointy"]),
        ("method=gi&tails=one", ["tails", "two-sided, directed, folded"]), ("method=kde&tails=folded", ["no tails"]),
        ("method=geary&permutations=5", ["permutations", "99 to 99999", "for example 999"]),
        ("method=scan&rounds=0", ["rounds", "1 to 10", "for example 3"]), ("method=gi&rounds=2", ["no rounds"]),
        ("method=gi&perPerson=0", ["perPerson", "1 to 100", "for example 3"]),
        ("method=emerging&baseline=magic", ["baseline", "cube, slice, neighbourhood"]),
        ("method=grid&cell=5000&epsilon=0", ["epsilon", "0.01 to 10", "for example 1"]),
        ("method=grid&cell=5000&epsilon=0.12345", ["three decimals", "0.5"]),
        ("method=grid&epsilon=1", ["epsilon needs cell", "cell=500"]), ("method=moran&epsilon=1", ["no epsilon"]),
        ("method=gi&epsilon=1", ["epsilon needs cell", "cell=500"]),
        ("method=gi&cell=5000&epsilon=1&inference=exact", ["inference=normal"]),
        ("method=gi&cell=5000&epsilon=1&sensitivity=true", ["sensitivity=false"]),
        ("method=grid&cell=5000&epsilon=1&weight=votes", ["plain counts"]),
        ("method=grid&cell=5000&clip=2", ["clip belongs to epsilon"]),
        ("method=dbscan&eps=0", ["eps", "0.01 to 100000 m", "for example 300"]),
        ("method=dbscan&eps=-5", ["eps", "for example 300"]),
        ("method=dbscan&minPoints=41", ["minPoints must be at most 40", "minPoints=5"]),
        (
            "method=hdbscan&minSamples=40",
            ["minSamples must be at most 39, one less than the number of contributions", "minSamples=5"]
        ),
        (
            "method=scan",
            ["all 40 contributions are of wege", "leave out the filter", "space-time", #""parameter":"focus""#]
        ),
        (
            "method=gi&weights=nearest&nearest=200&cell=20000",
            ["nearest must be below the number of cells", "nearest="]
        ),
        ("method=gi&alpha=0", ["alpha", "1e-06 to 0.5", "for example 0.05"]),
        ("method=gi&alpha=-0.1", ["alpha", "for example 0.05"]),
        ("method=gi&alpha=nan", ["alpha", "for example 0.05"]),
        ("method=grid&weight=NaN", ["weight", "one, votes, comments, support"]),
        ("method=gi&cell=-1", ["cell", "for example"]), ("method=gi&cell=NaN", ["cell", "for example"]),
        ("method=gi&neighbours=11", ["neighbours", "1 to 10 rings", "for example 2"]),
        ("method=gi&alpha=1", ["alpha", "0.5", "for example 0.05"]),
        ("method=emerging&step=0", ["step", "day, week, month, quarter", "for example week"]),
        ("method=emerging&step=nan", ["step"]), ("method=emerging&previousSteps=-1", ["previousSteps", "0 to 100"]),
        ("method=scan&model=poisson", ["layer"]), ("method=scan&step=week", ["step", "space-time"]),
        ("method=scan&penalty=strong", ["penalty belongs to window=ellipse"]),
        ("method=scan&window=ellipse&penalty=some", ["penalty", "none, medium, strong"]),
        ("method=scan&model=magic", ["bernoulli, poisson, space-time"]),
        ("method=dbscan&cell=100", ["dbscan has no cell", "eps, members, minPoints"]),
        ("method=grid&breaks=magic", ["quantile, equal, jenks, head-tail"]),
        ("method=grid&classes=5", ["classes needs breaks"]),
        ("method=grid&breaks=jenks&classes=1", ["classes", "2 to 20", "for example 5"]),
        ("method=kde&levels=25,x", ["levels"]), ("method=kde&levels=100", ["levels", "for example 25,50,75,90"]),
        ("method=kde&kernel=uniform&edge=uniform", ["edge=uniform", "gaussian or quartic"]),
        ("method=kde&bandwidth=100&rule=scott", ["bandwidth and rule"]),
        ("method=relative-risk&focus=nirgends", ["focus", "there are wege"]),
        ("method=optics&minPoints=0", ["minPoints", "for example 5"]),
        ("method=kde&apportion=touch", ["kde takes apportion=point or share"]),
        ("method=kde&apportion=share&adaptive=true", ["apportion=share", "edge=uniform"]),
        ("method=gi&weights=band&neighbours=2", ["neighbours belongs to weights=rings"]),
        ("method=moran&weights=nearest&nearest=0", ["nearest", "1 to 200 cells", "for example 8"]),
        ("method=kde&measures=true", ["kde has no measures"]), ("method=grid&by=votes", ["by", "category"]),
        ("method=grid&cell=5000&epsilon=1&measures=true", ["plain counts", "measures"]),
        ("method=scan&model=space-time&sensitivity=true", ["sensitivity belongs to model=bernoulli"]),
        ("method=scan&members=true", ["scan has no members"]), ("method=grid&sensitivity=true", ["no sensitivity"]),
        ("method=gi&contiguity=rook", ["contiguity belongs to gi and moran with layer"]),
        ("method=gi&layer=x&cell=500", ["area units that touch"]),
        ("method=colocation-local&weight=votes", ["no weight"]),
        ("method=colocation-local&focus=wege&against=nirgends", ["against", "there are wege"]),
    ]

    /// The same of the pattern as a whole.
    static let patternRefusals: [(String, [String])] = [
        ("", ["method is required", "clark-evans"]), ("method=magic", ["clark-evans, ripley, knox"]),
        ("method=ripley&simulations=5", ["simulations", "19 to 9999", "for example 99"]),
        ("method=ripley&rank=100", ["rank"]), ("method=ripley&null=population", ["layer"]),
        ("method=ripley&reach=nan", ["reach", "for example 500"]), ("method=knox&days=-1", ["days", "for example 7"]),
        ("method=knox&permutations=98", ["permutations", "for example 999"]),
        ("method=colocation&nearest=0", ["nearest", "1 to 200", "for example 8"]),
        ("method=moran&cell=1", ["cells of 1 m would be about 1", "makes few enough"]),
        ("method=moran&grid=square&orientation=flat", ["orientation belongs to grid=hex"]),
        ("method=moran&layer=x&weight=votes", ["weight must be one"]),
        ("method=moran&layer=x&cell=100", ["area units that touch"]), ("method=moran&alpha=0.1", ["moran with layer"]),
        ("method=clark-evans&cell=100", ["clark-evans has no cell"]),
        ("method=clark-evans&rank=500", ["clark-evans has no rank, and no parameters of its own."]),
        ("method=cross-k&edge=border", ["cross-k takes edge=none"]),
        ("method=rayleigh&cycle=month", ["cycle", "day, week"]), ("method=knox&cycle=day", ["knox has no cycle"]),
        ("method=general-g&weights=kernel", ["general-g", "rings, band, nearest"]),
    ]

    @Test(arguments: refusals)
    func refusesANumberWithItsLimitsAndOneThatWorks(_ query: String, _ words: [String]) async throws {
        let city = try await AnalysisCity.shared.value
        let answer = try await city.send("\(Self.hotspots)?\(query)")
        #expect(answer.status == .unprocessableContent)
        for word in words { #expect(answer.text.contains(word), "\(query): \(answer.text)") }
    }

    @Test(arguments: patternRefusals)
    func refusesAPatternThatIsNone(_ query: String, _ words: [String]) async throws {
        let city = try await AnalysisCity.shared.value
        let answer = try await city.send("\(Self.pattern)?\(query)")
        #expect(answer.status == .unprocessableContent)
        for word in words { #expect(answer.text.contains(word), "\(query): \(answer.text)") }
    }

    /// A question beside those of a method, and what its refusal must have.
    static let otherRefusals: [(String, [String])] = [
        ("comparison?versusCategory=alt&cell=0", ["cell", "1 to 100000 m", "for example 250"]),
        ("comparison?versusCategory=alt&alpha=1", ["alpha", "0.5", "for example 0.05"]),
        ("ranking?layer=x&distance=-1", ["distance", "0 to 10000 m", "for example 50"]),
        ("ranking?layer=x&by=magic", ["by", "contributions, votes"]),
        ("statistics/areas?layer=x&classes=1", ["classes", "2 to 20"]),
        ("statistics/areas?layer=x&epsilon=0", ["epsilon", "0.01 to 10", "for example 1"]),
        ("statistics/areas?layer=x&smoothing=magic", ["smoothing", "global, local"]),
    ]

    @Test(arguments: otherRefusals)
    func refusesOtherQuestionsInTheSameWay(_ query: String, _ words: [String]) async throws {
        let city = try await AnalysisCity.shared.value
        let answer = try await city.send("/api/v1/proceedings/radverkehr/\(query)")
        #expect(answer.status == .unprocessableContent)
        for word in words { #expect(answer.text.contains(word), "\(query): \(answer.text)") }
    }

    @Test(arguments: ["f=shp&method=knox", "f=shp&method=moran", "method=moran&method=knox", "method=moran&magic=1"])
    func aQueryThatIsNoneIsABadRequest(_ query: String) async throws {
        let city = try await AnalysisCity.shared.value
        #expect(try await city.send("\(Self.pattern)?\(query)").status == .badRequest)
    }

    @Test func metresThatDoNotCoverTheAreaAreNotComputedIn() async throws {
        let city = try await CityServer()
        let area = "[[[-74.1, 40.6], [-73.9, 40.6], [-73.9, 40.8], [-74.1, 40.8], [-74.1, 40.6]]]"
        let made = try await city.post(
            "/api/v1/proceedings",
            #"{"id": "york", "name": "York", "area": {"type": "Polygon", "coordinates": \#(area)}}"#,
            headers: CityServer.staff)
        #expect(made.status == .created)
        let answer = try await city.send("/api/v1/proceedings/york/hotspots?method=grid")
        #expect(answer.status == .unprocessableContent)
        for word in ["metricCRS EPSG:25832", "longitudes 6 to 12", "EPSG:32618 would do"] {
            #expect(answer.text.contains(word), "\(answer.text)")
        }
    }

    @Test func aReportIsOneDocumentInTheLanguageOfTheReader() async throws {
        let city = try await AnalysisCity.shared.value
        let path = "/api/v1/proceedings/radverkehr/report"
        let answer = try await city.send(path, headers: [.acceptLanguage: "de"])
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"de\">"))
        #expect(answer.headers[.contentLanguage] == "de")
        let policy = try #require(HTTPField.Name("Content-Security-Policy"))
        #expect(answer.headers[policy]?.contains("default-src 'none'") == true)
        let tag = try #require(answer.headers[.eTag])
        #expect(
            try await city.send(path, headers: [.acceptLanguage: "de", .ifNoneMatch: tag]).status == .notModified)
        #expect(try await city.send(path).text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(try await city.send(path + "?category=magic&f=csv").status == .badRequest)
    }

    @Test func aPatternIsAnsweredOnceAndThenKnown() async throws {
        let city = try await AnalysisCity.shared.value
        let path = "\(Self.pattern)?method=ripley&simulations=19&steps=5&edge=border&reach=2000"
        let answer = try await city.send(path)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/geo+json; charset=utf-8")
        let value = try JSONValue.parse(Array(answer.body.readableBytesView))
        #expect(value["type"] == .string("FeatureCollection"))
        #expect(value["analysis"]?["used"] == .integer(40))
        #expect(value["series"]?.array?.first?["name"] == .string("r"))
        let tag = try #require(answer.headers[.eTag])
        let again = try await city.send(path, headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified)
        #expect(try await city.send(path).body == answer.body)
        let picture = try await city.send(path + "&f=svg")
        #expect(picture.headers[.contentType] == "image/svg+xml; charset=utf-8")
        let table = try await city.send("\(Self.pattern)?method=clark-evans&f=csv")
        #expect(table.text.hasPrefix("name,value,unit"))
    }

    @Test func theOrderOfParametersIsNoOtherQuestion() async throws {
        let city = try await AnalysisCity.shared.value
        let one = try await city.send("\(Self.hotspots)?method=grid&cell=100&grid=square")
        let other = try await city.send("\(Self.hotspots)?grid=square&method=grid&cell=100")
        #expect(one.status == .ok && one.body == other.body)
        #expect(one.headers[.eTag] != nil && one.headers[.eTag] == other.headers[.eTag])
    }

    @Test func compressedAnswersHoldTheSameBytesEachTime() async throws {
        let city = try await AnalysisCity.shared.value
        let path = "\(Self.hotspots)?method=grid&cell=100"
        let plain = try await city.send(path)
        let bytes = try #require(DeflateStream.compress(Array(plain.body.readableBytesView)))
        let tag = try #require(plain.headers[.eTag])
        for _ in 0..<2 {
            let packed = try await city.send(path, headers: [.acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.headers[.eTag] == "W/" + tag)
            #expect(packed.headers[values: .vary].contains("Accept-Encoding"))
            #expect(Array(packed.body.readableBytesView) == bytes)
        }
        #expect(try await city.send(path).headers[.contentEncoding] == nil)
        #expect(try await city.send(path, headers: [.ifNoneMatch: "W/" + tag]).status == .notModified)
    }

    /// All cells of an area are packed without looking for what is repeated in their text.
    @Test(
        .enabled(if: GzipProgram.isThere, "needs gzip"),
        arguments: ["method=gi&cell=250&sensitivity=false", "method=gi&cell=500"])
    func packedCellsHoldTheSameText(_ query: String) async throws {
        let city = try await AnalysisCity.shared.value
        let plain = try await city.send("\(Self.hotspots)?\(query)")
        let packed = try await city.send("\(Self.hotspots)?\(query)", headers: [.acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.body.readableBytes * 3 < plain.body.readableBytes)
        #expect(try GzipProgram.text(of: Array(packed.body.readableBytesView)) == Array(plain.body.readableBytesView))
    }

    @Test func anAnswerIsKeptUntilTheNextContribution() async throws {
        let city = try await CityServer()
        func submit(_ number: Int) async throws {
            _ = try await city.post(
                CityServer.contributions,
                CityServer.feature(title: "Radweg \(number)", coordinates: "[9.9\(number), 53.5]"))
        }
        try await submit(1)
        let path = "\(Self.hotspots)?method=grid&cell=500"
        let first = try await city.send(path)
        #expect(city.installation.written.size > first.body.readableBytes)
        #expect(try await city.send(path).body == first.body)
        try await submit(2)
        let second = try await city.send(path)
        #expect(second.body != first.body)
        #expect(second.headers[.eTag] != first.headers[.eTag])
        #expect(city.installation.written.size < 2 * second.body.readableBytes)
    }

    /// A store that is restored from a backup counts versions of its data again that it had counted before.
    @Test func tagsAreOthersWhenTheStoreIsOpenedAgain() async throws {
        let city = try await CityServer()
        var settings = ServerSettings()
        (settings.temporaryFolder, settings.rateFactor) = (city.folder.path(""), 0)
        let opened = makeServer(
            installation: Installation(engine: city.installation.engine, now: city.installation.now),
            settings: settings, logger: Logger(label: "test"))
        let path = "/api/v1/proceedings/radverkehr/statistics"
        let tag = try #require(try await city.send(path).headers[.eTag])
        #expect(try await city.send(path, headers: [.ifNoneMatch: tag]).status == .notModified)
        let answer = try await opened.application.test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: [.ifNoneMatch: tag])
        }
        #expect(answer.status == .ok && answer.headers[.eTag] != tag)
    }
}

/// A city with contributions, for tests that only read.
enum AnalysisCity {
    static let shared = Task {
        let city = try await CityServer()
        for index in 0..<40 {
            let (x, y) = (9.9 + Double(index % 8) * 0.003, 53.5 + Double(index / 8) * 0.002)
            let made = try await city.post(
                CityServer.contributions, CityServer.feature(title: "Radweg \(index)", coordinates: "[\(x), \(y)]"))
            guard made.status == .created else { throw CancellationError() }
        }
        return city
    }
}
