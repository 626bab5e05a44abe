import Foundation

extension PropertyObject {
    /// Adds a value of an SQLite column under the type that the column declares; what does not fit stays as it is.
    mutating func add(_ field: LayerField, _ value: SQLiteRows.Value) {
        switch value {
        case .null: addNull(field.name)
        case .integer(let number):
            switch field.type {
            case .boolean where number == 0 || number == 1: add(field.name, number == 1)
            case .real: add(field.name, Double(number))
            default: add(field.name, number)
            }
        case .real(let number): add(field.name, number)
        case .text(let text): add(field.name, text)
        case .blob(let bytes): add(field.name, Data(bytes).base64EncodedString())
        }
    }
}
