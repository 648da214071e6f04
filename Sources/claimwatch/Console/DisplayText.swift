/// Text as a terminal shows it. What hosts say is untrusted: an escape sequence in a quote must not reach the screen.
enum DisplayText {
    /// The text with each control, bidirectional-override and line-breaking character shown as "·".
    static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(isUnsafe(scalar) ? "·" : scalar) }
        return String(safe)
    }

    /// Columns the text takes on a terminal: two for East Asian wide characters, none for combining marks.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// As much of the start of the text as fits into `columns`, with "…" where it was cut.
    static func fitted(_ text: String, columns: Int) -> String {
        guard width(text) > columns else { return text }
        var used = 0
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            used += width(scalar)
            if used > columns - 1 { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }

    /// Spaces and carets that stand under the bytes `start..<end` of the text.
    static func carets(under text: String, from start: Int, to end: Int) -> String {
        var offset = 0
        var line = ""
        for scalar in text.unicodeScalars {
            if offset >= end { break }
            line += String(repeating: offset >= start ? "^" : " ", count: width(isUnsafe(scalar) ? "·" : scalar))
            offset += UTF8.width(scalar)
        }
        return line
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        // Nearly all text is ASCII or unified ideographs: ask for properties only beyond them.
        case 0..<0x300: return 1
        case 0x4E00...0x9FFF: return 2
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0xA000...0xA4CF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        // One half of a flag.
        case 0x1F1E6...0x1F1FF: return 1
        default:
            if scalar.properties.isEmojiPresentation { return 2 }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: return 0
            default: return 1
            }
        }
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
