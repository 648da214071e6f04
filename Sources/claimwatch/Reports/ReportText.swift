/// A report for a terminal, no line wider than it.
enum ReportText {
    private static let indent = 2
    private static let between = "  "
    /// Columns that the first column of a table keeps however narrow the screen is.
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
        var lines = [quote.head.rendered(style, columns: columns, indent: (indent, 2 * indent))]
        for body in quote.bodies {
            if let label = body.label {
                lines.append(
                    StyledLine(label, .dim).rendered(style, columns: columns, indent: (2 * indent, 2 * indent)))
            }
            let margin = (body.label == nil ? 2 : 3) * indent
            lines += body.lines.map { $0.rendered(style, columns: columns, indent: (margin, margin)) }
        }
        return lines.joined(separator: "\n")
    }

    /// Columns as wide as their widest cell; the first is cut short if they do not fit side by side.
    static func render(_ table: Report.Table, _ style: TextStyle, columns: Int) -> [String] {
        let heads = table.columns.map { StyledLine($0.title, .dim) }
        let rows = [heads] + table.rows
        var widths = table.columns.indices.map { column in rows.map { $0[column].width(style) }.max() ?? 0 }
        let others = widths.dropFirst().reduce(0) { $0 + $1 + between.count }
        widths[0] = min(widths[0], max(leastFirst, columns - indent - others))
        return rows.map { row in
            var line = String(repeating: " ", count: indent)
            for (column, cell) in row.enumerated() {
                let shown = cell.fitted(style, columns: widths[column])
                let padding = String(repeating: " ", count: widths[column] - shown.width(style))
                if column > 0 { line += between }
                let text = shown.rendered(style)
                line += table.columns[column].isNumber ? padding + text : text + padding
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
