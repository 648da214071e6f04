import ClaimRules

/// A result for people to read, apart from how it is shown: a terminal and a page are made from the same one.
struct Report {
    /// What stands above everything.
    var title: String
    var blocks: [Block] = []

    enum Block {
        case heading(String)
        /// A sentence or two; broken where it does not fit.
        case note(StyledLine)
        case table(Table)
        case quotes([Quote])
    }

    /// Rows of short cells. Where the screen is narrow the columns that may give way do, or else the first.
    struct Table {
        var columns: [Column]
        var rows: [[StyledLine]] = []

        struct Column {
            var title: String
            var isNumber = false
            /// What a reader needs to understand the title.
            var meaning: String?
            var givesWay = false
        }
    }

    /// What was said, with a line above it that tells where and what about it.
    struct Quote {
        var head: StyledLine
        var bodies: [Body]

        struct Body {
            /// Where two stand side by side: which this is.
            var label: String?
            var lines: [StyledLine]
        }
    }
}
