// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that fuzzing never ships.
let package = Package(
    name: "fuzz-rules",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "claimwatch", path: "../..")],
    targets: [
        .executableTarget(name: "fuzz-rules", dependencies: [.product(name: "ClaimRules", package: "claimwatch")])
    ]
)
