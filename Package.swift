// swift-tools-version: 6.2
import PackageDescription

/// Language settings of every target.
let common: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]
/// Pure targets contain no unsafe code; the compiler checks it.
///
/// They are optimised in debug builds too, since tests of statistics compute for minutes otherwise.
let pure: [SwiftSetting] =
    common + [.strictMemorySafety(), .unsafeFlags(["-O"], .when(configuration: .debug))]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")

let package = Package(
    name: "mitplan",
    products: [
        .executable(name: "mitplan", targets: ["mitplan"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // Exactly: it decides which signatures are good, and a newer one is read before it does.
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    ],
    targets: [
        // 0: C libraries of the system
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLCMS", pkgConfig: "lcms2", providers: [.apt(["liblcms2-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
        .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
        .systemLibrary(name: "CRsvg", providers: [.apt(["librsvg2-dev", "fonts-dejavu-core"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Without pkg-config, which passes on flags of libavif that SwiftPM refuses.
        .systemLibrary(name: "CGD", providers: [.apt(["libgd-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),

        // 1: values and codecs
        .target(name: "GeoCore", swiftSettings: pure),

        // 2: operations on values
        .target(name: "GEOSGeometry", dependencies: ["GeoCore", "CGEOS"], swiftSettings: common),
        .target(name: "PROJCoordinates", dependencies: ["GeoCore", "CPROJ"], swiftSettings: common),
        .target(name: "TextSearch", dependencies: ["CStemmer"], swiftSettings: common),

        // 3: the aggregation engine; formats; requests to other machines; images
        .target(name: "Analysis", dependencies: ["GeoCore"], swiftSettings: pure),
        .target(
            name: "Formats",
            dependencies: ["GeoCore", "PROJCoordinates", "CRsvg", "CZlib", grdbSQLite],
            swiftSettings: common),

        .target(name: "OutboundHTTP", dependencies: ["CCurl"], swiftSettings: common),
        .target(name: "Images", dependencies: ["CGD", "CLCMS", "CPNG", "CZlib"], swiftSettings: common),

        // 4: entities and rules
        .target(name: "Participation", dependencies: ["GeoCore", "GEOSGeometry"], swiftSettings: pure),

        // 5: all SQL, above one seam; tokens that others have signed
        .target(name: "Storage", dependencies: ["GeoCore", "Participation", "TextSearch"], swiftSettings: pure),
        .target(name: "SignedTokens", dependencies: ["GeoCore", "Participation", jwtKit], swiftSettings: pure),

        // 6: the engines; the use cases
        .target(
            name: "SQLiteEngine", dependencies: ["Storage", "TextSearch", grdb, grdbSQLite], swiftSettings: common),
        .target(
            name: "Platform",
            dependencies: [
                "Storage", "SignedTokens", "Participation", "Analysis", "Formats", "Images", "OutboundHTTP",
                "PROJCoordinates",
                "GEOSGeometry", "TextSearch", "GeoCore", "CMalloc",
            ],
            swiftSettings: pure),

        // 7: HTTP
        .target(
            name: "WebServer",
            dependencies: [
                "Platform", "Participation", "Formats", "OutboundHTTP", "GeoCore", "CZlib",
                "Storage", hummingbird, hummingbirdCore, httpTypes, logging, lifecycle, nioCore,
            ],
            swiftSettings: common),

        // 8: the program
        .executableTarget(
            name: "mitplan",
            dependencies: [
                "WebServer", "Platform", "SQLiteEngine", "Storage", "Participation", "Analysis", "Formats",
                "OutboundHTTP", "PROJCoordinates", "GEOSGeometry", "GeoCore",
                argumentParser, hummingbird, logging, lifecycle, unixSignals,
            ],
            swiftSettings: common),

        .target(
            name: "TestSupport", dependencies: ["GeoCore", crypto, cryptoExtras], path: "Tests/TestSupport",
            exclude: ["Images"],
            swiftSettings: common),
        .testTarget(name: "GeoCoreTests", dependencies: ["GeoCore", "TestSupport"], swiftSettings: common),
        .testTarget(
            name: "GEOSGeometryTests", dependencies: ["GEOSGeometry", "GeoCore", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "PROJCoordinatesTests", dependencies: ["PROJCoordinates", "GeoCore", "TestSupport"],
            swiftSettings: common),
        .testTarget(name: "TextSearchTests", dependencies: ["TextSearch", "TestSupport"], swiftSettings: common),
        .testTarget(
            name: "AnalysisTests", dependencies: ["Analysis", "GeoCore", "TestSupport"], swiftSettings: common),
        .testTarget(
            name: "OracleTests",
            dependencies: ["Analysis", "GEOSGeometry", "PROJCoordinates", "GeoCore", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "FormatsTests", dependencies: ["Formats", "PROJCoordinates", "GeoCore", "CZlib", "TestSupport"],
            swiftSettings: common),
        .testTarget(name: "ImagesTests", dependencies: ["Images", "TestSupport"], swiftSettings: common),
        .testTarget(
            name: "OutboundHTTPTests", dependencies: ["OutboundHTTP", "TestSupport"], swiftSettings: common),
        .testTarget(
            name: "ParticipationTests", dependencies: ["Participation", "GeoCore", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "SignedTokensTests",
            dependencies: ["SignedTokens", "Participation", "TestSupport", crypto, cryptoExtras],
            swiftSettings: common),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "SQLiteEngine", "Participation", "GeoCore", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "PlatformTests",
            dependencies: [
                "Platform", "SQLiteEngine", "Storage", "SignedTokens", "Participation", "Analysis", "Formats",
                "PROJCoordinates", "GeoCore", "TestSupport",
            ],
            swiftSettings: common),
        .testTarget(
            name: "WebServerTests",
            dependencies: [
                "WebServer", "Platform", "SQLiteEngine", "Storage", "Participation", "Formats", "OutboundHTTP",
                "GeoCore",
                "TestSupport", hummingbird, hummingbirdTesting, httpTypes, lifecycle, logging, nioCore,
                cryptoExtras,
            ],
            swiftSettings: common),
        .testTarget(
            name: "CommandTests", dependencies: ["mitplan", "Formats", "GeoCore", "TestSupport"], swiftSettings: common),
    ],
    swiftLanguageModes: [.v6]
)
