import CZlib
import Foundation

/// A source made ready for `ogr2ogr`: unpacked, checked for dangerous XML, under a name of our own.
struct OGRInput {
    /// Path inside the temporary folder; files that GDAL writes beside its input land there too.
    let path: String
    /// Extension in lower case, without `gz`.
    let suffix: String

    /// - Throws: ``FormatError`` when the file is missing, empty, too big, or refused.
    init(path source: String, folder: UnpackedFolder) throws {
        var url = URL(fileURLWithPath: source)
        let size = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int) ?? nil
        guard let size else { throw FormatError(code: "notFound", message: "The file does not exist.") }
        guard size > 0 else { throw FormatError(code: "empty", message: "The file is empty.") }
        let isPacked = url.pathExtension.lowercased() == "gz"
        if isPacked { url.deletePathExtension() }
        suffix = url.pathExtension.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        path = folder.path + "/source." + suffix
        if isPacked {
            try Self.unpack(source, to: path)
        } else {
            let absolute = URL(fileURLWithPath: source).standardizedFileURL.path
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: absolute)
        }
        try refuseDangerousXML()
    }

    private static func unpack(_ source: String, to path: String) throws {
        guard let file = gzopen(source, "rb"), FileManager.default.createFile(atPath: path, contents: nil),
            let output = FileHandle(forWritingAtPath: path)
        else { throw FormatError(code: "unreadable", message: "The file cannot be opened.") }
        defer {
            gzclose(file)
            try? output.close()
        }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var total = 0
        while true {
            let count = Int(gzread(file, &chunk, UInt32(1 << 16)))
            if count < 0 { throw FormatError(code: "truncated", message: "The compressed file is damaged.") }
            if count == 0 { return }
            total += count
            guard total <= 1_000_000_000 else {
                throw FormatError(code: "tooBig", message: "The file is more than 1 GB when unpacked.")
            }
            try output.write(contentsOf: Data(chunk[..<count]))
        }
    }

    /// Entities and external parts come by a DOCTYPE, sources elsewhere by GDAL's virtual formats.
    private func refuseDangerousXML() throws {
        let file = try RandomAccessFile(path: path, name: "The file")
        let start = try file.read(at: 0, count: 4096).filter { $0 != 0 }
        guard start.first(where: { $0 > 0x20 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }) == UInt8(ascii: "<")
        else { return }
        if String(decoding: start, as: UTF8.self).contains("<OGRVRT") {
            throw FormatError(code: "refused", message: "Virtual sources that point to other files are not read.")
        }
        let mark = Data("<!DOCTYPE".utf8)
        var tail: [UInt8] = []
        var place = 0
        while place < file.size {
            let chunk = try file.read(at: place, count: 1 << 18)
            if chunk.isEmpty { return }
            place += chunk.count
            // Zero bytes fall out, so that UTF-16 hides nothing.
            let plain = tail + chunk.filter { $0 != 0 }
            if Data(plain).range(of: mark) != nil {
                throw FormatError(code: "refused", message: "XML with a DOCTYPE is not read; remove the declaration.")
            }
            tail = Array(plain.suffix(mark.count - 1))
        }
    }
}
