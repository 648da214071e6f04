/// Words around a hit that say that it is none, or that it weighs less: 不能, 有人问, 吗.
///
/// The same scopes serve `needs`, where the words must be there (`action` means nothing then), and `exempt`.
public struct Guard: Hashable, Sendable {
    /// Where the words are looked for, from the hit's place.
    public enum Scope: Hashable, Sendable {
        /// So many visible characters before the hit, after it, or both with the hit between, inside the unit.
        case before(Int, TextUnit)
        case after(Int, TextUnit)
        case around(Int, TextUnit)
        /// From the unit where the hit begins to the unit where it ends.
        case unit(TextUnit)
        /// Between the hit's own words.
        case inside
        /// Anywhere that shares a character with the hit's clause: exemptions may lie over its border.
        case overClause
    }
    public enum Action: String, Sendable, CaseIterable {
        /// There is no hit.
        case clear
        /// The hit weighs one step less.
        case lower
        /// The hit stays as it is; the alert names the guard.
        case mark
    }

    /// What alerts and `explain` call it.
    public var name: String
    public var scope: Scope
    public var words: WordSet
    /// A guard word that shares a character with one of these does not count: 不得不, 不是我吹.
    public var except: WordSet?
    /// Only an odd number of the words counts: 不是说它不能治.
    public var isOdd: Bool
    public var action: Action

    public init(
        name: String, scope: Scope, words: WordSet, except: WordSet? = nil, isOdd: Bool = false,
        action: Action = .clear
    ) {
        self.name = name
        self.scope = scope
        self.words = words
        self.except = except
        self.isOdd = isOdd
        self.action = action
    }
}

/// The named exemptions of the guide on absolute terms (广告绝对化用语执法指南, 2023, Articles 5 and 6): the hit stays,
/// weighs one step less, and the alert names them.
public enum Exemption: String, Sendable, CaseIterable {
    /// 表明经营者的服务态度或经营理念、企业文化、主观愿望: an attitude.
    case attitude
    /// 表达经营者目标追求: a goal.
    case goal
    /// 绝对化用语指向的内容，与所推销的商品性能、质量无直接关联: not about the goods.
    case unrelated
    /// 仅用于对同一品牌或同一企业商品进行自我比较: compared with the seller's own goods.
    case own = "self"
    /// 仅用于宣传商品的使用方法、使用时间、保存期限等消费提示: how to use it.
    case usage
    /// 依据国家标准、行业标准、地方标准等认定的商品分级用语: a grade of a standard.
    case grade
    /// 商品名称、规格型号、注册商标或者专利中含有绝对化用语: part of a name or trade mark.
    case name
    /// 依据国家有关规定评定的奖项、称号: an official title.
    case title
    /// 限定具体时间、地域等条件表述时空顺序客观情况: a fact of time, order, sales.
    case fact
}

/// Words that make an exemption.
public struct ExemptWords: Hashable, Sendable {
    public var exemption: Exemption
    public var condition: Guard

    public init(_ exemption: Exemption, _ condition: Guard) {
        (self.exemption, self.condition) = (exemption, condition)
    }
}
