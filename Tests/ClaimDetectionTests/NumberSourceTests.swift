import ChineseText
import ClaimRules
import Testing

@testable import ClaimDetection

@Suite struct NumberSourceTests {
    @Test func `each slot takes its numbers, where they stand in the text`() throws {
        let text = Array("甲甲贴了二十来天它就收口了，掉个七八斤".utf8)
        let days = try NumberSlot(kind: .duration, max: "180天")
        let weight = try NumberSlot(kind: .weight, min: "8斤")
        var source = NumberSource()
        var found: [Occurrence] = []
        text.withUnsafeBufferPointer { source.read($0, from: 6, isCut: false) }
        source.find(days, into: &found)
        source.find(weight, into: &found)
        #expect(found.map { String(decoding: text[Int($0.start)..<Int($0.end)], as: UTF8.self) } == ["二十来天", "七八斤"])
        #expect(found.map(\.source) == [.number, .number])
        #expect(source.mention(found[1].meaning).low == NumberValue(7))
        #expect(source.mention(found[1].meaning).unit == .jin)
    }

    @Test func `a text takes the place of the one before`() throws {
        let any = try NumberSlot(kind: .number)
        var source = NumberSource()
        for (text, count) in [("三天五天七天", 3), ("三天", 1), ("天", 0)] {
            var found: [Occurrence] = []
            Array(text.utf8).withUnsafeBufferPointer { source.read($0, from: 0, isCut: false) }
            source.find(any, into: &found)
            #expect(found.count == count && source.count == count)
        }
    }

    @Test(arguments: [(true, 0, ["五斤"]), (false, 0, ["十斤", "五斤"]), (true, 6, ["五斤"]), (true, 9, [])])
    func `a number at the edge of a cut is none`(_ isCut: Bool, _ first: Int, _ taken: [String]) throws {
        let text = Array("十斤，五斤".utf8)
        var source = NumberSource()
        var found: [Occurrence] = []
        text.withUnsafeBufferPointer { source.read($0, from: first, isCut: isCut) }
        source.find(try NumberSlot(kind: .weight), into: &found)
        #expect(found.map { String(decoding: text[Int($0.start)..<Int($0.end)], as: UTF8.self) } == taken)
    }
}
