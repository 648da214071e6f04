/// The body of law a claim is pursued under: advertising, unfair competition (反不正当竞争法), price, banned goods, labels,
/// consumer rights.
public enum LegalTrack: String, Sendable, CaseIterable {
    case adLaw = "ad_law", aucl, price, goods, label, consumer
}
