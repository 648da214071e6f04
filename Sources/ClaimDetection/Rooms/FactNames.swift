import ChineseText
package import ClaimRules

/// Which fact an attribute of a listing tells, by the name that platforms and shops give it.
///
/// 里料 (a lining) is no material here: a coat of wool is lined with polyester and none the less of wool.
package enum FactNames {
    private static let names: [Fact: [String]] = [
        .material: [
            "材质", "面料", "成分", "面料材质", "面料成分", "材质成分", "面料成份", "成份", "主要材质", "主材质", "材料", "填充物", "填充材质", "配料",
            "配料表", "原料",
        ],
        .origin: ["产地", "原产地", "原产国", "生产地", "原料产地", "产地信息", "原产国/地区"],
        .grade: ["等级", "级别", "质量等级", "产品等级", "品级", "商品等级"],
        .registeredFunction: ["保健功能", "功能声称", "注册功能", "保健功能声称", "批准功能", "批准的保健功能"],
        .suitableFor: ["适宜人群", "适用人群", "适用对象", "适合人群", "适宜区域"],
        .approvalNo: [
            "批准文号", "批准号", "注册号", "注册证号", "注册证编号", "医疗器械注册证编号", "备案号", "备案编号", "备案凭证号", "审定编号", "农药登记证号", "登记证号",
            "国药准字", "化妆品备案编号", "特殊化妆品注册证编号",
        ],
        .weight: ["净含量", "净重", "规格"],
    ]

    private static let facts: [String: Fact] = {
        var facts: [String: Fact] = [:]
        for (fact, list) in names { for name in list { facts[folded(name)] = fact } }
        return facts
    }()

    /// The fact that an attribute of this name tells; nil for one that no rule asks for.
    package static func fact(_ name: String) -> Fact? {
        // Longer names are none of these: the longest has 12 characters.
        name.utf8.count > 64 ? nil : facts[folded(name)]
    }

    /// A name under which a listing tells the fact as an attribute; nil for one that has a field of its own.
    package static func usualName(of fact: Fact) -> String? { names[fact]?.first }

    /// A name as it is compared: width, case, script, spaces and colons aside.
    static func folded(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                FoldedText(name).text.unicodeScalars.filter {
                    !$0.properties.isWhitespace && $0 != ":" && $0 != "："
                }))
    }
}
