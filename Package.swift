// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    // A file may use only what it imports itself, so the arrows below are the arrows in the code.
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "claimwatch",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "claimwatch", targets: ["claimwatch"]),
        .library(name: "ChineseText", targets: ["ChineseText"]),
        .library(name: "TermMatching", targets: ["TermMatching"]),
        .library(name: "LiveEvents", targets: ["LiveEvents"]),
        .library(name: "ClaimRules", targets: ["ClaimRules"]),
        .library(name: "ClaimDetection", targets: ["ClaimDetection"]),
        .library(name: "RuleTesting", targets: ["RuleTesting"]),
        .library(name: "StreamSimulation", targets: ["StreamSimulation"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", exact: "1.4.0",
            traits: ["YAML", "CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Arrows point down only. A target may depend on targets below it in this list, never above.
        .executableTarget(
            name: "claimwatch",
            dependencies: [
                "StreamShell", "KafkaTransport", "StreamSimulation", "StreamEngine", "RuleTesting", "ClaimDetection",
                "ClaimRules", "ClaimScreen", "LiveEvents", "TermMatching", "ChineseText",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "StreamShell",
            dependencies: [
                "KafkaTransport", "StreamEngine", "ClaimDetection", "ClaimRules", "LiveEvents",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(name: "KafkaTransport", dependencies: ["CRdkafka"], swiftSettings: strict),
        .systemLibrary(
            name: "CRdkafka", pkgConfig: "rdkafka",
            providers: [.apt(["librdkafka-dev"]), .brew(["librdkafka"])]),
        .target(
            name: "StreamSimulation", dependencies: ["StreamEngine", "ClaimDetection", "LiveEvents"],
            swiftSettings: strict),
        .target(
            name: "StreamEngine", dependencies: ["ClaimDetection", "ClaimRules", "LiveEvents"],
            swiftSettings: strict),
        .target(
            name: "RuleTesting",
            dependencies: [
                "ClaimDetection", "ClaimRules", "ClaimScreen", "LiveEvents", "TermMatching", "ChineseText",
            ],
            swiftSettings: strict),
        .target(
            name: "ClaimDetection",
            dependencies: [
                "ClaimRules", "ClaimScreen", "LiveEvents", "TermMatching", "ChineseText",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(
            name: "ClaimRules",
            dependencies: [
                "ClaimScreen", "LiveEvents", "CRE2", "TermMatching", "ChineseText",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .target(name: "ClaimScreen", dependencies: ["ChineseText"], swiftSettings: strict),
        .target(name: "LiveEvents", dependencies: ["CSimdjson"], swiftSettings: strict),
        .target(
            name: "CSimdjson",
            linkerSettings: [.linkedLibrary("simdjson")]),
        .target(
            name: "CRE2",
            linkerSettings: [.linkedLibrary("re2")]),
        .target(
            name: "TermMatching", dependencies: ["CTermScan", "ChineseText"], exclude: ["DESIGN.md"],
            swiftSettings: strict),
        .target(name: "CTermScan"),
        .target(name: "ChineseText", swiftSettings: strict),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "ChineseTextTests", dependencies: ["ChineseText", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TermMatchingTests", dependencies: ["TermMatching", "ChineseText", "TestSupport"],
            exclude: ["Disguises/disguises.tsv", "Disguises/aliases.tsv"], swiftSettings: strict),
        .testTarget(name: "ClaimScreenTests", dependencies: ["ClaimScreen", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "LiveEventsTests", dependencies: ["LiveEvents", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ClaimRulesTests",
            dependencies: ["ClaimRules", "ClaimScreen", "LiveEvents", "TermMatching", "ChineseText", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ClaimDetectionTests",
            dependencies: [
                "ChineseText", "ClaimDetection", "ClaimRules", "ClaimScreen", "LiveEvents", "TermMatching",
                "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RuleTestingTests",
            dependencies: [
                "RuleTesting", "ClaimDetection", "ClaimRules", "ClaimScreen", "LiveEvents", "TestSupport",
            ],
            exclude: ["Packs1"], swiftSettings: strict),
        .testTarget(
            name: "StreamEngineTests",
            dependencies: [
                "StreamSimulation", "StreamEngine", "ClaimDetection", "ClaimRules", "ClaimScreen", "LiveEvents",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "StreamSimulationTests",
            dependencies: ["StreamSimulation", "StreamEngine", "ClaimDetection", "ClaimRules", "LiveEvents"],
            swiftSettings: strict),
        .testTarget(name: "KafkaTransportTests", dependencies: ["KafkaTransport"], swiftSettings: strict),
        .testTarget(
            name: "StreamShellTests",
            dependencies: ["StreamShell", "StreamEngine", "KafkaTransport", "ClaimRules", "LiveEvents"],
            swiftSettings: strict),
        .testTarget(
            name: "claimwatchTests",
            dependencies: [
                "claimwatch", "RuleTesting", "StreamShell", "KafkaTransport", "StreamEngine", "ClaimDetection",
                "ClaimRules", "ClaimScreen", "LiveEvents",
            ],
            exclude: ["Screens"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
