/// The shape of the bump that stands for one point in a kernel density.
///
/// The bandwidth h is the standard deviation of the Gaussian and the radius of all others. Every kernel integrates to 1
/// over the plane. Source: Silverman 1986, section 4.2.
public enum Kernel: String, Sendable, Hashable, CaseIterable {
    case gaussian
    case quartic
    case epanechnikov
    case triweight
    case triangular
    case uniform

    /// Distance in bandwidths beyond which the kernel counts as zero; the Gaussian is below 10⁻¹⁰ of its peak there.
    public var reach: Double { self == .gaussian ? 6.8 : 1 }

    /// How many standard deviations along an axis the bandwidth is, so that kernels of different shapes can be compared.
    public var deviations: Double {
        switch self {
        case .gaussian: 1
        case .quartic: 8.0.squareRoot()
        case .epanechnikov: 6.0.squareRoot()
        case .triweight: 10.0.squareRoot()
        case .triangular: (20.0 / 3).squareRoot()
        case .uniform: 2
        }
    }

    /// The factor that makes the integral 1, without the division by h².
    var scale: Double {
        switch self {
        case .gaussian: 1 / (2 * .pi)
        case .quartic, .triangular: 3 / .pi
        case .epanechnikov: 2 / .pi
        case .triweight: 4 / .pi
        case .uniform: 1 / .pi
        }
    }

    /// The kernel at the squared distance `u` in bandwidths, without its factor.
    @inline(__always)
    func shape(_ u: Double) -> Double {
        if self == .gaussian { return Elementary.exp(-u / 2) }
        guard u <= 1 else { return 0 }
        let t = 1 - u
        return switch self {
        case .quartic: t * t
        case .epanechnikov: t
        case .triweight: t * t * t
        case .triangular: 1 - u.squareRoot()
        case .uniform, .gaussian: 1
        }
    }
}
