import Foundation
import RuleTesting

/// What a reviewer decided of an alert, as a reviewing desk exports it: `review.v1`, see `schemas/review.v1.json`.
struct Review: Decodable {
    enum Decision: String, Decodable { case confirmed, dismissed, unclear }

    let schema: String
    let decision: Decision
    /// What was said, around the claim.
    let text: String

    /// The line as `evaluate` and `learn` take it: the decision is the label.
    static func labelled(_ line: String, _ number: Int) -> LabelledFile.Line {
        guard let review = try? JSONDecoder().decode(Review.self, from: Data(line.utf8)), review.schema == "review.v1",
            !review.text.isEmpty
        else {
            return .wrong(
                number: number,
                reason: said(
                    "不是 review.v1：要有 schema、alert_id、decision（confirmed、dismissed、unclear）、text。见 schemas/review.v1.json。",
                    "no review.v1: it needs schema, alert_id, decision (confirmed, dismissed or unclear) and text. See schemas/review.v1.json."
                ))
        }
        return .labelled(LabelledLine(number: number, label: review.decision.rawValue, text: review.text))
    }
}
