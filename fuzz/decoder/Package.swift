// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that fuzzing never ships.
let package = Package(
    name: "fuzz-decoder",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "claimwatch", path: "../..")],
    targets: [
        .executableTarget(name: "fuzz-decoder", dependencies: [.product(name: "LiveEvents", package: "claimwatch")])
    ]
)
