import ArgumentParser
import ChineseText
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting

/// The room in which a text is said: what is on sale, who speaks, where and when.
struct RoomOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(optionHelp("在售商品的类目，如 食品/蜂蜜。", "The category of the product on sale, a path such as 食品/蜂蜜."))
    )
    var category: String?

    @Option(help: ArgumentHelp(optionHelp("商品标题。", "The title of the product on sale.")))
    var title: String?

    @Option(help: ArgumentHelp(optionHelp("商品价格，如 59.9 或 59块9。", "The price of the product, e.g. 59.9 or 59元.")))
    var price: String?

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "商品页写的一项，可重复：material=涤纶，或商品页自己的名字 面料成分=涤纶。",
                "What the listing says, may be repeated: material=涤纶, or by the listing's own name, 面料成分=涤纶."),
            valueName: "name=text"))
    var fact: [String] = []

    @Option(help: ArgumentHelp(optionHelp("地区代码，如 320700。", "The region's code, e.g. 320700.")))
    var region: String?

    @Option(help: ArgumentHelp(optionHelp("谁在说。", "Who speaks."), valueName: "host|assistant|guest|viewer|ai"))
    var role: SpeakerRole?

    @Flag(inversion: .prefixedNo, help: ArgumentHelp(optionHelp("说话的是商家自己。", "The speaker sells for himself.")))
    var seller: Bool?

    @Option(name: .customLong("room"), help: ArgumentHelp(optionHelp("直播间号。", "The room's id."), valueName: "id"))
    var roomID: String?

    @Option(
        name: .customLong("shop"),
        help: ArgumentHelp(optionHelp("商品的店铺号。", "The id of the shop whose goods they are."), valueName: "id"))
    var sellerID: String?

    @Option(
        name: .customLong("speaker"),
        help: ArgumentHelp(optionHelp("说话人的账号。", "The speaker's account."), valueName: "id"))
    var speakerID: String?

    @Option(
        help: ArgumentHelp(
            optionHelp("哪天说的，如 2026-06-18；不写是今天（中国时间）。", "The day, e.g. 2026-06-18; else today, in China."),
            valueName: "day"))
    var at: String?

    func validate() throws {
        try validateDay(at)
        var room = SampleRun(text: "").room
        try furnish(&room)
    }

    /// Puts into the room what the options tell.
    /// - Throws: `ValidationError` that says what to write.
    func furnish(_ room: inout Rule.Examples.Example) throws {
        (room.category, room.region, room.role, room.isSeller) = (category, region, role, seller)
        (room.roomID, room.sellerID, room.speakerID) = (roomID, sellerID, speakerID)
        room.day = at ?? today()
        if let title { room.facts[.title] = title }
        if let price { room.price = try Self.fen(price) }
        for text in fact {
            let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw ValidationError(
                    said(
                        "--fact \(DisplayText.printable(text)) 要写成 名字=内容，如 material=涤纶",
                        "--fact \(DisplayText.printable(text)) must be name=text, e.g. material=涤纶"))
            }
            try put(parts[1], as: parts[0], into: &room)
        }
    }

    private func put(_ text: String, as name: String, into room: inout Rule.Examples.Example) throws {
        switch Fact(rawValue: name) {
        case .price?: room.price = try Self.fen(text)
        case .originalPrice?:
            _ = try Self.fen(text)
            room.facts[.originalPrice] = text
        case let fact?: room.facts[fact] = text
        // Names of platforms are Chinese; what is written in ASCII was meant to be one of ours.
        case nil where name.utf8.allSatisfy { $0 < 0x80 }:
            let names = Fact.allCases.map(\.rawValue)
            let advice =
                Suggestion.closest(to: name, in: names).map { said("要写 \($0) 吗？", "Did you mean \($0)?") }
                ?? said("可用的有 \(names.joined(separator: "、"))。", "Write one of \(names.joined(separator: ", ")).")
            throw ValidationError(
                said(
                    "'\(DisplayText.printable(name))' 不是商品事实。\(advice)",
                    "'\(DisplayText.printable(name))' is no fact. \(advice)"))
        case nil: room.attributes[name] = text
        }
    }

    private static func fen(_ text: String) throws -> NumberValue {
        guard let fen = (try? NumberSlot(kind: .price, min: text, isBare: true))?.low else {
            throw ValidationError(
                said(
                    "'\(DisplayText.printable(text))' 读不出价钱：写 59.9 或 59块9",
                    "'\(DisplayText.printable(text))' is no price: write 59.9 or 59块9"))
        }
        return fen
    }
}
