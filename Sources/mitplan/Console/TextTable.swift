/// A table of aligned columns for people.
struct TextTable {
    /// One column.
    struct Column {
        /// Heading.
        var title: String
        /// Whether values stand at the right, as numbers do.
        var isNumeric = false
        /// Columns of the terminal at most; longer values are cut.
        var maximumWidth = 60

        /// A column of words.
        static func text(_ title: String, maximumWidth: Int = 60) -> Column {
            Column(title: title, maximumWidth: maximumWidth)
        }

        /// A column of numbers.
        static func number(_ title: String) -> Column { Column(title: title, isNumeric: true) }
    }

    /// The columns.
    let columns: [Column]
    /// The values by row; rows have as many values as there are columns.
    private(set) var rows: [[String]] = []

    /// Makes an empty table.
    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; missing values are empty, surplus ones are left out.
    mutating func append(_ values: [String]) {
        rows.append(
            columns.indices.map { index in
                index < values.count
                    ? DisplayText.truncated(DisplayText.plain(values[index]), to: columns[index].maximumWidth) : ""
            })
    }

    /// The table as lines, each ended by a line break: headings, a rule, the rows.
    func rendered() -> String {
        let widths = columns.indices.map { index in
            rows.reduce(DisplayText.width(columns[index].title)) { max($0, DisplayText.width($1[index])) }
        }
        var lines = [line(columns.map(\.title), widths)]
        lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
        for row in rows { lines.append(line(row, widths)) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ values: [String], _ widths: [Int]) -> String {
        var result = ""
        for index in columns.indices {
            let padding = String(repeating: " ", count: max(0, widths[index] - DisplayText.width(values[index])))
            if index > 0 { result += "  " }
            result += columns[index].isNumeric ? padding + values[index] : values[index] + padding
        }
        while result.last == " " { result.removeLast() }
        return result
    }
}
