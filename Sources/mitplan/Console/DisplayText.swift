/// Text as a terminal shows it.
enum DisplayText {
    /// The text on one line: line breaks and tabs become blanks, other control characters (and with them escape
    /// sequences that citizens' text might carry) vanish, as do marks that turn the reading direction.
    static func plain(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var pendingBlank = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029:
                pendingBlank = !result.isEmpty
            case 0x00..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
                continue
            default:
                if pendingBlank, scalar != " " { result.append(" ") }
                pendingBlank = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Columns that `text` takes on a terminal: 2 for wide East Asian characters and pictures, 1 for other characters,
    /// composed or not.
    static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

    /// The text cut to `columns`, with an ellipsis where something was cut.
    static func truncated(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        var result = ""
        var used = 0
        for character in text {
            let next = width(character)
            guard used + next <= columns - 1 else { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }

    private static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        switch first.value {
        case 0x200B...0x200F, 0xFEFF, 0x0300...0x036F:
            return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default:
            return first.properties.isEmojiPresentation ? 2 : 1
        }
    }
}
