#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How the threads of this process stand behind each other.
enum ThreadPriority {
    /// Lets all threads of ordinary priority go before the calling one.
    ///
    /// Linux keeps a nice value for each thread (sched(7)); elsewhere the class of service says the same.
    static func lower() {
        // 0 is the calling thread. Being nicer is always allowed.
        #if canImport(Glibc)
            setpriority(numericCast(PRIO_PROCESS.rawValue), 0, 10)
        #elseif canImport(Musl)
            setpriority(PRIO_PROCESS, 0, 10)
        #elseif canImport(Darwin)
            pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0)
        #endif
    }
}
