/// Walks the chunks of a PNG file.
///
/// The decoder gets the chunks that make the picture; texts, colour profiles, Exif and all others stay behind, and with
/// them compressed texts that would unpack to a multiple of the file.
///
/// Source: PNG specification, third edition, sections 5 and 11.
enum PNGContainer {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let essential: Set<String> = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]

    static func read(_ file: [UInt8]) throws(ImageError) -> ImageContainer {
        let bytes = FileBytes(file)
        guard bytes.has("IHDR", at: 12), bytes.big(4, at: 8) == 13, let width = bytes.big(4, at: 16),
            let height = bytes.big(4, at: 20)
        else { throw file.count < 33 ? .truncated(.png) : .damaged(.png) }
        var result = ImageContainer(kind: .png, width: width, height: height)
        result.essence.reserveCapacity(file.count)
        result.essence += signature
        var place = signature.count
        var hasProfile = false
        while true {
            guard let length = bytes.big(4, at: place), length <= file.count - place - 12 else {
                throw .truncated(.png)
            }
            let chunk = place..<place + length + 12
            let type = String(decoding: file[place + 4..<place + 8], as: UTF8.self)
            place = chunk.upperBound
            switch type {
            case "acTL": throw ImageError(.animated, "the PNG file is animated: send a still picture")
            case "eXIf": result.orientation = ExifOrientation.read(file[chunk.lowerBound + 8..<chunk.upperBound - 4])
            case "iCCP" where !hasProfile:
                // A second one would only be work. Grey has no use for one of red, green and blue.
                hasProfile = true
                guard let colour = bytes.byte(25), colour & 2 != 0 else { break }
                result.profile = ColourProfile.compressed(file[chunk.lowerBound + 8..<chunk.upperBound - 4])
            case _ where essential.contains(type): result.essence += file[chunk]
            default: break
            }
            if type == "IEND" { return result }
        }
    }
}
