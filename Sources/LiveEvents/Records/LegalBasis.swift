/// An article of a law that a claim may break, e.g. 广告法 第十七条.
public struct LegalBasis: Hashable, Sendable {
    /// The law, e.g. 广告法.
    public var law: String
    /// The article, e.g. 第十七条.
    public var article: String
    /// The first and last day the article applies (yyyy-MM-dd), where the pack says so.
    public var from: String?
    /// The last day, or nil while the article is in force.
    public var to: String?
    public init(law: String, article: String, from: String? = nil, to: String? = nil) {
        (self.law, self.article, self.from, self.to) = (law, article, from, to)
    }
}
