import GeoCore
import HTTPTypes
import Platform
import Storage

extension Call {
    /// The parameter of ``coordinates()``.
    static let crsParameter = ParameterDescription(
        name: "crs",
        summary: "Coordinate reference system of the answer, east or longitude first: "
            + ServedCRS.names.joined(separator: ", ") + "; longitude, latitude by default.")

    /// The parameter that says in which system `bbox` is given.
    static let boxCRSParameter = ParameterDescription(
        name: "bbox-crs",
        summary: "Coordinate reference system of bbox, as for crs; west,south,east,north in its units.")

    /// In which system the answer is written; `nil` for longitude, latitude.
    ///
    /// - Throws: ``Problem`` 400 for a system that is not served.
    func coordinates() throws -> ServedCRS? { try servedCRS("crs").flatMap { $0.isLongitudeLatitude ? nil : $0 } }

    /// The condition of a box that is given in another system; `nil` where it is in degrees.
    ///
    /// - Throws: ``Problem`` 400 for a system that is not served, and for what is no box of it.
    func boxCondition() throws -> PlaceCondition? {
        guard let crs = try servedCRS("bbox-crs") else { return nil }
        guard let text = try query.text("bbox") else {
            throw Problem.parameter("bbox-crs", "bbox-crs goes with bbox alone.")
        }
        guard !crs.isLongitudeLatitude else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { QueryParameters.number($0.trimmingBlanks) }
        guard numbers.count == parts.count, numbers.count == 4, numbers[0] <= numbers[2], numbers[1] <= numbers[3],
            let area = crs.area(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3])
        else {
            throw Problem.parameter(
                "bbox", "bbox must be four numbers, west,south,east,north, where the system of bbox-crs is meant for.")
        }
        return PlaceCondition(.crossing, .shape(area))
    }

    private func servedCRS(_ name: String) throws -> ServedCRS? {
        guard let text = try query.text(name, maximumLength: 100) else { return nil }
        if let found = try ServedCRS(text) { return found }
        throw Problem.parameter(name, "\(name) must be one of " + ServedCRS.names.joined(separator: ", ") + ".")
    }
}

extension ServedCRS {
    /// Says in the headers of an answer in which system its coordinates are (OGC 18-058r1, 8.2).
    func tell(in headers: inout HTTPFields) {
        if let name = HTTPField.Name("Content-Crs") { headers[name] = "<\(address)>" }
    }
}
