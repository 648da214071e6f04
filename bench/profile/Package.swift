// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that its tooling never ships.
let package = Package(
    name: "profile-events",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "claimwatch", path: "../..")],
    targets: [
        .executableTarget(
            name: "profile-events",
            dependencies: [
                "CAllocations",
                .product(name: "ClaimDetection", package: "claimwatch"),
                .product(name: "ClaimRules", package: "claimwatch"),
                .product(name: "LiveEvents", package: "claimwatch"),
                .product(name: "TermMatching", package: "claimwatch"),
            ]),
        .target(name: "CAllocations"),
    ]
)
