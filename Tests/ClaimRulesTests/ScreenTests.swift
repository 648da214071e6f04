@testable import ClaimRules
import ClaimScreen
import LiveEvents
import Testing

/// A model of the name; `other` has another opinion.
private func model(_ name: String, other: Bool = false) -> ScreenModel {
    var texts = LabelledTexts(bits: 10)
    for number in 0..<20 {
        var text = number.isMultiple(of: 2) ? "断根\(number)" : "发货\(number)"
        text.withUTF8 { texts.add($0, isConfirmed: number.isMultiple(of: 2) != other) }
    }
    return ScreenModel.learn(name: name, from: texts)
}

private func screens(_ models: ScreenModel...) -> Screens {
    models.reduce(into: Screens()) { _ = $0.add($1) }
}

@Suite struct `Rules that ask a screen` {
    private static func pack(_ screen: String, _ more: [String: String] = [:]) -> String {
        Packs.one(Packs.rule(["screen": "screen: {\(screen)}"].merging(more) { $1 }), version: 2)
    }

    private static func load(_ text: String, _ screens: Screens = Screens()) -> LoadedPacks {
        RulePackLoader.load([PackFile(path: "p0.yaml", bytes: Array(text.utf8))], screens: screens)
    }

    @Test func `are on trial without their model unless they say otherwise`() throws {
        let rule = try #require(Self.load(Self.pack("model: health-live, min: 0.6")).rules.first)
        #expect(rule.screen == Rule.Screen(model: "health-live", least: 60, withoutModel: .shadow))
    }

    @Test func `have that of their pack unless they name another or look at several texts`() throws {
        let own = Packs.rule(["id": "id: own", "screen": "screen: {model: mine, min: 0.7, alone: true}"])
        let timed = Packs.rule(["id": "id: timed", "match": "match: {all: [甲, 乙], span: 30s}", "window": "window: 10m"])
        let loaded = Self.load(
            Packs.one(
                Packs.rule() + own + timed, lists: "screen: {model: packs, min: 0.1, without_model: keep}\n", version: 2
            ))
        #expect(loaded.problems.filter { $0.kind == .error } == [])
        #expect(
            loaded.rules.map(\.screen) == [
                .init(model: "packs", least: 10, withoutModel: .keep), .init(model: "mine", least: 70, isAlone: true),
                nil,
            ])
    }

    @Test(
        arguments: [
            ("shadow", "stable", Rule.Status.shadow), ("shadow", "shadow", .shadow), ("keep", "stable", .stable),
            ("keep", "shadow", .shadow), ("drop", "stable", nil), ("drop", "shadow", nil), ("shadow", "off", nil),
        ] as [(String, String, Rule.Status?)])
    func `without their model are what without_model says`(without: String, status: String, expected: Rule.Status?)
        throws
    {
        let text = Self.pack("model: m, min: 0.6, without_model: \(without)", ["status": "status: \(status)"])
        for others in [Screens(), screens(model("other"))] {
            #expect(try #require(Self.load(text, others).ruleSet).rules.first?.status == expected)
        }
        let there = try #require(Self.load(text, screens(model("m"))).ruleSet)
        #expect(there.rules.first?.status == (status == "off" ? nil : Rule.Status(rawValue: status)))
        #expect((there.rules.isEmpty ? nil : there.screen(ofRule: 0)?.name) == (status == "off" ? nil : "m"))
    }

    @Test(arguments: [("shadow", Rule.Status.shadow), ("drop", nil), ("keep", .stable)] as [(String, Rule.Status?)])
    func `are not woken by a campaign without their model`(without: String, expected: Rule.Status?) throws {
        let campaign = """
            campaign: c
            requires: claimwatch/2
            title: 专项
            from: 2026-03-01
            to: 2026-05-31
            packs: ["*"]
            status: stable

            """
        let text = Self.pack("model: m, min: 0.6, without_model: \(without)", ["status": "status: off"])
        let files = [("p.yaml", text), ("q.yaml", campaign)].map { PackFile(path: $0, bytes: Array($1.utf8)) }
        let loaded = RulePackLoader.load(files)
        #expect(loaded.problems.filter { $0.kind == .error }.map(\.description) == [])
        #expect(try #require(loaded.ruleSet).rules.first?.phases.first?.status == expected)
    }

    @Test func `name another model's decisions by another hash`() throws {
        func hash(_ screens: Screens, _ text: String = Self.pack("model: m, min: 0.6")) throws -> String {
            try #require(Self.load(text, screens).ruleSet).contentHash
        }
        let none = try hash(Screens()), with = try hash(screens(model("m")))
        #expect(none != with)
        #expect(try hash(screens(model("m"))) == with)
        #expect(try hash(screens(model("m", other: true))) != with)
        // A model that nobody asks is no part of it.
        #expect(try hash(screens(model("m"), model("n"))) == with)
        let plain = Packs.one(Packs.rule(), version: 2)
        #expect(try hash(screens(model("m")), plain) == hash(Screens(), plain))
        #expect(with.utf8.count == 16)
    }

    @Test func `tell two models of one name apart by refusing the second`() {
        var both = Screens()
        let (first, second) = (both.add(model("m")), both.add(model("m", other: true)))
        #expect(first && !second)
        #expect(both.names == ["m"])
        #expect(both["m"]?.score("断根") == model("m").score("断根"))
    }

    @Test func `are warned of where their model is not there, but for those that packs ship to be left out`() {
        func told(_ without: String, _ known: Screens) -> [String] {
            Self.load(Self.pack("model: m, min: 0.6, without_model: \(without)"), known).missingScreens(known)
                .map { "\($0.code?.rawValue ?? "") \($0.message)" }
        }
        #expect(told("drop", Screens()) == [])
        #expect(told("shadow", screens(model("m"))) == [])
        let shadow = told("shadow", Screens())
        #expect(shadow.count == 1 && shadow[0].hasPrefix("W184 ") && shadow[0].contains("it is on trial"))
        #expect(told("keep", Screens()).first?.contains("count unscreened") == true)
        #expect(told("drop", screens(model("n"))).first?.contains("(there are n), so it is not used") == true)
    }

    @Test func `are asked by an overlay, in place of their own screen`() throws {
        let overlay = """
            overlay: site
            requires: claimwatch/2
            changes: [{packs: ["*"], screen: {model: mine, min: 0.25, without_model: keep}, reason: 本站复核}]

            """
        func changed(_ text: String) -> LoadedPacks {
            RulePackLoader.load(
                [("p.yaml", text), ("s.yaml", overlay)].map { PackFile(path: $0, bytes: Array($1.utf8)) })
        }
        let rule = try #require(changed(Self.pack("model: m, min: 0.6")).rules.first)
        #expect(rule.screen == Rule.Screen(model: "mine", least: 25, withoutModel: .keep))
        #expect(
            rule.changes.map(\.before) == ["{model: m, min: 0.6, without_model: shadow}"]
                && rule.changes.map(\.after) == ["{model: mine, min: 0.25, without_model: keep}"])
        let minutes = Packs.one(
            Packs.rule(["match": "", "score": "score: {window: 3m, threshold: 1, weights: {\"@health.cure\": 2}}"]),
            version: 2)
        let loaded = RulePackLoader.load(
            [("h.yaml", Packs.health), ("p.yaml", minutes), ("s.yaml", overlay)].map {
                PackFile(path: $0, bytes: Array($1.utf8))
            })
        #expect(loaded.problems.contains { $0.code == .unmadeChange && $0.message.contains("can ask no 'screen'") })
        #expect(loaded.rules.first?.screen == nil)
    }
}
