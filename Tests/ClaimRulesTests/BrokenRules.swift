@testable import ClaimRules
import Testing

/// Faults in rules and lexicons of claimwatch/2: the line, and what its author is to see in both languages, word for word.
struct BrokenRule: Sendable, CustomTestStringConvertible {
    /// Lines of a rule by key, or, without any, a lexicon beside a rule that has no fault.
    var lines: [String: String] = [:]
    var lexicon = Packs.health
    /// Code and English.
    var english: [String]
    var chinese: [String]

    init(match: String, _ english: String..., chinese: String...) {
        (lines, self.english, self.chinese) = (["match": "match: \(match)"], english, chinese)
    }
    init(unless: String, _ english: String..., chinese: String...) {
        lines = ["match": "match: \"@health.cure\"", "unless": "unless: \(unless)"]
        (self.english, self.chinese) = (english, chinese)
    }
    /// Any other line of a rule that has `match` "@health.fibre" as said.
    init(_ key: String, _ value: String, _ english: String..., chinese: String...) {
        lines = ["match": "match: {any: [\"@health.fibre\"], as: said}", key: "\(key): \(value)"]
        (self.english, self.chinese) = (english, chinese)
    }
    /// A rule with `required` instead of `match`.
    init(required: String, beside more: [String: String] = [:], _ english: String..., chinese: String...) {
        lines = ["match": "", "required": "required: \(required)"].merging(more) { $1 }
        (self.english, self.chinese) = (english, chinese)
    }
    init(classes: String, _ english: String..., chinese: String...) {
        lexicon = "lexicon: x\nrequires: claimwatch/2\nclasses:\n\(classes)\n"
        (self.english, self.chinese) = (english, chinese)
    }

    var testDescription: String { lines.isEmpty ? lexicon : lines.values.sorted().joined(separator: " ") }
}

extension BrokenRule {
    // swift-format-ignore
    static let all: [BrokenRule] = [
        BrokenRule("screen", "{min: 0.6}", "–: 'screen' needs 'model'. Add the model's name, like 'model: health-live'.",
            chinese: "“筛子”要有 'model'。加上模型的名字，如 model: health-live。"),
        BrokenRule("screen", "{model: m}", "–: 'screen' needs 'min'. Add what it must give at least, like 'min: 0.6'.",
            chinese: "“筛子”要有 'min'。加上至少要给多少分，如 min: 0.6。"),
        BrokenRule("screen", "{model: \(String(repeating: "m", count: 65)), min: 0.6}",
            "–: 'model' has at most 64 characters. Write the name that 'claimwatch learn --name' gave.",
            chinese: "'model' 最多 64 个字符。写 'claimwatch learn --name' 起的名字。"),
        BrokenRule(required: "{say: [不能代替药物], within: 5m}", beside: ["product": "product: {category: [食品]}", "screen": "screen: {model: m, min: 0.6}"],
            "E183: 'screen' judges one text, and this rule looks at several over minutes. Delete it, or write a rule of its own with 'match' alone.",
            chinese: "'screen' 只看一段话，这条规则看几分钟里的几段。删掉它，或另写一条只有 'match' 的规则。"),
        BrokenRule("open", "[]", "–: 'open' is empty. Write the question, or delete the key.", chinese: "'open' 是空的。写上问题，或删掉这个键。"),
        BrokenRule("open", "[条号未核, {a: b}]", "–: 'open' must be text, not a mapping. Put text with brackets or braces in quotes.",
            chinese: "'open' 要写文字，不能写成“键: 值”。带方括号、花括号的文字要加引号。"),
        BrokenRule("open", "[\(String(repeating: "问, ", count: 16))问]", "–: 'open' has 17 entries, more than 16. Keep those that matter.",
            chinese: "'open' 有 17 项，最多 16 项。留下要紧的。"),
        BrokenRule("open", String(repeating: "问", count: 301), "–: 'open' has 301 characters, more than 300. Shorten it.",
            chinese: "'open' 有 301 个字，最多 300 个。写短些。"),
        BrokenRule(required: "{say: [不能代替药物], within: 5m}",
            "E182: 'required' needs 'product', or every product would owe the statement. Add 'product'.",
            chinese: "'required' 要写 'product'，否则每件商品都要说。加上 'product'。"),
        BrokenRule(required: "{say: [数字人], within: 5m, after: session}", beside: ["product": "product: {category: [食品]}"],
            "E182: what a session owes depends on no goods. Delete 'product', or write another 'after'.",
            chinese: "从开播算起的话与商品无关。删掉 'product'，或换一个 'after'。"),
        BrokenRule(required: "{say: [数字人], within: 5m, after: session}", beside: ["applies_to": "applies_to: [speech, listing]"],
            "E182: 'required' looks at speech alone. Delete 'applies_to'.", chinese: "'required' 只看口播。删掉 'applies_to'。"),
        BrokenRule("required", "{say: [数字人], within: 5m, after: session}",
            "E101: 'required' stands instead of 'match'. Delete one.", chinese: "'required' 代替 'match'，只写一个。"),
        BrokenRule(match: "[「根治」, 治好]", "W128: '「根治」' is looked for with the signs around it, which nobody says. Write 根治.",
            chinese: "'「根治」' 会连同两头的符号一起找，口播里没有。写 根治。"),
        BrokenRule(match: "[根治|包治, 治好]", "W128: '根治|包治' is looked for with its '|'. Write the words apart: 根治, 包治.",
            chinese: "'根治|包治' 会连同 '|' 一起找。分开写成几个词：根治, 包治。"),
        BrokenRule(match: "[.*根治, 治好]", "W128: '.*根治' is looked for with its '.*': a term has no wildcards. Delete it, or use pattern.",
            chinese: "'.*根治' 会连同 '.*' 一起找，词里没有通配符。删掉它，或者用 pattern。"),
        BrokenRule(match: "[根治*, 治好]", "W128: '根治*' is looked for with its '*': a term has no wildcards. Delete it, or use pattern.",
            chinese: "'根治*' 会连同 '*' 一起找，词里没有通配符。删掉它，或者用 pattern。"),
        BrokenRule(match: "{any: [甲乙], seq: [甲, 乙]}",
            "E101: an expression has both 'any' and 'seq'. Nest one in the other, or make two rules.",
            chinese: "“条件”里有 'any' 和 'seq'。一段条件只能有一种写法：把一个放进另一个里，或分成两条规则。"),
        BrokenRule(match: "{within: 3}",
            "E101: an expression needs one of 'any', 'all', 'seq', 'near', 'pattern' …. Add 'any: [term, term]'.",
            chinese: "“条件”要有 'any', 'all', 'seq', 'near', 'pattern' … 之一。加上 any: [词, 词]。"),
        BrokenRule(match: "{gap: 0..3}", "E102: 'gap' stands between two parts of seq.", chinese: "'gap' 只能放在 seq 的两部分之间。"),
        BrokenRule(match: "{seq: [甲, 乙, {gap: 0..3}]}", "E102: 'gap' stands between two parts of seq.", chinese: "'gap' 只能放在 seq 的两部分之间。"),
        BrokenRule(match: "{seq: [甲, {gap: 3}, {gap: 0..3}, 乙]}", "E102: 'gap' stands between two parts of seq.", chinese: "'gap' 只能放在 seq 的两部分之间。"),
        BrokenRule(match: "{seq: [甲, {gap: 0-5}, 乙]}", "E103: '0-5' is no gap. Did you mean 0..5?", chinese: "'0-5' 不是间隔。要写 0..5 吗？"),
        BrokenRule(match: "{seq: [甲, {gap: 5..2}, 乙]}", "E103: '5..2' is no gap. Did you mean 2..5?", chinese: "'5..2' 不是间隔。要写 2..5 吗？"),
        BrokenRule(match: "{seq: [甲, {gap: 0到5}, 乙]}", "E103: '0到5' is no gap. Did you mean 0..5?", chinese: "'0到5' 不是间隔。要写 0..5 吗？"),
        BrokenRule(match: "{seq: [甲, {gap: 0..500}, 乙]}", "E103: '0..500' is no gap. Write one like 0..5, 60 at most.", chinese: "'0..500' 不是间隔。写 0..5 这样的，最多 60。"),
        BrokenRule(match: "{near: [好评, 截图]}", "E104: 'near' needs 'within'. Add the characters they take together: 'within: 12'.",
            chinese: "'near' 要有 'within'。加上这些词一共占多少字，如 within: 12。"),
        BrokenRule(match: "{near: [治疗了, 好评], within: 4}", "E105: within is 4, and the shortest words take 5: it never fires. Write at least 5.",
            chinese: "within 是 4，最短的几个词加起来就有 5 个字，永远命不中。至少写 5。"),
        BrokenRule(match: "{seq: [甲, 乙, 丙], order: any}", "E106: order: any is for two parts; use 'near'.", chinese: "order: any 只用于两部分；多了用 'near'。"),
        BrokenRule(match: "{all: [甲, 乙], order: written}", "E106: where parts come in order, write 'seq' with gaps: {gap: 0..10}.",
            chinese: "讲先后就写 'seq'，中间放 {gap: 0..10}。"),
        BrokenRule(match: "{all: [甲, 乙, 丙, 丁, 戊, 己, 庚]}", "E107: all takes 6 parts, and here are 7. Use seq, or nest.", chinese: "all 最多 6 部分，这里有 7。按先后写 seq，或嵌套。"),
        BrokenRule(match: "{all: [甲乙]}", "E107: all takes two parts or more, and here is 1. Add a part, or write the words alone.",
            chinese: "all 要有两部分以上，这里有 1 部分。加一部分，或直接写词。"),
        BrokenRule(match: "{seq: [甲乙, {seq: [丙, 丁], span: 25s}]}", "E108: span: 25s stands at the top of a rule. Here write clause, sentence or segment.",
            chinese: "span: 25s 只能写在规则最外层；字数间隔写进里面的 seq。"),
        BrokenRule(match: "{seq: [甲乙, {gap: 5}, 丙丁], span: 25s}", "E108: span: 25s counts no characters. Put gaps into inner seqs.",
            chinese: "span: 25s 下不写 gap；字数间隔写进里面的 seq。"),
        BrokenRule(match: "{near: [甲乙, 丙丁], within: 9, span: 25s}", "E108: a span of time, 25s, goes with seq or all. Write one of them.",
            chinese: "时间跨度 25s 只和 seq 或 all 一起写。"),
        BrokenRule(match: "{seq: [甲乙, 丙丁], span: 25s, within: 9}", "E108: 'within' does not go with a span of time. Write it in a part.",
            chinese: "时间跨度下不写 'within'。写进里面的部分。"),
        BrokenRule(match: "{seq: [甲, 乙, 丙, 丁, 戊, 己, 庚, 辛, 壬], span: 25s}", "E107: a rule over time has 2 to 8 parts, and here are 9. Add or join some.",
            chinese: "按时间的条件要有 2 到 8 部分，这里有 9。"),
        BrokenRule("score", "{window: 3m, threshold: 3, weights: {\"@health.cure\": 1.5, \"@health.act\": -3}}",
            "E181: weights add up to 1.5 and never reach 3.0. Lower the threshold, or add signals.", chinese: "所有权重加起来是 1.5，到不了 3.0，永远命不中。").with("match", nil),
        BrokenRule("score", "{window: 3m, threshold: 1, min_distinct: 2, weights: {\"@health.cure\": 1.5}}",
            "E181: there are 1 signals above 0, fewer than 2. Lower 'min_distinct', or add signals.", chinese: "只有 1 种正分的信号，到不了 2 种。").with("match", nil),
        BrokenRule("score", "{window: 3m, threshold: 1, weights: {治疗: 1.5}}", "E181: '治疗' is no class. Put the words into a lexicon and write \"@lexicon.class\".",
            chinese: "'治疗' 要写成词类：把词放进词库，写 \"@词库.词类\"。").with("match", nil),
        BrokenRule(unless: "[{clause: \"@health.decline\"}]", "E127: \"@health.decline\" is an expression, and words stand here. Name a class.",
            chinese: "\"@health.decline\" 是条件，这里要写词或词类。"),
        BrokenRule(classes: "  a: [甲乙]\nexpressions: {b: [丙丁, \"@x.c\"], c: {seq: [\"@x.b\", \"@x.a\"]}}",
            "E122: expressions name one another in a circle: @x.c → @x.b → @x.c. Take one of the names out.",
            "E122: expressions name one another in a circle: @x.b → @x.c → @x.b. Take one of the names out.",
            chinese: "条件互相引用成圈：@x.c → @x.b → @x.c。去掉一个。", "条件互相引用成圈：@x.b → @x.c → @x.b。去掉一个。"),
        BrokenRule(classes: "  a: [甲乙]\nguards: {b: {before: 5, any: \"@x.d\"}}", "E121: the lexicon x has no 'd'. Add it under classes in a lexicon file, or write the words.",
            chinese: "词库 x 里没有 'd'。在词库文件的 classes 里加上它，或直接写词。"),
        BrokenRule(match: "[甲乙, [[[[[[[[丙]]]]]]]]]", "E109: nested 9 deep (8 at most). Split it into several rules.", chinese: "条件套了 9 层（最多 8）。拆成几条规则。"),
        BrokenRule(match: "[" + repeatElement("[甲乙]", count: 128).joined(separator: ", ") + "]",
            "E109: more than 128 expressions in one rule. Split the rule.", chinese: "条件有 128 段以上。拆成几条规则。"),
        BrokenRule(match: "{or: [甲乙, 丙丁]}", "E110: 'or' is no key of an expression. Did you mean 'any'?", chinese: "'or' 不是“条件”的键。要写 'any' 吗？"),
        BrokenRule(match: "\"@health.diseases\"", "E121: the lexicon health has no 'diseases'. Did you mean \"@health.disease\"?",
            chinese: "词库 health 里没有 'diseases'。要写 \"@health.disease\" 吗？"),
        BrokenRule(unless: "[\"@health.no\", \"@health.nay\", {before: 5, any: [\"@health.nix\", \"@health.nil\"], except: [\"@health.nun\"]}]",
            "E121: the lexicon health has no 'no'. Add it under classes in a lexicon file, or write the words.",
            "E121: the lexicon health has no 'nay'. Add it under classes in a lexicon file, or write the words.",
            "E121: the lexicon health has no 'nix'. Add it under classes in a lexicon file, or write the words.",
            "E121: the lexicon health has no 'nil'. Add it under classes in a lexicon file, or write the words.",
            "E121: the lexicon health has no 'nun'. Add it under classes in a lexicon file, or write the words.",
            chinese: "词库 health 里没有 'no'。在词库文件的 classes 里加上它，或直接写词。", "词库 health 里没有 'nay'。在词库文件的 classes 里加上它，或直接写词。",
            "词库 health 里没有 'nix'。在词库文件的 classes 里加上它，或直接写词。", "词库 health 里没有 'nil'。在词库文件的 classes 里加上它，或直接写词。",
            "词库 health 里没有 'nun'。在词库文件的 classes 里加上它，或直接写词。"),
        BrokenRule("facts", "[{fact: price, above: price}]", "E171: 'price' is compared with itself, which never holds. Write the name of the other number.",
            chinese: "'price' 和自己比，永远不成立。写要比的另一个数的名字。"),
        BrokenRule(match: "\"@shop.order\"", "E121: there is no lexicon 'shop'. Add it under classes in a lexicon file, or write the words.",
            chinese: "没有词库 'shop'。在词库文件的 classes 里加上它，或直接写词。"),
        BrokenRule(match: "\"@heal\"", "E121: there is no list 'heal' in this pack. Add it under lists in this file, or cite a lexicon's \"@lexicon.name\".",
            chinese: "本包没有词表 'heal'。把它写在本文件的 lists 里，或引用词库里的 \"@词库.名字\"。"),
        BrokenRule(classes: "  a: [甲, \"@x.b\"]\n  b: [\"@x.a\"]", "E122: classes name one another in a circle: @x.a → @x.b → @x.a. Take one of the names out.",
            chinese: "词类互相引用成圈：@x.a → @x.b → @x.a。去掉一个。"),
        BrokenRule(match: "\"@health.body -\"", "E123: '-' needs a class or [word, word] behind it.", chinese: "'-' 后面要有词类或 [词, 词]。"),
        BrokenRule(match: "\"@health.body +@health.act\"", "E123: '+@health.act' in '@health.body +@health.act' cannot be read. Write '|' or ' - ' between classes.",
            chinese: "'@health.body +@health.act' 里的 '+@health.act' 读不懂。词类之间写 '|'（或）或 ' - '（减）。"),
        BrokenRule(match: "\"@health.body - [骨头\"", "E123: '@health.body - [骨头' lacks a ']'. Add it.", chinese: "'@health.body - [骨头' 少一个 ']'。"),
        BrokenRule(match: "\"@health.bones - [颈椎病]\"", "E124: nothing is left of '@health.bones - [颈椎病]'. Take less out.",
            chinese: "'@health.bones - [颈椎病]' 减完一个词也不剩。少减一些。"),
        BrokenRule(match: "\"@health.body - [养生]\"", "W124: '养生' holds no word of the class, so taking it out changes nothing. Delete it.",
            chinese: "'养生' 里没有词类的词，减了等于没减。删掉它。"),
        BrokenRule(match: "\"@health.negated\"", "E127: \"@health.negated\" is a guard and stands in unless only.", chinese: "\"@health.negated\" 是排除条件，只能写在 unless 里。"),
        BrokenRule(match: "甲~乙", "E125: '甲~乙': '~' marks where words go in, once, inside a term of a lexicon. Delete it.",
            chinese: "'甲~乙'：'~' 只在词库里标插字的位置，词中间一处。"),
        BrokenRule(classes: "  a: [~甲乙]", "E125: '~甲乙': '~' marks where words go in, once, inside a term of a lexicon. Delete it.",
            chinese: "'~甲乙'：'~' 只在词库里标插字的位置，词中间一处。"),
        BrokenRule(classes: "  a: {terms: [甲~乙], forms: {aspect: [一, 二, 三, 四, 五, 六, 七], degree: [一, 二, 三, 四, 五, 六, 七], insert: [丙]}}",
            "E126: '甲~乙' has 128 forms, more than 64. Take words out of forms.", chinese: "'甲~乙' 变出 128 个写法（最多 64）。减少 forms 里的词。"),
        BrokenRule(match: "{seq: [瘦, {weight: {max: 180}}]}", "E131: '180' has no unit. Write 180斤.", chinese: "'180' 没有单位。写 180斤。"),
        BrokenRule(match: "{seq: [瘦, {weight: {max: 180天}}]}", "E131: '天' is not of a weight. Write one like 3斤.", chinese: "重量不能用 '天'。写 3斤 这样的。"),
        BrokenRule(match: "{seq: [瘦, {weight: {bare: true}}]}", "E131: 'bare' serves 'price' only. Delete it.", chinese: "'bare' 只用于 'price'。删掉它。"),
        BrokenRule(match: "{seq: [瘦, {weight: {min: 5斤, max: 2斤}}]}", "E132: min 5斤 is above max 2斤. Exchange them.", chinese: "最小 5斤 比最大 2斤 还大。对调。"),
        BrokenRule(match: "{seq: [瘦, {weight: {min: 若干}}]}", "E132: no number can be read in '若干'. Write one like 3斤.", chinese: "'若干' 读不出数。写 3斤 这样的。"),
        BrokenRule(match: "{seq: [扣, {number: {unit: [扣]}}]}", "E133: '扣' is no unit that numbers are read with. Write seq: [{number: {}}, {gap: 0..1}, [扣]].",
            chinese: "'扣' 不是认得的单位。写 seq: [{number: {}}, {gap: 0..1}, [扣]]。"),
        BrokenRule(match: "{price: {}}", "W134: a number alone will flood. Put it into a seq with a word.", chinese: "光有数字就命中，会刷屏。和词一起放进 seq。"),
        BrokenRule(match: "{pattern: '第一(?=名)'}", "E141: character 3 of the pattern: no look-around ((?=). Use unless: [{after: …}].",
            chinese: "正则第 3 个字符：不支持 (?= 。用 unless: [{after: …}]。"),
        BrokenRule(match: "{pattern: '.{3}'}", "E142: no word must occur in a match of this pattern, so each sentence would be read for it. Put words into it, or put it into a seq with a word.",
            chinese: "这个正则没有非出现不可的字，要看遍每句话。加上字，或和词一起放进 seq。"),
        BrokenRule(match: "{pattern: '第一{200}'}", "E143: character 3 of the pattern: {200} repeats too often; 100 repetitions at most.",
            chinese: "正则第 3 个字符：{200} 重复太多，最多 100 次。"),
        BrokenRule(unless: "[{before: 10, clause: [不]}]", "E151: a guard has both 'before' and 'clause'. A guard looks in one place.",
            chinese: "“排除条件”里有 'before' 和 'clause'。一个排除条件只写一处。"),
        BrokenRule(unless: "[{before: 10}]", "E151: 'before' needs 'any'. Add the words to look for.", chinese: "'before' 要有 'any'。加上要找的词。"),
        BrokenRule(unless: "[{any: [不]}]", "E151: a guard needs 'before', 'after', 'around', 'clause', 'sentence', 'segment' or 'inside'. Say where to look: 'before: 10' with 'any', or 'clause: [word, word]'.",
            chinese: "“排除条件”要有 'before', 'after', 'around', 'clause', 'sentence', 'segment' 或 'inside'。写在哪里找：before: 10 配 any，或 clause: [词, 词]。"),
        BrokenRule(unless: "[{before: 5, any: [不能, 不会], except: [不能不, 没有]}]",
            "W153: '没有' shares no character with the words looked for and does nothing. Delete it.", chinese: "except 里的 '没有' 和要找的词没有共同的字，不起作用。删掉它。"),
        BrokenRule("exempt", "{使用: [最佳食用]}", "E154: '使用' is no key of 'exempt'. Did you mean 'usage'?", chinese: "'使用' 不是“豁免”的键。要写 'usage' 吗？"),
        BrokenRule("needs", "[{around: 6, any: [质量], then: lower}]", "E151: 'then' says nothing in 'needs'. Delete it.", chinese: "'needs' 里不写 'then'。删掉它。"),
        BrokenRule("bind", "[{when: {}}, {when: {category: [食品]}}]", "E161: an earlier binding covers it, so it is never taken. Move it up.",
            chinese: "前一条 when 已包括它，永远轮不到。调换先后。"),
        BrokenRule("bind", "[{when: {category: [食品]}, as: food.treatment}]", "E163: every binding has 'as', so the rule's 'category' serves nothing. Delete it.",
            chinese: "每条 bind 都有 'as'，规则的 'category' 用不上。删掉。").with("category", "food.treatment"),
        BrokenRule("bind", "[{when: {}}]", "E162: neither this binding nor its rule has a legal basis. Add legal_basis.",
            chinese: "这条 bind 没有法律依据，规则也没有。加 legal_basis。").with("legal_basis", nil),
        BrokenRule("facts", "[{fact: materials, has: [涤纶]}]", "E171: 'materials' is no fact. Did you mean material?", chinese: "'materials' 不是商品事实。要写 material 吗？"),
        BrokenRule("facts", "[{fact: price, has: [涤纶]}]", "E171: price is a number: use 'above' or 'below'.", chinese: "price 是数，用 'above' 或 'below'。"),
        BrokenRule("facts", "[{fact: material, above: 3元}]", "E171: material is text: use 'has' or 'lacks'.", chinese: "material 是文字，用 'has' 或 'lacks'。"),
        BrokenRule("facts", "[{fact: material, differs_from: sayd, among: \"@health.fibre\"}]",
            "E172: no part of match has 'as: sayd'. Did you mean said?", chinese: "match 里没有 as: sayd。要写 said 吗？"),
        BrokenRule("facts", "[{fact: material, differs_from: said, among: \"@health.cure\"}]",
            "E172: @health.cure has no kinds to compare. Sort its words by kind in the lexicon.", chinese: "@health.cure 没有 kinds，不能比较。在词库里把词分种。"),
        BrokenRule("facts", "[{fact: price, above: said}]", "E172: what is remembered as 'said' is no number. Write 'as' inside 'price'.",
            chinese: "'said' 记下的不是数。把 as 写到 price 里。"),
        BrokenRule("from", "2026-01-01", "E191: the rule ends on 2025-10-14, before it begins on 2026-01-01. Exchange 'from' and 'to'.",
            chinese: "规则在 2025-10-14 结束，却在 2026-01-01 开始。对调 'from' 和 'to'。").with("to", "2025-10-14"),
        BrokenRule("window", "10分钟", "–: 'window' must be from 1m to 24h, written like 90s, 10m or 2h, not '10分钟'. Did you mean 10m?",
            chinese: "'window' 要写 1m 到 24h，写成 90s、10m、2h 这样，不能写 '10分钟'。要写 10m 吗？"),
        BrokenRule("window", "半分钟", "–: 'window' must be from 1m to 24h, written like 90s, 10m or 2h, not '半分钟'.",
            chinese: "'window' 要写 1m 到 24h，写成 90s、10m、2h 这样，不能写 '半分钟'。"),
        BrokenRule(match: "{near: [甲乙, 丙丁], within: 16字}", "–: 'within' must be a whole number from 1 to 200, not '16字'. Did you mean 16?",
            chinese: "'within' 要写 1 到 200 的整数，不能写 '16字'。要写 16 吗？"),
        BrokenRule("threshold", "三次", "–: 'threshold' must be a whole number from 1 to 1000, not '三次'. Did you mean 3?",
            chinese: "'threshold' 要写 1 到 1000 的整数，不能写 '三次'。要写 3 吗？"),
        BrokenRule("threshold", "1.5", "–: 'threshold' must be a whole number from 1 to 1000, not '1.5'.",
            chinese: "'threshold' 要写 1 到 1000 的整数，不能写 '1.5'。"),
        BrokenRule(match: "{seq: [甲乙, 丙丁], span: 25秒}", "E108: '25秒' is no 'span'. Did you mean 25s?", chinese: "'span' 不能写 '25秒'。要写 25s 吗？"),
        BrokenRule("severity", "高", "–: '高' is no 'severity'. Did you mean 'high'?", chinese: "'severity' 不能写 '高'。要写 'high' 吗？"),
        BrokenRule("applies_to", "[口播]", "–: '口播' is no 'applies_to'. Did you mean 'speech'?", chinese: "'applies_to' 不能写 '口播'。要写 'speech' 吗？"),
        BrokenRule("severity", "最高级", "–: '最高级' is no 'severity'. Write info, low, medium, high or critical.",
            chinese: "'severity' 不能写 '最高级'。写 info, low, medium, high 或 critical。"),
        BrokenRule("jurisdictions", "[江苏]", "E193: '江苏' is no region code. Write the digits of GB/T 2260, or their beginning, like \"3207\".",
            chinese: "'江苏' 不是地区代码。写 GB/T 2260 的代码或开头几位，如 \"3207\"。"),
    ]

    func with(_ key: String, _ value: String?) -> BrokenRule {
        var row = self
        row.lines[key] = value.map { "\(key): \($0)" } ?? ""
        return row
    }
}

@Suite struct `Rules with faults` {
    @Test(arguments: BrokenRule.all)
    func `are told what is wrong in both languages`(row: BrokenRule) {
        let loaded = Packs.load(Packs.one(Packs.rule(row.lines), version: 2), row.lexicon)
        #expect(loaded.problems.map { "\($0.code?.rawValue ?? "–"): \($0.message)" } == row.english)
        #expect(loaded.problems.map { $0.wording.text(in: .chinese) } == row.chinese)
        #expect((loaded.ruleSet == nil) == loaded.problems.contains { $0.kind == .error })
    }

    @Test func `have a place in the file`() {
        let loaded = Packs.load(
            Packs.one(Packs.rule(["match": "match: {seq: [甲, {gap: 0-5}, \"@health.acts\"]}"]), version: 2),
            Packs.health)
        #expect(
            loaded.problems.map { $0.description(in: .chinese) } == [
                "p0.yaml:9:28: 错误 E103: '0-5' 不是间隔。要写 0..5 吗？",
                "p0.yaml:9:34: 错误 E121: 词库 health 里没有 'acts'。要写 \"@health.act\" 吗？",
            ])
    }

    @Test func `of claimwatch one are told to raise the version`() {
        let loaded = Packs.load(Packs.one(Packs.rule(["match": "match: {seq: [甲, 乙]}"])))
        #expect(
            loaded.problems.map(\.description)
                == [
                    "p0.yaml:9:13: error E111: 'seq' is read in claimwatch/2. Write 'requires: claimwatch/2' at the top."
                ])
    }
}
