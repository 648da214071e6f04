import TestSupport
import Testing

@testable import ChineseText

@Suite struct SegmenterTests {
    enum Fit { case whole, inside, across }

    /// The stretch in brackets, as a rule's term would be found there, and how it lies in the words around it.
    private static let stretches: [(String, Fit)] = [
        ("能[治疗]糖尿病", .whole), ("能[根治]高血压", .whole), ("这个[疗效]特别好", .whole), ("[治愈]率很高", .inside),
        ("咱们[一直]聊天", .whole), ("咱们一[直聊]天", .across), ("[高血压]患者都在用", .whole), ("宝宝长[高血]压", .inside),
        ("[大麻]烦了这个订单", .across), ("这真是个[大麻]烦", .across), ("他们卖[大麻]被抓了", .whole),
        ("这款面膜是[最好]的", .whole), ("全网[最好]的面膜", .whole), ("[最好]玩的游戏", .across), ("你[最好]提前下单", .whole),
        ("这个牌子[最好]吃", .across), ("质量[最好]，没有之一", .whole),
        ("去路[口交]通灯那边", .across), ("前面路口[交通]灯坏了", .inside), ("这里[交通]很方便", .whole),
        ("中[国家]庭都在用", .across), ("这是[国家]级的品质", .inside), ("[国家级]产品放心买", .whole), ("[国家]标准", .inside),
        ("发展中[国家]", .inside), ("[女子]弹力裤", .whole), ("买[女子]弹力裤", .whole), ("妇[女子]宫", .across),
        ("每个[月半]价", .across), ("人家[月半]了好多", .whole), ("上[海关]税", .across), ("[海关]查的", .whole),
        ("乒乓球[拍卖]完了", .whole), ("今天[拍卖]和田玉", .whole), ("这件[服装]很好", .whole), ("[和服]装在一起", .across),
        ("研究[生命]起源", .whole), ("研[究生]命起源", .across), ("这个[保健]品很好", .inside), ("[保健]功能", .whole),
        ("[减肥]药有没有", .inside), ("天天[减肥]的姐妹", .whole), ("增强[免疫力]", .whole), ("增强[免疫]力", .inside),
        ("[特效]药来了", .inside), ("[特效药]来了", .whole), ("[祖传]秘方", .inside), ("[祖传秘方]", .whole),
        ("[处方]药不能播", .inside), ("假一[赔十]", .whole), ("[全网]最低价", .whole), ("给你[最低价]", .whole),
        ("加[微信]", .whole), ("加微[信]", .inside), ("[微信]号发我", .inside), ("[信号]不好", .whole), ("微[信号]发我", .inside),
        ("学生[会计]划", .across), ("找个[会计]记账", .whole), ("化妆[品牌]子", .across), ("化妆品[牌子]", .whole),
        ("很[象牙]膏", .across), ("[象牙]手镯", .whole), ("没有[副作用]", .whole), ("没有副[作用]", .inside),
        ("[无副作用]", .whole), ("包[治百]病", .inside), ("[药到病除]", .whole), ("[稳赚]不赔", .whole), ("田[野味]道", .across),
        ("[野味]馆", .whole), ("主播[推荐]给你", .whole), ("直播[间里]看", .across), ("[直播]间里看", .inside),
        // Runs of letters and digits are words; digits do not lend themselves to the numeral before them.
        ("打开j[av]a看看", .inside), ("[sm]oking", .inside), ("加我[vx]123456", .whole), ("加我[vx]聊", .whole),
        ("[第1]品牌", .whole), ("[第一]品牌", .whole), ("[第1]0名", .across), ("[第一]一定要抢", .whole), ("[第1]23个", .across),
        ("原价[99]9元", .inside), ("原价[999]元", .whole), ("T[恤]", .inside), ("国家g[b]2760", .inside), ("[gb]2760", .whole),
        // At the borders of the text and of words nobody lists.
        ("[]", .whole), ("好[]", .whole), ("[龘]", .whole), ("[，]。", .whole), ("囧[囧囧]", .whole),
    ]

    @Test(arguments: stretches)
    func `a stretch is whole words, inside a longer one, or across several`(_ text: String, _ fit: Fit) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "[" || $0 == "]" }.map { Self.folded($0) }
        let symbols = parts.flatMap { $0 }
        let start = parts[0].count
        let end = start + parts[1].count
        let found: (Bool, Bool) = symbols.withUnsafeBufferPointer {
            (segmenter.respectsBoundaries($0, start, end), segmenter.coversLonger($0, start, end))
        }
        #expect(found == (fit == .whole, fit == .inside))
    }

    @Test(arguments: [
        ("治疗糖尿病", "治疗/糖尿病"), ("我们一直聊天", "我们/1直/聊天"), ("研究生命起源", "研究/生命/起源"),
        ("國家級品質", "国家级/品质"), ("南京市长江大桥", "南京市/长江大桥"), ("VX12345abc", "vx/12345/abc"),
        ("第10名", "第/10/名"), ("第一名", "第1名"), ("T恤", "t恤"), ("，，", ",/,"), ("", ""), ("好", "好"),
    ])
    func `a text is cut`(_ text: String, _ cut: String) {
        #expect(words(Self.folded(text)) == cut)
    }

    @Test(arguments: ["治疗", "一起", "國家", "性价比", "致富", "女子", "T恤", "微信", "直播间", "１号店"])
    func `an ordinary word`(_ word: String) { #expect(isOrdinary(word)) }

    @Test(arguments: ["", "好", "月半", "止疗", "根制", "加微信", "最好的", "vx", "糖鸟病", "治疗糖尿病", "龘龘", "an"])
    func `no ordinary word`(_ word: String) { #expect(!isOrdinary(word)) }

    @Test(arguments: [
        ("的", UInt32(318_825)), ("中国", 129_470), ("治疗", 7678), ("糖尿病", 571), ("按摩椅", 3), ("老人家", 1703),
        ("直播间", 3000), ("糖尿病人", 26),
    ])
    func `frequencies are within 13 % of the dictionary's`(_ word: String, _ frequency: UInt32) {
        let stored = Self.folded(word).withUnsafeBufferPointer { WordList.shared.frequency(of: $0) }
        #expect(abs(Double(stored) / Double(frequency) - 1) <= 0.13)
    }

    @Test func `look-ups of anything are answered`() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<20_000 {
            let scalars = (0..<Int.random(in: 0...10, using: &random)).map { _ in
                UInt32.random(in: 0...0x110100, using: &random)
            }
            let frequency = scalars.withUnsafeBufferPointer { WordList.shared.frequency(of: $0) }
            if scalars.count != 1 { #expect(frequency == 0) }
        }
    }

    @Test func `words are stored as they fold, so that none is out of reach`() {
        var packed = PackedNumbers(WordData.symbols)
        var scalar = 0
        for _ in 0..<WordData.symbolCount {
            scalar += packed.signedNumber()
            guard case .one(UInt32(scalar)) = FoldingTable.shared[UInt32(scalar)] else {
                Issue.record("U+\(String(scalar, radix: 16)) folds: run scripts/generate-tables/run words")
                return
            }
        }
    }

    @Test func `no other cut is more probable`() {
        // From words that overlap one another.
        let alphabet = Self.folded("中国家庭大麻烦最好玩国际会计划生命起源研究")
        var random = SplitMix64(seed: 12)
        for _ in 0..<300 {
            let symbols = (0..<Int.random(in: 1...9, using: &random)).map { _ in alphabet.randomElement(using: &random)!
            }
            let cut = words(symbols).split(separator: "/").map { Self.folded($0) }
            #expect(cut.reduce(0) { $0 + score($1)! } == bestScore(symbols[...]), "\(words(symbols))")
        }
    }

    /// The score of the best of all cuts, each tried.
    private func bestScore(_ symbols: ArraySlice<UInt32>) -> Int {
        guard !symbols.isEmpty else { return 0 }
        return (1...symbols.count).compactMap { length in
            score(Array(symbols.prefix(length))).map { $0 + bestScore(symbols.dropFirst(length)) }
        }.max()!
    }

    /// The logarithm of a word's share; nil if it is no word.
    private func score(_ word: [UInt32]) -> Int? {
        let list = WordList.shared
        var node = list.root(word[0])
        for scalar in word.dropFirst() {
            node = node.flatMap { parent in list.root(scalar).flatMap { list.child(of: parent, along: $0) } }
        }
        let level = node.flatMap(list.level)
        return word.count > 1 && level == nil ? nil : (level ?? 0) * 16 - Int(WordData.totalCost)
    }

    @Test func `what is far away does not matter`() {
        var random = SplitMix64(seed: 13)
        let text = Self.folded("研究生命起源的学生会计划在路口交通灯那边和中国家庭一起聊天，这款化妆品牌子最好玩")
        for _ in 0..<300 {
            let far = (0..<Int.random(in: 1...300, using: &random)).map { _ in text.randomElement(using: &random)! }
            let comma = Self.folded("，")
            let start = Int.random(in: 0..<text.count, using: &random)
            let end = Int.random(in: start...min(start + 6, text.count), using: &random)
            let near: [Bool] = text.withUnsafeBufferPointer {
                [segmenter.respectsBoundaries($0, start, end), segmenter.coversLonger($0, start, end)]
            }
            let behind: [Bool] = (far + comma + text + comma + far).withUnsafeBufferPointer {
                let shift = far.count + 1
                return [
                    segmenter.respectsBoundaries($0, start + shift, end + shift),
                    segmenter.coversLonger($0, start + shift, end + shift),
                ]
            }
            #expect(near == behind, "\(start)..<\(end)")
        }
    }

    @Test func `a stretch longer than the window is judged at its ends`() {
        let symbols = Self.folded(String(repeating: "治疗糖尿病", count: 40))
        symbols.withUnsafeBufferPointer {
            #expect(segmenter.respectsBoundaries($0, 0, 200) && segmenter.respectsBoundaries($0, 52, 195))
            #expect(!segmenter.respectsBoundaries($0, 1, 100) && !segmenter.respectsBoundaries($0, 0, 101))
            #expect(!segmenter.coversLonger($0, 1, 99))
        }
    }

    private let segmenter = Segmenter()

    private func isOrdinary(_ word: String) -> Bool {
        Self.folded(word).withUnsafeBufferPointer { segmenter.isOrdinaryWord($0) }
    }

    private static func folded(_ text: some StringProtocol) -> [UInt32] {
        FoldedText(String(text)).symbols.map { $0.scalar!.value }
    }

    private func words(_ symbols: [UInt32]) -> String {
        var begins = [Bool](repeating: true, count: symbols.count)
        symbols.withUnsafeBufferPointer { symbols in
            begins.withUnsafeMutableBufferPointer { segmenter.segment(symbols, into: $0) }
        }
        var cut = String.UnicodeScalarView()
        for (place, symbol) in symbols.enumerated() {
            if begins[place], place > 0 { cut.append("/") }
            cut.append(Unicode.Scalar(symbol)!)
        }
        return String(cut)
    }
}
