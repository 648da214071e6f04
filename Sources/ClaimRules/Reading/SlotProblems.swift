/// What is told of numbers and patterns that cannot be.
extension NumberSlotError {
    var told: (ProblemCode, Wording) {
        let dimension = kind.name
        switch problem {
        case .missingUnit(let bound, let correction):
            return (
                .boundUnit, Wording("'\(bound)' 没有单位。写 \(correction)。", "'\(bound)' has no unit. Write \(correction).")
            )
        case .foreignUnit(let unit):
            return (
                .boundUnit,
                Wording(
                    "\(dimension.chinese)不能用 \(quoted(unit))。写 \(kind.exampleBound) 这样的。",
                    "\(quoted(unit)) is not of \(dimension.english). Write one like \(kind.exampleBound).")
            )
        case .unreadable(let text):
            return (
                .boundNumber,
                Wording(
                    "\(quoted(text)) 读不出数。写 \(kind.exampleBound) 这样的。",
                    "no number can be read in \(quoted(text)). Write one like \(kind.exampleBound).")
            )
        case .notOneNumber(let text):
            return (
                .boundNumber,
                Wording(
                    "\(quoted(text)) 不是一个确定的数。写 \(kind.exampleBound) 这样的。",
                    "\(quoted(text)) is not one number. Write one like \(kind.exampleBound).")
            )
        case .minAboveMax(let min, let max):
            return (
                .boundNumber,
                Wording("最小 \(min) 比最大 \(max) 还大。对调。", "min \(min) is above max \(max). Exchange them.")
            )
        case .unknownUnit(let unit):
            return (
                .unknownUnit,
                Wording(
                    "\(quoted(unit)) 不是认得的单位。写 seq: [{number: {}}, {gap: 0..1}, [\(unit.prefix(10))]]。",
                    "\(quoted(unit)) is no unit that numbers are read with. Write seq: [{number: {}}, {gap: 0..1}, [\(unit.prefix(10))]]."
                )
            )
        }
    }
}

extension NumberSlot.Kind {
    fileprivate var name: Wording {
        switch self {
        case .number: Wording("数", "a number")
        case .percent: Wording("百分比", "a percentage")
        case .duration: Wording("时长", "a length of time")
        case .price: Wording("价钱", "a price")
        case .weight: Wording("重量", "a weight")
        case .length: Wording("长度", "a length")
        case .count: Wording("人数", "a count of persons")
        }
    }
}

extension TextPatternError {
    var told: (ProblemCode, Wording) {
        func at(_ chinese: String, _ english: String) -> Wording {
            Wording("正则第 \(column) 个字符：\(chinese)", "character \(column) of the pattern: \(english)")
        }
        switch problem {
        case .lookAround(let text):
            return (
                .patternSyntax,
                at("不支持 \(text) 。用 unless: [{after: …}]。", "no look-around (\(text)). Use unless: [{after: …}].")
            )
        case .backReference(let text):
            return (.patternSyntax, at("不支持反向引用 \(text)。写出要的字。", "no back-references (\(text)). Write the characters."))
        case .unsupported(let text):
            return (.patternSyntax, at("不支持 \(text)。换一种写法。", "\(text) is not supported. Write it another way."))
        case .tooLong(let length):
            return (
                .patternSize,
                Wording(
                    "正则有 \(length) 个字符（最多 \(TextPattern.longest)）。拆成 any。",
                    "the pattern has \(length) characters, more than \(TextPattern.longest). Split it with any.")
            )
        case .tooManyRepetitions(let text):
            return (
                .patternSize,
                at(
                    "\(text) 重复太多，最多 \(TextPattern.mostRepetitions) 次。",
                    "\(text) repeats too often; \(TextPattern.mostRepetitions) repetitions at most.")
            )
        case .tooManyGroups:
            return (
                .patternSize,
                at(
                    "有名字的组最多 \(TextPattern.mostGroups) 个。去掉用不上的名字。",
                    "\(TextPattern.mostGroups) named groups at most. Take out names that nothing uses.")
            )
        case .groupTwice(let name):
            return (
                .patternSyntax, at("组名 \(quoted(name)) 用了两次。改一个。", "two groups are named \(quoted(name)). Rename one.")
            )
        case .groupName(let name):
            return (
                .patternSyntax,
                at(
                    "\(quoted(name)) 不能做组名。用字母、数字和 _。",
                    "\(quoted(name)) cannot name a group. Use letters, digits and _.")
            )
        case .classTooWide:
            return (.patternSyntax, at("字符范围太大。写 \\p{Han}。", "the range holds too many characters. Write \\p{Han}."))
        case .tooComplex:
            return (
                .patternSize,
                Wording(
                    "正则太复杂，编译超过 1 MB。拆成 any。",
                    "the pattern is too complex: beyond 1 MB once compiled. Split it with any.")
            )
        case .noWord:
            return (
                .patternWithoutWord,
                Wording(
                    "这个正则没有非出现不可的字，要看遍每句话。加上字，或和词一起放进 seq。",
                    "no word must occur in a match of this pattern. Put words into it, or put it into a seq with a word."
                )
            )
        case .syntax(let syntax, let text):
            return (.patternSyntax, at(syntax.wording(text).chinese, syntax.wording(text).english))
        }
    }
}

extension TextPatternError.Syntax {
    fileprivate func wording(_ text: String) -> Wording {
        switch self {
        case .escape:
            Wording(
                "'\\' 后面的 \(quoted(text)) 读不懂。要字面的 '\\' 就写两个。",
                "\(quoted(text)) is no escape. For a '\\' itself write two.")
        case .characterClass:
            Wording("没有字符类 \(quoted(text))。", "there is no character class \(quoted(text)). Write the characters.")
        case .range:
            Wording("范围 \(quoted(text)) 前大后小。对调。", "the range \(quoted(text)) runs backwards. Exchange its ends.")
        case .bracket: Wording("少一个 ']'。", "a ']' is missing. Add it.")
        case .parenthesis: Wording("括号不成对。", "the parentheses do not match. Add or delete one.")
        case .nothingToRepeat:
            Wording("\(quoted(text)) 前面没有可重复的。", "\(quoted(text)) has nothing to repeat. Put a character before it.")
        case .group: Wording("\(quoted(text)) 不是组的写法。写 (?P<name>…)。", "\(quoted(text)) is no group. Write (?P<name>…).")
        case .other: Wording("\(quoted(text)) 读不懂。", "\(quoted(text)) cannot be read. Write it another way.")
        }
    }
}
