/// Work that a task has others do, such as reading in the store, told to whoever shares out the time of the machine.
public enum WorkElsewhere {
    // The pool of analyses does not listen: with a task-local value around its work, Swift 6.3 compiles an optimised
    // program that crashes there.

    /// Called with the time that such work took, without the time it waited; `nil` where nobody keeps accounts.
    @TaskLocal public static var charge: (@Sendable (Duration) -> Void)?
}
