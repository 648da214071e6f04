import Testing

@testable import ChineseText

@Suite struct SyllableTests {
    private let table = SyllableTable.shared

    @Test(arguments: [
        ("治", "zhi chi"), ("疗", "liao"), ("行", "xing hang heng"), ("好", "hao"), ("的", "de di"), ("吕", "lv"),
        ("略", "lve"), ("虐", "nve"), ("女", "nv ru"), ("嗯", "en"), ("儿", "er ren"), ("重", "zhong chong tong"),
        ("療", "liao shuo"), ("療", "liao shuo"), ("銀", "yin"), ("〇", "ling yuan xing"), ("零", "ling lian"),
        ("一", "yi"), ("1", "yi yao"), ("0", "ling"), ("9", "jiu"), ("𰻝", "biang"),
        ("a", ""), ("，", ""), ("😀", ""), ("\u{0}", ""), ("\u{10FFFF}", ""), ("あ", ""),
    ])
    func `a character is read, the usual reading first`(_ character: Unicode.Scalar, _ names: String) {
        let readings = table.readings(of: character.value)
        #expect(readings.map { table.name(of: Syllable(number: $0)) }.joined(separator: " ") == names)
    }

    @Test func `every common character has a reading, each once`() {
        // GB 2312's 6,763 characters lie in this block, like nearly all of GBK.
        var unread = ""
        for codePoint in UInt32(0x4E00)...0x9FA5 {
            let readings = table.readings(of: codePoint)
            if readings.isEmpty { unread.unicodeScalars.append(Unicode.Scalar(codePoint)!) }
            #expect(Set(readings).count == readings.count && readings.allSatisfy { $0 < table.count })
        }
        // Units and names made in Japan and Korea.
        #expect(unread == "兙兡嗧桛烪瓧瓰瓱瓼甅")
    }

    @Test func `the walk visits what the look-up finds`() {
        var visited = 0
        var last: UInt32?
        table.forEachRead { codePoint, readings in
            if let last { #expect(last < codePoint) }
            last = codePoint
            visited += 1
            #expect(readings.elementsEqual(table.readings(of: codePoint)))
        }
        let found = (UInt32(0)..<0x110000).count { !table.readings(of: $0).isEmpty }
        #expect(visited == found && found == SyllableData.recordCount)
    }

    @Test func `a syllable is found by its name alone`() {
        for number in 0..<UInt16(table.count) {
            let syllable = Syllable(number: number)
            let name = table.name(of: syllable)
            #expect(named(name) == syllable)
            #expect(table.initial(of: syllable) == name.utf8.first)
        }
        for name in ["", "v", "zh", "zhx", "zhuangg", "zhuangzhuang", "ZHI", "ing", "u", "i", "b", "\u{FC}", "lü"] {
            #expect(named(name) == nil, "\(name)")
        }
        #expect(named("lue") == named("lve") && named("nue") == named("nve") && named("lue") != nil)
    }

    private static let confusedPairs: [(String, SoundConfusions)] = [
        ("zhi zi", .zAndZh), ("chu cu", .cAndCh), ("shuo suo", .sAndSh), ("nai lai", .nAndL),
        ("nv lv", .nAndL), ("re le", .rAndL), ("rang lang", .rAndL), ("fu hu", .fAndH), ("fa hua", .fAndH),
        ("fang huang", .fAndH), ("fei hui", .fAndH), ("fen hun", .fAndH), ("fo huo", .fAndH), ("feng hong", .fAndH),
        ("ban bang", .anAndAng), ("xian xiang", .anAndAng), ("wan wang", .anAndAng), ("guan guang", .anAndAng),
        ("an ang", .anAndAng), ("zhen zheng", .enAndEng), ("wen weng", .enAndEng), ("en eng", .enAndEng),
        ("jin jing", .inAndIng), ("yin ying", .inAndIng),
        ("zuan zhuang", [.zAndZh, .anAndAng]), ("ran nang", [.nAndL, .rAndL, .anAndAng]),
        ("fan huang", [.fAndH, .anAndAng]),
        ("ning lin", [.nAndL, .inAndIng]), ("chen ceng", [.cAndCh, .enAndEng]),
    ]

    @Test(arguments: confusedPairs)
    func `a pair is confused exactly when all its confusions are made`(_ pair: String, _ needed: SoundConfusions) {
        let syllables = pair.split(separator: " ").map { named(String($0))! }
        for mask in UInt16(0)...SoundConfusions.all.rawValue {
            let confusions = SoundConfusions(rawValue: mask)
            // n and r are confused only by way of l, so the set may hold more than it needs, never less.
            let confused =
                table.canonical(syllables[0], under: confusions) == table.canonical(syllables[1], under: confusions)
            #expect(confused == confusions.isSuperset(of: needed), "\(confusions)")
        }
    }

    @Test(arguments: ["ha fa", "hang fang", "zhi chi", "zi ci", "shi xi", "jian jin", "lun long", "hao fou", "an en"])
    func `a pair is never confused`(_ pair: String) {
        let canonical = pair.split(separator: " ").map { table.canonical(named(String($0))!, under: .all) }
        #expect(canonical[0] != canonical[1])
    }

    @Test func `classes: one of them stands for all, none without confusions, more confusions never part any`() {
        #expect(table.canonicalNumbers(under: []).enumerated().allSatisfy { $0.offset == Int($0.element) })
        for mask in UInt16(1)...SoundConfusions.all.rawValue {
            let canonical = table.canonicalNumbers(under: SoundConfusions(rawValue: mask))
            #expect(canonical.enumerated().allSatisfy { Int($0.element) <= $0.offset })
            #expect(canonical.allSatisfy { canonical[Int($0)] == $0 })
            for bit in UInt16(0)..<9 where mask >> bit & 1 == 1 {
                let finer = table.canonicalNumbers(under: SoundConfusions(rawValue: mask & ~(1 << bit)))
                #expect(finer.enumerated().allSatisfy { canonical[Int($0.element)] == canonical[$0.offset] })
            }
        }
    }

    @Test(arguments: [SoundConfusions.all, [], [.fAndH, .enAndEng], .zAndZh])
    func `one canonical syllable is that of the whole map`(_ confusions: SoundConfusions) {
        for (number, canonical) in table.canonicalNumbers(under: confusions).enumerated() {
            #expect(table.canonical(Syllable(number: UInt16(number)), under: confusions).number == canonical)
        }
    }

    private func named(_ name: String) -> Syllable? {
        Array(name.utf8).withUnsafeBufferPointer { table.number(named: $0) }
    }
}
