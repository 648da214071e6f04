// swift-tools-version: 6.2
import PackageDescription

/// What measures is a package of its own, so that it never ships. `bench/run TARGET` builds and starts it.
let package = Package(
    name: "claimwatch-bench",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "claimwatch", path: "..")],
    targets: [
        .executableTarget(
            name: "profile",
            dependencies: [
                "CAllocations", .product(name: "StreamSimulation", package: "claimwatch"),
                .product(name: "ClaimDetection", package: "claimwatch"),
                .product(name: "ClaimRules", package: "claimwatch"),
                .product(name: "LiveEvents", package: "claimwatch"),
                .product(name: "TermMatching", package: "claimwatch"),
            ]),
        .executableTarget(
            name: "numbers", dependencies: [.product(name: "ChineseText", package: "claimwatch")],
            exclude: ["compare-with-cn2an"]),
        .target(name: "CAllocations"),
    ]
)
