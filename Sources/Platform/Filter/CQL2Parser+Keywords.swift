extension CQL2Parser {
    /// What an array function compares, `(keywords, ('Ufer', 'Bank'))`.
    mutating func keywords() throws(CQL2Fault) -> [String] {
        try require(sign: "(")
        try require(word: "keywords")
        try require(sign: ",")
        try require(sign: "(")
        var result = [try keyword()]
        while try take(sign: ",") { result.append(try keyword()) }
        try require(sign: ")")
        try require(sign: ")")
        return result
    }

    private mutating func keyword() throws(CQL2Fault) -> String {
        guard case .text(let keyword) = token, !keyword.isEmpty, !keyword.contains(",") else {
            throw fault("a keyword such as 'Ufer' is wanted here, without commas")
        }
        try count()
        try countPattern()
        try advance()
        return keyword
    }
}
