// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that measuring never ships.
let package = Package(
    name: "numbers",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "claimwatch", path: "../..")],
    targets: [
        .executableTarget(name: "numbers", dependencies: [.product(name: "ChineseText", package: "claimwatch")])
    ]
)
