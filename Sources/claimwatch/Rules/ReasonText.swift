import ClaimDetection
import ClaimRules
import LiveEvents
import RuleTesting

/// What a reading of rules says, in words that tell an author what to change.
struct ReasonText {
    let language: Language

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    private static let names = [
        Key.room.rawValue: "个直播间", Key.seller.rawValue: "家店铺", Key.speaker.rawValue: "个说话人",
    ]

    /// Why the rule raised no alert.
    func whyClear(_ reading: RuleReading, rule number: Int) -> String {
        switch reading.reasonNotFired(number) {
        case .otherTarget(let target):
            say(
                "这条规则不看\(target == .speech ? "口播" : "商品页")（\(Key.appliesTo.rawValue)）",
                "the rule does not look at \(target.rawValue) (\(Key.appliesTo.rawValue))")
        case .missing(let part, let terms):
            say(
                "文本里没有第 \(part) 段的词：\(sample(terms))",
                "part \(part) is not in the text: none of \(sample(terms))")
        case .interrupted(let term): interrupted(term)
        case .dropped(let dropped): text(dropped)
        case .cleared(let phrase):
            say(
                "被 \(Key.unless.rawValue) 的「\(DisplayText.printable(phrase))」排除",
                "cleared by the \(Key.unless.rawValue) phrase 「\(DisplayText.printable(phrase))」")
        case .apart(let within, let order, let needed?):
            say(
                "各段都在同一句里\(order == .written ? "，先后也对" : "")，但从头到尾占 \(needed) 个字，\(Key.within.rawValue) 是 \(within)",
                "its parts are in one sentence\(order == .written ? " in the order written" : ""), but take \(needed) characters "
                    + "from the first to the last, and \(Key.within.rawValue) is \(within)")
        case .apart(let within, let order, nil):
            say(
                "各段文本里都有，但不在同一句的 \(within) 个字以内\(order == .written ? "，或先后不对" : "")",
                "its parts are in the text, but not within \(within) characters of one sentence"
                    + (order == .written ? " in the order written" : ""))
        case .missed(let miss): text(miss)
        case .excludedProduct(let category):
            say(
                "商品是\(DisplayText.printable(category))，这条规则不管（\(Key.product.rawValue)：\(Key.not.rawValue)）",
                "the product is \(DisplayText.printable(category)), which the rule leaves out (\(Key.product.rawValue): \(Key.not.rawValue))"
            )
        case .otherProduct(let category, let wanted):
            say(
                "只管\(sample(wanted))，这件商品是\(DisplayText.printable(category))",
                "the product must be \(sample(wanted)); this one is \(DisplayText.printable(category))")
        case .threshold(let hits):
            say(
                "要在窗口内命中 \(hits) 次才报（\(Key.threshold.rawValue)），一段文本可能不够",
                "the rule needs \(hits) hits in its window (\(Key.threshold.rawValue)); one text may give fewer")
        case .notInForce(let from, let to):
            say(
                "规则只管 \(from ?? "…") 到 \(to ?? "…")，不管那一天",
                "the rule is in force from \(from ?? "…") to \(to ?? "…"), and not on that day")
        case .otherRegion(let region, let wanted):
            say(
                "规则只管地区 \(sample(wanted))，这里是 \(DisplayText.printable(region))",
                "the rule is for the region \(sample(wanted)), and this is \(DisplayText.printable(region))")
        case .excepted(let key, let id):
            say(
                "站点改动把这\(Self.names[key] ?? key)排除在外（\(Key.except.rawValue) \(key): \(DisplayText.printable(id))）",
                "an overlay excepts this \(key) (\(Key.except.rawValue) \(key): \(DisplayText.printable(id)))")
        case .asleep:
            say("规则停用，那一天没有专项用它", "the rule is off, and no campaign wakes it on that day")
        case .factFails(let test, let told): factFails(test, told: told)
        case .factUnknown(let test):
            say(
                "商品页没写 \(test.shown)，这条规则就不报（unknown: drop）；用 --fact \(test.shown)=… 给出",
                "the listing does not tell \(test.shown), and then the rule raises nothing (unknown: drop); give it "
                    + "with --fact \(test.shown)=…")
        case .noBinding(let whens):
            say(
                "bind 里没有一条合适：\(whens.map(ConditionText(language: language).line).joined(separator: " / "))",
                "none of its bindings fits: \(whens.map(ConditionText(language: language).line).joined(separator: " / "))"
            )
        case .isSaid:
            say("规则报的是没有说，这里说了", "the rule is met by what is not said, and here it is")
        case .heardTooLittle(let withinMS):
            say(
                "还没有过 \(seconds(withinMS)) 一直听得到说话的时间，或没有商品要说这话",
                "not yet \(seconds(withinMS)) of speech were heard, or no goods owe the statement")
        case .tooFarInTime(let spanMS):
            say("几样都说到了，但不在 \(seconds(spanMS)) 以内", "all its steps are said, but not within \(seconds(spanMS))")
        case .scoreTooLow(let reached): scoreTooLow(reached)
        case .notAccepted:
            say("词在文本里，但检测没有认可", "its terms are in the text, but the detection did not accept them")
        }
    }

    private func seconds(_ milliseconds: Int64) -> String {
        say("\(milliseconds / 1_000) 秒", "\(milliseconds / 1_000) s")
    }

    /// Thousandths, as packs write them: 1.25, 3.
    private func points(_ thousandths: Int) -> String {
        let text = "\(Double(thousandths) / 1_000)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private func scoreTooLow(_ reached: RuleReading.Reached) -> String {
        let list = sample(reached.said)
        if reached.sum >= reached.threshold, reached.distinct >= reached.minDistinct {
            return say(
                "说到了 \(list)，加起来 \(points(reached.sum)) 分，但不在同一段时间里，或已经过了时效",
                "said were \(list), \(points(reached.sum)) in all, but not within one window, or too long ago")
        }
        let said = reached.said.isEmpty ? say("没有", "nothing") : list
        let few =
            reached.distinct < reached.minDistinct
            ? say(
                "；要 \(reached.minDistinct) 种，有 \(reached.distinct) 种",
                "; \(reached.minDistinct) kinds are needed and \(reached.distinct) were said") : ""
        return say(
            "分数 \(points(reached.sum))，要 \(points(reached.threshold))（说到：\(said)\(few)）",
            "the score is \(points(reached.sum)) of \(points(reached.threshold)) (said: \(said)\(few))")
    }

    private func factFails(_ test: FactTest, told: String?) -> String {
        let wanted = ConditionText(language: language).line(test)
        guard let told else { return say("商品事实不符，规则要 \(wanted)", "a fact does not hold; the rule wants \(wanted)") }
        return say(
            "商品事实不符，规则要 \(wanted)；商品页是「\(DisplayText.printable(told))」",
            "a fact does not hold; the rule wants \(wanted); the listing says 「\(DisplayText.printable(told))」")
    }

    private func interrupted(_ term: InterruptedTerm) -> String {
        let surface = DisplayText.printable(term.surface)
        let signs = DisplayText.printable(String(String.UnicodeScalarView(term.signs)))
        return say(
            "第 \(term.part) 段「\(term.term)」（写作「\(surface)」）不算：「\(signs)」不是间隔，逗号、顿号、冒号、省略号和句末标点都不是",
            "part \(term.part): 「\(term.term)」 (as 「\(surface)」) is no match: 「\(signs)」 is no gap, as a comma, 、, a colon, … "
                + "and the end of a sentence never are")
    }

    private func text(_ miss: Miss) -> String {
        func quoted(_ words: [String]) -> String { "「\(words.map(DisplayText.printable).joined(separator: "」「"))」" }
        switch miss {
        case .missingParts(let parts):
            let numbers = parts.map(String.init).joined(separator: say("、", ", "))
            return say("文本里没有第 \(numbers) 段的词", "these parts are not in the text: \(numbers)")
        case .cleared(let phrases): return say("被\(quoted(phrases))排除", "cleared by \(quoted(phrases))")
        case .guarded(let name, let words):
            let name = DisplayText.printable(name)
            return say(
                "被 \(name) 排除\(words.isEmpty ? "" : "，因为有\(quoted(words))")",
                "cleared by the guard \(name)\(words.isEmpty ? "" : ", for \(quoted(words))")")
        case .lacksContext(let number):
            return say("规则要求的第 \(number) 项前后文不在", "context \(number) that the rule needs is not there")
        case .screened(let model, let percent, let least):
            return say(
                "筛子 \(model) 给这段话 \(Fraction.written(percent: percent)) 分，规则要 \(Fraction.written(percent: least))（\(Key.screen.rawValue)）",
                "the screen \(model) gives these words \(Fraction.written(percent: percent)), and the rule asks for \(Fraction.written(percent: least)) "
                    + "(\(Key.screen.rawValue))")
        case .leftTo(let rule):
            return say(
                "同一段话 \(rule) 已经报了（\(Key.alone.rawValue)）",
                "\(rule) tells of the same words (\(Key.alone.rawValue))")
        case .apart(.gap(let found, let allowed)):
            return say(
                "两段之间有 \(found) 个字，允许 \(allowed.lowerBound) 到 \(allowed.upperBound) 个",
                "\(found) characters lie between two parts, and \(allowed.lowerBound)..\(allowed.upperBound) are allowed"
            )
        case .apart(.within(let found, let allowed)):
            return say(
                "各段一共占 \(found) 个字，\(Key.within.rawValue) 是 \(allowed)",
                "its parts take \(found) characters, and \(Key.within.rawValue) is \(allowed)")
        case .apart(.unit(let unit)):
            let name =
                switch unit {
                case .clause: say("分句", "clause")
                case .sentence: say("句", "sentence")
                case .segment: say("段", "segment")
                }
            return say("各段不在同一\(name)里", "its parts stand in several \(name)s")
        case .apart(.forbidden(let word)):
            return say(
                "两段之间有「\(DisplayText.printable(word))」", "「\(DisplayText.printable(word))」 lies between two parts")
        case .apart(.order): return say("各段的先后不对", "its parts stand in another order")
        case .apart(nil):
            return say(
                "各段的词文本里都有，但数不在范围里，或不像规则要求的那样在一起",
                "the words of its parts are in the text, but a number is out of its bounds, or they do not stand as the rule asks"
            )
        }
    }

    /// Why the rule took matches of its terms for nothing, one sentence each and none twice.
    func whyDropped(_ reading: RuleReading, rule number: Int) -> [String] {
        var seen: Set<String> = []
        return reading.dropped(number).map(text).filter { seen.insert($0).inserted }
    }

    /// How a term was met and how surely: `homophone 0.80`.
    func manner(_ path: EvidencePath, _ score: Double) -> String {
        let percent = Int((score * 100).rounded())
        return "\(name(path)) \(percent / 100).\(percent % 100 < 10 ? "0" : "")\(percent % 100)"
    }

    func describe(_ role: RuleSet.Posting.Role) -> String {
        switch role {
        case .part(let part): say("第 \(part + 1) 段", "part \(part + 1)")
        case .unless: Key.unless.rawValue
        }
    }

    /// Which characters of a text lie at these bytes, from 1, as its reader counts them.
    func place(_ bytes: Range<Int>, in text: String) -> String {
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: bytes.lowerBound)
        let end = utf8.index(utf8.startIndex, offsetBy: bytes.upperBound)
        let first = text.unicodeScalars.distance(from: text.startIndex, to: start) + 1
        let last = max(first, text.unicodeScalars.distance(from: text.startIndex, to: end))
        return first == last
            ? say("第 \(first) 字", "character \(first)") : say("第 \(first)–\(last) 字", "characters \(first)–\(last)")
    }

    private func name(_ path: EvidencePath) -> String { EvidencePathText.wording(path).text(in: language) }

    private func text(_ hit: RuleReading.DroppedHit) -> String {
        let surface = DisplayText.printable(hit.surface)
        let written = hit.dropped.hit.path == .literal ? "" : say("（写作「\(surface)」）", " (as 「\(surface)」)")
        return say(
            "第 \(hit.dropped.part) 段「\(hit.dropped.hit.term)」\(written)\(reason(hit))",
            "part \(hit.dropped.part): 「\(hit.dropped.hit.term)」\(written) \(reason(hit))")
    }

    private func reason(_ hit: RuleReading.DroppedHit) -> String {
        let (path, score) = (hit.dropped.hit.path, hit.dropped.hit.score)
        let read = hit.dropped.words.map(DisplayText.printable)
        let heard = say("听到了（\(manner(path, score))），", "is heard (\(manner(path, score))), but ")
        let key = Key.minScore.rawValue
        switch hit.dropped.reason {
        case .belowMinScore:
            let scored = Fraction.written(percent: Int((score * 100).rounded()))
            let least =
                hit.minScore > 0
                ? say(
                    "本规则的 \(key) \(Fraction.written(percent: hit.minScore))",
                    "the rule's \(key) \(Fraction.written(percent: hit.minScore))")
                : say(
                    "没写 \(key) 时的 \(Fraction.written(percent: Evasion.usualLeast))",
                    "\(Fraction.written(percent: Evasion.usualLeast)), which counts where a rule names no \(key)")
            return say("按\(name(path))得 \(scored) 分，低于\(least)", "by \(name(path)) scores \(scored), below \(least)")
        case .insideWord:
            return say(
                "在别的词里，或跨着两个词（\(Key.wholeWords.rawValue)）",
                "lies inside another word, or across two (\(Key.wholeWords.rawValue))")
        case .ordinaryWord: return heard + say("但「\(read.joined())」是常用词", "「\(read.joined())」 is an ordinary word")
        case .otherWords:
            return heard
                + say(
                    "但那里的词是「\(read.joined(separator: " | "))」", "the words there are 「\(read.joined(separator: " | "))」"
                )
        case .fillerInWord:
            return heard
                + say(
                    "但「\(read.joined(separator: " | "))」是词，不是填充",
                    "「\(read.joined(separator: " | "))」 is a word and no filler")
        }
    }

    private func sample(_ terms: [String]) -> String {
        let separator = say("、", ", ")
        let shown = terms.prefix(5).map(DisplayText.printable).joined(separator: separator)
        return terms.count > 5 ? "\(shown) … (\(terms.count))" : shown
    }
}
