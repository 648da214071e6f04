import Testing

@testable import ChineseText

@Suite struct ComponentTests {
    @Test(arguments: [
        ("胖", "月半 肉半"), ("好", "女子"), ("治", "氵台 水台"), ("疗", "疒了 病了"), ("什", "亻十 人十"), ("抗", "扌亢 手亢 才亢"),
        ("花", "艹化 草化 艸化"), ("话", "讠舌 言舌"), ("银", "钅艮 金艮"), ("病", "疒丙"), ("癌", "疒品山 病品山 疒喦 病喦"),
        ("减", "冫咸 冰咸"), ("级", "纟及 丝及"), ("肥", "月巴 肉巴"), ("问", "门口"), ("森", "木林 木木木"), ("量", "日1里 曰1里"),
        ("糖", "米唐"), ("根", "木艮"), ("别", "另刂 另刀"), ("都", "者阝 者邑"), ("信", "亻言 人言 亻讠 人讠"),
        ("1", ""), ("十", ""), ("a", ""), ("。", ""), ("療", ""), ("\u{10FFFF}", ""),
    ])
    func `a character is split into`(_ character: Unicode.Scalar, _ sequences: String) {
        let found = ComponentTable.shared.sequences(of: character.value).map(Self.text)
        #expect(Set(found) == Set(sequences.split(separator: " ").map(String.init)))
        #expect(Set(found).count == found.count)
    }

    @Test func `characters and parts are folded, and a sequence has two or three`() {
        var split = 0
        for codePoint in UInt32(0)..<0x110000 {
            let sequences = ComponentTable.shared.sequences(of: codePoint)
            guard !sequences.isEmpty else { continue }
            split += 1
            #expect(Self.isFolded(codePoint) && sequences.count <= 12)
            for parts in sequences {
                #expect((2...3).contains(parts.count) && parts.allSatisfy(Self.isFolded) && !parts.contains(codePoint))
            }
        }
        #expect(split == ComponentData.recordCount && split > 7000)
    }

    private static func isFolded(_ scalar: UInt32) -> Bool {
        guard case .one(scalar) = FoldingTable.shared[scalar] else { return false }
        return true
    }

    private static func text(_ scalars: [UInt32]) -> String {
        var view = String.UnicodeScalarView()
        for scalar in scalars { view.append(Unicode.Scalar(scalar)!) }
        return String(view)
    }
}
