import ClaimRules
import LiveEvents
import RuleTesting

/// What rules found in whole rooms, as people read it.
enum RoomCountsReport {
    static func report(_ evaluation: Evaluation, onlyTotals: Bool, in language: Language) -> Report {
        func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
        let counts = evaluation.rooms
        var report = Report(
            title: say(
                "直播间：\(counts.roomCount) 个，违规 \(counts.violations.of) 处",
                "Rooms: \(counted(counts.roomCount, "room")), \(counted(counts.violations.of, "violation"))"))
        report.blocks.append(.table(summary(counts, say)))
        if counts.listingHits > 0 {
            report.blocks.append(
                .note(
                    StyledLine(
                        say(
                            "另有只说商品页的命中 \(counts.listingHits) 处，没有标注可比，不算对错。",
                            "Hits in listings alone: \(counts.listingHits). The truth does not speak of them, so they "
                                + "are neither right nor wrong."), .dim)))
        }
        report.blocks.append(.heading(say("按直播间", "By room")))
        report.blocks.append(.table(rooms(counts, say)))
        if !counts.byRule.isEmpty {
            report.blocks.append(.heading(say("直播间里按规则", "By rule, in rooms")))
            report.blocks.append(.table(rules(counts, say)))
        }
        if onlyTotals { return report }
        report.blocks.append(
            .heading(
                say(
                    "没报出的 \(counts.violations.of - counts.violations.count) 处，先列 \(counts.missed.count) 处",
                    "Missed: the first \(counts.missed.count) of \(counts.violations.of - counts.violations.count)")))
        report.blocks.append(
            .quotes(
                counts.missed.map { missed in
                    let segments = missed.violation.segments.sorted().map(String.init).joined(separator: ",")
                    var head = StyledLine("\(missed.room) \(segments)", .dim)
                    head.add("  \(missed.violation.label) (\(missed.violation.reach))")
                    var lines = [excerpt(missed.text)]
                    if let note = missed.violation.note { lines.append(StyledLine(DisplayText.printable(note), .dim)) }
                    return Report.Quote(head: head, bodies: [.init(lines: lines)])
                }))
        report.blocks.append(
            .heading(
                say(
                    "报错的 \(counts.hits.of - counts.hits.count) 处，先列 \(counts.wrong.count) 处",
                    "Wrong hits: the first \(counts.wrong.count) of \(counts.hits.of - counts.hits.count)")))
        report.blocks.append(
            .quotes(
                counts.wrong.map { wrong in
                    var head = StyledLine(wrong.room, .dim)
                    head.add("  ")
                    head.add(AlertText.headline(wrong.alert, in: language))
                    if wrong.isHardNegative { head.add(say("  近似而合规", "  a hard negative"), .dim) }
                    return Report.Quote(head: head, bodies: [.init(lines: AlertText.quotes(wrong.alert))])
                }))
        return report
    }

    private typealias Say = (String, String) -> String
    private typealias Counts = Evaluation.RoomCounts

    private static func summary(_ counts: Counts, _ say: Say) -> Report.Table {
        var rows: [(String, Counts.Part)] = [
            (say("违规报出", "violations found"), counts.violations),
            (say("　其中一段话里的", "  in one segment"), counts.oneSegment),
            (say("　跨几段话的", "  over several segments"), counts.severalSegments),
        ]
        for (reach, part) in counts.byReach.sorted(by: { order($0.key) < order($1.key) }) {
            rows.append(("\(say("　", "  "))\(name(reach, say))", part))
        }
        rows += [
            (say("命中里确是违规", "hits about a violation"), counts.hits),
            (say("近似而合规，误报", "hard negatives accused"), counts.hardNegatives),
            (say("其余的话，误报", "other segments accused"), counts.otherSegments),
        ]
        return Report.Table(
            columns: [
                .init(title: say("指标", "measure")), .init(title: say("数", "count"), isNumber: true),
                .init(title: say("共", "of"), isNumber: true), .init(title: say("占", "share"), isNumber: true),
            ],
            rows: rows.map { name, part in
                [
                    StyledLine(name), StyledLine("\(part.count)", .bold), StyledLine("\(part.of)"),
                    StyledLine(EvaluationReport.percent(part.share)),
                ]
            })
    }

    /// What can be seen most easily first.
    private static func order(_ reach: String) -> (Int, String) {
        (["lexical", "facts", "implied"].firstIndex(of: reach) ?? 3, reach)
    }

    private static func name(_ reach: String, _ say: Say) -> String {
        switch reach {
        case "lexical": say("字面说出来的", "said in words")
        case "facts": say("对照商品页才看得出的", "seen only against the listing")
        case "implied": say("只是意会的", "only implied")
        default: DisplayText.printable(reach)
        }
    }

    private static func rooms(_ counts: Counts, _ say: Say) -> Report.Table {
        func part(_ part: Counts.Part) -> StyledLine { StyledLine("\(part.count)/\(part.of)") }
        return Report.Table(
            columns: [
                .init(title: say("直播间", "room")), .init(title: say("违规报出", "found"), isNumber: true),
                .init(title: say("近似误报", "hard negatives"), isNumber: true),
                .init(title: say("其余误报", "others accused"), isNumber: true),
            ],
            rows: counts.rooms.map {
                [
                    StyledLine(DisplayText.printable($0.id)), part($0.violations), part($0.hardNegatives),
                    part($0.otherSegments),
                ]
            })
    }

    private static func rules(_ counts: Counts, _ say: Say) -> Report.Table {
        let sorted = counts.byRule.sorted { ($1.value.of, $0.key) < ($0.value.of, $1.key) }
        return Report.Table(
            columns: [
                .init(title: say("规则", "rule")), .init(title: say("中", "right"), isNumber: true),
                .init(title: say("误", "wrong"), isNumber: true),
            ],
            rows: sorted.map { id, part in
                [
                    StyledLine(DisplayText.printable(id.rawValue)), StyledLine("\(part.count)"),
                    StyledLine("\(part.of - part.count)", part.of > 2 * part.count ? .boldRed : .plain),
                ]
            })
    }

    private static func excerpt(_ text: String) -> StyledLine {
        StyledLine(DisplayText.fitted(DisplayText.printable(text), columns: 240))
    }
}
