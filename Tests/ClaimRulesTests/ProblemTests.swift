@testable import ClaimRules
import TermMatching
import Testing

@Suite struct `Problems in packs` {
    @Test(arguments: BrokenPack.all)
    func `are all reported, each with its place and advice`(pack: BrokenPack) {
        let loaded = RulePackLoader.load([PackFile(path: "p.yaml", bytes: Array(pack.text.utf8))])
        #expect(loaded.problems.map { String($0.description.dropFirst("p.yaml:".count)) } == pack.problems)
        #expect((loaded.ruleSet == nil) == loaded.problems.contains { $0.kind == .error })
    }

    @Test(arguments: BrokenPack.all)
    func `are told in Chinese, too`(pack: BrokenPack) {
        let loaded = RulePackLoader.load([PackFile(path: "p.yaml", bytes: Array(pack.text.utf8))])
        for problem in loaded.problems { #expect(problem.wording.isInBothLanguages, "\(problem.wording)") }
    }

    @Test func `one pack name in two files is an error in the second`() {
        let text = Packs.one(Packs.rule())
        let loaded = Packs.load(text, text.replacing("id: r", with: "id: s"))
        #expect(loaded.ruleSet == nil)
        #expect(
            loaded.problems.map(\.description) == [
                "p1.yaml:1:7: error: the pack 'p' is already defined at p0.yaml:1:7. Rename one of the two: each file is a pack of its own."
            ])
    }

    @Test func `bytes that are not UTF-8 have a place`() {
        let bytes = Array("pack: p\ntitle: 题".utf8) + [0xFF, 10]
        let problem = RulePackLoader.load([PackFile(path: "p.yaml", bytes: bytes)]).problems.first
        #expect(
            problem?.description == "p.yaml:2:9: error: bytes that are not UTF-8. Save the file in the encoding UTF-8.")
    }

    @Test func `a file in GBK is told how to be saved`() {
        // 广告法绝对化用语，第一版
        let title: [UInt8] = [
            0xB9, 0xE3, 0xB8, 0xE6, 0xB7, 0xA8, 0xBE, 0xF8, 0xB6, 0xD4, 0xBB, 0xAF, 0xD3, 0xC3, 0xD3, 0xEF,
            0xA3, 0xAC, 0xB5, 0xDA, 0xD2, 0xBB, 0xB0, 0xE6,
        ]
        let bytes = Array("pack: p\ntitle: ".utf8) + title + [10]
        let problem = RulePackLoader.load([PackFile(path: "p.yaml", bytes: bytes)]).problems.first
        #expect(
            problem?.description
                == "p.yaml:2:8: error: the file is in another encoding (GBK). In the editor choose \"save as\", encoding UTF-8."
        )
        #expect(
            problem?.description(in: .chinese)
                == "p.yaml:2:8: 错误: 文件是另一种编码（GBK）。在编辑器里选“另存为”，编码选 UTF-8。")
    }

    @Test(arguments: ["广告法绝对化用语", "🍵 好茶"])
    func `UTF-8 that is broken off is not taken for GBK`(title: String) {
        let bytes = Array("pack: p\ntitle: \(title)".utf8) + [0xB9, 10]
        let problem = RulePackLoader.load([PackFile(path: "p.yaml", bytes: bytes)]).problems.first
        #expect(problem?.message == "bytes that are not UTF-8. Save the file in the encoding UTF-8.")
    }

    @Test(arguments: [
        ("pack:p\n", "冒号后面少一个空格。写 'pack: p'。"),
        ("pack: p\n\ta: b\n\tc: d\n", "有 2 行的缩进里有制表符（Tab），这是第一行。都改用空格。"),
        ("pack: [a}\n", "YAML 读不通：列表没有结束（从第 1 行开始）。在列表后面加上 ']'。"),
    ])
    func `of the file's YAML are told in Chinese, too`(text: String, chinese: String) {
        #expect(Packs.load(text).problems.first?.wording.chinese == chinese)
    }

    @Test func `a text that begins like a key stays a text`() {
        let match = "match:\n      any:\n        - price:99\n        - 全网第一"
        #expect(Packs.load(Packs.one(Packs.rule(["match": match]))).ruleSet != nil)
    }

    @Test func `a byte order mark and Windows line ends are read`() {
        let text = Packs.valid.replacing("\n", with: "\r\n")
        let loaded = RulePackLoader.load([PackFile(path: "p.yaml", bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8))])
        #expect(loaded.problems.isEmpty)
        #expect(loaded.rules.count == 2)
    }

    @Test func `problems of one file are bounded`() {
        let keys = (0..<3_000).map { "x\($0): 1\n" }.joined()
        let loaded = Packs.load(keys)
        #expect(loaded.problems.count == 1_001)
        #expect(loaded.problems.last?.message == "more than 1000 errors in this file. Correct those shown first.")
        #expect(loaded.ruleSet == nil)
    }
}

extension Wording {
    /// Whether the Chinese text is a sentence of its own: what is quoted in an English one may hold Han characters, too.
    fileprivate var isInBothLanguages: Bool {
        chinese != english && chinese.last.map { "。？".contains($0) } == true
            && chinese.unicodeScalars.contains { $0.properties.isIdeographic }
    }
}

@Suite struct `Bounds of packs` {
    /// What an input method or an editor leaves, and what is meant is plain.
    @Test(arguments: ["根治\u{3000}", "\u{A0}根治", "\u{3000} 根治 "])
    func `spaces around a term are no part of it`(written: String) {
        let rule = Packs.rule([
            "match": "match: {any: [\"\(written)\", 包好]}", "unless": "unless: [\"不能根治\(written.suffix(1))\"]",
        ])
        let loaded = Packs.load(Packs.one(rule) + "...\n# 完\n")
        #expect(loaded.problems.map(\.description) == [])
        guard case .text(.words(let words))? = loaded.rules.first?.match else { return #expect(Bool(false)) }
        #expect(words.terms.map(\.text) == ["根治", "包好"])
        #expect(words.clearedBy.map(\.text).allSatisfy { !$0.contains { $0.isWhitespace } })
    }

    @Test func `a number cut in two by YAML and a stretch too short for its words are told`() {
        let cut = Packs.load(Packs.one(Packs.rule(["match": "match: {any: [赚10,000元]}"])))
        #expect(cut.problems.contains { $0.code == .cutNumber })
        let apart = Packs.load(Packs.one(Packs.rule(["match": "match: {any: [赚10, 000元]}"])))
        #expect(!apart.problems.contains { $0.code == .cutNumber })
        let short = Packs.load(Packs.one(Packs.rule(["match": "match: {all: [[治疗], [糖尿病]], within: 4}"])))
        #expect(short.problems.contains { $0.code == .withinTooShort })
        let enough = Packs.load(Packs.one(Packs.rule(["match": "match: {all: [[治疗], [糖尿病]], within: 5}"])))
        #expect(!enough.problems.contains { $0.code == .withinTooShort })
    }

    @Test func `warnings never crowd out an error`() {
        let terms = repeatElement("全网第一", count: 1_500).joined(separator: ", ")
        let rules =
            Packs.rule(["match": "match: {any: [\(terms)]}"]) + Packs.rule(["id": "id: s", "severity": "severity: x"])
        let loaded = Packs.load(Packs.one(rules))
        #expect(loaded.ruleSet == nil)
        #expect(loaded.problems.count { $0.kind == .warning } == 1_001)
        #expect(loaded.problems.count { $0.kind == .error } == 1)
    }

    @Test(arguments: [
        "[", "{", "[[", "{a: ", "- ", "? ", "- - ", "[\"", "a: [", "\n- ", "&a [", "*a ", "!!seq [", "\"", "'", "- [",
        "? [", "\n ",
    ])
    func `any piece repeated without end is refused quickly`(piece: String) {
        for head in ["", "pack: p\nrules:\n", "- k: [\"a\"]\n"] {
            let text = head + String(repeating: piece, count: 20_000)
            #expect(Packs.load(text).ruleSet == nil)
        }
    }

    @Test func `levels of indentation without end are refused`() {
        let text = (0..<1_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(Packs.load(text).problems.last?.message.contains("indented by more than 200 columns") == true)
    }

    @Test func `a file over 4 MiB is refused unread`() {
        let bytes = [UInt8](repeating: 10, count: PackLimits.fileBytes + 1)
        let problems = RulePackLoader.load([PackFile(path: "p.yaml", bytes: bytes)]).problems
        #expect(
            problems.map(\.message) == ["the file is larger than 4 MiB. Split it into several packs."])
    }

    @Test func `lists that double at each step stop at the budget`() {
        var lists = "lists:\n  l0: [" + (0..<20_000).map { "词\($0)" }.joined(separator: ", ") + "]\n"
        for level in 1..<200 { lists += "  l\(level): [\"@l\(level - 1)\"]\n" }
        let loaded = Packs.load(Packs.one(Packs.rule(["match": "match: {any: [\"@l199\"]}"]), lists: lists))
        #expect(loaded.ruleSet == nil)
        #expect(loaded.problems.contains { $0.message.contains("more than 1000000 terms in all") })
    }

    @Test func `a rule has at most 20,000 terms, lists written out`() {
        let lists =
            "lists:\n  a: [" + (0..<15_000).map { "甲\($0)" }.joined(separator: ", ") + "]\n  b: ["
            + (0..<15_000).map { "乙\($0)" }.joined(separator: ", ") + "]\n"
        let loaded = Packs.load(Packs.one(Packs.rule(["match": "match: {any: [\"@a\", \"@b\"]}"]), lists: lists))
        #expect(
            loaded.problems.map(\.message) == ["30000 terms with those of the lists, more than 20000. Split the rule."])
    }
}
