import CLCMS

extension Canvas {
    /// Brings the colours from what a profile says to sRGB, in which pictures without a profile are shown.
    ///
    /// A profile that is broken, or not one of red, green and blue, changes nothing. Nor does one with tables, as printers
    /// and scanners have them: cameras and screens do with curves and a matrix, and reading tables is where such code has
    /// its faults.
    ///
    /// - Complexity: linear in the pixels.
    func convertToSRGB(from profile: [UInt8]) {
        guard !profile.isEmpty, let transform = SRGBTransform(from: profile) else { return }
        for y in 0..<height { transform.apply(to: row(y)) }
        // Black may have become another colour, and what nobody sees has none.
        clearUnseen()
    }

    /// Whether numbers mean the colours of sRGB by a profile, but for rounding; so do they by one that changes nothing.
    static func isSRGB(_ profile: [UInt8]) -> Bool {
        guard !profile.isEmpty, let transform = SRGBTransform(from: profile) else { return true }
        let steps: [Int32] = [0, 0x33, 0x66, 0x99, 0xCC, 0xFF]
        var colours: [Int32] = []
        for red in steps {
            for green in steps {
                for blue in steps { colours.append(red << 16 | green << 8 | blue) }
            }
        }
        var row = colours
        row.withUnsafeMutableBufferPointer { transform.apply(to: $0) }
        return zip(colours, row).allSatisfy { one, other in
            [Int32(0), 8, 16].allSatisfy { abs((one >> $0 & 0xFF) - (other >> $0 & 0xFF)) <= 2 }
        }
    }
}

/// A transformation of Little CMS, whose handle never leaves this file.
///
/// The library says nothing of faults unless it is asked to.
private struct SRGBTransform: ~Copyable {
    private let handle: cmsHTRANSFORM

    /// Tags of tables and of chains of steps, which Little CMS would take before the curves and the matrix.
    private static let tables = [
        cmsSigAToB0Tag, cmsSigAToB1Tag, cmsSigAToB2Tag, cmsSigDToB0Tag, cmsSigDToB1Tag, cmsSigDToB2Tag, cmsSigDToB3Tag,
    ]

    deinit { cmsDeleteTransform(handle) }

    init?(from profile: [UInt8]) {
        guard let source = cmsOpenProfileFromMem(profile, cmsUInt32Number(clamping: profile.count)) else { return nil }
        defer { cmsCloseProfile(source) }
        let classes = [cmsSigDisplayClass, cmsSigInputClass, cmsSigOutputClass, cmsSigColorSpaceClass]
        guard cmsGetColorSpace(source) == cmsSigRgbData,
            classes.contains(where: { $0 == cmsGetDeviceClass(source) }),
            cmsIsMatrixShaper(source) != 0, Self.tables.allSatisfy({ cmsIsTag(source, $0) == 0 }),
            let target = cmsCreate_sRGBProfile()
        else { return nil }
        defer { cmsCloseProfile(target) }
        guard
            let handle = cmsCreateTransform(
                source, MITPLAN_LCMS_PIXEL, target, MITPLAN_LCMS_PIXEL, MITPLAN_LCMS_PERCEPTUAL, 0)
        else { return nil }
        self.handle = handle
    }

    /// Writes other colours in the place of those of a row; transparency stays.
    func apply(to row: UnsafeMutableBufferPointer<Int32>) {
        cmsDoTransform(handle, row.baseAddress, row.baseAddress, cmsUInt32Number(clamping: row.count))
    }
}
