import Foundation

/// What may be done with the text that goes to a file descriptor.
struct TextStyle {
    /// ANSI colours; otherwise the highlight is set in 【】.
    var usesColour: Bool

    static let plain = TextStyle(usesColour: false)

    /// Colour on a terminal, unless `NO_COLOR` (https://no-color.org) or a dumb terminal says otherwise.
    static func of(_ descriptor: Int32) -> TextStyle {
        let mayColour = (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        return TextStyle(usesColour: mayColour && understandsControls(descriptor))
    }

    /// How a word is shown. The codes are those of ECMA-48, "select graphic rendition".
    enum Look: String {
        case plain = ""
        case yellow = "33"
        case cyan = "36"
        case dim = "2"
        case bold = "1"
        case boldRed = "1;31"
        case magenta = "1;35"
        /// What a rule found: bold and red, and underlined for those who do not see the red.
        case highlight = "1;4;31"
    }

    func paint(_ text: String, _ look: Look) -> String {
        usesColour && look != .plain ? "\u{1B}[\(look.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Columns that painted text takes: the codes take none.
    static func width(_ painted: String) -> Int {
        guard painted.contains("\u{1B}") else { return DisplayText.width(painted) }
        return DisplayText.width(painted.replacing(/\u{1B}\[[0-9;]*m/, with: ""))
    }

    /// The text with what stands for its look where there is no colour.
    func shown(_ text: String, _ look: Look) -> String {
        look == .highlight && !usesColour ? "【\(text)】" : text
    }
}

/// Whether the descriptor is a terminal that moves its cursor and changes colours when told to.
func understandsControls(_ descriptor: Int32) -> Bool {
    let terminal = ProcessInfo.processInfo.environment["TERM"] ?? ""
    return isatty(descriptor) == 1 && terminal != "dumb" && !terminal.isEmpty
}

/// The size of the terminal on a descriptor as it is now, or nil if it is none. A terminal that does not say is taken
/// as 80 by 24.
func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    guard isatty(descriptor) == 1 else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
}
