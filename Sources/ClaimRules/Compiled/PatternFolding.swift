import ChineseText

/// Folds the letters of a regular expression, and refuses what cannot be matched in linear time.
///
///     [三四]甲(?P<Who>．)    ->    [34]甲(?P<Who>\.)
///
/// A letter stands for what it folds to; a sign that comes of folding is escaped, so that it means itself. Of a class, each
/// member is folded; a range stays and gets what its members fold to besides: [一-龥] matches 三, which is 3.
struct PatternFolding {
    private let scalars: [Unicode.Scalar]
    /// The next character to read.
    private var next = 0
    /// The folded expression, and for each of its scalars the character that it came of, from 0.
    private var output = String.UnicodeScalarView()
    private var origins: [Int] = []
    private(set) var groups: [String] = []
    /// Members of ranges that may still be folded one by one: twice all ideographs of the basic plane.
    private var rangeMembersLeft = 50_000

    var folded: String { String(output) }

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func fold() throws(TextPatternError) {
        while let scalar = peek() {
            switch scalar {
            case "\\": try foldEscape()
            case "(": try foldGroup()
            case "[": try foldClass()
            case "{": try foldRepetition()
            case ")", "|", "*", "+", "?", ".", "^", "$": copy()
            default: foldLiteral()
            }
        }
    }

    /// The column, from 1, of the first place of the folded expression that reads so; 1 if there is none.
    func column(ofFirst part: String) -> Int {
        let (all, part) = (Array(output), Array(part.unicodeScalars))
        guard !part.isEmpty, part.count <= all.count else { return 1 }
        for start in 0...(all.count - part.count) where all[start..<(start + part.count)].elementsEqual(part) {
            return origins[start] + 1
        }
        return 1
    }

    // MARK: Outside classes

    private mutating func foldLiteral() {
        let scalar = scalars[next]
        let images = Self.images(of: scalar)
        // What folds to several, or to nothing, is still one thing to repeat.
        let isGroup = images.count != 1
        if isGroup { write("(?:") }
        for image in images { writeLiteral(image) }
        if isGroup { write(")") }
        next += 1
    }

    private mutating func foldEscape() throws(TextPatternError) {
        guard let escaped = peek(1) else { return copy() }
        switch escaped {
        case "1"..."9": throw error(.backReference(text(2)))
        case "k" where peek(2) == "<" || peek(2) == "{" || peek(2) == "'": throw error(.backReference(text(2)))
        case "g" where peek(2) == "{" || peek(2).map(Self.isDigit) == true: throw error(.backReference(text(2)))
        case "C", "Q", "E", "G", "K", "R", "X", "Z": throw error(.unsupported(text(2)))
        default: copyEscape()
        }
    }

    /// An escape as it stands: `\p{Greek}`, `\x{4e00}`, `\x41`, `\.`.
    private mutating func copyEscape() {
        let escaped = peek(1)
        copy()
        guard escaped != nil else { return }
        copy()
        guard escaped == "p" || escaped == "P" || escaped == "x" else { return }
        if peek() == "{" {
            while let scalar = peek() {
                copy()
                if scalar == "}" { return }
            }
        } else if escaped == "x" {
            for _ in 0..<2 where peek().map({ $0.properties.isASCIIHexDigit }) == true { copy() }
        } else if peek() != nil {
            copy()
        }
    }

    private mutating func foldGroup() throws(TextPatternError) {
        guard peek(1) == "?" else {
            // Groups that nobody asks for are not captured: matching is cheaper so.
            write("(?:")
            next += 1
            return
        }
        switch (peek(2), peek(3)) {
        case ("=", _), ("!", _): throw error(.lookAround(text(3)))
        case ("<", "="), ("<", "!"): throw error(.lookAround(text(4)))
        case (">", _), ("#", _), ("|", _), ("(", _), ("R", _), ("&", _): throw error(.unsupported(text(3)))
        case ("P", "="), ("P", ">"): throw error(.backReference(text(4)))
        case ("P", "<"): try foldName(after: 4)
        case ("<", _): try foldName(after: 3)
        default: try copyFlags()
        }
    }

    /// `(?P<name>` and `(?<name>`.
    private mutating func foldName(after prefix: Int) throws(TextPatternError) {
        var name = ""
        var length = prefix
        while let scalar = peek(length), scalar != ">" {
            name.unicodeScalars.append(scalar)
            length += 1
        }
        guard peek(length) == ">", !name.isEmpty, name.unicodeScalars.allSatisfy(Self.isOfName), name.count <= 32 else {
            throw error(.groupName(name))
        }
        guard !groups.contains(name) else { throw error(.groupTwice(name)) }
        guard groups.count < TextPattern.mostGroups else { throw error(.tooManyGroups) }
        groups.append(name)
        write("(?P<\(name)>")
        next += length + 1
    }

    /// `(?:`, `(?i:` and `(?i)`.
    private mutating func copyFlags() throws(TextPatternError) {
        copy()
        copy()
        while let scalar = peek() {
            guard scalar == ":" || scalar == ")" || "imsU-".unicodeScalars.contains(scalar) else {
                throw error(.unsupported("(?" + text(1)))
            }
            copy()
            if scalar == ":" || scalar == ")" { return }
        }
    }

    /// `{3}`, `{3,}` and `{3,5}`; any other `{` means itself.
    private mutating func foldRepetition() throws(TextPatternError) {
        var length = 1
        var bounds: [String] = [""]
        while let scalar = peek(length), scalar != "}", length < 16 {
            length += 1
            if scalar == ",", bounds.count == 1 {
                bounds.append("")
            } else if Self.isDigit(scalar) {
                bounds[bounds.count - 1].unicodeScalars.append(scalar)
            } else {
                return foldLiteral()
            }
        }
        guard peek(length) == "}", !bounds[0].isEmpty else { return foldLiteral() }
        guard bounds.allSatisfy({ $0.isEmpty || (Int($0) ?? .max) <= TextPattern.mostRepetitions }) else {
            throw error(.tooManyRepetitions(text(length + 1)))
        }
        for _ in 0...length { copy() }
    }

    // MARK: Classes

    private mutating func foldClass() throws(TextPatternError) {
        copy()
        if peek() == "^" { copy() }
        var isFirst = true
        while let scalar = peek() {
            if scalar == "]", !isFirst { return copy() }
            isFirst = false
            if scalar == "[", peek(1) == ":" {
                copyNamedClass()
            } else if scalar == "\\" {
                if peek(1) == "C" || peek(1) == "Q" || peek(1) == "E" { throw error(.unsupported(text(2))) }
                copyEscape()
            } else if peek(1) == "-", let last = peek(2), last != "]" {
                try foldRange(scalar, last)
            } else {
                let images = Self.images(of: scalar)
                // What folds to several characters or to none is no member of a class.
                writeLiteral(images.count == 1 ? images[0] : scalar)
                next += 1
            }
        }
    }

    /// `[:alpha:]`.
    private mutating func copyNamedClass() {
        copy()
        copy()
        while let scalar = peek() {
            copy()
            if scalar == "]" { return }
        }
    }

    private mutating func foldRange(_ first: Unicode.Scalar, _ last: Unicode.Scalar) throws(TextPatternError) {
        // An escape at its end is no letter to fold.
        guard last != "\\", last != "[" else {
            writeLiteral(first)
            next += 1
            copy()
            return
        }
        writeLiteral(first)
        write("-")
        writeLiteral(last)
        if first <= last {
            let members = first.value...last.value
            rangeMembersLeft -= members.count
            guard rangeMembersLeft >= 0 else { throw error(.classTooWide) }
            var images: Set<UInt32> = []
            for member in members {
                if case .one(let image) = FoldingTable.shared[member], !members.contains(image) { images.insert(image) }
            }
            writeRanges(of: images.sorted())
        }
        next += 3
    }

    private mutating func writeRanges(of images: [UInt32]) {
        var start = 0
        while start < images.count {
            var end = start
            while end + 1 < images.count, images[end + 1] == images[end] + 1 { end += 1 }
            if let first = Unicode.Scalar(images[start]), let last = Unicode.Scalar(images[end]) {
                writeLiteral(first)
                if end > start {
                    if end > start + 1 { write("-") }
                    writeLiteral(last)
                }
            }
            start = end + 1
        }
    }

    // MARK: Reading and writing

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        next + distance < scalars.count ? scalars[next + distance] : nil
    }

    private func text(_ length: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[next..<min(next + length, scalars.count)])
        return String(view)
    }

    private func error(_ problem: TextPatternError.Problem) -> TextPatternError {
        TextPatternError(problem, column: next + 1)
    }

    private mutating func copy() {
        append(scalars[next])
        next += 1
    }

    private mutating func write(_ text: String) { for scalar in text.unicodeScalars { append(scalar) } }

    /// Writes a scalar that means itself.
    private mutating func writeLiteral(_ scalar: Unicode.Scalar) {
        if Self.isASCIISign(scalar) { append("\\") }
        append(scalar)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        output.append(scalar)
        origins.append(next)
    }

    private static func images(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        switch FoldingTable.shared[scalar.value] {
        case .nothing: []
        case .one(let image): Unicode.Scalar(image).map { [$0] } ?? []
        case .several(let images): images.compactMap { Unicode.Scalar($0) }
        }
    }

    private static func isASCIISign(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F && !isOfName(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || scalar >= "a" && scalar <= "z" || scalar >= "A" && scalar <= "Z" || scalar == "_"
    }
}
