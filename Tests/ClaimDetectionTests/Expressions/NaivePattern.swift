/// A regular expression tried letter by letter, with every choice in the order in which it is written.
///
/// Letters, `.`, `[…]` and `(?:…|…)`, each with `?`, `*`, `+` or `{m,n}` behind it, and a `?` more for as few as can be.
struct NaivePattern {
    private indirect enum Part {
        case one(of: Set<Unicode.Scalar>?)
        case choice([[Part]])
        case repeated(Part, ClosedRange<Int>, isShort: Bool)
    }
    private let parts: [Part]

    init(_ source: String) {
        var scalars = Array(source.unicodeScalars)[...]
        parts = Self.sequence(&scalars)
    }

    private static func sequence(_ rest: inout ArraySlice<Unicode.Scalar>) -> [Part] {
        var parts: [Part] = []
        while let scalar = rest.first, scalar != ")", scalar != "|" {
            rest.removeFirst()
            var part: Part
            switch scalar {
            case ".": part = .one(of: nil)
            case "[":
                let end = rest.firstIndex(of: "]")!
                part = .one(of: Set(rest[..<end]))
                rest = rest[(end + 1)...]
            case "(":
                rest.removeFirst(2)
                var choices = [sequence(&rest)]
                while rest.removeFirst() == "|" { choices.append(sequence(&rest)) }
                part = .choice(choices)
            default: part = .one(of: [scalar])
            }
            var bounds: ClosedRange<Int>?
            switch rest.first {
            case "?": bounds = 0...1
            case "*": bounds = 0...64
            case "+": bounds = 1...64
            case "{":
                let end = rest.firstIndex(of: "}")!
                let numbers = rest[..<end].dropFirst().split(separator: ",").map {
                    Int(String(String.UnicodeScalarView($0)))!
                }
                bounds = numbers[0]...numbers[1]
                rest = rest[end...]
            default: break
            }
            if let bounds {
                rest.removeFirst()
                let isShort = rest.first == "?"
                if isShort { rest.removeFirst() }
                part = .repeated(part, bounds, isShort: isShort)
            }
            parts.append(part)
        }
        return parts
    }

    /// Where a match ends that begins at `start`; nil if there is none.
    func end(in text: ArraySlice<Unicode.Scalar>, from start: Int) -> Int? {
        Self.match(parts[...], text, start) { $0 }
    }

    private static func match(
        _ parts: ArraySlice<Part>, _ text: ArraySlice<Unicode.Scalar>, _ place: Int, then: (Int) -> Int?
    ) -> Int? {
        guard let part = parts.first else { return then(place) }
        let rest = parts.dropFirst()
        return match(part, text, place) { match(rest, text, $0, then: then) }
    }

    private static func match(
        _ part: Part, _ text: ArraySlice<Unicode.Scalar>, _ place: Int, then: (Int) -> Int?
    ) -> Int? {
        switch part {
        case .one(let scalars):
            guard place < text.endIndex, scalars?.contains(text[place]) ?? true else { return nil }
            return then(place + 1)
        case .choice(let choices):
            for choice in choices { if let end = match(choice[...], text, place, then: then) { return end } }
            return nil
        case .repeated(let inner, let bounds, let isShort):
            func more() -> Int? {
                guard bounds.upperBound > 0 else { return nil }
                let left = max(0, bounds.lowerBound - 1)...bounds.upperBound - 1
                return match(inner, text, place) { next in
                    next == place ? nil : match(.repeated(inner, left, isShort: isShort), text, next, then: then)
                }
            }
            guard bounds.lowerBound == 0 else { return more() }
            return isShort ? then(place) ?? more() : more() ?? then(place)
        }
    }
}
