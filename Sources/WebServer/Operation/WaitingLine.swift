/// Jobs in the order in which they came.
struct WaitingLine<Job> {
    private var jobs: [Job] = []
    private var next = 0

    /// Jobs in memory, with those that are served but not dropped yet.
    var stored: Int { jobs.count }

    /// Adds a job behind the others.
    mutating func append(_ job: Job) { jobs.append(job) }

    /// Takes the first job; those served are dropped when they are most of the array, so that each is moved once on
    /// average.
    mutating func takeFirst() -> Job? {
        guard next < jobs.count else { return nil }
        let job = jobs[next]
        next += 1
        if next == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            next = 0
        } else if next > 64, next * 2 > jobs.count {
            jobs.removeFirst(next)
            next = 0
        }
        return job
    }
}
