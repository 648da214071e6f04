import ChineseText
import ClaimRules
import TestSupport
import Testing

@testable import ClaimDetection

@Suite struct PatternSourceTests {
    /// The sentences of a text, cut at 。 by a loop of its own.
    static func sentences(_ text: [UInt8], from first: Int = 0) -> [Range<Int>] {
        var (start, sentences) = (first, [Range<Int>]())
        for place in first..<text.count where place >= start + 2 && text[place - 2...place].elementsEqual("。".utf8) {
            sentences.append(start..<place + 1)
            start = place + 1
        }
        return start < text.count ? sentences + [start..<text.count] : sentences
    }

    static func matches(_ sources: [String], _ text: [UInt8], from first: Int = 0) throws -> [String] {
        let patterns = try sources.map { try TextPattern.read($0, isAlone: false) }
        var source = PatternSource(try CompiledPatterns(patterns))
        source.begin(maxBytes: 1 << 20)
        var rows: [String] = []
        func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        for number in patterns.indices {
            var found: [Occurrence] = []
            for sentence in sentences(text, from: first) {
                let isWhole = text.withUnsafeBufferPointer {
                    source.find(Int32(number), in: sentence, of: $0, from: first, into: &found)
                }
                #expect(isWhole)
            }
            for match in found {
                var row = part(Int(match.start)..<Int(match.end))
                for (index, name) in patterns[number].groups.enumerated() {
                    if let group = source.group(index, of: match.meaning) { row += " \(name)=\(part(group))" }
                }
                rows.append(row)
            }
        }
        return rows
    }

    @Test(arguments: [
        (["全国.{0,6}第一"], "我们是全國銷量第一的", ["全國銷量第一"]), (["全国.{0,6}第一"], "全国。第一", []),
        (["^三甲", "医院$"], "三甲医院。三甲医院", ["三甲", "三甲", "医院"]), (["治.*好"], "治一治好。治好治好", ["治一治好", "治好治好"]),
        (["(?P<a>治)(?P<b>好)?"], "治，治好", ["治 a=治", "治好 a=治 b=好"]), (["治", "好"], "治好", ["治", "好"]),
        (["x*"], "axxa。x", ["xx", "x"]),
        // Matches of nothing spend one search a character, so that the x is reached.
        (["x*"], String(repeating: "治", count: 60) + "x", ["x"]), (["5k"], "5㎏", []), (["(?P<g>5k)g"], "5㎏", ["5㎏"]),
    ])
    func `matches stay in their sentence and tell their groups`(_ sources: [String], _ text: String, _ rows: [String])
        throws
    {
        #expect(try Self.matches(sources, Array(text.utf8)) == rows)
        // The same behind text that is not looked at, cut off within a character.
        let first = 4
        #expect(try Self.matches(sources, Array("治".utf8) + [0xE6] + Array(text.utf8), from: first) == rows)
    }

    @Test func `a text that is searched beyond its bound is cut short`() throws {
        let pattern = try TextPattern.read("治")
        var source = PatternSource(try CompiledPatterns([pattern]))
        var found: [Occurrence] = []
        let text = Array("治好了".utf8)
        func find(_ maxBytes: Int) -> Bool {
            source.begin(maxBytes: maxBytes)
            found = []
            return text.withUnsafeBufferPointer { source.find(0, in: 0..<9, of: $0, from: 0, into: &found) }
        }
        #expect(find(9 + 6))
        #expect(found.count == 1)
        #expect(!find(9 + 5))
        #expect(found.count == 1)
        #expect(!find(8))
        #expect(found.isEmpty)
    }

    /// `a.*b|a` looks to the end of the sentence for each `a`. Twice the text must not be four times the bytes searched.
    @Test(arguments: ["a.*b|a", "(?:.*b)?", "a", "a+b|a", ".", "(?:a{1,9}c)?"])
    func `bytes searched grow with the text`(_ source: String) throws {
        func searched(_ length: Int) throws -> Int {
            let pattern = try TextPattern.read(source, isAlone: false)
            var source = PatternSource(try CompiledPatterns([pattern]))
            let text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            var found: [Occurrence] = []
            source.begin(maxBytes: 1 << 40)
            _ = text.withUnsafeBufferPointer { source.find(0, in: 0..<length, of: $0, from: 0, into: &found) }
            return (1 << 40) - source.bytesLeft
        }
        let (once, twice, fourTimes) = (try searched(1000), try searched(2000), try searched(4000))
        #expect(twice <= once * 23 / 10)
        #expect(fourTimes <= twice * 23 / 10)
    }

    @Test func `matches beyond the searches of a sentence are told to be missing`() throws {
        let pattern = try TextPattern.read("治")
        var source = PatternSource(try CompiledPatterns([pattern]))
        for (count, isWhole) in [(64, true), (65, false)] {
            var found: [Occurrence] = []
            let text = Array(String(repeating: "治", count: count).utf8)
            source.begin(maxBytes: 1 << 20)
            let whole = text.withUnsafeBufferPointer {
                source.find(0, in: 0..<text.count, of: $0, from: 0, into: &found)
            }
            #expect(whole == isWhole)
            #expect(found.count == 64)
        }
    }
}
