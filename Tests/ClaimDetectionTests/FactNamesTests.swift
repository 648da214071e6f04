import ClaimRules
import Testing

@testable import ClaimDetection

@Suite struct `Names of attributes` {
    private static let table: [(fact: Fact?, names: [String])] = [
        (
            .material,
            [
                "材质", "面料", "成分", "主要成分", "主要原料", "配料", "配料表", "产品配料", "主石材质", "内胆材质", "鞋面材质", "皮质", "填充物", "床面材质",
                "镶嵌材质", "宝石", "壳体材料", "面料成份", "里芯材质", "肉源", "充绒", "里面都有啥", "用什么做的",
            ]
        ),
        (
            .origin,
            [
                "产地", "产品产地", "商品产地", "原产国/地区", "原产地", "原料产地", "具体产地", "产区", "是否进口", "国产/进口", "生产国", "蜜源地", "矿口", "出处",
                "产自", "养殖地", "捕捞海域",
            ]
        ),
        (.grade, ["等级", "产品等级", "质量等级", "茶叶级别", "品级"]),
        (.registeredFunction, ["保健功能", "批准的保健功能", "备案功效", "功效", "宣称功效", "适应症", "功能", "主打"]),
        (.suitableFor, ["适宜人群", "适用人群", "适用年龄", "年龄段", "适合谁"]),
        (.unsuitableFor, ["不适宜人群", "禁忌人群", "禁忌", "慎用人群", "食用禁忌"]),
        (.approvalNo, ["批准文号", "备案", "备案编号", "备案号", "注册证号", "注册证", "医疗器械注册证编号", "农药登记证号", "特证"]),
        (.standard, ["执行标准", "产品标准号", "标准号", "安全标准"]),
        (.process, ["工艺", "处理方式", "处理", "优化处理", "养殖方式", "种植方式", "捕捞方式", "生产工艺", "酿造工艺", "加工方式", "制作工艺"]),
        (.condition, ["状态", "商品状态", "储存条件", "贮藏方法", "成色", "新旧程度", "保存方式"]),
        (.weight, ["净含量", "净含量(去冰)", "净含", "净重", "规格", "重量", "填充重量", "充绒量", "产品重量", "单件重量"]),
        (.share, ["含量", "绒子含量", "乳胶含量", "维C浓度", "纯度", "果汁含量"]),
        (.warranty, ["质保", "质保期", "保修年限", "三包", "售后服务"]),
        (.validity, ["有效期", "课程年限", "服务期限", "会员时长", "回放"]),
        (.shelfLife, ["保质期", "保质期限", "保存期限"]),
        (.vintage, ["年份", "窖藏年份", "树龄", "陈化年份", "参龄", "生长年限"]),
        (.date, ["生产日期", "捕捞日期", "采摘时间", "出厂日期", "包装日期", "装瓶日", "种子生产日期"]),
        (.kind, ["类别", "产品类别", "产品类型", "品类", "特殊用途"]),
        // What lines a coat, packs the goods or names the day of a filing is no fact of the goods.
        (
            nil,
            [
                "里料", "里料材质", "里料成分", "内里材质", "辅料", "包装材质", "包装方式", "颜色", "尺码", "发货地", "货源地", "加工地", "品牌产地", "毛重",
                "含冰重量",
                "承重", "库存",
                "能效等级", "安全类别", "", "衬里材质",
            ]
        ),
    ]

    @Test(arguments: table.flatMap { row in row.names.map { (row.fact, $0) } })
    func `tell a fact by the words in them`(fact: Fact?, name: String) {
        #expect(FactNames.fact(name) == fact)
    }

    @Test func `are read whatever their width, script and spaces`() {
        #expect(FactNames.fact("商品 產地：") == .origin)
        #expect(FactNames.fact("ＲＯ膜材质") == .material)
    }

    @Test func `longer than 64 bytes tell nothing`() {
        #expect(FactNames.fact(String(repeating: "很", count: 19) + "材质") == .material)
        #expect(FactNames.fact(String(repeating: "很", count: 20) + "材质") == nil)
    }

    @Test func `by which examples tell a fact are read as that fact`() {
        for fact in Fact.allCases where fact != .age {
            guard let name = FactNames.usualName(of: fact) else { continue }
            #expect(FactNames.fact(name) == fact, "\(name)")
        }
    }

    @Test func `reach every row of the table`() {
        let reached = Set(Self.table.compactMap(\.fact))
        #expect(Set(FactNames.rows.map(\.fact)) == reached)
    }
}

@Suite struct `A day that a listing writes` {
    private static func day(_ text: String) -> Int32? { ChinaDay.parse(text) }

    @Test(arguments: [
        ("2026-09-20", "2026-09-20"), ("2026/9/20", "2026-09-20"), ("2026.09.20", "2026-09-20"),
        ("20260920", "2026-09-20"), ("2026年9月20日", "2026-09-20"), ("2026-03", "2026-03-31"),
        ("2024年2月", "2024-02-29"), ("202502", "2025-02-28"), ("2025-12", "2025-12-31"), ("2025年", "2025-12-31"),
        ("2025年春茶", "2025-12-31"), ("2025-04-01 至 2025-04-20", "2025-04-20"), ("批次 A12 2026-01-05", "2026-01-05"),
    ])
    func `is the last that it can be`(text: String, day: String) {
        #expect(WrittenDay.last(in: text) == Self.day(day))
    }

    @Test(arguments: ["", "见包装", "500g", "12个月", "1234-99", "GB/T 10781.1", "3120", "99999999", "2026xxxx9"])
    func `is none where none is written`(text: String) {
        #expect(WrittenDay.last(in: text) == (text == "2026xxxx9" ? Self.day("2026-12-31") : nil))
    }

    @Test func `may be hidden in any bytes`() {
        var seed: UInt64 = 7
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<24 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.unicodeScalars.append("0123456789-年月日/.x "[Int(seed >> 33) % 18])
            }
            if let day = WrittenDay.last(in: text) {
                #expect((Self.day("1900-01-01") ?? 0)...(Self.day("2099-12-31") ?? 0) ~= day, "\(text)")
            }
        }
    }
}

extension String {
    fileprivate subscript(number: Int) -> Unicode.Scalar {
        unicodeScalars[unicodeScalars.index(unicodeScalars.startIndex, offsetBy: number)]
    }
}
