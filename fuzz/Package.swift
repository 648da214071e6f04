// swift-tools-version: 6.2
import PackageDescription

/// What fuzzes is a package of its own, so that it never ships. `fuzz/run TARGET` builds and starts it.
let package = Package(
    name: "claimwatch-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "claimwatch", path: "..")],
    targets: [
        .executableTarget(
            name: "guided",
            dependencies: [
                "CFuzzer",
                .product(name: "ClaimDetection", package: "claimwatch"),
                .product(name: "ClaimRules", package: "claimwatch"),
                .product(name: "LiveEvents", package: "claimwatch"),
            ]),
        .systemLibrary(name: "CFuzzer"),
        .executableTarget(name: "decoder", dependencies: [.product(name: "LiveEvents", package: "claimwatch")]),
        .executableTarget(
            name: "rules",
            dependencies: [
                .product(name: "ClaimRules", package: "claimwatch"),
                .product(name: "StreamSimulation", package: "claimwatch"),
            ]),
    ]
)
