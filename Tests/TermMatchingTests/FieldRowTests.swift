import TermMatching
import Testing

/// Rows that other multiple-string matchers are tested with.
///
/// Names, patterns and texts of the rows are those of src/tests.rs of the aho-corasick crate 0.7.19 by Andrew Gallant,
/// licensed under the Unlicense or MIT (see NOTICE); each pair of patterns and text once. Some of its tables expect
/// leftmost matches or such that do not overlap. Here every row states all matches, overlapping ones too, with case
/// folded, in the order of a scan.
@Suite struct FieldRowTests {
    struct Row: CustomTestStringConvertible {
        var name: String
        var patterns: [String]
        var text: String
        /// Pattern, first byte, byte behind the last.
        var matches: [(term: TermID, start: Int32, end: Int32)]

        init(
            _ name: String, _ patterns: [String], _ text: String, _ matches: [(term: TermID, start: Int32, end: Int32)]
        ) {
            (self.name, self.patterns, self.text, self.matches) = (name, patterns, text, matches)
        }

        var testDescription: String { "\(name): \(patterns) in \(text)" }
        var expected: [TermMatch] { matches.map { TermMatch(term: $0.term, start: $0.start, end: $0.end) } }
    }

    @Test(arguments: rows)
    func `finds all`(_ row: Row) throws {
        #expect(try EveryKernel(row.patterns).matches(in: Array(row.text.utf8)) == row.expected)
    }

    @Test(arguments: rows)
    func `finds all in every two segments`(_ row: Row) throws {
        let text = Array(row.text.utf8)
        var buffer = MatchBuffer()
        for (_, index) in try EveryKernel(row.patterns).indexes {
            for cut in 0...text.count {
                #expect(SegmentedScan.matches(in: text, cutAt: [cut], index, &buffer) == row.expected)
            }
        }
    }

    @Test(arguments: [
        ([""], 0), (["a", ""], 1), (["", "a"], 0), (["", "a", ""], 0), (["a", "", ""], 1), (["", "", "a"], 0),
        (["", ""], 0),
    ])
    func `refuses an empty pattern, which the crate finds everywhere`(_ patterns: [String], _ first: Int) {
        #expect(throws: TermError(term: first, reason: .emptyAfterFolding)) { try TermIndex(patterns) }
    }

    static let rows: [Row] = [
        // BASICS
        Row("basic000", [], "", []),
        Row("basic001", ["a"], "", []),
        Row("basic010", ["a"], "a", [(0, 0, 1)]),
        Row("basic020", ["a"], "aa", [(0, 0, 1), (0, 1, 2)]),
        Row("basic030", ["a"], "aaa", [(0, 0, 1), (0, 1, 2), (0, 2, 3)]),
        Row("basic040", ["a"], "aba", [(0, 0, 1), (0, 2, 3)]),
        Row("basic050", ["a"], "bba", [(0, 2, 3)]),
        Row("basic060", ["a"], "bbb", []),
        Row("basic070", ["a"], "bababbbba", [(0, 1, 2), (0, 3, 4), (0, 8, 9)]),
        Row("basic100", ["aa"], "", []),
        Row("basic110", ["aa"], "aa", [(0, 0, 2)]),
        Row("basic120", ["aa"], "aabbaa", [(0, 0, 2), (0, 4, 6)]),
        Row("basic130", ["aa"], "abbab", []),
        Row("basic140", ["aa"], "abbabaa", [(0, 5, 7)]),
        Row("basic200", ["abc"], "abc", [(0, 0, 3)]),
        Row("basic210", ["abc"], "zazabzabcz", [(0, 6, 9)]),
        Row("basic220", ["abc"], "zazabczabcz", [(0, 3, 6), (0, 7, 10)]),
        Row("basic300", ["a", "b"], "", []),
        Row("basic310", ["a", "b"], "z", []),
        Row("basic320", ["a", "b"], "b", [(1, 0, 1)]),
        Row("basic330", ["a", "b"], "a", [(0, 0, 1)]),
        Row("basic340", ["a", "b"], "abba", [(0, 0, 1), (1, 1, 2), (1, 2, 3), (0, 3, 4)]),
        Row("basic350", ["b", "a"], "abba", [(1, 0, 1), (0, 1, 2), (0, 2, 3), (1, 3, 4)]),
        Row("basic360", ["abc", "bc"], "xbc", [(1, 1, 3)]),
        Row("basic400", ["foo", "bar"], "", []),
        Row("basic410", ["foo", "bar"], "foobar", [(0, 0, 3), (1, 3, 6)]),
        Row("basic420", ["foo", "bar"], "barfoo", [(1, 0, 3), (0, 3, 6)]),
        Row("basic430", ["foo", "bar"], "foofoo", [(0, 0, 3), (0, 3, 6)]),
        Row("basic440", ["foo", "bar"], "barbar", [(1, 0, 3), (1, 3, 6)]),
        Row("basic450", ["foo", "bar"], "bafofoo", [(0, 4, 7)]),
        Row("basic460", ["bar", "foo"], "bafofoo", [(1, 4, 7)]),
        Row("basic470", ["foo", "bar"], "fobabar", [(1, 4, 7)]),
        Row("basic480", ["bar", "foo"], "fobabar", [(0, 4, 7)]),
        Row("basic700", ["yabcdef", "abcdezghi"], "yabcdefghi", [(0, 0, 7)]),
        Row("basic710", ["yabcdef", "abcdezghi"], "yabcdezghi", [(1, 1, 10)]),
        Row("basic720", ["yabcdef", "bcdeyabc", "abcdezghi"], "yabcdezghi", [(2, 1, 10)]),
        // ANCHORED_BASICS
        Row("abasic120", ["a", "b"], "ab", [(0, 0, 1), (1, 1, 2)]),
        Row("abasic130", ["a", "b"], "ba", [(1, 0, 1), (0, 1, 2)]),
        Row("abasic140", ["foo", "foofoo"], "foo", [(0, 0, 3)]),
        Row("abasic150", ["foofoo", "foo"], "foo", [(1, 0, 3)]),
        // STANDARD
        Row("standard000", ["ab", "abcd"], "abcd", [(0, 0, 2), (1, 0, 4)]),
        Row("standard010", ["abcd", "ab"], "abcd", [(1, 0, 2), (0, 0, 4)]),
        Row("standard020", ["abcd", "ab", "abc"], "abcd", [(1, 0, 2), (2, 0, 3), (0, 0, 4)]),
        Row("standard030", ["abcd", "abc", "ab"], "abcd", [(2, 0, 2), (1, 0, 3), (0, 0, 4)]),
        Row("standard400", ["abcd", "bcd", "cd", "b"], "abcd", [(3, 1, 2), (0, 0, 4), (1, 1, 4), (2, 2, 4)]),
        // LEFTMOST
        Row("leftmost000", ["ab", "ab"], "abcd", [(0, 0, 2), (1, 0, 2)]),
        Row("leftmost030", ["a", "ab"], "aa", [(0, 0, 1), (0, 1, 2)]),
        Row("leftmost031", ["ab", "a"], "aa", [(1, 0, 1), (1, 1, 2)]),
        Row("leftmost032", ["ab", "a"], "xayabbbz", [(1, 1, 2), (1, 3, 4), (0, 3, 5)]),
        Row("leftmost300", ["abcd", "bce", "b"], "abce", [(2, 1, 2), (1, 1, 4)]),
        Row("leftmost310", ["abcd", "ce", "bc"], "abce", [(2, 1, 3), (1, 2, 4)]),
        Row("leftmost320", ["abcd", "bce", "ce", "b"], "abce", [(3, 1, 2), (1, 1, 4), (2, 2, 4)]),
        Row("leftmost330", ["abcd", "bce", "cz", "bc"], "abcz", [(3, 1, 3), (2, 2, 4)]),
        Row("leftmost340", ["bce", "cz", "bc"], "bcz", [(2, 0, 2), (1, 1, 3)]),
        Row("leftmost350", ["abc", "bd", "ab"], "abd", [(2, 0, 2), (1, 1, 3)]),
        Row("leftmost360", ["abcdefghi", "hz", "abcdefgh"], "abcdefghz", [(2, 0, 8), (1, 7, 9)]),
        Row("leftmost370", ["abcdefghi", "cde", "hz", "abcdefgh"], "abcdefghz", [(1, 2, 5), (3, 0, 8), (2, 7, 9)]),
        Row("leftmost380", ["abcdefghi", "hz", "abcdefgh", "a"], "abcdefghz", [(3, 0, 1), (2, 0, 8), (1, 7, 9)]),
        Row("leftmost390", ["b", "abcdefghi", "hz", "abcdefgh"], "abcdefghz", [(0, 1, 2), (3, 0, 8), (2, 7, 9)]),
        Row("leftmost400", ["h", "abcdefghi", "hz", "abcdefgh"], "abcdefghz", [(3, 0, 8), (0, 7, 8), (2, 7, 9)]),
        Row("leftmost410", ["z", "abcdefghi", "hz", "abcdefgh"], "abcdefghz", [(3, 0, 8), (2, 7, 9), (0, 8, 9)]),
        // LEFTMOST_FIRST
        Row("leftfirst040", ["a", "ab"], "xayabbbz", [(0, 1, 2), (0, 3, 4), (1, 3, 5)]),
        Row("leftfirst100", ["abcdefg", "bcde", "bcdef"], "abcdef", [(1, 1, 5), (2, 1, 6)]),
        Row("leftfirst110", ["abcdefg", "bcdef", "bcde"], "abcdef", [(2, 1, 5), (1, 1, 6)]),
        Row("leftfirst300", ["abcd", "b", "bce"], "abce", [(1, 1, 2), (2, 1, 4)]),
        Row("leftfirst310", ["abcd", "b", "bce", "ce"], "abce", [(1, 1, 2), (2, 1, 4), (3, 2, 4)]),
        Row("leftfirst320", ["a", "abcdefghi", "hz", "abcdefgh"], "abcdefghz", [(0, 0, 1), (3, 0, 8), (2, 7, 9)]),
        Row("leftfirst330", ["a", "abab"], "abab", [(0, 0, 1), (0, 2, 3), (1, 0, 4)]),
        // LEFTMOST_LONGEST
        Row("leftlong040", ["a", "ab"], "a", [(0, 0, 1)]),
        Row("leftlong050", ["a", "ab"], "ab", [(0, 0, 1), (1, 0, 2)]),
        Row("leftlong060", ["ab", "a"], "a", [(1, 0, 1)]),
        Row("leftlong070", ["ab", "a"], "ab", [(1, 0, 1), (0, 0, 2)]),
        Row("leftlong330", ["abcd", "b", "ce"], "abce", [(1, 1, 2), (2, 2, 4)]),
        // NON_OVERLAPPING
        Row("nover010", ["abcd", "bcd", "cd"], "abcd", [(0, 0, 4), (1, 1, 4), (2, 2, 4)]),
        Row("nover020", ["bcd", "cd", "abcd"], "abcd", [(2, 0, 4), (0, 1, 4), (1, 2, 4)]),
        Row("nover030", ["abc", "bc"], "zazabcz", [(0, 3, 6), (1, 4, 6)]),
        Row("nover100", ["ab", "ba"], "abababa", [(0, 0, 2), (1, 1, 3), (0, 2, 4), (1, 3, 5), (0, 4, 6), (1, 5, 7)]),
        Row("nover200", ["foo", "foo"], "foobarfoo", [(0, 0, 3), (1, 0, 3), (0, 6, 9), (1, 6, 9)]),
        // OVERLAPPING
        Row("over010", ["bcd", "cd", "b", "abcd"], "abcd", [(2, 1, 2), (3, 0, 4), (0, 1, 4), (1, 2, 4)]),
        Row("over030", ["bcd", "abcd", "cd"], "abcd", [(1, 0, 4), (0, 1, 4), (2, 2, 4)]),
        Row("over360", ["foo", "foofoo"], "foofoo", [(0, 0, 3), (1, 0, 6), (0, 3, 6)]),
        // ASCII_CASE_INSENSITIVE
        Row("acasei000", ["a"], "A", [(0, 0, 1)]),
        Row("acasei010", ["Samwise"], "SAMWISE", [(0, 0, 7)]),
        Row("acasei011", ["Samwise"], "SAMWISE.abcd", [(0, 0, 7)]),
        Row("acasei020", ["fOoBaR"], "quux foobar baz", [(0, 5, 11)]),
        // ASCII_CASE_INSENSITIVE_NON_OVERLAPPING
        Row("acasei000", ["foo", "FOO"], "fOo", [(0, 0, 3), (1, 0, 3)]),
        Row("acasei000", ["FOO", "foo"], "fOo", [(0, 0, 3), (1, 0, 3)]),
        Row("acasei010", ["abc", "def"], "abcdef", [(0, 0, 3), (1, 3, 6)]),
        // ASCII_CASE_INSENSITIVE_OVERLAPPING
        Row("acasei010", ["abc", "def", "abcdef"], "abcdef", [(0, 0, 3), (2, 0, 6), (1, 3, 6)]),
        // REGRESSION
        Row("regression010", ["inf", "ind"], "infind", [(0, 0, 3), (1, 3, 6)]),
        Row("regression020", ["ind", "inf"], "infind", [(1, 0, 3), (0, 3, 6)]),
        Row("regression030", ["libcore/", "libstd/"], "libcore/char/methods.rs", [(0, 0, 8)]),
        Row("regression040", ["libstd/", "libcore/"], "libcore/char/methods.rs", [(1, 0, 8)]),
        Row("regression050", ["\u{0}\u{0}\u{1}", "\u{0}\u{0}\u{0}"], "\u{0}\u{0}\u{0}", [(1, 0, 3)]),
        Row("regression060", ["\u{0}\u{0}\u{0}", "\u{0}\u{0}\u{1}"], "\u{0}\u{0}\u{0}", [(0, 0, 3)]),
    ]
}
