import ChineseText
package import ClaimRules

/// Which fact an attribute of a listing tells, by the name that the seller gave it.
///
/// ```
///     产地, 商品产地, 产地信息, 原产国/地区      origin
///     材质, 主石材质, 鞋面材质, 主要原料, 皮质   material
///     里料材质, 包装材质                       nothing: a lining, a carton
/// ```
/// Sellers name attributes as they like, so a name is read by the words in it: the first row of `rows` that one of its words
/// is of, and that none of its other words speaks against. Each name tells one fact, several names may tell the same.
///
/// 里料 (a lining) is no material here: a coat of wool is lined with polyester and none the less of wool.
package enum FactNames {
    /// A fact and the words of the names that tell it.
    package struct Row: Sendable {
        package var fact: Fact
        /// A name that holds one of these tells the fact.
        package var words: [String]
        /// Unless one of these stands in it, too.
        package var except: [String] = []
    }

    /// In the order in which they are asked.
    package static let rows: [Row] = [
        Row(
            fact: .unsuitableFor,
            words: ["不适宜", "不适合", "不适用", "不宜", "禁忌", "禁用", "慎用", "忌用", "禁食"]),
        Row(
            fact: .suitableFor,
            words: ["人群", "适宜区域", "适用对象", "适用年龄", "适合年龄", "适用月龄", "建议年龄", "推荐年龄", "年龄段", "使用对象", "适合谁", "给谁"]),
        Row(fact: .warranty, words: ["质保", "保修", "三包", "包修", "包换", "售后", "联保"]),
        Row(
            fact: .date,
            words: [
                "日期", "出厂时间", "采摘时间", "捕捞时间", "生产时间", "采收时间", "屠宰时间", "灌装时间", "采制时间", "收获时间", "生产日", "装瓶日", "灌装日",
                "包装日", "出厂日", "采摘日", "捕捞日", "采收日", "宰杀日",
            ],
            except: ["保质", "有效", "到期", "截止", "截至", "发货", "备案", "注册", "批准", "上架", "开课", "发证"]),
        Row(fact: .shelfLife, words: ["保质", "保存期", "货架期"]),
        Row(
            fact: .vintage,
            words: ["年份", "窖龄", "酒龄", "树龄", "参龄", "藏龄", "生长年限", "种植年限", "陈化", "陈年", "窖藏", "陈酿", "仓储年限", "储存年限"]),
        Row(
            fact: .validity,
            words: ["有效期", "年限", "期限", "服务期", "会员时长", "服务时长", "课程时长", "观看时长", "回放", "使用期", "授权期", "学习期", "卡期"],
            except: ["发货", "退货", "退款", "保修"]),
        Row(
            fact: .approvalNo,
            words: [
                "批准文号", "批准号", "批文", "注册证", "注册号", "备案号", "备案编号", "备案凭证", "备案信息", "登记证", "登记号", "审定编号", "审定号", "准字",
                "特证", "批号文", "许可备案",
            ],
            except: ["生产许可"]),
        Row(
            fact: .registeredFunction,
            words: [
                "保健功能", "功能声称", "批准功能", "注册功能", "核准功能", "登记功能", "批准的功能", "功效", "功能主治", "适应症", "适应证", "宣称功能", "功能", "主打",
                "作用",
            ]),
        Row(fact: .approvalNo, words: ["备案"], except: ["日期", "类", "人", "状态", "地"]),
        Row(
            fact: .standard,
            words: ["执行标准", "产品标准", "标准号", "质量标准", "安全标准", "技术标准", "标准代号", "标准编号", "国家标准"],
            except: ["服务", "排放", "能效"]),
        Row(
            fact: .grade, words: ["等级", "级别", "品级", "质量级", "分级"],
            except: ["安全", "能效", "能耗", "水效", "防", "环保", "噪", "难度", "会员", "用户", "耐磨", "店铺", "信用", "考"]),
        Row(
            fact: .origin,
            words: [
                "产地", "原产", "产区", "产自", "产于", "出自", "来自", "出处", "源地", "矿口", "场口", "矿区", "坑口", "养殖地", "种植地", "捕捞地",
                "采摘地", "采集地", "海域", "水域", "渔场", "来源国", "国别", "茶山", "牧场", "奶源", "生产地", "制造地", "来源地", "出产", "生产国", "制造国",
                "所属国", "国产", "进口",
            ],
            except: ["加工", "组装", "品牌", "面料", "辅料", "包装", "设计", "里料", "配件", "布料", "税", "货源"]),
        Row(
            fact: .process,
            words: [
                "工艺", "处理", "优化", "制法", "做法", "酿造", "发酵", "香型", "制作", "种植方", "养殖", "栽培", "饲养", "培育", "生长方", "生长环境",
                "捕捞",
                "捕捉", "捕获", "采集", "种植", "生产方式", "生产模式", "加工方", "来源方式", "提取", "萃取", "压榨", "杀菌",
            ],
            except: ["包装", "安装", "售后", "物流", "退", "染色牢度"]),
        Row(
            fact: .condition,
            words: ["状态", "储存", "贮存", "储藏", "贮藏", "保存", "成色", "新旧", "品相", "拆封", "冷藏", "冷冻", "保鲜", "存放"],
            except: ["发货", "库存状态", "订单"]),
        Row(
            fact: .weight,
            words: ["净含", "净重", "净量", "规格", "重量", "克重", "充绒量", "填充量", "充棉量", "填充克", "丝重", "芯重", "自重"],
            except: ["毛重", "面料", "布料", "纸张", "承", "载重", "最大", "适用", "体重", "尺寸", "毛料", "包装", "含冰", "带冰", "运输"]),
        Row(
            fact: .share,
            words: ["含量", "浓度", "占比", "比例", "纯度", "含绒", "含棉", "含毛", "含金", "含银", "固形物", "有效成分含"],
            except: ["酒精", "水分", "含水", "脂肪"]),
        Row(
            fact: .material,
            words: [
                "材质", "面料", "成分", "成份", "材料", "填充", "填料", "配料", "原料", "主料", "皮质", "皮料", "用料", "料质", "石材", "基材", "内胆",
                "芯材",
                "里芯", "主石", "宝石", "质地", "材种", "木种", "树种", "木材", "原材", "内容物", "芯料", "肉源", "油料", "基酒", "绒种", "毛料", "用材",
                "皮种",
                "布料", "料子", "金属", "充绒", "有啥", "有什么", "啥做", "什么做", "做啥", "组成",
            ],
            except: [
                "里料", "里布", "内里", "里衬", "里子", "衬里", "辅料", "配件", "包装", "鞋底", "鞋垫", "大底", "手柄", "把手", "产地", "重", "厚",
                "支架",
                "颜色", "图案", "弹", "进口",
            ]),
        Row(
            fact: .kind,
            words: ["类别", "类型", "品类", "种类", "分类", "属性", "性质", "品种", "产品名称", "通用名", "品名", "特殊用途"],
            except: ["安全", "包装", "适用", "人"]),
    ]

    /// Each row as the comparison needs it.
    private static let compiled: [(fact: Fact, words: [[UInt8]], except: [[UInt8]])] = rows.map { row in
        (row.fact, row.words.map { Array(folded($0).utf8) }, row.except.map { Array(folded($0).utf8) })
    }

    /// The longest name that is read, UTF-8 bytes.
    private static let maxBytes = 64

    /// The fact that an attribute of this name tells; nil for one that no row knows, which is kept for rules that ask for it by
    /// name or for all attributes.
    ///
    /// Cost: a search for each word of the rows, some microseconds.
    package static func fact(_ name: String) -> Fact? {
        guard name.utf8.count <= maxBytes else { return nil }
        let name = Array(folded(name).utf8)
        return compiled.first { row in
            row.words.contains { name.holds($0) } && !row.except.contains { name.holds($0) }
        }?.fact
    }

    /// A name under which a listing tells the fact as an attribute; nil for one that has a field of its own.
    package static func usualName(of fact: Fact) -> String? { usualNames[fact] }

    private static let usualNames: [Fact: String] = [
        .material: "材质", .origin: "产地", .grade: "等级", .registeredFunction: "保健功能", .suitableFor: "适宜人群",
        .unsuitableFor: "不适宜人群", .approvalNo: "批准文号", .weight: "净含量", .standard: "执行标准", .process: "工艺",
        .kind: "产品类别", .condition: "状态", .share: "含量", .warranty: "质保期", .shelfLife: "保质期", .validity: "有效期",
        .vintage: "年份", .date: "生产日期", .age: "生产日期",
    ]

    /// A name as it is compared: width, case, script, spaces and colons aside.
    static func folded(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                FoldedText(name).text.unicodeScalars.filter {
                    !$0.properties.isWhitespace && $0 != ":" && $0 != "："
                }))
    }
}

extension [UInt8] {
    /// Whether another sequence of bytes stands in it. In UTF-8 what begins as a character ends as one.
    fileprivate func holds(_ part: [UInt8]) -> Bool {
        guard let first = part.first, part.count <= count else { return false }
        for start in 0...(count - part.count) where self[start] == first {
            if self[start..<(start + part.count)].elementsEqual(part) { return true }
        }
        return false
    }
}
