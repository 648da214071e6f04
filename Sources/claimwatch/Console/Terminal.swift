import Foundation

/// What may be done with the text that goes to a file descriptor.
struct TextStyle {
    /// ANSI colours; otherwise the highlight is set in 【】.
    var usesColour: Bool

    static let plain = TextStyle(usesColour: false)

    /// Colour on a terminal, unless `NO_COLOR` (https://no-color.org) or a dumb terminal says otherwise.
    static func of(_ descriptor: Int32) -> TextStyle {
        let environment = ProcessInfo.processInfo.environment
        let mayColour = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        return TextStyle(usesColour: mayColour && isatty(descriptor) == 1)
    }

    enum Colour: String {
        case red = "31", yellow = "33", cyan = "36", dim = "2", bold = "1", redOnBold = "1;31", magenta = "1;35"
    }

    func paint(_ text: String, _ colour: Colour) -> String {
        usesColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    func highlight(_ text: String) -> String {
        usesColour ? "\u{1B}[1;31m\(text)\u{1B}[0m" : "【\(text)】"
    }
}

/// The size of the terminal on a descriptor, or nil if it is none.
func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    guard isatty(descriptor) == 1 else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
}
