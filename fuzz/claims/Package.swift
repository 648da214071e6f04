// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that fuzzing never ships. `fuzz/run-claims` builds it with the sanitizer and libFuzzer.
let package = Package(
    name: "fuzz-claims",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "claimwatch", path: "../..")],
    targets: [
        .executableTarget(
            name: "fuzz-claims",
            dependencies: [
                "CFuzzer",
                .product(name: "ClaimDetection", package: "claimwatch"),
                .product(name: "ClaimRules", package: "claimwatch"),
                .product(name: "LiveEvents", package: "claimwatch"),
            ]),
        .systemLibrary(name: "CFuzzer"),
    ]
)
