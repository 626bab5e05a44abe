/// The exact 95 % interval of the mean of a Poisson count (Garwood 1936, doi:10.1093/biomet/28.3-4.437).
///
/// Half the 2.5 % quantile of χ² with 2·O degrees of freedom, and half the 97.5 % quantile with 2·O + 2; works for
/// counts that are not whole.
///
/// - Parameter observed: a count, finite and not negative.
/// - Returns: the lower and upper limit; `nil` for a bad count or one above 10¹⁰.
public func poissonInterval(_ observed: Double) -> (lower: Double, upper: Double)? {
    guard observed.isFinite, observed >= 0, observed <= 1e10 else { return nil }
    let lower = observed == 0 ? 0 : IncompleteGamma.quantile(observed, share: 0.025, isUpper: false)
    return (lower, IncompleteGamma.quantile(observed + 1, share: 0.025, isUpper: true))
}
