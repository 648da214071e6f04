/// A kind of livestream shop as the demo plays it: what it sells and how its host talks.
///
/// Every sentence was written for this project. A claim is a list, as the speech recognition may cut a phrase between
/// two segments.
struct Shop: Sendable {
    struct Item: Sendable {
        var title: String
        var category: String
        var priceCents: Int64
    }
    var name: String
    var items: [Item]
    /// Talk that no rule should mind.
    var talk: [String]
    /// Claims and offers that rules should find, each as the segments it arrives in.
    var claims: [[String]]
}

extension Shop {
    /// What every host says between two sales.
    static let smallTalk = [
        "欢迎刚进来的家人们，点个关注不迷路", "有问题打在公屏上，我一个一个回答", "今天天气有点凉，大家记得多穿一件",
        "刚才下单的宝宝，备注一下颜色", "我先喝口水，马上回来", "三号链接已经上好了，去看一下详情页",
        "快递一般三天左右到，偏远地区慢一点", "收到货不喜欢可以退，运费险都有的", "左上角有福袋，大家不要忘了领",
        "这个尺寸我给大家量一下", "上次买过的姐妹说说怎么样", "库存我看一下，还有不少，不用着急",
        "客服在后台，有售后找客服", "最近单子多，发货可能晚一天", "我们一件一件慢慢讲",
    ]
}
