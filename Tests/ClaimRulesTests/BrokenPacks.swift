import Testing

/// Packs with faults, and the problems an author is to see, word for word.
///
/// A changed message or place changes its row here: read it as the author would.
struct BrokenPack: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// Without the file name.
    let problems: [String]
    /// Why `schemas/rulepack.v1.json` cannot see the fault; nil if it refuses the pack. `scripts/check-schemas` reads
    /// these rows and holds the schema against them.
    let readerOnly: String?
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ problems: [String], readerOnly: String? = nil) {
        (self.name, self.text, self.problems, self.readerOnly) = (name, text, problems, readerOnly)
    }
}

extension BrokenPack {
    // swift-format-ignore
    static let all: [BrokenPack] = [
        BrokenPack(
            "full-width colons",
            #"""
            pack: p
            requires：claimwatch/1
            rules:
              - id：r
                title: 题
                legal_basis: [{law：广告法, article: 第九条}]
                examples: {match: [注意：全网第一, wifi：满格], clear: ["id：1", 真好]}
            """#,
            [
                #"2:9: error: '：' is a full-width colon, which YAML takes for text. Write 'requires: …'."#,
                #"4:7: error: '：' is a full-width colon, which YAML takes for text. Write 'id: …'."#,
                #"6:23: error: '：' is a full-width colon, which YAML takes for text. Write 'law: …'."#,
            ]),
        BrokenPack(
            "full-width commas, brackets and quotes",
            #"""
            pack: p
            requires: claimwatch/1
            lists:
              tea: [普洱，白茶]
              old: 【三十年陈】
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: ["@tea", “@tea”, ＠old]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
            """#,
            [
                #"4:9: warning: the term '普洱，白茶' holds '，' and is one term. Write ', ' between terms, or delete the sign."#,
                #"5:3: warning: no rule uses the list 'old'. Use "@old" in a rule, or delete it."#,
                #"5:8: error: 'old' must be a list, and its brackets are full-width. Write [ and ]."#,
                #"12:27: warning: '“@tea”' is taken as a term, for its signs are full-width. Write "@tea"."#,
                #"12:35: warning: '＠old' is taken as a term, for its signs are full-width. Write "@old"."#,
            ]),
        BrokenPack(
            "an empty file",
            #"""

            """#,
            [
                #"1:1: error: the file is empty. A pack begins with 'pack: NAME' and 'requires: claimwatch/2'."#,
            ]),
        BrokenPack(
            "only a comment",
            #"""
            # rules to come

            """#,
            [
                #"1:1: error: the file is empty. A pack begins with 'pack: NAME' and 'requires: claimwatch/2'."#,
            ]),
        BrokenPack(
            "a root that is text",
            #"""
            rules

            """#,
            [
                #"1:1: error: a pack must be a mapping of 'key: value' lines, not text. Its keys are pack, requires, title, title_en, lists, aliases, jurisdictions, screen, open, rules."#,
            ]),
        BrokenPack(
            "a root that is a list",
            #"""
            - pack: p

            """#,
            [
                #"1:1: error: a pack must be a mapping of 'key: value' lines, not a list. Its keys are pack, requires, title, title_en, lists, aliases, jurisdictions, screen, open, rules."#,
            ]),
        BrokenPack(
            "nothing but a name",
            #"""
            pack: p

            """#,
            [
                #"1:1: error: a pack needs 'requires'. Add 'requires: claimwatch/2'."#,
                #"1:1: error: a pack needs 'rules'. Add a list of rules."#,
            ]),
        BrokenPack(
            "misspelt keys",
            #"""
            pakc: p
            require: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severty: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                colour: red

            """#,
            [
                #"1:1: error: 'pakc' is no key of a pack. Did you mean 'pack'?"#,
                #"2:1: error: 'require' is no key of a pack. Did you mean 'requires'?"#,
                #"7:5: error: 'severty' is no key of a rule. Did you mean 'severity'?"#,
                #"11:5: error: 'colour' is no key of a rule. Delete it; the keys are id, revision, status, title, title_en, category, severity, legal_track, legal_basis, applies_to, product, match, unless, score, required, needs, exempt, bind, facts, unknown, screen, from, to, strictness, jurisdictions, evasion, window, threshold, open, examples."#,
            ]),
        BrokenPack(
            "keys of later versions",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一], pattern: 'a+'}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                speech_vs_listing: {}
                scope: {negated: clear}
            from: 2026-01-01

            """#,
            [
                #"9:26: error E111: 'pattern' is read in claimwatch/2. Write 'requires: claimwatch/2' at the top."#,
                #"11:5: error: 'speech_vs_listing' is not supported yet by this version. Remove it."#,
                #"12:5: error: 'scope' is not supported yet by this version. Remove it."#,
                #"13:1: error: 'from' is not supported yet by this version. Remove it."#,
            ]),
        BrokenPack(
            "a rule without anything",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - revision: 1

            """#,
            [
                #"4:5: error: a rule needs 'id'. Add a name that no other rule has, like 'id: food.treatment'."#,
                #"4:5: error: a rule needs 'title'. Add the title people see, in Chinese."#,
                #"4:5: error: a rule needs 'severity'. Add 'severity: low', or info, medium, high, critical."#,
                #"4:5: error: a rule needs 'legal_basis'. Add the law: [{law: 广告法, article: 第九条}]."#,
                #"4:5: error: a rule needs 'match'. Add what must be said: {any: [term, term]}."#,
                #"4:5: error: a rule needs 'examples'. Add two texts it must find and two it must clear: {match: […], clear: […]}."#,
            ]),
        BrokenPack(
            "words that are not of the set",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: hihg
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                applies_to: [speach]
                legal_track: adlaw
                status: on

            """#,
            [
                #"7:15: error: 'hihg' is no 'severity'. Did you mean 'high'?"#,
                #"11:18: error: 'speach' is no 'applies_to'. Did you mean 'speech'?"#,
                #"12:18: error: 'adlaw' is no 'legal_track'. Did you mean 'ad_law'?"#,
                #"13:13: error: 'on' is no 'status'. Write stable, shadow or off."#,
            ]),
        BrokenPack(
            "keys and words in Chinese",
            #"""
            pack: p
            requires: claimwatch/1
            标题: 题
            规则: []
            rules:
              - id: r
                title: 题
                title_en: T
                级别: high
                法律依据: [{法律: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                status: 试行
                applies_to: [口播, Voice]
                examples: {match: [{文字: 全网第一}, 又是全网第一], clear: [{命中: 很好}, 真好]}

            """#,
            [
                #"3:1: error: '标题' is no key of a pack. Did you mean 'title'?"#,
                #"4:1: error: '规则' is no key of a pack. Did you mean 'rules'?"#,
                #"9:5: error: '级别' is no key of a rule. Did you mean 'severity'?"#,
                #"10:5: error: '法律依据' is no key of a rule. Did you mean 'legal_basis'?"#,
                #"12:13: error: '试行' is no 'status'. Did you mean 'shadow'?"#,
                #"13:18: error: '口播' is no 'applies_to'. Did you mean 'speech'?"#,
                #"13:22: error: 'Voice' is no 'applies_to'. Did you mean 'speech'?"#,
                #"14:25: error: '文字' is no key of an example. Did you mean 'text'?"#,
                #"14:53: error: text with ': ' must stand in quotes. Write "命中: 很好"."#,
            ]),
        BrokenPack(
            "a version from the future",
            #"""
            pack: p
            requires: claimwatch/3
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"2:11: error: this version reads files that require 'claimwatch/1' or 'claimwatch/2', not 'claimwatch/3'. Write 'claimwatch/2', or use a version that reads it."#,
            ]),
        BrokenPack(
            "a name with capitals",
            #"""
            pack: Ad_Law
            requires: claimwatch/1
            rules:
              - id: 食品
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"1:7: error: 'pack' is made of a-z, 0-9, '.' and '-', and 'Ad_Law' is not. Write 'ad-law'."#,
                #"4:9: error: 'id' is made of a-z, 0-9, '.' and '-', and '食品' is not. Write one like 'food.treatment'."#,
            ]),
        BrokenPack(
            "a rule defined twice",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"11:9: error: the rule 'r' is already defined at p.yaml:4:9. Rename one of the two."#,
            ],
            readerOnly: "two rules of the pack are compared"),
        BrokenPack(
            "a key written twice",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                severity: high

            """#,
            [
                #"11:5: error: the key 'severity' stands here twice, first in line 7. Delete one of them."#,
            ]),
        BrokenPack(
            "rules without dashes",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              id: r

            """#,
            [
                #"4:3: error: 'rules' must be a list, not a mapping. Begin each entry with '- ', or use brackets."#,
            ]),
        BrokenPack(
            "text where lists are expected",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: 全网第一}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                applies_to: speech
                unless: "@ok"

            """#,
            [
                #"9:18: error: 'any' must be a list. Put it in brackets: [全网第一]."#,
                #"11:17: error: 'applies_to' must be a list. Put it in brackets: [speech]."#,
                #"12:13: error: 'unless' must be a list. Put it in brackets: ["@ok"]."#,
            ]),
        BrokenPack(
            "a list reference without quotes",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一, @diseases]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                unless:
                  - @ok

            """#,
            [
                #"9:25: error: '@' must stand in quotes. Write "@diseases"."#,
                #"12:9: error: '@' must stand in quotes. Write "@ok"."#,
            ]),
        BrokenPack(
            "anchors, tags and block text",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: !!str 题
                title_en: |
                  T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: &a [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"5:12: error: tags ('!') are not read here. Put text that begins with '!' in quotes."#,
                #"6:15: error: block text ('|', '>') is not read here. Write the text on one line, in quotes."#,
                #"10:18: error: anchors and aliases ('&', '*') are not read here. Use a list for terms; put text in quotes."#,
            ],
            readerOnly: "they are YAML, which packs do without"),
        BrokenPack(
            "terms alike once folded",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: ["ＡＢ霜", ab霜, 國家級, 国家级]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                unless: [ＡＢ霜]

            """#,
            [
                #"9:26: warning: the term 'ab霜' is already here, as 'ＡＢ霜'. Delete one."#,
                #"9:36: warning: the term '国家级' is already here, as '國家級'. Delete one."#,
                #"11:14: error: the phrase 'ＡＢ霜' is a term of this rule, which so could never fire on it. Write a longer phrase around the term."#,
            ],
            readerOnly: "folding"),
        BrokenPack(
            "terms of which nothing is left",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: ["\u200B", 甲乙]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                unless: ["\uFE0F"]

            """#,
            [
                #"9:19: error: nothing is left of the term '​' once width, case and signs are folded. Write words, or delete it."#,
                #"11:14: error: nothing is left of the term '️' once width, case and signs are folded. Write words, or delete it."#,
            ],
            readerOnly: "folding"),
        BrokenPack(
            "an unknown list",
            #"""
            pack: p
            requires: claimwatch/1
            lists: {diseases: [糖尿病]}
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: ["@disease"]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"10:19: error: there is no list 'disease' in this pack. Did you mean "@diseases"?"#,
            ],
            readerOnly: "lists and rules are compared"),
        BrokenPack(
            "lists in a circle",
            #"""
            pack: p
            requires: claimwatch/1
            lists: {a: ["@b", 甲乙], b: ["@a"]}
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: ["@a", 词语]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"3:28: error: lists name one another in a circle: @a → @b → @a. Take one of the names out."#,
            ],
            readerOnly: "lists are compared"),
        BrokenPack(
            "an unused list",
            #"""
            pack: p
            requires: claimwatch/1
            lists: {diseases: [糖尿病]}
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"3:9: warning: no rule uses the list 'diseases'. Use "@diseases" in a rule, or delete it."#,
            ],
            readerOnly: "a warning: lists and rules are compared"),
        BrokenPack(
            "terms that are not text",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [no, ~, '', "  ", [甲乙], {from: lists/a.txt}, {a: b}, 100, '{num}天瘦']}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:19: error: 'no' without quotes is no text in YAML. Write "no"."#,
                #"9:23: error: '~' without quotes is no text in YAML. Write "~"."#,
                #"9:26: error: a term is empty. Write it, or delete the entry."#,
                #"9:30: error: a term is empty. Write it, or delete the entry."#,
                #"9:36: error: a list inside a list. Write its terms in the list around it."#,
                #"9:42: error: 'from' is not supported yet by this version. Remove it, and write the terms here."#,
                #"9:63: error: a term must be text, not a mapping. Put a term with ': ' or braces in quotes."#,
                #"9:76: error: '{num}' is not supported yet by this version. Write the numbers that matter as terms."#,
            ]),
        BrokenPack(
            "a term too long",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:19: error: the term has 65 characters, more than 64. Keep the words that matter."#,
            ]),
        BrokenPack(
            "a term twice and a term of one character",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [第一名, 最, 第一名]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:24: warning: the term '最' is one character and will flood the alerts. Write a longer term, or use 'all'."#,
                #"9:27: warning: the term '第一名' is already here. Delete one."#,
            ],
            readerOnly: "a warning: the pack can be used"),
        BrokenPack(
            "neither any nor all, and both",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {within: 3}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: s
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [甲乙], all: [丙丁], within: 3}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:12: error: 'match' needs 'any' or 'all'. Add 'any: [term, term]'."#,
                #"16:29: error: 'match' has both 'any' and 'all'. Keep one, or make two rules."#,
            ]),
        BrokenPack(
            "all without within",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {all: [[甲乙], 丙丁]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:12: error: 'all' needs 'within'. Add the number of characters its parts lie in, 1 to 60: 'within: 12'."#,
            ],
            readerOnly: "in claimwatch/2 the parts may lie anywhere in the sentence"),
        BrokenPack(
            "within out of range, order unknown",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {all: [[甲乙], 丙丁], within: 61, order: writen}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:38: error: 'within' must be a whole number from 1 to 60, not '61'."#,
                #"9:49: error: 'writen' is no 'order'. Did you mean 'written'?"#,
            ]),
        BrokenPack(
            "within beside any",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [甲乙], within: 3}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:32: error: 'within' says how the parts of 'all' stand together. Delete it, or write 'all'."#,
            ]),
        BrokenPack(
            "unless that silences and unless that clears nothing",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一, 销量冠军]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                unless: [全网第一, 冠军, 其他, 不是全网第一]

            """#,
            [
                #"11:14: error: the phrase '全网第一' is a term of this rule, which so could never fire on it. Write a longer phrase around the term."#,
                #"11:20: error: the phrase '冠军' lies within the term '销量冠军', which so could never fire. Write a longer phrase around the term."#,
                #"11:24: warning: the phrase '其他' shares no character with a term and clears nothing. Put the term into it, or delete it."#,
            ],
            readerOnly: "phrases and terms are compared"),
        BrokenPack(
            "days that are none",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条, from: 2015-02-29}, {law: 广告法, article: 第九条, from: 2020-01-02, to: 2020-01-01}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"8:50: error: '2015-02-29' is no day of the calendar. Write it like 2015-09-01."#,
                #"8:110: error E191: the article ends on 2020-01-01, before it begins on 2020-01-02. Exchange 'from' and 'to'."#,
            ],
            readerOnly: "the calendar"),
        BrokenPack(
            "windows and numbers out of range",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                revision: one
                threshold: 0
                window: 30s

            """#,
            [
                #"11:15: error: 'revision' must be a whole number from 1 to 1000000, not 'one'."#,
                #"12:16: error: 'threshold' must be a whole number from 1 to 1000, not '0'."#,
                #"13:13: error: 'window' must be from 1m to 24h, written like 90s, 10m or 2h, not '30s'."#,
            ]),
        BrokenPack(
            "a stable rule without examples",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}

            """#,
            [
                #"4:5: error: a rule needs 'examples'. Add two texts it must find and two it must clear: {match: […], clear: […]}."#,
            ]),
        BrokenPack(
            "too few examples",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一]}

            """#,
            [
                #"10:15: error: 'examples' has no 'clear'. Add two texts that it must leave alone."#,
                #"10:23: warning: 'match' has one example only. Write two or more texts that the rule must find."#,
            ]),
        BrokenPack(
            "a shadow rule without examples",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                status: shadow

            """#,
            [
                #"4:5: warning: a rule needs 'examples'. Add two texts it must find and two it must clear: {match: […], clear: […]}."#,
            ],
            readerOnly: "a warning: the pack can be used"),
        BrokenPack(
            "examples that are not right",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [{txt: 全网第一}, {text: 又, listing: yes}], clear: [[a], 好, 真好]}

            """#,
            [
                #"10:25: error: 'txt' is no key of an example. Did you mean 'text'?"#,
                #"10:56: error: 'listing' must be true or false."#,
                #"10:71: error: an example must be text, not a list. Put text with brackets or braces in quotes."#,
            ]),
        BrokenPack(
            "an article in digits",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 17条}, {law: 广告法, article: 17}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"8:39: warning: '17条' does not read as an article. Write it like 第十七条 or 第九条第三项."#,
                #"8:65: error: 'article' must be text, and '17' without quotes is a number. Put it in quotes."#,
            ]),
        BrokenPack(
            "an example with a colon",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples:
                  match: [价格: 全网第一, 又是全网第一]
                  clear: [很好, 真好]

            """#,
            [
                #"11:15: error: text with ': ' must stand in quotes. Write "价格: 全网第一"."#,
            ]),
        BrokenPack(
            "titles that are not text",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 2024
                title_en: yes
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"5:12: error: 'title' must be text, and '2024' without quotes is a number. Put it in quotes."#,
                #"6:15: error: 'yes' without quotes is no text in YAML. Write "yes"."#,
            ]),
        BrokenPack(
            "a product that names nothing",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
                product: {}

            """#,
            [
                #"11:14: error: 'product' names no category. Write {category: [食品]}, or delete it."#,
            ]),
        BrokenPack(
            "a quote that is not closed",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: "题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"5:12: error: the quote is not closed on this line. Add " at the end of the text."#,
            ]),
        BrokenPack(
            "a bracket that is not closed",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:23: error: not valid YAML: while parsing a flow sequence that begins in line 9, did not find expected ',' or ']'. Close the list with ']'."#,
            ]),
        BrokenPack(
            "a colon in a text",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 注意: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"5:14: error: not valid YAML: mapping values are not allowed in this context. Put text that contains ': ' in quotes."#,
            ]),
        BrokenPack(
            "a tab",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
            \#tseverity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"7:1: error: a tab in the indentation. Indent with spaces."#,
            ]),
        BrokenPack(
            "tabs in many lines",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
              \#ttitle: 题
            \#t\#ttitle_en: T
            \#tseverity: low
                legal_basis: [{law：广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"5:3: error: tabs in the indentation of 3 lines, of which this is the first. Indent with spaces."#,
                #"8:23: error: '：' is a full-width colon, which YAML takes for text. Write 'law: …'."#,
            ]),
        BrokenPack(
            "colons without a space",
            #"""
            pack:p
            requires: claimwatch/1
            rules:
              - id:r

                # 下面是标题
                title: 题
                title_en: T
                severity:high # 高
                legal_basis:
                  - law:广告法
                    article: 第九条
                match:{any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"1:5: error: no space behind the colon. Write 'pack: p'."#,
                #"4:7: error: no space behind the colon. Write 'id: r'."#,
                #"9:13: error: no space behind the colon. Write 'severity: high'."#,
                #"11:12: error: no space behind the colon. Write 'law: 广告法'."#,
                #"13:10: error: no space behind the colon. Write 'match: …'."#,
            ]),
        BrokenPack(
            "text over two lines",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                  又一行
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"6:7: error: text that goes on over several lines. Write it on one line; if this is a key, indent it as the others."#,
            ],
            readerOnly: "it is YAML, which packs do without"),
        BrokenPack(
            "a second document",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
            ---
            pack: q

            """#,
            [
                #"11:1: error: a second document begins here. Put each pack into its own file."#,
            ]),
        BrokenPack(
            "an invisible character",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题\#u{7}
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"5:13: error: the invisible or private character U+0007 is not allowed. Delete it."#,
            ]),
        BrokenPack(
            "brackets without end",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}

            """#,
            [
                #"9:44: error: brackets are nested deeper than 32 levels. Write the lists one beside the other."#,
            ]),
        BrokenPack(
            "evasion that is wrong",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                evasion: {gaps: 5, filler: true, homophones: 是, confusions: [z-zh, sh-s, 平翘舌], min_score: 80, whole_words: yes}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: s
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                evasion: true
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: t
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                evasion: {homophones: true, confusions: z-zh, min_score: 0.855}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
            """#,
            [
                #"10:21: error: 'gaps' must be a whole number from 0 to 4, not '5'."#,
                #"10:24: error: 'filler' is no key of 'evasion'. Did you mean 'fillers'?"#,
                #"10:50: error: 'homophones' must be true or false."#,
                #"10:72: error: 'sh-s' is no pair of sounds that 'confusions' knows. Did you mean 's-sh'?"#,
                #"10:78: error: '平翘舌' is no pair of sounds that 'confusions' knows. Write one of z-zh, c-ch, s-sh, n-l, r-l, f-h, an-ang, en-eng, in-ing."#,
                #"10:95: error: 'min_score' must be a number from 0.0 to 1.0 with two digits at most, like 0.85, not '80'."#,
                #"10:112: error: 'whole_words' must be true or false."#,
                #"18:14: error: 'evasion' must be a mapping of 'key: value' lines, not text. Its keys are gaps, fillers, homophones, split, numbers, confusions, min_score, whole_words."#,
                #"26:45: error: 'confusions' must be all, or a list of z-zh, c-ch, s-sh, n-l, r-l, f-h, an-ang, en-eng, in-ing."#,
                #"26:62: error: 'min_score' must be a number from 0.0 to 1.0 with two digits at most, like 0.85, not '0.855'."#,
            ]),
        BrokenPack(
            "evasion that changes nothing",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: nothing
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                evasion: {gaps: 0, fillers: false}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: latin
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [TOP, 第]}
                evasion: {homophones: true, confusions: []}
                examples: {match: [TOP, 又是第], clear: [很好, 真好]}
              - id: single
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {all: [[加], [微]], within: 5}
                evasion: {gaps: 2}
                examples: {match: [加微, 加个微], clear: [很好, 真好]}
              - id: no-disguise
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                evasion: {min_score: 0.8, whole_words: true, confusions: all}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: too-high
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                evasion: {fillers: true, min_score: 0.9}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: too-low
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一, 我们家这个东西就是全国全网第一名的好]}
                evasion: {gaps: 2, min_score: 0.9}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
            """#,
            [
                #"10:14: warning: 'evasion' tolerates nothing. Write what it is to see, like {gaps: 2}, or delete it."#,
                #"17:24: warning: the term '第' is one character and will flood the alerts. Write a longer term, or use 'all'."#,
                #"18:27: warning: no term of the rule has two or more symbols and one of known sound among them: 'homophones' does nothing. Delete it."#,
                #"18:45: warning: 'confusions' is empty. Delete it, or write all."#,
                #"26:21: warning: every term of the rule is one character, which has no inside for gaps or fillers. Delete it."#,
                #"34:26: warning: 'min_score' does nothing: the rule sees no disguise, and a term as written has 1.0. Delete it, or add gaps, fillers, homophones, split, numbers or aliases."#,
                #"34:62: warning: 'confusions' does nothing without 'homophones: true'. Add that, or delete it."#,
                #"42:41: warning: no disguise this rule sees scores 0.9; the best has 0.85. Lower it, or delete 'evasion'."#,
                #"49:25: warning: the term '我们家这个东西就是全国全网第一名的好' has 18 characters, and disguises are seen up to 16. Shorten it, or take it as it is written."#,
                #"50:35: warning: every disguise this rule sees scores 0.9 or more, so 'min_score' drops nothing. Raise it, or delete it."#,
            ],
            readerOnly: "a warning: the pack can be used"),
        BrokenPack(
            "evasion that an author guesses at",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: sounds
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                evasion: {homophones: true, confusions: [q-j, ZH/Z, eng, l, zz-h, all, [z-zh]]}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: empty
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一]}
                evasion:
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
            """#,
            [
                #"10:46: error: 'q-j' is no pair of sounds that 'confusions' knows. Write one of z-zh, c-ch, s-sh, n-l, r-l, f-h, an-ang, en-eng, in-ing."#,
                #"10:51: error: 'ZH/Z' is no pair of sounds that 'confusions' knows. Did you mean 'z-zh'?"#,
                #"10:57: error: 'eng' is no pair of sounds that 'confusions' knows. Did you mean 'en-eng'?"#,
                #"10:62: error: 'l' is no pair of sounds that 'confusions' knows. Write one of z-zh, c-ch, s-sh, n-l, r-l, f-h, an-ang, en-eng, in-ing."#,
                #"10:65: error: 'zz-h' is no pair of sounds that 'confusions' knows. Write one of z-zh, c-ch, s-sh, n-l, r-l, f-h, an-ang, en-eng, in-ing."#,
                #"10:71: error: 'all' is no pair of sounds that 'confusions' knows. Write 'confusions: all' without brackets."#,
                #"10:76: error: 'confusions' must be one word, not a list or mapping: z-zh, c-ch, s-sh, n-l, r-l, f-h, an-ang, en-eng or in-ing."#,
                #"18:13: error: 'evasion' is empty. Write what it is to see, like {gaps: 2, homophones: true}, or delete it."#,
            ]),
        BrokenPack(
            "evasion that can see nothing in the terms",
            #"""
            pack: p
            requires: claimwatch/1
            rules:
              - id: numbers
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一, 七天]}
                evasion: {numbers: true, fillers: true}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: one-number
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [全网第一, 七天, 十天]}
                evasion: {numbers: true}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: parts
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [一一, ABC]}
                evasion: {split: true, gaps: 1}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: all
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [ABC, vx]}
                evasion: {numbers: true, split: true, homophones: true, gaps: 1}
                examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
              - id: two
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [2天见效]}
                evasion: {numbers: true}
                examples: {match: [两天见效, 2天见效], clear: [很好, 真好]}
              - id: many-numbers
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [12天瘦23斤省345元]}
                evasion: {numbers: true}
                examples: {match: [12天瘦23斤省345元, 十二天瘦23斤省345元], clear: [很好, 真好]}
            """#,
            [
                #"10:24: warning: no term of the rule has a number with several spellings, like 十天 and 10天 (七 and 7 are the same without it): 'numbers' does nothing. Delete it."#,
                #"26:22: warning: no term of the rule has a character whose parts are known: 'split' does nothing. Delete it."#,
                #"34:55: warning: no term of the rule has two or more symbols and one of known sound among them: 'homophones' does nothing; no term of the rule has a character whose parts are known: 'split' does nothing; no term of the rule has a number with several spellings, like 十天 and 10天 (七 and 7 are the same without it): 'numbers' does nothing. Delete them."#,
                #"49:19: warning: the numbers of the term '12天瘦23斤省345元' can be written in 139 other ways, and the likeliest 128 are looked for. Keep fewer numbers in one term."#,
            ],
            readerOnly: "a warning: terms are asked of the matcher"),
        BrokenPack(
            "aliases that are wrong",
            #"""
            pack: p
            requires: claimwatch/1
            aliases:
              微信: [葳信, WEIXIN, weixin, 微 信, ＷＥＩＸＩＮ, {term: 卫星, scor: 0.5}, {score: 0.5}, {term: 绿泡泡, score: 1.5, seen: -1}, "@names", [a]]
              徵信: 葳信
              "微\u200B信": [绿泡]
              支付: []
              薇: [v]
              QQ: [企鹅, QQ, ｑｑ]
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [加微信, 微信, QQ]}
                unless: [葳信县, 企鹅馆]
                examples: {match: [微信, 加微信], clear: [很好, 真好]}
            """#,
            [
                #"4:20: warning: the alias 'weixin' is already here. Delete one."#,
                #"4:33: warning: the alias 'ＷＥＩＸＩＮ' is already here. Delete one."#,
                #"4:52: error: 'scor' is no key of an alias. Did you mean 'score'?"#,
                #"4:64: error: an alias needs 'term'. Add the word that stands for the term."#,
                #"4:97: error: 'score' must be a number from 0.01 to 1.0 with two digits at most, like 0.85, not '1.5'."#,
                #"4:108: error: 'seen' must be a whole number from 0 to 1000000000, not '-1'."#,
                #"4:113: error: an alias must be a word, not the list '@names'. Write its words here."#,
                #"4:123: error: a list inside a list. Write its terms in the list around it."#,
                #"5:3: warning: no rule of this pack has the term '徵信', so its aliases serve nothing. Use the term in a rule, or delete the line."#,
                #"5:7: error: '徵信' must be a list. Put it in brackets: [葳信]."#,
                #"6:3: error: the aliases of '微​信' already stand at p.yaml:4:3, as '微信'. Join them there."#,
                #"7:3: warning: no rule of this pack has the term '支付', so its aliases serve nothing. Use the term in a rule, or delete the line."#,
                #"7:7: error: '支付' has no aliases. Add words, or delete the line."#,
                #"8:3: warning: no rule of this pack has the term '薇', so its aliases serve nothing. Use the term in a rule, or delete the line."#,
                #"8:7: warning: the alias 'v' is one character and will flood the alerts. Write a longer word."#,
                #"9:12: warning: the alias 'QQ' is the term itself once width, case and signs are folded, and is found anyway. Delete it."#,
                #"9:16: warning: the alias 'ｑｑ' is the term itself once width, case and signs are folded, and is found anyway. Delete it."#,
            ]),
        BrokenPack(
            "aliases that are no mapping",
            #"""
            pack: p
            requires: claimwatch/1
            aliases: [微信, 葳信]
            alias: {微信: [葳信]}
            rules:
              - id: r
                title: 题
                title_en: T
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [微信]}
                examples: {match: [微信, 加微信], clear: [很好, 真好]}
            """#,
            [
                #"3:10: error: 'aliases' must be a mapping: '微信: [葳信, 绿泡泡]', one line a term."#,
                #"4:1: error: 'alias' is no key of a pack. Did you mean 'aliases'?"#,
            ]),
    ]
}
