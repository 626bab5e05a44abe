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
