import ArgumentParser
import Platform

/// Language of legends and titles in pictures.
enum PictureLanguage: String, CaseIterable, ExpressibleByArgument {
    case de, en
}

/// How a command draws.
struct PictureOptions: ParsableArguments {
    @Option(help: "Language of the picture.")
    var language: PictureLanguage = .de

    @Option(help: ArgumentHelp("Width of a PNG.", valueName: "pixels"))
    var width = PictureForm.standardWidth

    /// The formats that are pictures.
    static let formats: [OutputFormat] = [.svg, .png]

    func validate() throws {
        guard PictureForm.widths.contains(width) else {
            throw ValidationError(
                "--width must lie between \(PictureForm.widths.lowerBound) and \(PictureForm.widths.upperBound)")
        }
    }

    /// The picture in the format that is asked for.
    func picture(_ svg: [UInt8], as format: OutputFormat) throws -> [UInt8] {
        try (format == .png ? PictureForm.png(width: width) : .svg).picture(svg)
    }
}
