import ClaimRules

/// A report as one page of HTML that needs nothing else: no script, no file, no address, and every text escaped.
enum ReportPage {
    static func render(_ report: Report, language: Language) -> String {
        var body = "<h1>\(escaped(report.title))</h1>\n"
        for block in report.blocks {
            switch block {
            case .heading(let text): body += "<h2>\(escaped(text))</h2>\n"
            case .note(let line): body += "<p>\(html(line))</p>\n"
            case .table(let table): body += html(table)
            case .quotes(let quotes): body += quotes.map(html).joined()
            }
        }
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(escaped(report.title))</title>
            <style>
            \(style)
            </style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
    }

    private static let style = """
        body { font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 72em; margin: 2em auto;
          padding: 0 1em; color: #222; background: #fff; overflow-wrap: anywhere; }
        h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin-top: 2em; border-bottom: 1px solid #ccc; }
        .table { overflow-x: auto; } table { border-collapse: collapse; overflow-wrap: normal; }
        th, td { text-align: left; padding: .15em 1em .15em 0; vertical-align: top; min-width: 2.1em; }
        th { font-weight: normal; color: #666; border-bottom: 1px solid #ccc; white-space: nowrap; }
        td.n, th.n { text-align: right; white-space: nowrap; } td:last-child:not(.n) { min-width: 6em; }
        tr:nth-child(even) td { background: #f6f6f6; }
        section { margin: 1em 0; } blockquote { margin: .2em 0 .2em 1.2em; }
        .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1em; } .sides h3 { font: inherit; color: #666; margin: 0; }
        mark { background: #ffe08a; color: inherit; } .dim { color: #666; } .law { color: #00695c; }
        .high { color: #b00020; font-weight: bold; } .medium { color: #8a5a00; }
        @media (max-width: 40em) { body { font-size: 14px; margin: 1em auto; padding: 0 .8em; } th, td { padding-right: .6em; }
          .sides { grid-template-columns: 1fr; } blockquote { margin-left: .6em; } }
        """

    private static func html(_ table: Report.Table) -> String {
        func mark(_ column: Int) -> String { table.columns[column].isNumber ? " class=\"n\"" : "" }
        let heads = table.columns.enumerated().map { index, column in
            let meaning = column.meaning.map { " title=\"\(escaped($0))\"" } ?? ""
            return "<th\(mark(index))\(meaning)>\(escaped(column.title))</th>"
        }
        let rows = table.rows.map { row in
            let cells = row.enumerated().map { "<td\(mark($0.offset))>\(html($0.element))</td>" }
            return "<tr>\(cells.joined())</tr>\n"
        }
        return "<div class=\"table\"><table>\n<tr>\(heads.joined())</tr>\n\(rows.joined())</table></div>\n"
    }

    private static func html(_ quote: Report.Quote) -> String {
        let bodies = quote.bodies.map { body in
            let label = body.label.map { "<h3>\(escaped($0))</h3>" } ?? ""
            return "<div>\(label)\(body.lines.map { "<blockquote>\(html($0))</blockquote>" }.joined())</div>"
        }
        let sides = quote.bodies.count > 1 ? " class=\"sides\"" : ""
        return "<section><div>\(html(quote.head))</div><div\(sides)>\(bodies.joined())</div></section>\n"
    }

    private static func html(_ line: StyledLine) -> String {
        line.pieces.map { piece in
            let text = escaped(piece.text)
            return switch piece.look {
            case .plain: text
            case .highlight: "<mark>\(text)</mark>"
            case .bold: "<b>\(text)</b>"
            case .dim: "<span class=\"dim\">\(text)</span>"
            case .cyan: "<span class=\"law\">\(text)</span>"
            case .yellow: "<span class=\"medium\">\(text)</span>"
            case .boldRed, .magenta: "<span class=\"high\">\(text)</span>"
            }
        }.joined()
    }

    /// The text with nothing in it that a browser takes for markup, in an attribute neither.
    static func escaped(_ text: String) -> String {
        var safe = ""
        for scalar in DisplayText.printable(text).unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}
