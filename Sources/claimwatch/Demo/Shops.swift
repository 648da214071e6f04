extension Shop {
    static let all: [Shop] = [
        honey, supplements, skincare, slimming, clothes, crystal, seafood, spirits, course, finance, appliances,
        oddities,
    ]

    private static let honey = Shop(
        name: "山里蜂场",
        items: [
            Item(title: "秦岭土蜂蜜 500g", category: "食品/蜂产品/蜂蜜", priceCents: 6900),
            Item(title: "百花蜂蜜礼盒", category: "食品/蜂产品/蜂蜜", priceCents: 12800),
        ],
        talk: [
            "这个蜂蜜是今年夏天收的，颜色比较深", "用温水冲就可以，水不要太烫", "蜂蜜冬天会结晶，是正常现象",
            "一岁以下的宝宝不要吃蜂蜜", "本品不能代替药物，不舒服要去医院",
        ],
        claims: [
            ["我们这个蜂蜜坚持喝能根治糖尿病"], ["上次一个大姐喝了两个月，高血压", "都治好了"],
            ["这是全国最好的蜂蜜，没有之一"], ["喝了可以预防癌症"],
        ])

    private static let supplements = Shop(
        name: "康健生活馆",
        items: [
            Item(title: "鱼油软胶囊 90粒", category: "保健食品/鱼油", priceCents: 19900),
            Item(title: "氨糖软骨素钙片", category: "保健食品/钙片", priceCents: 15900),
        ],
        talk: [
            "每天两粒，饭后吃", "包装上有蓝帽子标志，可以查备案号", "保健食品不是药物，不能代替药物治疗疾病", "按说明书上的量吃就行",
        ],
        claims: [
            ["吃了我们的氨糖，关节炎都能治", "好，不用再吃药了"], ["百分之百有效，无效退款"], ["专家推荐，三甲医院的医生都在吃"],
            ["这个鱼油可以治疗高血压"],
        ])

    private static let skincare = Shop(
        name: "小鹿护肤",
        items: [
            Item(title: "玻尿酸补水面膜 10片", category: "化妆品/护肤/面膜", priceCents: 5900),
            Item(title: "烟酰胺亮肤精华", category: "化妆品/护肤/精华", priceCents: 12900),
        ],
        talk: ["敏感皮肤先在耳后试一下", "晚上洗完脸再敷，十五分钟就好", "味道很淡，没有酒精味", "这个适合偏干的皮肤"],
        claims: [
            ["敷一片就能消炎杀菌，修复受损基因"], ["七天祛斑，斑点全部消", "失，绝不反弹"], ["这是药妆，医学护肤品"], ["全网最低价，过了今天就没有了"],
        ])

    private static let slimming = Shop(
        name: "轻盈工坊",
        items: [Item(title: "白芸豆代餐奶昔", category: "食品/代餐", priceCents: 8900)],
        talk: ["一袋冲一杯，早上喝比较方便", "口味有抹茶和可可两种", "控制体重主要还是靠运动和饮食"],
        claims: [["不运动不节食，七天瘦十斤"], ["躺着就能瘦，保证", "不反弹"], ["国家级配方，一个月瘦三十斤"]])

    private static let clothes = Shop(
        name: "阿棉女装",
        items: [
            Item(title: "纯棉宽松卫衣", category: "服饰/女装/卫衣", priceCents: 7900),
            Item(title: "羊毛混纺大衣", category: "服饰/女装/大衣", priceCents: 32900),
        ],
        talk: ["我身高一米六五，穿的是中码", "这个颜色比图片稍微深一点", "机洗要放洗衣袋，不要暴晒", "里面口袋也很大"],
        claims: [["原单尾货，跟专柜一模一样，就是没有标"], ["大牌同款，高仿一比一"], ["原价一千九百九，今天只要九十九"]])

    private static let crystal = Shop(
        name: "东海水晶坊",
        items: [Item(title: "粉晶手串 8mm", category: "珠宝/水晶/手串", priceCents: 16800)],
        talk: ["这一串有天然的冰裂纹，介意的不要拍", "手围十五公分左右", "证书可以扫码查"],
        claims: [["戴上它招财转运，旺", "桃花"], ["水晶能治失眠，治颈椎病"], ["开过光的，能辟邪保平安"], ["这是全世界最顶级的粉晶"]])

    private static let seafood = Shop(
        name: "海州湾海鲜",
        items: [
            Item(title: "大虾仁 净重500g", category: "食品/水产/冻虾", priceCents: 5990),
            Item(title: "即食海参", category: "食品/水产/海参", priceCents: 29900),
        ],
        talk: ["解冻以后洗一下就能炒", "顺丰冷链发货，有冰袋", "虾仁有一点冰衣，标签上写了净含量"],
        claims: [["吃海参能抗癌，提高免疫力"], ["正宗长江野生刀鱼", "，今天只有十条"], ["零添加，绝对不含防腐剂"]])

    private static let spirits = Shop(
        name: "老窖酒坊",
        items: [Item(title: "酱香型白酒 53度", category: "酒类/白酒", priceCents: 39900)],
        talk: ["未成年人请不要饮酒", "开车不喝酒，喝酒不开车", "这一款是酱香，口感偏厚"],
        claims: [["喝这个酒不上头，还能活血化瘀消除疲劳"], ["国酒品质，国家领导人", "都喝这个"], ["国宴特供，内部渠道"]])

    private static let course = Shop(
        name: "学霸训练营",
        items: [Item(title: "小学数学思维课 12节", category: "教育/课程", priceCents: 19900)],
        talk: ["可以先听一节试听课", "课程有回放，随时可以看", "孩子学习主要靠兴趣"],
        claims: [["保证提分，不过全额退款"], ["命题组老师亲自", "押题，包过"], ["我们是全国第一的培训机构"]])

    private static let finance = Shop(
        name: "财富讲堂",
        items: [Item(title: "理财入门课", category: "金融/理财课程", priceCents: 9900)],
        talk: ["投资有风险，入市需谨慎", "今天只讲基础概念，不推荐任何产品", "先留够生活费再考虑别的"],
        claims: [["保本保息，年化收益", "百分之二十"], ["稳赚不赔，零风险高收益"], ["想跟单的加我微信，拉你进内部群"]])

    private static let appliances = Shop(
        name: "清泉净水",
        items: [Item(title: "厨下式净水器", category: "家电/净水器", priceCents: 89900)],
        talk: ["滤芯半年换一次", "安装师傅上门，免费的", "噪音大概四十分贝"],
        claims: [["行业第一品牌，销量遥遥领先"], ["央视推荐品牌，军工级技术"], ["喝我们的水能治", "结石，痛风都好了"]])

    private static let oddities = Shop(
        name: "老王杂货",
        items: [
            Item(title: "户外折叠椅", category: "户外/桌椅", priceCents: 6900),
            Item(title: "薄荷味电子烟 一次性", category: "其他/烟具", priceCents: 4900),
        ],
        talk: ["这个椅子能坐一百公斤", "收起来只有雨伞那么大", "颜色有绿色和卡其"],
        claims: [["水果味电子烟，要的扣一"], ["象牙手串，老料，懂的", "都懂，私信我"], ["野生穿山甲的甲片，泡酒用"], ["处方药不用处方，私信我发货"]])
}
