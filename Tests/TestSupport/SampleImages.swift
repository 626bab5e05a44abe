import Foundation

/// The small synthetic images that `Scripts/make-sample-images.py` makes.
public enum SampleImages {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("Images", isDirectory: true)

    /// Their names.
    public static let names: [String] = {
        let all = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (all ?? []).sorted()
    }()

    /// The bytes of one.
    public static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// How every byte sequence begins that must not come through.
    public static let planted = Array("PLANTED".utf8)
}
