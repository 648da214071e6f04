/// A report for a terminal, no line wider than it.
enum ReportText {
    private static let indent = 2
    private static let between = "  "
    /// Columns that a column which gives way keeps however narrow the screen is.
    private static let leastFirst = 12

    static func render(_ report: Report, style: TextStyle, columns: Int) -> String {
        var paragraphs = [StyledLine(report.title, .bold).rendered(style, columns: columns, indent: (0, indent))]
        for block in report.blocks {
            switch block {
            case .heading(let text):
                paragraphs.append("")
                paragraphs.append(StyledLine(text, .bold).rendered(style, columns: columns, indent: (0, indent)))
            case .note(let line): paragraphs.append(line.rendered(style, columns: columns, indent: (indent, indent)))
            case .table(let table): paragraphs += render(table, style, columns: columns)
            case .quotes(let quotes): paragraphs += quotes.map { render($0, style, columns: columns) }
            }
        }
        return paragraphs.joined(separator: "\n")
    }

    private static func render(_ quote: Report.Quote, _ style: TextStyle, columns: Int) -> String {
        var lines =
            quote.head.pieces.isEmpty
            ? [] : [quote.head.rendered(style, columns: columns, indent: (indent, 2 * indent))]
        for body in quote.bodies {
            if let label = body.label {
                lines.append(
                    StyledLine(label, .dim).rendered(style, columns: columns, indent: (2 * indent, 2 * indent)))
            }
            let margin = (quote.head.pieces.isEmpty ? 1 : body.label == nil ? 2 : 3) * indent
            lines += body.lines.map { $0.rendered(style, columns: columns, indent: (margin, margin)) }
        }
        return lines.joined(separator: "\n")
    }

    /// Columns as wide as their widest cell; where they do not fit side by side, cells of some go on below.
    static func render(_ table: Report.Table, _ style: TextStyle, columns: Int) -> [String] {
        let heads = table.columns.map { StyledLine($0.title, .dim) }
        let rows = [heads] + table.rows
        var widths = table.columns.indices.map { column in rows.map { $0[column].width(style) }.max() ?? 0 }
        var yielding = table.columns.indices.filter { table.columns[$0].givesWay }
        if yielding.isEmpty { yielding = [0] }
        var excess = indent + widths.reduce(0, +) + between.count * (widths.count - 1) - columns
        while excess > 0, let widest = yielding.max(by: { widths[$0] < widths[$1] }), widths[widest] > leastFirst {
            widths[widest] -= 1
            excess -= 1
        }
        return rows.flatMap { row in
            let cells = row.enumerated().map { column, cell in
                cell.rendered(style, columns: widths[column]).split(separator: "\n", omittingEmptySubsequences: false)
                    .map(String.init)
            }
            return (0..<(cells.map(\.count).max() ?? 0)).map { number in
                var line = String(repeating: " ", count: indent)
                for (column, cell) in cells.enumerated() {
                    let text = number < cell.count ? cell[number] : ""
                    let padding = String(repeating: " ", count: max(0, widths[column] - TextStyle.width(text)))
                    if column > 0 { line += between }
                    line += table.columns[column].isNumber ? padding + text : text + padding
                }
                while line.last == " " { line.removeLast() }
                return line
            }
        }
    }
}
