import ClaimRules
import LiveEvents
import RuleTesting

/// What `check` found, as one JSON object for editors and pipelines: every message in both languages.
enum CheckJSON {
    static func encode(_ loaded: LoadedPacks, _ findings: [LintFinding], into json: inout JSONWriter) {
        json.beginObject()
        json.field("schema", "check.v1")
        json.field("valid", loaded.ruleSet != nil)
        json.field("ruleset", loaded.ruleSet?.contentHash)
        json.field("packs", Int64(Set(loaded.rules.map(\.pack)).count))
        json.field("rules", Int64(loaded.rules.count))
        json.field("terms", loaded.ruleSet.map { Int64($0.terms.count) })
        json.key("problems")
        json.beginArray()
        for problem in loaded.problems {
            json.beginObject()
            json.field("kind", problem.kind == .error ? "error" : "warning")
            json.field("code", problem.code?.rawValue)
            place(problem.location, &json)
            json.field("message", problem.wording.chinese)
            json.field("message_en", problem.wording.english)
            json.endObject()
        }
        for finding in findings {
            json.beginObject()
            json.field("kind", "advice")
            json.field("code", finding.code.rawValue)
            json.field("rule", finding.rule.rawValue)
            place(finding.location, &json)
            json.field("message", finding.reason.chinese)
            json.field("message_en", finding.reason.english)
            json.field("change", finding.change.chinese)
            json.field("change_en", finding.change.english)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }

    private static func place(_ location: SourceLocation, _ json: inout JSONWriter) {
        json.field("file", location.file)
        json.field("line", Int64(location.line))
        json.field("column", Int64(location.column))
    }
}
