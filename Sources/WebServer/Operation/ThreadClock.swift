#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system knows of the calling thread: how it stands behind others, and what it used.
enum ThreadClock {
    /// How far a thread stands behind those of ordinary priority.
    enum Rank: Int32 {
        case behind = 10
        /// Beside two threads that are `behind` on two cores it gets about half of one.
        case furtherBehind = 12
    }

    /// Lets all threads of higher rank go before the calling one.
    ///
    /// Linux keeps a nice value for each thread (sched(7)); elsewhere the class of service says the same.
    static func lowerPriority(to rank: Rank) {
        // 0 is the calling thread. Being nicer is always allowed.
        #if canImport(Glibc)
            setpriority(numericCast(PRIO_PROCESS.rawValue), 0, rank.rawValue)
        #elseif canImport(Musl)
            setpriority(PRIO_PROCESS, 0, rank.rawValue)
        #elseif canImport(Darwin)
            pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, rank == .behind ? 0 : -8)
        #endif
    }

    /// Seconds of a processor that the calling thread has used.
    static func used() -> Double { seconds(of: CLOCK_THREAD_CPUTIME_ID) }

    /// The clock of what the calling thread uses, for others to read while the thread is there; `nil` where the system
    /// has no such clocks.
    static func own() -> clockid_t? {
        #if canImport(Darwin)
            return nil
        #else
            var clock = clockid_t()
            return pthread_getcpuclockid(pthread_self(), &clock) == 0 ? clock : nil
        #endif
    }

    /// Seconds of a processor that the thread of a clock has used.
    static func used(of clock: clockid_t) -> Double { seconds(of: clock) }

    /// Seconds since some moment before, at a steady pace.
    static func steady() -> Double { seconds(of: CLOCK_MONOTONIC) }

    private static func seconds(of clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
