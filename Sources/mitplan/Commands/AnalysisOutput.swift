import Platform

extension OutputOptions {
    /// Writes the answer of an analysis.
    ///
    /// - Parameters:
    ///   - svg: the picture, where it is asked for.
    ///   - table: what people read, where nothing else is.
    func write<Question>(
        _ answer: AnalysisAnswer<Question>, as format: OutputFormat, _ pictures: PictureOptions,
        svg: (_ language: String) -> [UInt8], table: () -> String
    ) throws {
        let file = try ResultFile(path: output)
        switch format {
        case .geojson: try file.write(try answer.geoJSON())
        case .csv: try file.write(try answer.csv())
        case .svg, .png: try file.write(try pictures.picture(svg(pictures.language.rawValue), as: format))
        default: try file.write(table())
        }
        try file.finish()
    }
}
