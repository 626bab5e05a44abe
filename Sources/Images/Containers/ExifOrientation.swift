/// Reads the one thing of Exif that matters for showing a picture: which way is up.
enum ExifOrientation {
    private static let tag = 0x0112
    private static let shortType = 3

    /// The orientation in a TIFF structure, 1 to 8; 1 where there is none or it is none.
    ///
    /// Looks at the first directory alone, and follows no other pointer.
    ///
    /// Source: TIFF 6.0, section 2; CIPA DC-008-2019, 4.6.4.
    static func read(_ tiff: ArraySlice<UInt8>) -> Int {
        let file = FileBytes(Array(tiff.prefix(65_536)))
        let isLittle = file.has("II", at: 0)
        guard isLittle || file.has("MM", at: 0) else { return 1 }
        func number(_ size: Int, at place: Int) -> Int? { file.number(at: place, size: size, isLittle: isLittle) }
        guard number(2, at: 2) == 42, let directory = number(4, at: 4), let entries = number(2, at: directory) else {
            return 1
        }
        for index in 0..<entries {
            let entry = directory + 2 + index * 12
            guard let tag = number(2, at: entry) else { return 1 }
            guard tag == self.tag else { continue }
            guard number(2, at: entry + 2) == shortType, number(4, at: entry + 4) == 1,
                let value = number(2, at: entry + 8), (1...8).contains(value)
            else { return 1 }
            return value
        }
        return 1
    }
}
