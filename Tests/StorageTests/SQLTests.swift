import Storage
import Testing

struct SQLTests {
    @Test func valuesBecomeBindingsAndNeverText() {
        let evil = "x'; DROP TABLE tenant; --"
        let inner: SQL = "b = \(Int64(2)) OR c = \(nil as String?)"
        let statement: SQL = "SELECT * FROM \(raw: "t") WHERE a = \(evil) AND (\(inner)) AND d = \(true)"
        #expect(statement.text == "SELECT * FROM t WHERE a = $1 AND (b = $2 OR c = $3) AND d = $4")
        #expect(statement.bindings == [.text(evil), .integer(2), .null, .integer(1)])
    }

    @Test func anEmptyListMatchesNothing() {
        #expect(SQL.list([]).text == "(NULL)")
        #expect(SQL.list(["a", "b"]).text == "($1, $2)")
    }
}
