import Foundation

/// One reference case of the oracle set: inputs and expected values decoded to the shapes a test names.
public struct OracleCase<Parameters: Decodable, Input: Decodable, Expected: Decodable>: Decodable {
    /// Name of the case.
    public let id: String
    /// Parameters of the method, in units of the input.
    public let params: Parameters
    /// What the implementation gets.
    public let input: Input
    /// What it must return.
    public let expected: Expected

    /// Reads the case from the shared folder.
    public static func load(_ name: String) throws -> Self {
        try JSONDecoder().decode(Self.self, from: try SharedMaterial.oracle(name))
    }
}

/// No parameters.
public struct NoParameters: Decodable {}

/// Whether `value` is within `max(absolute, relative · |expected|)` of `expected`.
public func isClose(_ value: Double, _ expected: Double, relative: Double = 1e-9, absolute: Double = 1e-12) -> Bool {
    abs(value - expected) <= max(absolute, relative * abs(expected))
}
