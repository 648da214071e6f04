/// A kind of livestream shop: what it sells and how its host talks.
///
/// Every sentence was written for this project. "{}" stands for the word of the item being sold; "|" in a claim is where
/// the speech recognition may cut it, so that the words that count meet only across two segments.
struct Shop: Sendable {
    struct Item: Sendable {
        /// How the host calls it.
        var word: String
        var title: String
        var category: String
        var priceCents: Int64
    }
    var name: String
    /// As many in each shop as `itemCount`.
    var items: [Item]
    /// Talk that no rule should mind.
    var talk: [String]
    /// Claims and offers that rules should find.
    var claims: [String]

    static let itemCount = 3
}

extension Shop {
    /// What every host says.
    static let smallTalk = [
        "欢迎刚进来的家人们，点个关注不迷路", "有问题打在公屏上，我一个一个回答", "今天天气有点凉，大家记得多穿一件",
        "刚才下单的宝宝，备注一下颜色", "我先喝口水，马上回来", "三号链接已经上好了，去看一下详情页",
        "快递一般三天左右到，偏远地区慢一点", "收到货不喜欢可以退，运费险都有的", "左上角有福袋，大家不要忘了领",
        "这个尺寸我给大家量一下", "上次买过的姐妹说说怎么样", "库存我看一下，还有不少，不用着急",
        "客服在后台，有售后找客服", "最近单子多，发货可能晚一天", "我们一件一件慢慢讲",
        "家人们看一下这个{}，颜色很正，喜欢的点下面小黄车", "今天这个{}的库存不多，拍完我们再补货，大家不要着急",
        "{}的尺寸在详情页里都写清楚了，不会选的打在公屏上", "有没有第一次来直播间的姐妹，这款{}可以先加购物车",
        "我自己家里用的也是这个{}，包装给大家拆开看一下", "这个{}支持七天无理由退货，收到不满意可以退",
        "刚才问{}的那位朋友，发货地是杭州，一般三天左右到", "三号链接就是这款{}，来，倒计时五四三二一上车",
        "{}的生产日期大家放心，都是这个月的，箱子上有", "来给大家近距离看一下{}的细节，这个做工还可以的",
        "拍{}的时候记得备注颜色，不备注我们随机发的哦", "没有抢到{}的不要走，下一轮还有一百单，稍等两分钟",
    ]

    /// What any host might claim of anything.
    static let commonClaims = [
        "这个{}真的能根治|糖尿病，我妈用了三个月", "老顾客说{}治好了他的|高血压，大家自己看",
        "我们的{}是国家级|品质，放心拍", "这个{}绝对是全网最|低价，错过就没有了",
        "咱们{}是全国销量|第一的牌子，闭眼入", "这款{}百分之百|有效，没效果你来找我",
        "用了{}七天美|白淡斑，我自己就是这样的", "{}是专家推荐|的最佳选择，相信我",
        "告诉大家，{}无任何|副作用，老人小孩都能用", "吃{}可以抗癌|防癌，真的不骗你",
        "这个{}一个月瘦|二十斤，不反弹", "我们{}是世界顶级|的工艺，独一无二",
    ]
}
