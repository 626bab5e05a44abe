import GeoCore
public import Participation

/// The issuers of the installation, which are of no tenant.
public struct IssuerDirectory {
    private let connection: any SQLConnection

    /// Opens the directory inside a transaction.
    public init(_ connection: any SQLConnection) { self.connection = connection }

    static let columns = """
        i.id, i.url, i.audiences, i.algorithms, i.keys_url, i.roles_claim, i.tenant_claim, i.leeway, i.version, i.created
        """

    /// - Throws: ``StorageError`` of kind `corrupt` for what cannot be read: a condition that were left out would let in
    ///   whom it is to keep out.
    static func issuer(_ row: any SQLRow) throws -> Issuer {
        func read<Value>(_ name: String, _ value: Value?) throws -> Value {
            guard let value else {
                throw StorageError(.corrupt, "an issuer cannot be read", detail: "\(name) of \(row.text(0))")
            }
            return value
        }
        func texts(_ column: Int) -> [String]? {
            guard let values = (try? JSONValue.parse(Array(row.text(column).utf8)))?.array else { return nil }
            let texts = values.compactMap(\.string)
            return texts.count == values.count ? texts : nil
        }
        func path(_ name: String, _ column: Int) throws -> ClaimPath? {
            try row.optionalText(column).map { try read(name, ClaimPath($0)) }
        }
        let algorithms = try read("algorithms", texts(3)).map { try read("algorithms", SigningAlgorithm(rawValue: $0)) }
        var issuer = Issuer(
            id: row.text(0), url: row.text(1), audiences: try read("audiences", texts(2)), algorithms: algorithms,
            keysURL: row.optionalText(4), rolesClaim: try path("roles_claim", 5),
            tenantClaim: try path("tenant_claim", 6), leeway: row.integer(7))
        issuer.version = row.integer(8)
        issuer.created = row.integer(9)
        return issuer
    }

    /// All issuers, by id.
    public func all() throws -> [Issuer] {
        try connection.rows("SELECT \(raw: Self.columns) FROM issuer i ORDER BY i.id", Self.issuer)
    }

    /// One issuer by its id.
    public func issuer(id: String) throws -> Issuer? {
        try connection.first("SELECT \(raw: Self.columns) FROM issuer i WHERE i.id = \(id)", Self.issuer)
    }

    /// One issuer by what its tokens name.
    public func issuer(url: String) throws -> Issuer? {
        try connection.first("SELECT \(raw: Self.columns) FROM issuer i WHERE i.url = \(url)", Self.issuer)
    }

    /// The tenants that take tokens of an issuer, by slug.
    public func tenants(of issuer: String) throws -> [Tenant] {
        let keys = Set(
            try connection.rows("SELECT tenant FROM issuer_tenant WHERE issuer = \(issuer)") { $0.integer(0) })
        return try TenantDirectory(connection).all().filter { keys.contains($0.key) }
    }

    /// Whether any tenant takes tokens of an issuer.
    public func isTaken(_ issuer: String) throws -> Bool {
        try connection.first("SELECT tenant FROM issuer_tenant WHERE issuer = \(issuer) LIMIT 1") { _ in true } ?? false
    }

    /// Whether more than one tenant takes tokens of an issuer.
    public func isShared(_ issuer: String) throws -> Bool {
        try connection.rows("SELECT tenant FROM issuer_tenant WHERE issuer = \(issuer) LIMIT 2") { _ in true }.count > 1
    }

    /// Adds an issuer.
    ///
    /// - Throws: ``StorageError`` of kind `constraint` when its id or address is taken.
    public func add(_ issuer: Issuer) throws {
        try connection.execute(
            """
            INSERT INTO issuer (id, url, audiences, algorithms, keys_url, roles_claim, tenant_claim, leeway, version,
                created)
            VALUES (\(issuer.id), \(issuer.url), \(Self.text(issuer.audiences)),
                \(Self.text(issuer.algorithms.map(\.rawValue))), \(issuer.keysURL), \(issuer.rolesClaim?.text),
                \(issuer.tenantClaim?.text), \(issuer.leeway), \(issuer.version), \(issuer.created))
            """)
    }

    /// Writes an issuer that is there, with its new version.
    ///
    /// - Throws: ``StorageError`` of kind `constraint` when another issuer has its address.
    public func update(_ issuer: Issuer) throws {
        try connection.execute(
            """
            UPDATE issuer SET url = \(issuer.url), audiences = \(Self.text(issuer.audiences)),
                algorithms = \(Self.text(issuer.algorithms.map(\.rawValue))), keys_url = \(issuer.keysURL),
                roles_claim = \(issuer.rolesClaim?.text), tenant_claim = \(issuer.tenantClaim?.text),
                leeway = \(issuer.leeway), version = \(issuer.version)
            WHERE id = \(issuer.id)
            """)
    }

    /// Removes an issuer and what all tenants made of its claims.
    public func remove(_ issuer: String) throws {
        try connection.execute("DELETE FROM issuer_tenant WHERE issuer = \(issuer)")
        try connection.execute("DELETE FROM issuer WHERE id = \(issuer)")
    }

    private static func text(_ values: [String]) -> String {
        var bytes: [UInt8] = []
        JSONValue.array(values.map { .string($0) }).append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
