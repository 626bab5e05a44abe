import ArgumentParser

/// How a command writes its answer.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    /// Aligned columns for people.
    case table
    /// JSON for programs.
    case json
    /// CSV (RFC 4180, UTF-8).
    case csv
    /// A GeoJSON FeatureCollection (RFC 7946).
    case geojson
    /// One GeoJSON feature a line (RFC 8142).
    case geojsonseq
    /// A self-contained picture.
    case svg
    /// A picture as pixels.
    case png
    /// A calendar (RFC 5545).
    case ics
    /// A GeoPackage (OGC 12-128).
    case gpkg

    /// The format that the end of a file name stands for.
    init?(fileName: String) {
        let name = fileName.lowercased()
        let endings: [(String, OutputFormat)] = [
            (".geojsonl", .geojsonseq), (".geojsonseq", .geojsonseq), (".ndjson", .geojsonseq), (".geojson", .geojson),
            (".json", .json), (".csv", .csv), (".svg", .svg), (".png", .png), (".ics", .ics), (".gpkg", .gpkg),
            (".txt", .table),
        ]
        guard let format = endings.first(where: { name.hasSuffix($0.0) })?.1 else { return nil }
        self = format
    }
}
