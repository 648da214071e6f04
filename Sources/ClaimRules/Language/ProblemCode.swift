/// Names a kind of problem, whatever its words: "E103". What begins with W is a warning.
///
/// 10x expressions, 12x classes and their words, 13x slots, 14x patterns, 15x guards and exemptions, 16x bindings,
/// 17x facts, 18x time, 19x dates and files.
public struct ProblemCode: Hashable, Sendable, RawRepresentable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    private init(_ rawValue: String) { self.rawValue = rawValue }

    public static let operators = Self("E101")
    public static let gapPlace = Self("E102")
    public static let gapNotation = Self("E103")
    public static let nearWithin = Self("E104")
    public static let withinTooShort = Self("E105")
    public static let orderOfMany = Self("E106")
    public static let partCount = Self("E107")
    public static let timeSpan = Self("E108")
    public static let tooDeep = Self("E109")
    public static let unknownKey = Self("E110")
    /// A key of a later version of the language than the file requires.
    public static let laterVersion = Self("E111")
    /// A name given twice, or too many names.
    public static let captureName = Self("E112")
    public static let unknownClass = Self("E121")
    public static let circle = Self("E122")
    public static let classExpression = Self("E123")
    public static let emptyDifference = Self("E124")
    public static let pointlessDifference = Self("W124")
    public static let formMark = Self("E125")
    public static let tooManyForms = Self("E126")
    public static let wrongKindOfName = Self("E127")
    /// Signs in a term that look like more than signs.
    public static let literalSigns = Self("W128")
    public static let cutNumber = Self("W129")
    public static let boundUnit = Self("E131")
    public static let boundNumber = Self("E132")
    public static let unknownUnit = Self("E133")
    public static let slotAlone = Self("W134")
    public static let patternSyntax = Self("E141")
    public static let patternWithoutWord = Self("E142")
    public static let patternSize = Self("E143")
    public static let guardPlace = Self("E151")
    public static let guardClearsAll = Self("E152")
    public static let pointlessExcept = Self("W153")
    public static let unknownExemption = Self("E154")
    public static let unreachableBinding = Self("E161")
    public static let noLegalBasis = Self("E162")
    public static let uselessCategory = Self("E163")
    public static let factOperator = Self("E171")
    public static let saidByNobody = Self("E172")
    public static let scoreOutOfReach = Self("E181")
    /// What a required statement needs beside it, and what does not go with it.
    public static let requiredPlace = Self("E182")
    /// A screen of a rule that looks at several texts.
    public static let screenPlace = Self("E183")
    /// The model that a rule's screen asks is not at hand.
    public static let missingModel = Self("W184")
    public static let dates = Self("E191")
    /// A change names no rule, pack, category or class.
    public static let unknownTarget = Self("W192")
    public static let notation = Self("E193")
    /// A change that changes nothing.
    public static let pointlessChange = Self("W194")
    /// A change that another one is laid over, or that cannot be made of the rule.
    public static let unmadeChange = Self("W195")
    /// A change that was written for an older revision of its rule.
    public static let outdatedChange = Self("W196")
    /// A change whose reason is still that of the overlay that `explain` printed.
    public static let unwrittenReason = Self("W197")
}
