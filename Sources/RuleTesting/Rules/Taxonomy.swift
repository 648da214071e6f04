public import ClaimRules

/// The kinds of unlawful selling that rules name in `category` and `as`: what a regulator looks for, in groups A to J.
///
/// Sites may use names of their own beside these. The table is what "every category has a rule" is held against.
public enum Taxonomy {
    public enum Group: Character, Sendable, CaseIterable {
        case absolute = "A"
        case health = "B"
        case money = "C"
        case authority = "D"
        case price = "E"
        case goods = "F"
        case diversion = "G"
        case banned = "H"
        case social = "I"
        case local = "J"

        public var title: Wording {
            switch self {
            case .absolute: Wording("绝对化、比较、引证", "Absolute and comparative claims")
            case .health: Wording("健康宣称", "Health")
            case .money: Wording("投资和教育", "Money and education")
            case .authority: Wording("权威、证书、身份", "Authority and identity")
            case .price: Wording("价格、促销、交易", "Price, promotion, trade")
            case .goods: Wording("商品本身", "The goods")
            case .diversion: Wording("引流", "Diversion")
            case .banned: Wording("禁售、限售", "Banned or restricted goods")
            case .social: Wording("社会风尚、未成年人、应急", "Social order, minors, emergency")
            case .local: Wording("连云港本地", "Lianyungang")
            }
        }
    }

    public struct Category: Sendable {
        public let id: String
        public let group: Group
        public let title: Wording
        /// Why neither speech nor listings can show it; nil: they can, so it needs a rule.
        public let unseen: Wording?

        init(_ id: String, _ group: Group, _ chinese: String, _ english: String, unseen: Wording? = nil) {
            (self.id, self.group, self.unseen) = (id, group, unseen)
            title = Wording(chinese, english)
        }
    }

    public static func category(_ id: String) -> Category? { byID[id] }

    private static let byID = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0) })

    /// In the order of their groups.
    public static let categories: [Category] = [
        Category("general.misleading", .absolute, "虚假或引人误解的宣传，未细分", "false or misleading, not told apart"),
        Category("abs.superlative", .absolute, "绝对化用语（最高级）", "superlatives about the goods"),
        Category("abs.ranking", .absolute, "排名第一、唯一、首创", "number one, the only one, the first"),
        Category("abs.state-level", .absolute, "国家级、特供、专供", "state level and special supply"),
        Category("abs.percent-guarantee", .absolute, "百分百、绝对、永久", "certainty, not of medical goods"),
        Category("cite.unsourced", .absolute, "引证内容无出处或不可验证", "data, tests, reports without a source"),
        Category("compare.disparage", .absolute, "贬低同行、商业诋毁", "disparaging rivals"),

        Category("food.treatment", .health, "普通食品涉及疾病预防、治疗", "ordinary food said to prevent or cure"),
        Category("food.health-function", .health, "普通食品声称保健功能", "ordinary food with a health function"),
        Category("food.no-additive", .health, "零添加、不含防腐剂、纯天然", "no additives, natural"),
        Category("healthfood.disease", .health, "保健食品涉及疾病预防、治疗", "health food said to prevent or cure"),
        Category("healthfood.assertion", .health, "保健食品断言、比较、必需", "health food: assertion, comparison, need"),
        Category(
            "healthfood.function-beyond-registration", .health, "保健食品超出注册备案的功能",
            "health food beyond its registered function"),
        Category("healthfood.everyone", .health, "保健食品人人适用", "health food said to suit everybody"),
        Category("healthfood.disclaimer-missing", .health, "未声明“本品不能代替药物”", "health food without the disclaimer"),
        Category("drug.assertion", .health, "药品断言、保证", "drugs: assertion or guarantee"),
        Category("fsmp.assertion", .health, "特医食品断言、保证", "food for special medical purposes: assertion"),
        Category("medical.service", .health, "医疗服务断言、保证", "medical services: assertion or guarantee"),
        Category("weight.guarantee", .health, "减肥、增高、丰胸保证", "slimming, height, bust guaranteed"),
        Category("cosmetics.medical", .health, "化妆品医疗用语", "cosmetics with medical words"),
        Category("cosmetics.special-claim", .health, "普通化妆品宣称特殊功效", "ordinary cosmetics with special effects"),
        Category("cosmetics.exaggerate", .health, "化妆品虚假夸大", "cosmetics: exaggeration"),
        Category("device.assertion", .health, "医疗器械断言、治愈率、代言", "medical devices: assertion, cure rates"),
        Category("general.medical", .health, "非医疗商品宣称治病", "other goods said to cure"),
        Category("infant.breastmilk", .health, "婴儿乳制品替代母乳", "infant formula in place of breast milk"),
        Category("health.lecture", .health, "养生科普变相广告", "health lectures as disguised advertising"),
        Category("health.pressure-pitch", .health, "恐吓、催促的健康推销", "health pitch by fear or pressure"),

        Category("invest.return", .money, "投资收益、招商加盟、收藏升值", "returns, franchises, collectibles"),
        Category("edu.guarantee", .money, "教育培训保证性承诺", "guarantees of education"),

        Category("endorse.state-organ", .authority, "国家机关、军队名义或形象", "in the name of the state or army"),
        Category("endorse.hospital", .authority, "冒用知名医院", "borrowed hospital names"),
        Category("endorse.expert-patient", .authority, "专家、医生、患者推荐", "experts, doctors, patients recommend"),
        Category(
            "endorse.influencer-3p1x", .authority, "达人代言“三品一械”", "influencers endorse drugs, devices, health food"),
        Category("cert.fake", .authority, "虚假认证、检测、证书", "false certificates and tests"),
        Category("honor.fake", .authority, "虚构荣誉、专利、媒体背书", "invented honours, patents, media"),
        Category("ai.impersonation", .authority, "AI 仿冒、未标识数字人", "AI impersonation"),
        Category("persona.fake", .authority, "虚假人设、卖惨", "invented persons and hardship"),

        Category("price.fake-original", .price, "虚构原价、虚假折扣", "invented original prices"),
        Category("price.lowest", .price, "全网最低价", "lowest price anywhere"),
        Category("price.bait", .price, "低价诱骗、赠品不实", "bait prices and gifts"),
        Category("promo.fake-scarcity", .price, "虚假抢购、谎称现货", "false scarcity"),
        Category("promo.prize", .price, "违规有奖销售", "prize sales"),
        Category("trade.fake-orders", .price, "刷单、虚构销量评价", "fake orders and reviews"),
        Category("promise.service", .price, "服务承诺与不当限制", "promises and undue limits of service"),

        Category("ip.counterfeit", .goods, "高仿、假冒", "counterfeits"),
        Category("ip.brand-alias", .goods, "品牌暗语", "brands in code words"),
        Category("goods.label", .goods, "三无、过期、改日期", "no label, expired, altered dates"),
        Category("mismatch.material-grade", .goods, "材质、等级货不对板", "material or grade not as said"),
        Category("mismatch.origin", .goods, "产地不符", "origin not as said"),
        Category("mismatch.weight", .goods, "净含量、数量不符", "weight or count not as said"),

        Category("divert.private", .diversion, "私域引流、线下交易", "taking buyers off the platform"),

        Category("ban.wildlife", .banned, "野生动物及制品", "wildlife"),
        Category("ban.yangtze", .banned, "长江非法捕捞渔获物、禁用渔具", "Yangtze catch, banned gear"),
        Category("ban.tobacco-ecig", .banned, "烟草、电子烟", "tobacco, e-cigarettes"),
        Category("ban.drugs", .banned, "毒品、迷药", "narcotics"),
        Category("ban.weapons-hazmat", .banned, "枪支、管制器具、危险品", "weapons, hazardous goods"),
        Category("ban.spy", .banned, "窃听窃照、定位、开锁", "bugs, trackers, lock-picks"),
        Category("ban.docs-accounts", .banned, "假证、发票、账号卡类", "forged papers, accounts, cards"),
        Category("ban.rx-drugs", .banned, "处方药、网售禁售药", "prescription drugs"),
        Category("ban.devices-injectables", .banned, "无证器械、注射类", "unlicensed devices, injectables"),
        Category("ban.agri-inputs", .banned, "种子、农药、兽药违规", "seeds, pesticides, animal drugs"),
        Category("ban.goods", .banned, "禁售、限售的商品，未细分", "forbidden or restricted goods, not told apart"),
        Category("ban.food", .banned, "禁止经营的食品", "forbidden food"),
        Category("ban.hidden-shipping", .banned, "隐瞒寄递", "parcels that hide what they hold"),

        Category("social.order", .social, "违背良好风尚，未细分", "against good morals, not told apart"),
        Category("social.superstition", .social, "封建迷信", "superstition"),
        Category("social.vulgar", .social, "低俗、软色情", "vulgar talk"),
        Category("social.discriminate", .social, "歧视", "discrimination"),
        Category("social.gamble", .social, "赌博", "gambling"),
        Category("social.waste", .social, "浪费食品", "wasting food"),
        Category("minors.protect", .social, "未成年人", "minors"),
        Category("alcohol.ad", .social, "酒类广告禁区", "alcohol"),
        Category("pandemic.supplies", .social, "防疫用品", "epidemic supplies"),

        Category("local.crystal.natural", .local, "水晶：合成、玻璃冒充天然", "crystal: synthetic sold as natural"),
        Category("local.crystal.treatment-cert", .local, "水晶：优化处理未标注、证书", "crystal: treatment, certificates"),
        Category("local.crystal.gi-origin", .local, "“东海水晶”产地与地理标志", "crystal: origin"),
        Category("local.seafood.glaze", .local, "海鲜：冰衣、短斤缺两", "seafood: glaze, short weight"),
        Category("local.seafood.water-retention", .local, "虾仁：保水剂与“零添加”", "shrimp: water retention"),
        Category("local.seafood.wild-origin", .local, "海鲜：野生、本港、休渔期", "seafood: wild, local, closed season"),
        Category("local.apparel.guanyun", .local, "灌云主题服饰", "theme apparel of Guanyun"),
    ]
}
