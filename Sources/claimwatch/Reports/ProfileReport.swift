import ClaimDetection
import ClaimRules
import LiveEvents

/// What each construct and each rule costs, worst first: for `rules stats --profile`.
struct ProfileReport {
    let profile: WorkProfile
    let rules: [Rule]
    let language: Language
    /// Rules that are shown; the rest are added up.
    var shown = 20

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    // MARK: Order

    /// Constructs that did anything, the dearest first.
    private var constructs: [(construct: WorkProfile.Construct, work: WorkProfile.Work)] {
        WorkProfile.Construct.allCases.map { ($0, profile[$0]) }.filter { $0.1.steps > 0 }
            .sorted { ($1.1.steps, $0.0.rawValue) < ($0.1.steps, $1.0.rawValue) }
    }

    /// Rules that were looked at, the dearest first.
    private var asked: [(rule: Rule, work: WorkProfile.Work)] {
        zip(rules, profile.rules).filter { $0.1.asked > 0 }
            .sorted { ($1.1.steps, $0.0.id.rawValue) < ($0.1.steps, $1.0.id.rawValue) }
            .map { ($0.0, $0.1) }
    }

    // MARK: Screen

    func report() -> Report {
        var report = Report(
            title: say(
                "\(profile.events) 个事件，每千个 \(perThousand(profile.steps)) 步",
                "\(counted(profile.events, "event")), \(perThousand(profile.steps)) steps per 1,000"))
        report.blocks.append(
            .note(
                StyledLine(
                    say(
                        "一步是读一个字节或看一处词。步数在哪台机器上都一样，接近用时而不是用时。各列按每千个事件算。",
                        "A step is a byte that is read or a span that is looked at. Steps are the same on every machine; they are "
                            + "near to time and are not time. Columns are per 1,000 events."))))
        report.blocks.append(.heading(say("按写法", "By construct")))
        var table = Report.Table(columns: [
            .init(title: say("写法", "construct")),
            .init(title: say("做什么", "what it does"), givesWay: true),
            .init(title: say("问", "asked"), isNumber: true), .init(title: say("步", "steps"), isNumber: true),
            .init(title: "%", isNumber: true),
        ])
        for (construct, work) in constructs {
            table.rows.append([
                StyledLine(construct.rawValue, .bold), StyledLine(meaning(construct)),
                StyledLine(perThousand(work.asked)), StyledLine(perThousand(work.steps)),
                StyledLine(share(work.steps)),
            ])
        }
        report.blocks.append(.table(table))
        report.blocks.append(.heading(say("按规则（不含找词）", "By rule (without the search for terms)")))
        report.blocks.append(.table(byRule))
        if asked.count > shown {
            let rest = asked.dropFirst(shown).reduce(0) { $0 + $1.work.steps }
            report.blocks.append(
                .note(
                    StyledLine(
                        say(
                            "另有 \(asked.count - shown) 条规则共 \(perThousand(rest)) 步；--top 多列几条。",
                            "\(counted(asked.count - shown, "more rule")): \(perThousand(rest)) steps. --top shows more."
                        ))))
        }
        let idle = rules.count - asked.count
        if idle > 0 {
            report.blocks.append(
                .note(
                    StyledLine(
                        say(
                            "\(idle) 条规则没有被问到：要等的词没有出现。",
                            "\(counted(idle, "rule")) cost nothing: the words that they wait for did not occur."))))
        }
        return report
    }

    private var byRule: Report.Table {
        var table = Report.Table(columns: [
            .init(title: say("规则", "rule"), givesWay: true),
            .init(title: say("判", "judged"), isNumber: true), .init(title: say("命中", "hits"), isNumber: true),
            .init(title: say("步", "steps"), isNumber: true), .init(title: "%", isNumber: true),
        ])
        for (rule, work) in asked.prefix(shown) {
            table.rows.append([
                StyledLine(DisplayText.printable(rule.id.rawValue), .bold), StyledLine(perThousand(work.asked)),
                StyledLine(perThousand(work.hits)), StyledLine(perThousand(work.steps)), StyledLine(share(work.steps)),
            ])
        }
        return table
    }

    /// With one decimal below ten, so that what is rare is not shown as nothing.
    private func perThousand(_ count: Int) -> String {
        let tenths = profile.events == 0 ? 0 : (count * 10_000 + profile.events / 2) / profile.events
        return tenths < 100 ? decimal(tenths) : "\((tenths + 5) / 10)"
    }

    /// Percent of all steps.
    private func share(_ steps: Int) -> String {
        profile.steps == 0 ? "0.0" : decimal((steps * 1_000 + profile.steps / 2) / profile.steps)
    }

    private func decimal(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)" }

    private func meaning(_ construct: WorkProfile.Construct) -> String {
        switch construct {
        case .terms: say("在每段话里找所有规则的词", "the search for all rules' terms")
        case .any: say("词，和几种说法选一", "words, and a choice of expressions")
        case .minus: say("减去的词，unless 里更长的话", "'-', and the longer phrases of unless")
        case .seq: say("按顺序", "parts in order")
        case .near: say("相距不远，不论顺序", "parts close together, in any order")
        case .all: say("都有，不论顺序", "all parts, in any order")
        case .number: say("数", "numbers")
        case .percent: say("比例", "shares of a whole")
        case .duration: say("多久", "lengths of time")
        case .price: say("多少钱", "prices")
        case .weight: say("多重", "weights")
        case .length: say("多长", "lengths")
        case .count: say("多少人", "counts of persons")
        case .pattern: say("正则表达式", "regular expressions")
        case .unless: say("前后的词使命中不算或降级", "words around that clear or lower")
        case .needs: say("前后必须有的词", "words around that must be there")
        case .exempt: say("豁免的说法", "words that exempt")
        case .span: say("几分钟里的几步", "steps over minutes")
        case .score: say("几分钟里的分数", "a score over minutes")
        case .hit: say("有没有新的，命中由哪些词组成", "is anything new; the words of a hit")
        }
    }

    // MARK: JSON

    func encode(badLines: Int, into json: inout JSONWriter) {
        json.beginObject()
        json.field("schema", "profile.v1")
        json.field("events", Int64(profile.events))
        json.field("bad_lines", Int64(badLines))
        json.field("steps", Int64(profile.steps))
        json.key("constructs")
        json.beginArray()
        for (construct, work) in constructs {
            json.beginObject()
            json.field("construct", construct.rawValue)
            json.field("asked", Int64(work.asked))
            json.field("steps", Int64(work.steps))
            json.endObject()
        }
        json.endArray()
        json.key("rules")
        json.beginArray()
        for (rule, work) in asked {
            json.beginObject()
            json.field("rule", rule.id.rawValue)
            json.field("judged", Int64(work.asked))
            json.field("hits", Int64(work.hits))
            json.field("steps", Int64(work.steps))
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
