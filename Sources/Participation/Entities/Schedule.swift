/// When a proceeding's phases run: half-open intervals of instants in milliseconds since 1970.
public struct Schedule: Sendable, Hashable, Codable {
    /// Start of phase 1, in which citizens contribute.
    public var phase1Start: Int64?
    /// End of phase 1, exclusive.
    public var phase1End: Int64?
    /// Start of phase 2, in which conceptions are discussed.
    public var phase2Start: Int64?
    /// End of phase 2, exclusive.
    public var phase2End: Int64?

    /// Makes a schedule; a proceeding without any instant is always in phase 1.
    public init(
        phase1Start: Int64? = nil, phase1End: Int64? = nil, phase2Start: Int64? = nil, phase2End: Int64? = nil
    ) {
        self.phase1Start = phase1Start
        self.phase1End = phase1End
        self.phase2Start = phase2Start
        self.phase2End = phase2End
    }

    /// The phase at an instant; computed, never stored.
    public func phase(at now: Int64) -> Phase {
        let hasPhase2 = phase2Start != nil || phase2End != nil
        let hasPhase1 = phase1Start != nil || phase1End != nil || !hasPhase2
        let inPhase1 = hasPhase1 && now >= phase1Start ?? .min && now < phase1End ?? .max
        let inPhase2 = hasPhase2 && now >= phase2Start ?? .min && now < phase2End ?? .max
        switch (inPhase1, inPhase2) {
        case (true, true): return .phasemix
        case (true, false): return .phase1
        case (false, true): return .phase2
        case (false, false):
            let isBefore1 = !hasPhase1 || now < phase1Start ?? .min
            let isBefore2 = !hasPhase2 || now < phase2Start ?? .min
            return isBefore1 && isBefore2 ? .unstarted : .frozen
        }
    }
}

/// Where a proceeding stands, named as in DIPAS.
public enum Phase: String, Sendable, Hashable, CaseIterable {
    case unstarted, phase1, phase2, phasemix, frozen
}
