public import Participation
public import Storage

/// What answers with noise may spend of epsilon in a calendar year, and have spent: together they tell of one person at most
/// as much as a single answer with all of it would.
///
/// Source: Dwork & Roth 2014, doi:10.1561/0400000042, theorem 3.16 (what answers tell adds up).
public struct PrivacyBudget: Sendable {
    /// The calendar year, by the tenant's clock.
    public var year: Int
    /// Epsilon that may be spent in the year.
    public var budget: Double
    /// Epsilon that was spent.
    public var spent: Double
    /// When the next year begins, milliseconds since 1970.
    public var renews: Int64
    /// What it was spent on, newest first, of this year and those before.
    public var spendings: Page<PrivacySpending>

    /// Epsilon that is left; none where the budget was made smaller than what is spent.
    public var left: Double { max(0, ((budget - spent) * 1000).rounded() / 1000) }
}

extension Installation {
    /// The privacy budget of a proceeding and what it was spent on, one page.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a planner of the proceeding asks.
    public func privacyBudget(
        of proceeding: Proceeding, limit: Int, after cursor: Cursor? = nil, scope: Scope
    ) async throws -> PrivacyBudget {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let (year, renews) = privacyYear(scope)
        return try await engine.read { connection in
            let reader = scope.reader(connection)
            return PrivacyBudget(
                year: year, budget: proceeding.settings.privacyBudget,
                spent: Double(try reader.privacySpent(of: proceeding, in: year)) / 1000, renews: renews,
                spendings: try reader.privacySpendings(of: proceeding, limit: limit, after: cursor))
        }
    }

    /// Refuses noise where the proceeding gives no answers with it.
    func requirePrivacyBudget(of proceeding: Proceeding) throws {
        guard proceeding.settings.privacyBudget > 0 else {
            throw PlatformError(
                .conflict, "the proceeding gives no answers with noise: its privacy budget is 0",
                hint: "a planner can give it one with settings.privacyBudget")
        }
    }

    /// Spends epsilon on the answer to a question, before it is told; nothing where it was told on the same data before.
    ///
    /// The public may spend half of the budget, so that it leaves some to those who plan.
    ///
    /// - Throws: ``PlatformError`` `conflict` where the budget of the year does not bear it.
    func spendPrivacy(
        _ epsilon: Double, on question: [UInt8], version: Int64, of proceeding: Proceeding, scope: Scope
    ) async throws {
        let isKnown = try await engine.read {
            try scope.reader($0).isPrivacySpent(on: question, version: version, of: proceeding)
        }
        guard !isKnown else { return }
        let (year, _) = privacyYear(scope)
        let spending = PrivacySpending(
            time: now(), year: year, role: scope.viewer.roleName(in: proceeding.key),
            epsilon: Int((epsilon * 1000).rounded()), question: question, version: version)
        let budget = Int((proceeding.settings.privacyBudget * 1000).rounded())
        let exceeded = try await engine.write {
            try scope.writer($0).spend(spending, of: budget, for: proceeding)
        }
        guard let exceeded else { return }
        let left = Double(exceeded.budget - exceeded.spent) / 1000
        let whose = exceeded.isOfPublic ? "the public's half of the privacy budget" : "the privacy budget"
        func text(_ value: Double) -> String { AnalysisParameter.text(value) }
        throw PlatformError(
            .conflict,
            "\(whose) of \(year) is spent: \(text(Double(exceeded.spent) / 1000)) of "
                + "\(text(Double(exceeded.budget) / 1000)), and this asks for \(text(epsilon))",
            hint: (left >= 0.01 ? "epsilon=\(text(left)) can be done; " : "") + "it renews on \(year + 1)-01-01")
    }

    /// The calendar year it is by the tenant's clock, and when the next begins.
    private func privacyYear(_ scope: Scope) -> (year: Int, renews: Int64) {
        let clock = TimeZoneDays(timeZone: scope.tenant.timeZone)
        let year = CalendarDay(number: clock.localDay(now()).day).year
        return (year, clock.start(ofLocalDay: CalendarDay(year: year + 1, month: 1, day: 1).number))
    }
}
