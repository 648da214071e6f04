import Foundation
import Testing

@testable import ClaimRules

@Suite struct `The table of the rule language` {
    @Test func `has a row, or a promise, for each key`() {
        let rows = Set(RuleLanguage.objects.flatMap { $0.entries.map(\.key) })
        let planned = RuleLanguage.objects.reduce(into: Set<Key>()) { $0.formUnion($1.planned) }
        #expect(Set(Key.allCases).subtracting(rows).subtracting(planned) == [])
        for object in RuleLanguage.objects {
            #expect(object.planned.isDisjoint(with: object.entries.map(\.key)), "\(object.what)")
        }
    }

    @Test func `says what each key and each word means in both languages`() {
        func isSentence(_ words: Wording) -> Bool {
            words.chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } && !words.english.isEmpty
        }
        for object in RuleLanguage.objects {
            #expect(isSentence(object.title) && isSentence(object.summary), "\(object.what)")
            for entry in object.entries {
                #expect(isSentence(entry.summary), "\(entry.key) of \(object.what)")
                for value in Self.choices(entry.shape).flatMap(\.values) {
                    #expect(isSentence(value.meaning) || value.name.contains("-"), "\(value.name) of \(entry.key)")
                }
            }
        }
    }

    /// An author copies examples. Each stands in a pack of its own, with what it needs beside it.
    @Test(arguments: ObjectName.allCases.filter { ![.pack, .lexicon, .overlay, .campaign].contains($0) })
    func `has examples that can be read as they are`(name: ObjectName) throws {
        for entry in RuleLanguage.object(name).entries {
            let written = "\(entry.key.rawValue): \(entry.example)"
            let loaded = Packs.load(Self.pack(with: written, for: entry.key, of: name), Packs.health)
            let errors = loaded.problems.filter { $0.kind == .error }
            #expect(errors.isEmpty, "\(written)")
        }
    }

    @Test func `has an example of each key of a pack that can be read as it is`() {
        let lines = RuleLanguage.pack.entries.map { "\($0.key.rawValue): \($0.example)\n" }.joined()
        #expect(Packs.load(lines).problems.filter { $0.kind == .error } == [])
    }

    @Test func `has an example of each key of a lexicon that can be read as it is`() {
        let lines = RuleLanguage.lexicon.entries.map { "\($0.key.rawValue): \($0.example)\n" }.joined()
        #expect(Packs.load(lines).problems.filter { $0.kind == .error } == [])
    }

    @Test func `has an example of each key of an overlay that can be read as it is`() {
        let lines = RuleLanguage.overlay.entries.map { "\($0.key.rawValue): \($0.example)\n" }.joined()
        #expect(Packs.load(lines, Packs.health).problems.filter { $0.kind == .error } == [])
    }

    @Test func `has an example of each key of a campaign that can be read as it is`() {
        let lines = RuleLanguage.campaign.entries.map { "\($0.key.rawValue): \($0.example)\n" }.joined()
        #expect(Packs.load(lines, Packs.health).problems.filter { $0.kind == .error } == [])
    }

    @Test func `gives defaults that are what a rule has without the keys`() throws {
        let bare = try #require(Packs.load(Packs.one(Packs.rule())).rules.first)
        var written: [String: String] = [:]
        for entry in RuleLanguage.rule.entries {
            if let value = entry.defaultValue { written[entry.key.rawValue] = "\(entry.key.rawValue): \(value)" }
        }
        let evasion = RuleLanguage.evasion.entries.compactMap { entry in
            entry.defaultValue.map { "\(entry.key.rawValue): \($0)" }
        }
        #expect(evasion.count == RuleLanguage.evasion.entries.count)
        written["evasion"] = "evasion: {\(evasion.joined(separator: ", "))}"
        var full = try #require(Packs.load(Packs.one(Packs.rule(written))).rules.first)
        full.location = bare.location
        (full.examples, full.legalBasis) = (bare.examples, bare.legalBasis)
        #expect(full == bare)
    }

    /// Fields of records (`LiveEvents`) and settings are other vocabularies, so their modules are not read.
    @Test func `is the only place that spells keys and words`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
        let folders = [
            "ClaimRules/Reading", "ClaimRules/Lexicon", "ClaimRules/Overlays", "ClaimRules/Compiled",
            "claimwatch/Rules",
        ]
        let files = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(
                at: sources.appending(path: folder), includingPropertiesForKeys: nil
            ).filter { $0.pathExtension == "swift" }
        }
        #expect(files.count > 15)
        var names = Set(Key.allCases.map(\.rawValue))
        for entry in RuleLanguage.objects.flatMap(\.entries) {
            names.formUnion(Self.choices(entry.shape).flatMap(\.names))
        }
        for file in files {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated()
            // An enumeration spells its own values.
            where !["//", "case "].contains(where: line.drop(while: { $0 == " " }).hasPrefix) {
                for quote in ["\"", "'"] {
                    for piece in line.split(separator: quote, omittingEmptySubsequences: false).dropFirst().dropLast() {
                        let isSpelled = names.contains(String(piece))
                        #expect(!isSpelled, "\(file.lastPathComponent):\(number + 1) spells \(quote)\(piece)\(quote)")
                    }
                }
            }
        }
    }

    private static func choices(_ shape: Shape) -> [Choice] {
        switch shape {
        case .choice(let choice): [choice]
        case .list(let element, _), .map(_, let element, _): choices(element)
        case .either(let shapes): shapes.flatMap(choices)
        default: []
        }
    }

    private static func pack(with written: String, for key: Key, of name: ObjectName) -> String {
        let lists = "lists: {ranks: [销量冠军], diseases: [糖尿病]}\n"
        func rule(_ key: String, _ line: String, version: Int = 2) -> String {
            Packs.one(Packs.rule([key: line]), lists: lists, version: version)
        }
        switch name {
        case .pack, .rule:
            if key == .required {
                return Packs.one(
                    Packs.rule(["match": "", "required": written, "product": "product: {category: [食品]}"]),
                    version: 2)
            }
            if key == .score { return Packs.one(Packs.rule(["match": "", "score": written]), version: 2) }
            let bind = key == .bind ? ["category": ""] : [:]
            return Packs.one(
                Packs.rule([key.rawValue: written].merging(bind) { a, _ in a }), lists: lists, version: 2)
        case .legalBasis:
            let law = key == .law ? "" : "law: 广告法, ", article = key == .article ? "" : "article: 第九条, "
            return rule("legal_basis", "legal_basis: [{\(law)\(article)\(written)}]")
        case .product: return rule("product", "product: {\(written)}")
        case .match:
            let all = key == .any || key == .all ? "" : "all: [甲乙, 丙丁], "
            let within = key == .any || key == .within ? "" : "within: 9, "
            return rule("match", "match: {\(all)\(within)\(written)}", version: 1)
        case .expression:
            let operation = RuleLanguage.operators.contains(key) ? "" : "seq: [甲乙, 丙丁], "
            switch key {
            case .near: return rule("match", "match: {within: 9, \(written)}")
            case .gap: return rule("match", "match: {seq: [甲, {\(written)}, 丙]}")
            case .without: return rule("match", "match: {seq: [甲, {gap: 0..5, \(written)}, 丙]}")
            case .name: return rule("match", "match: {any: [甲乙], \(written)}")
            default: return rule("match", "match: {\(operation)\(written)}")
            }
        case .contextGuard:
            let place =
                RuleLanguage.guardPlaces.contains(key) ? "" : key == .any ? "before: 5, " : "before: 5, any: [不], "
            let any = [Key.before, .after, .around].contains(key) ? ", any: [不]" : ""
            return rule("unless", "unless: [{\(place)\(written)\(any)}]")
        case .slot:
            return rule("match", "match: {seq: [瘦, {gap: 3}, {\(key == .bare ? "price" : "number"): {\(written)}}]}")
        case .binding: return rule("bind", "bind: [{\(key == .when ? "" : "when: {}, ")\(written)}]")
        case .when: return rule("bind", "bind: [{when: {\(written)}}]")
        case .factTest where key == .attribute: return rule("facts", "facts: [{\(written), known: true}]")
        case .factTest where key == .said:
            let match = "match: {seq: [{price: {as: was}}, {gap: 0..9}, {price: {as: now}}]}"
            return Packs.one(Packs.rule(["match": match, "facts": "facts: [{\(written), below: was}]"]), version: 2)
        case .factTest:
            let fact = key == .fact ? "" : [.above, .below, .by].contains(key) ? "fact: price, " : "fact: material, "
            let test =
                RuleLanguage.factTests.contains(key)
                ? "" : key == .among ? "differs_from: said, " : key == .by ? "above: 3元, " : "known: true, "
            let among = key == .differsFrom ? ", among: \"@health.fibre\"" : ""
            let changed = [
                "match": "match: {any: [\"@health.fibre\"], as: said}",
                "facts":
                    "facts: [{\(fact)\(key == .fact || key == .among || key == .by ? test : "")\(written)\(among)}]",
            ]
            return Packs.one(Packs.rule(changed), version: 2)
        case .score:
            let lines = [
                Key.window: "window: 3m", .threshold: "threshold: 1",
                .weights: "weights: {\"@health.cure\": 1.2, \"@health.act\": 2, \"@health.body\": 1}",
            ]
            let others = [Key.window, .threshold, .weights].filter { $0 != key }.compactMap { lines[$0] }
            return Packs.one(
                Packs.rule(["match": "", "score": "score: {\((others + [written]).joined(separator: ", "))}"]),
                version: 2)
        case .required:
            let others = [Key.say: "say: [甲乙]", .within: "within: 2m"].filter { $0.key != key }.map(\.value)
            let changed = [
                "match": "", "required": "required: {\((others.sorted() + [written]).joined(separator: ", "))}",
                "product": "product: {category: [食品]}",
            ]
            return Packs.one(Packs.rule(changed), version: 2)
        case .screen:
            let others = [Key.model: "model: m", .min: "min: 0.5"].filter { $0.key != key }.map(\.value)
            return rule("screen", "screen: {\((others.sorted() + [written]).joined(separator: ", "))}")
        case .exampleSegment:
            let text = key == .text ? "" : "text: 甲, "
            return rule("examples", "examples: {match: [{segments: [{\(text)\(written)}]}, 全网第一], clear: [很好, 真好]}")
        case .exampleListing:
            let id = key == .id ? "" : "id: b, "
            return rule("examples", "examples: {match: [{text: 甲, listings: [{\(id)\(written)}]}, 乙], clear: [很好, 真好]}")
        case .exempt: return rule("exempt", "exempt: {\(written)}")
        case .forms:
            return "lexicon: x\nrequires: claimwatch/2\nclasses: {c: {terms: [养~过来], forms: {\(written)}}}\n"
        case .lexicon: return "lexicon: x\nrequires: claimwatch/2\n\(written)\n"
        case .wordClass:
            return
                "lexicon: x\nrequires: claimwatch/2\nclasses: {c: {\(key == .terms || key == .kinds ? "" : "terms: [甲乙], ")\(written)}}\n"
        case .evasion: return rule("evasion", "evasion: {\(written)}")
        case .examples:
            let other = key == .match ? "clear: [很好, 真好]" : "match: [全网第一, 全网第一啊]"
            return rule("examples", "examples: {\(written), \(other)}")
        case .example:
            let text = key == .text || key == .segments ? "" : "text: 全网第一, "
            return rule("examples", "examples: {match: [{\(text)\(written)}, 全网第一], clear: [很好, 真好]}")
        case .alias:
            let term = key == .term ? "" : "term: 葳信, "
            return Packs.one(
                Packs.rule(["match": "match: {any: [微信]}"]), lists: "aliases: {微信: [{\(term)\(written)}]}\n")
        case .overlay, .campaign:
            return "overlay: x\nrequires: claimwatch/2\n\(written)\n"
        case .change:
            let rules = RuleLanguage.selectors.contains(key) ? "" : "rules: [r], "
            let change = RuleLanguage.changed.contains(key) ? "" : "threshold: 2, "
            return "overlay: x\nrequires: claimwatch/2\nchanges: [{\(rules)\(change)\(written)}]\n"
        case .exception:
            return "overlay: x\nrequires: claimwatch/2\nchanges: [{rules: [r], except: {\(written)}}]\n"
        case .classChange:
            return "overlay: x\nrequires: claimwatch/2\nclasses: {health.disease: {\(written)}}\n"
        }
    }
}
