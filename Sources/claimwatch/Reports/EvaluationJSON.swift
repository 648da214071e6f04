import ClaimRules
import ClaimScreen
import LiveEvents
import RuleTesting

/// An evaluation as one JSON object: what the screen shows, in numbers. A share of nothing is null.
enum EvaluationJSON {
    static func encode(
        _ evaluation: Evaluation, badLines: Int, onlyTotals: Bool = false, into json: inout JSONWriter
    ) {
        let counts = evaluation.counts
        json.beginObject()
        json.field("schema", "evaluation.v1")
        json.field("ruleset", evaluation.ruleset)
        json.field("rules", Int64(evaluation.rules.count))
        json.field("target", evaluation.question.target.rawValue)
        json.field("category", evaluation.question.category)
        json.field("min_severity", evaluation.question.leastSeverity.rawValue)
        json.field("shadow", evaluation.question.countsShadow)
        json.field("screen", evaluation.question.screen?.name)
        json.field("screen_min", evaluation.question.screen.map { _ in evaluation.question.leastScreen })
        json.field("lines", Int64(counts.lines))
        json.field("ignored_lines", Int64(evaluation.ignoredLines))
        json.field("bad_lines", Int64(badLines))
        json.field("found", Int64(counts.found))
        json.field("missed", Int64(counts.missed))
        json.field("wrong", Int64(counts.wrong))
        json.field("clear", Int64(counts.clear))
        share("precision", counts.precision, &json)
        share("recall", counts.recall, &json)
        share("f1", counts.f1, &json)
        json.field("alerts", Int64(evaluation.alerts))
        share("alerts_per_1000_lines", evaluation.alertsPerThousand, &json)
        json.key("by_label")
        json.beginObject()
        for (label, count) in evaluation.labels.sorted(by: { $0.key < $1.key }) {
            json.key(label)
            json.beginObject()
            json.field("lines", Int64(count.lines))
            json.field("accused", Int64(count.accused))
            json.endObject()
        }
        json.endObject()
        shares("by_rule", evaluation.byRule.map { ($0.key.rawValue, $0.value) }, &json)
        shares("by_category", evaluation.byCategory.map { ($0.key, $0.value) }, &json)
        if !onlyTotals {
            cases("worst_false", evaluation.worstFalse, &json)
            cases("worst_missed", evaluation.worstMissed, &json)
        }
        if evaluation.rooms.roomCount > 0 {
            json.key("rooms")
            rooms(evaluation.rooms, onlyTotals: onlyTotals, &json)
        }
        json.endObject()
    }

    private static func rooms(_ counts: Evaluation.RoomCounts, onlyTotals: Bool, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("rooms", Int64(counts.roomCount))
        part("violations", counts.violations, &json)
        part("one_segment", counts.oneSegment, &json)
        part("several_segments", counts.severalSegments, &json)
        json.key("by_reach")
        json.beginObject()
        for (reach, count) in counts.byReach.sorted(by: { $0.key < $1.key }) { part(reach, count, &json) }
        json.endObject()
        part("hits", counts.hits, &json)
        part("hard_negatives", counts.hardNegatives, &json)
        part("other_segments", counts.otherSegments, &json)
        json.field("listing_hits", Int64(counts.listingHits))
        json.key("by_rule")
        json.beginObject()
        for (rule, count) in counts.byRule.sorted(by: { $0.key < $1.key }) { part(rule.rawValue, count, &json) }
        json.endObject()
        json.key("by_room")
        json.beginArray()
        for room in counts.rooms {
            json.beginObject()
            json.field("id", room.id)
            part("violations", room.violations, &json)
            part("hard_negatives", room.hardNegatives, &json)
            part("other_segments", room.otherSegments, &json)
            json.endObject()
        }
        json.endArray()
        if !onlyTotals {
            json.key("missed")
            json.beginArray()
            for missed in counts.missed {
                json.beginObject()
                json.field("room", missed.room)
                json.field("label", missed.violation.label)
                json.field("reach", missed.violation.reach)
                json.field("text", missed.text)
                json.field("note", missed.violation.note)
                json.endObject()
            }
            json.endArray()
        }
        json.endObject()
    }

    private static func part(_ name: String, _ part: Evaluation.RoomCounts.Part, _ json: inout JSONWriter) {
        json.key(name)
        json.beginObject()
        json.field("count", Int64(part.count))
        json.field("of", Int64(part.of))
        json.endObject()
    }

    private static func share(_ name: StaticString, _ value: Double?, _ json: inout JSONWriter) {
        json.key(name)
        if let value { json.double(value) } else { json.null() }
    }

    private static func shares(_ name: StaticString, _ shares: [(String, Evaluation.Share)], _ json: inout JSONWriter) {
        json.key(name)
        json.beginObject()
        for (name, share) in shares.sorted(by: { $0.0 < $1.0 }) {
            json.key(name)
            json.beginObject()
            json.field("found", Int64(share.found))
            json.field("wrong", Int64(share.wrong))
            json.field("found_alone", Int64(share.foundAlone))
            json.field("wrong_alone", Int64(share.wrongAlone))
            Self.share("precision", share.precision, &json)
            json.endObject()
        }
        json.endObject()
    }

    private static func cases(_ name: StaticString, _ cases: [Evaluation.Case], _ json: inout JSONWriter) {
        json.key(name)
        json.beginArray()
        for found in cases {
            json.beginObject()
            json.field("line", Int64(found.line.number))
            json.field("label", found.line.label)
            json.field("text", found.line.text)
            if let alert = found.alert {
                json.field("rule", alert.rule.id.rawValue)
                json.field("severity", alert.rule.severity)
                json.field("mode", alert.mode.rawValue)
                json.field("score", alert.score)
            }
            json.endObject()
        }
        json.endArray()
    }
}
