extension CoordinateReferenceSystem {
    /// A metric system that suits a place in degrees.
    ///
    /// ETRS89 / UTM zone 32 in Germany west of 12° E and zone 33 east of it (EPSG:25832, EPSG:25833), elsewhere the UTM
    /// zone of WGS 84. Germany is taken as 5.8–15.1° E, 47.2–55.1° N; the special zones of Norway and Svalbard are not
    /// followed.
    ///
    /// - Throws: ``PROJError`` `unknownCRS` for places outside −180 … 180, −80 … 84 degrees, where UTM ends.
    public static func metric(longitude: Double, latitude: Double) throws(PROJError) -> CoordinateReferenceSystem {
        guard (-180...180).contains(longitude), (-80...84).contains(latitude) else {
            throw PROJError(.unknownCRS, "there is no UTM zone for this place")
        }
        if (5.8...15.1).contains(longitude), (47.2...55.1).contains(latitude) {
            return try CoordinateReferenceSystem(code: longitude < 12 ? 25832 : 25833)
        }
        let zone = min(60, (Int(exactly: ((longitude + 180) / 6).rounded(.down)) ?? 0) + 1)
        return try CoordinateReferenceSystem(code: (latitude < 0 ? 32700 : 32600) + zone)
    }
}
