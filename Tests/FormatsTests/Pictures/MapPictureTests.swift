import Foundation
import FoundationXML
import GeoCore
import TestSupport
import Testing

@testable import Formats

struct MapPictureTests {
    private var sample: MapPicture {
        let hexagons = (0..<49).map { index in
            let (x, y) = (Double(index % 7) * 260, Double(index / 7) * 260)
            let ring = (0...6).map { corner in
                let angle = Double(corner % 6) * Double.pi / 3
                return Position(565_000 + x + 140 * cos(angle), 5_930_000 + y + 140 * sin(angle))
            }
            return MapPicture.Shape(
                geometry: MetricGeometry(metres: .polygon([ring])), classIndex: index % 7,
                label: index % 2 == 0 ? "Zelle \(index): <3> & mehr" : nil)
        }
        let area = BoundingBox(minX: 564_800, minY: 5_929_800, maxX: 566_800, maxY: 5_931_800).ring
        return MapPicture(
            title: "Hotspots: \"Grün\" & <Verkehr>", methodLine: "Gi*, Sechsecke 250 m, FDR 5 %",
            area: MetricGeometry(metres: .polygon([area])), shapes: hexagons,
            points: [Position(565_500, 5_930_500), Position(565_600, 5_930_900)],
            legend: ["99 % kalt", "95 % kalt", "90 % kalt", "nicht auffällig", "90 % heiß", "95 % heiß", "99 % heiß"],
            legendTitle: "Signifikanz", scale: .diverging)
    }

    @Test func isValidXMLWithTitleAndDescription() throws {
        let bytes = sample.svg()
        let document = try XMLDocument(data: Data(bytes))
        let root = try #require(document.rootElement())
        #expect(root.name == "svg")
        #expect(root.elements(forName: "title").first?.stringValue == "Hotspots: \"Grün\" & <Verkehr>")
        #expect(root.elements(forName: "desc").first?.stringValue == "Gi*, Sechsecke 250 m, FDR 5 %")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("<script") && !text.contains("href"))
        if let path = ProcessInfo.processInfo.environment["MITPLAN_PICTURES"] {
            try Data(bytes).write(to: URL(fileURLWithPath: path + "/map.svg"))
        }
    }

    @Test func isTheSameEveryTime() {
        #expect(sample.svg() == sample.svg())
    }

    @Test func mergesManyCellsOfAClass() {
        let cells = (0..<5000).map { index in
            let (x, y) = (Double(index % 100) * 50, Double(index / 100) * 50)
            let ring = BoundingBox(minX: x, minY: y, maxX: x + 50, maxY: y + 50).ring
            return MapPicture.Shape(geometry: MetricGeometry(metres: .polygon([ring])), classIndex: index % 5)
        }
        let picture = MapPicture(
            title: "t", methodLine: "m", shapes: cells, legend: ["1", "2", "3", "4", "5"], legendTitle: "Anzahl")
        let bytes = picture.svg()
        #expect(bytes.count < 5000 * 40)
        #expect(String(decoding: bytes, as: UTF8.self).split(separator: "<path").count < 12)
    }

    @Test func hatchesWhatIsWithheld() throws {
        let ring = BoundingBox(minX: 0, minY: 0, maxX: 50, maxY: 50).ring
        var picture = MapPicture(title: "t", methodLine: "m", legend: ["none", "high"], language: .english)
        #expect(!String(decoding: picture.svg(), as: UTF8.self).contains("url(#w)"))
        picture.withheld = [MetricGeometry(metres: .polygon([ring]))]
        let bytes = picture.svg()
        let text = String(decoding: bytes, as: UTF8.self)
        // The shape, and an entry of the legend below the classes.
        #expect(text.split(separator: "fill=\"url(#w)\"").count == 3 && text.contains("too few to tell"))
        #expect(throws: Never.self) { try XMLDocument(data: Data(bytes)) }
    }

    @Test func drawsNothingWithoutInput() throws {
        let bytes = MapPicture(title: "\u{0}", methodLine: "").svg()
        #expect(throws: Never.self) { try XMLDocument(data: Data(bytes)) }
    }

    @Test(arguments: [(999.0, 500.0), (1000, 1000), (160, 100), (0.3, 0.2), (49_000, 20_000)])
    func scaleBarsAreOneTwoOrFive(most: Double, length: Double) throws {
        #expect(isClose(try #require(ScaleBar.length(atMost: most)), length))
    }

    @Test func scaleBarsNameTheirUnit() {
        #expect(ScaleBar.text(500, decimalComma: true) == "500 m")
        #expect(ScaleBar.text(2000, decimalComma: true) == "2 km")
        #expect(ScaleBar.text(0.5, decimalComma: true) == "0,5 m")
        #expect(ScaleBar.length(atMost: .nan) == nil)
    }

    @Test func barsCarryTheirNumbers() throws {
        let picture = BarPicture(
            title: "Beiträge je Kategorie", methodLine: "1.–31. März",
            bars: [
                .init(name: "Rad & Fuß", value: 120, text: "120"), .init(name: "Grün", value: 60, text: "60"),
                .init(name: "Leer", value: .nan, text: "–"),
            ])
        let bytes = picture.svg()
        #expect(try XMLDocument(data: Data(bytes)).rootElement()?.elements(forName: "rect").count == 4)
        if let path = ProcessInfo.processInfo.environment["MITPLAN_PICTURES"] {
            try Data(bytes).write(to: URL(fileURLWithPath: path + "/bars.svg"))
        }
    }
}
