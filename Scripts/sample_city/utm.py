"""ETRS89 / UTM zone 32N (EPSG:25832) from and to longitude/latitude.

Krueger's series to the sixth order (C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers,
J. Geodesy 85, 2011, eqs. 7-35), GRS 80 ellipsoid. ETRS89 and WGS 84 are taken as one, as EPSG:25832 readers do.
"""
from math import asinh, atan, atan2, atanh, cos, cosh, degrees, hypot, radians, sin, sinh, sqrt, tan

A, F, K0, E0, LON0 = 6378137.0, 1 / 298.257222101, 0.9996, 500_000.0, 9.0
N = F / (2 - F)
RECTIFYING = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64 + N**6 / 256)
E = sqrt(F * (2 - F))
ALPHA = (
    N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16 + 41 * N**4 / 180,
    13 * N**2 / 48 - 3 * N**3 / 5 + 557 * N**4 / 1440,
    61 * N**3 / 240 - 103 * N**4 / 140,
    49561 * N**4 / 161280,
)
BETA = (
    N / 2 - 2 * N**2 / 3 + 37 * N**3 / 96 - N**4 / 360,
    N**2 / 48 + N**3 / 15 - 437 * N**4 / 1440,
    17 * N**3 / 480 - 37 * N**4 / 840,
    4397 * N**4 / 161280,
)


def forward(lon, lat):
    """Easting and northing in metres of a place in degrees."""
    tau, lam = tan(radians(lat)), radians(lon - LON0)
    sigma = sinh(E * atanh(E * tau / hypot(1, tau)))
    conformal = tau * hypot(1, sigma) - sigma * hypot(1, tau)
    xi, eta = atan2(conformal, cos(lam)), asinh(sin(lam) / hypot(conformal, cos(lam)))
    x, y = eta, xi
    for j, a in enumerate(ALPHA, 1):
        x += a * cos(2 * j * xi) * sinh(2 * j * eta)
        y += a * sin(2 * j * xi) * cosh(2 * j * eta)
    return E0 + K0 * RECTIFYING * x, K0 * RECTIFYING * y


def inverse(easting, northing):
    """Longitude and latitude in degrees (7 decimals, about 1 cm) of a place in metres."""
    eta0, xi0 = (easting - E0) / (K0 * RECTIFYING), northing / (K0 * RECTIFYING)
    xi, eta = xi0, eta0
    for j, b in enumerate(BETA, 1):
        xi -= b * sin(2 * j * xi0) * cosh(2 * j * eta0)
        eta -= b * cos(2 * j * xi0) * sinh(2 * j * eta0)
    conformal = sin(xi) / hypot(sinh(eta), cos(xi))
    tau = conformal
    for _ in range(5):  # Newton's method, converges in two or three steps
        sigma = sinh(E * atanh(E * tau / hypot(1, tau)))
        found = tau * hypot(1, sigma) - sigma * hypot(1, tau)
        step = (conformal - found) / hypot(1, found) * (1 + (1 - E * E) * tau * tau) / ((1 - E * E) * hypot(1, tau))
        tau += step
    return round(LON0 + degrees(atan2(sinh(eta), cos(xi))), 7), round(degrees(atan(tau)), 7)
