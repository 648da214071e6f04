extension Shop {
    static let all: [Shop] = [
        honey, supplements, skincare, slimming, clothes, crystal, seafood, spirits, course, finance, appliances,
        oddities,
    ]

    private static let honey = Shop(
        name: "山里蜂场",
        items: [
            Item(word: "蜂蜜", title: "秦岭土蜂蜜 500g", category: "食品/蜂产品/蜂蜜", priceCents: 6900),
            Item(word: "礼盒", title: "百花蜂蜜礼盒", category: "食品/蜂产品/蜂蜜", priceCents: 12800),
            Item(word: "绿茶", title: "明前绿茶250g", category: "食品/茶叶", priceCents: 9800),
        ],
        talk: [
            "这个蜂蜜是今年夏天收的，颜色比较深", "用温水冲就可以，水不要太烫", "蜂蜜冬天会结晶，是正常现象",
            "一岁以下的宝宝不要吃蜂蜜", "本品不能代替药物，不舒服要去医院",
        ],
        claims: [
            "上次一个大姐喝了两个月，高血压|都治好了", "这是全国最好的|{}，没有之一",
            "喝了可以预防|癌症",
        ])

    private static let supplements = Shop(
        name: "康健生活馆",
        items: [
            Item(word: "鱼油", title: "鱼油软胶囊 90粒", category: "保健食品/鱼油", priceCents: 19900),
            Item(word: "氨糖", title: "氨糖软骨素钙片", category: "保健食品/钙片", priceCents: 15900),
            Item(word: "维C片", title: "维生素C咀嚼片", category: "保健食品/维生素", priceCents: 4900),
        ],
        talk: [
            "每天两粒，饭后吃", "包装上有蓝帽子标志，可以查备案号", "保健食品不是药物，不能代替药物治疗疾病", "按说明书上的量吃就行",
        ],
        claims: [
            "吃了我们的{}，关节炎都能治|好，不用再吃药了", "专家推荐，三甲医院的|医生都在吃",
            "这个{}可以治疗|高血压",
        ])

    private static let skincare = Shop(
        name: "小鹿护肤",
        items: [
            Item(word: "面膜", title: "玻尿酸补水面膜 10片", category: "化妆品/护肤/面膜", priceCents: 5900),
            Item(word: "精华", title: "烟酰胺亮肤精华", category: "化妆品/护肤/精华", priceCents: 12900),
            Item(word: "面霜", title: "烟酰胺面霜50g", category: "化妆品/面霜", priceCents: 8900),
        ],
        talk: ["敏感皮肤先在耳后试一下", "晚上洗完脸再敷，十五分钟就好", "味道很淡，没有酒精味", "这个适合偏干的皮肤"],
        claims: [
            "敷一片就能消炎|杀菌，修复受损基因", "七天祛斑，斑点全部消|失，绝不反弹", "这是药妆，医学|护肤品",
        ])

    private static let slimming = Shop(
        name: "轻盈工坊",
        items: [
            Item(word: "奶昔", title: "白芸豆代餐奶昔", category: "食品/代餐", priceCents: 8900),
            Item(word: "鸡胸肉", title: "即食鸡胸肉 6袋", category: "食品/肉制品", priceCents: 5900),
            Item(word: "燕麦", title: "无糖燕麦片 1kg", category: "食品/谷物", priceCents: 3990),
        ],
        talk: ["一袋冲一杯，早上喝比较方便", "口味有抹茶和可可两种", "控制体重主要还是靠运动和饮食"],
        claims: ["不运动不节食，七天|瘦十斤", "躺着就能瘦，保证|不反弹"])

    private static let clothes = Shop(
        name: "阿棉女装",
        items: [
            Item(word: "卫衣", title: "纯棉宽松卫衣", category: "服饰/女装/卫衣", priceCents: 7900),
            Item(word: "大衣", title: "羊毛混纺大衣", category: "服饰/女装/大衣", priceCents: 32900),
            Item(word: "裤子", title: "高腰直筒牛仔裤", category: "服装/裤子", priceCents: 11900),
        ],
        talk: ["我身高一米六五，穿的是中码", "这个颜色比图片稍微深一点", "机洗要放洗衣袋，不要暴晒", "里面口袋也很大"],
        claims: ["原单|尾货，跟专柜一模一样，就是没有标", "大牌同款，高仿|一比一", "原价一千九百九，今天只要|九十九"])

    private static let crystal = Shop(
        name: "东海水晶坊",
        items: [
            Item(word: "手串", title: "粉晶手串 8mm", category: "珠宝/水晶/手串", priceCents: 16800),
            Item(word: "吊坠", title: "和田玉平安扣", category: "珠宝/玉石", priceCents: 29900),
            Item(word: "摆件", title: "紫水晶洞摆件", category: "珠宝/水晶/摆件", priceCents: 49900),
        ],
        talk: ["这一串有天然的冰裂纹，介意的不要拍", "手围十五公分左右", "证书可以扫码查"],
        claims: ["戴上它招财转运，旺|桃花", "水晶能治|失眠", "开过光的，能辟邪|保平安", "这是全世界最顶级|的粉晶"])

    private static let seafood = Shop(
        name: "海州湾海鲜",
        items: [
            Item(word: "大虾", title: "大虾仁 净重500g", category: "食品/水产/冻虾", priceCents: 5990),
            Item(word: "海参", title: "即食海参", category: "食品/水产/海参", priceCents: 29900),
            Item(word: "白虾", title: "南美白虾4斤装", category: "食品/水产/冻虾", priceCents: 9900),
        ],
        talk: ["解冻以后洗一下就能炒", "顺丰冷链发货，有冰袋", "虾仁有一点冰衣，标签上写了净含量"],
        claims: ["吃{}能抗癌|，提高免疫力", "正宗长江野生|刀鱼，今天只有十条", "零添加，绝对不含|防腐剂"])

    private static let spirits = Shop(
        name: "老窖酒坊",
        items: [
            Item(word: "白酒", title: "酱香型白酒 53度", category: "酒类/白酒", priceCents: 39900),
            Item(word: "米酒", title: "糯米甜酒 2瓶", category: "酒类/米酒", priceCents: 5900),
            Item(word: "酒具", title: "陶瓷酒具六件套", category: "家居/酒具", priceCents: 12900),
        ],
        talk: ["未成年人请不要饮酒", "开车不喝酒，喝酒不开车", "这一款是酱香，口感偏厚"],
        claims: ["喝这个酒不上头，还能活血化瘀|消除疲劳", "国酒品质，国家领导人|都喝这个", "国宴|特供，内部渠道"])

    private static let course = Shop(
        name: "学霸训练营",
        items: [
            Item(word: "数学课", title: "小学数学思维课 12节", category: "教育/课程", priceCents: 19900),
            Item(word: "英语课", title: "英语口语课 20节", category: "教育/课程", priceCents: 29900),
            Item(word: "字帖", title: "小学生楷书字帖", category: "文具/字帖", priceCents: 2990),
        ],
        talk: ["可以先听一节试听课", "课程有回放，随时可以看", "孩子学习主要靠兴趣"],
        claims: ["保证|提分，不过全额退款", "命题组老师亲自|押题，包过", "我们是全国第一|的培训机构"])

    private static let finance = Shop(
        name: "财富讲堂",
        items: [
            Item(word: "理财课", title: "理财入门课", category: "金融/理财课程", priceCents: 9900),
            Item(word: "记账本", title: "家庭记账本", category: "文具/本册", priceCents: 1990),
            Item(word: "计算器", title: "财务计算器", category: "文具/计算器", priceCents: 3990),
        ],
        talk: ["投资有风险，入市需谨慎", "今天只讲基础概念，不推荐任何产品", "先留够生活费再考虑别的"],
        claims: ["保本|保息，年化收益百分之二十", "稳赚|不赔，零风险高收益", "想跟单的加我|微信，拉你进内部群"])

    private static let appliances = Shop(
        name: "清泉净水",
        items: [
            Item(word: "净水器", title: "厨下式净水器", category: "家电/净水器", priceCents: 89900),
            Item(word: "耳机", title: "蓝牙降噪耳机", category: "数码/耳机", priceCents: 19900),
            Item(word: "水壶", title: "恒温电热水壶", category: "家电/水壶", priceCents: 12900),
        ],
        talk: ["滤芯半年换一次", "安装师傅上门，免费的", "噪音大概四十分贝"],
        claims: ["行业第一|品牌，销量遥遥领先", "央视推荐|品牌，军工级技术", "喝我们的水能治|结石，痛风都好了"])

    private static let oddities = Shop(
        name: "老王杂货",
        items: [
            Item(word: "椅子", title: "户外折叠椅", category: "户外/桌椅", priceCents: 6900),
            Item(word: "新品", title: "薄荷味电子烟 一次性", category: "其他/烟具", priceCents: 4900),
            Item(word: "四件套", title: "水洗棉四件套", category: "家居/床品", priceCents: 15900),
        ],
        talk: ["这个椅子能坐一百公斤", "收起来只有雨伞那么大", "颜色有绿色和卡其"],
        claims: ["水果味|电子烟，要的扣一", "象牙|手串，老料，懂的都懂，私信我", "野生穿山甲|的甲片，泡酒用", "处方药|不用处方，私信我发货"])
}
