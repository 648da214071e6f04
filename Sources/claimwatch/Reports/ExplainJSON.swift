import ClaimRules
import LiveEvents
import RuleTesting

/// What `explain` tells, as JSON.
extension StandingText {
    static func encode(_ rule: Rule, on day: String, in region: String?, into json: inout JSONWriter) {
        json.key("changes")
        json.beginArray()
        for change in rule.changes { EffectiveJSON.encode(change, into: &json) }
        json.endArray()
        json.key("campaigns")
        json.beginArray()
        for phase in EffectiveRule(rule, on: day, in: region).phases { EffectiveJSON.encode(phase, into: &json) }
        json.endArray()
    }
}

extension OutcomeList {
    /// The same in full, as one JSON object.
    func encode(
        _ reading: RuleReading, fired alerts: [Alert], sleeping: [(rule: Rule, alert: Alert)],
        into json: inout JSONWriter
    ) {
        let room = reading.sample.room
        func standing(_ rule: Rule, _ json: inout JSONWriter) {
            json.field("id", rule.id.rawValue)
            EffectiveJSON.place(rule.location, &json)
            StandingText.encode(rule, on: room.day ?? today(), in: room.region, into: &json)
            json.field("open_questions", rule.openQuestions.map(\.text))
        }
        json.beginObject()
        json.field("schema", "explain.v1")
        json.field("ruleset", reading.ruleSet.contentHash)
        json.field("text", reading.sample.text)
        json.key("rules")
        json.beginArray()
        for number in shown(reading, fired: alerts) {
            json.beginObject()
            standing(reading.ruleSet.rules[number], &json)
            if let alert = alert(of: number, reading, alerts) {
                var bytes: [UInt8] = []
                alert.encode(into: &bytes)
                json.key("alert")
                json.raw(bytes)
            } else {
                json.field("reason", reasons.whyClear(reading, rule: number))
            }
            json.endObject()
        }
        json.endArray()
        json.key("off")
        json.beginArray()
        for (rule, _) in sleeping {
            json.beginObject()
            standing(rule, &json)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}

extension AlertExplanationText {
    /// One object of an array.
    func encode(_ explanation: AlertExplanation, into json: inout JSONWriter) {
        json.beginObject()
        json.key("alert")
        var bytes: [UInt8] = []
        explanation.alert.encode(into: &bytes)
        json.raw(bytes)
        json.field("day", explanation.day)
        if let rule = explanation.rule {
            json.key("rule")
            json.beginObject()
            json.field("id", rule.id.rawValue)
            json.field("revision", Int64(rule.revision))
            json.field(
                "status", EffectiveRule(rule, on: explanation.day, in: explanation.alert.region).rule.status.rawValue)
            EffectiveJSON.place(rule.location, &json)
            StandingText.encode(rule, on: explanation.day, in: explanation.alert.region, into: &json)
            json.endObject()
            json.field("raised_again", explanation.again != nil)
            if explanation.again == nil {
                json.field("reason", verdict(explanation, rule))
            }
            json.key("guards")
            json.beginArray()
            for look in explanation.guards {
                json.beginObject()
                json.field("name", look.name)
                json.field("action", look.action.rawValue)
                json.field("said", look.words)
                json.endObject()
            }
            json.endArray()
        }
        json.key("law")
        json.beginArray()
        for basis in explanation.alert.rule.legalBasis {
            json.beginObject()
            json.field("law", basis.law)
            json.field("article", basis.article)
            json.field("from", basis.from)
            json.field("to", basis.to)
            json.field("in_force", basis.isInForce(on: explanation.day))
            json.endObject()
        }
        json.endArray()
        if let rule = explanation.rule {
            json.field("open_questions", rule.openQuestions.map(\.text))
            json.field("overlay", explanation.overlay(in: language))
            json.field("commands", explanation.commands(rules: rules, folder: Self.siteFolder))
        }
        json.endObject()
    }
}
