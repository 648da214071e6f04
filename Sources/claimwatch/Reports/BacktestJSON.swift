import LiveEvents
import RuleTesting

/// A backtest as one JSON object; alerts in it are alert.v1.
enum BacktestJSON {
    static func encode(
        _ backtest: Backtest, badLines: Int, changes: [RuleID: [String]] = [:], into json: inout JSONWriter
    ) {
        json.beginObject()
        json.field("schema", "backtest.v1")
        json.field("old_ruleset", backtest.oldRuleset)
        json.field("new_ruleset", backtest.newRuleset)
        json.field("events", Int64(backtest.events))
        json.field("bad_lines", Int64(badLines))
        json.field("speech_ms", backtest.speechMS)
        json.field("uncompared", Int64(backtest.uncompared))
        json.key("counts")
        counts(backtest.counts, backtest, &json)
        json.key("by_rule")
        json.beginObject()
        for (rule, counts) in backtest.byRule.sorted(by: { $0.key < $1.key }) {
            json.key(rule.rawValue)
            Self.counts(counts, backtest, &json)
        }
        json.endObject()
        json.key("changes")
        json.beginObject()
        for (rule, lines) in changes.sorted(by: { $0.key < $1.key }) {
            json.key(rule.rawValue)
            json.strings(lines)
        }
        json.endObject()
        json.key("examples")
        json.beginArray()
        for difference in backtest.examples {
            json.beginObject()
            json.field("kind", difference.kind.rawValue)
            json.field("rule", difference.rule.rawValue)
            json.field("aspects", difference.aspects.map(\.rawValue))
            alert("old", difference.old, &json)
            alert("new", difference.new, &json)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }

    private static func counts(_ counts: Backtest.Counts, _ backtest: Backtest, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("old", Int64(counts.old))
        json.field("new", Int64(counts.new))
        json.field("old_per_hour", backtest.perHour(counts.old))
        json.field("new_per_hour", backtest.perHour(counts.new))
        for kind in Backtest.Kind.allCases {
            json.key(kind.rawValue)
            json.int(Int64(counts[kind]))
        }
        json.key("aspects")
        json.beginObject()
        for aspect in Backtest.Aspect.allCases {
            guard let count = counts.aspects[aspect] else { continue }
            json.key(aspect.rawValue)
            json.int(Int64(count))
        }
        json.endObject()
        json.endObject()
    }

    private static func alert(_ name: StaticString, _ alert: Alert?, _ json: inout JSONWriter) {
        guard let alert else { return }
        var bytes: [UInt8] = []
        alert.encode(into: &bytes)
        json.key(name)
        json.raw(bytes)
    }
}
