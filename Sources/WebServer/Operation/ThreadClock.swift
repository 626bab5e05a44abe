#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system knows of the calling thread: how it stands behind others, and what it used.
enum ThreadClock {
    /// Lets all threads of ordinary priority go before the calling one.
    ///
    /// Linux keeps a nice value for each thread (sched(7)); elsewhere the class of service says the same.
    static func lowerPriority() {
        // 0 is the calling thread. Being nicer is always allowed.
        #if canImport(Glibc)
            setpriority(numericCast(PRIO_PROCESS.rawValue), 0, 10)
        #elseif canImport(Musl)
            setpriority(PRIO_PROCESS, 0, 10)
        #elseif canImport(Darwin)
            pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0)
        #endif
    }

    /// Seconds of a processor that the calling thread has used.
    static func used() -> Double { seconds(of: CLOCK_THREAD_CPUTIME_ID) }

    /// Seconds since some moment before, at a steady pace.
    static func steady() -> Double { seconds(of: CLOCK_MONOTONIC) }

    private static func seconds(of clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
