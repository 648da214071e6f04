/// What a character is to a number.
enum Numeral: Equatable {
    /// How a numeral is written, which is how far it can be trusted to be one: 陆 is a family name, too.
    enum Style {
        /// 0 to 9, after folding.
        case arabic
        /// 一, 十.
        case han
        /// 壹, 拾: the forms of cheques.
        case formal
    }

    case digit(Int64, Style)
    /// 十, 百, 千, 万, 亿: a power of ten.
    case power(Int, Style)
    /// 廿, 卅, 卌, alone or before a digit.
    case tens(Int64)
    /// 俩, 仨: a number and its 个 in one.
    case pair(Int64)
    /// 几, 数: some digit.
    case some

    init?(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "0"..."9": self = .digit(Int64(scalar.value - 0x30), .arabic)
        case "零", "〇": self = .digit(0, .han)
        case "一", "幺": self = .digit(1, .han)
        case "二", "两": self = .digit(2, .han)
        case "三": self = .digit(3, .han)
        case "四": self = .digit(4, .han)
        case "五": self = .digit(5, .han)
        case "六": self = .digit(6, .han)
        case "七": self = .digit(7, .han)
        case "八": self = .digit(8, .han)
        case "九": self = .digit(9, .han)
        case "壹": self = .digit(1, .formal)
        case "贰": self = .digit(2, .formal)
        case "叁": self = .digit(3, .formal)
        case "肆": self = .digit(4, .formal)
        case "伍": self = .digit(5, .formal)
        case "陆": self = .digit(6, .formal)
        case "柒": self = .digit(7, .formal)
        case "捌": self = .digit(8, .formal)
        case "玖": self = .digit(9, .formal)
        case "十": self = .power(1, .han)
        case "拾": self = .power(1, .formal)
        case "百": self = .power(2, .han)
        case "佰": self = .power(2, .formal)
        case "千": self = .power(3, .han)
        case "仟": self = .power(3, .formal)
        case "万": self = .power(4, .han)
        case "亿": self = .power(8, .han)
        case "廿": self = .tens(20)
        case "卅": self = .tens(30)
        case "卌": self = .tens(40)
        case "俩": self = .pair(2)
        case "仨": self = .pair(3)
        case "几", "数": self = .some
        default: return nil
        }
    }
}

extension Numeral {
    /// What a folded scalar counts: 4 for 四, 10 for 十 and 拾, 20 for 廿; nil for 几 and for what is no numeral.
    static func amount(folded scalar: UInt32) -> Int64? {
        switch Unicode.Scalar(scalar).flatMap({ Numeral($0) }) {
        case .digit(let digit, _): digit
        case .power(let power, _): (0..<power).reduce(1) { product, _ in product * 10 }
        case .tens(let tens): tens
        case .pair(let pair): pair
        case .some, nil: nil
        }
    }
}
