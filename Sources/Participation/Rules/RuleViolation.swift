/// One broken rule, with the member at fault.
public struct RuleViolation: Sendable, Hashable {
    /// JSON pointer to the member, such as `/properties/title`.
    public var pointer: String
    /// A stable word for programs.
    public var code: String
    /// What is wrong and what is allowed.
    public var detail: String

    /// Makes a violation.
    public init(pointer: String, code: String, detail: String) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
    }
}
