package coppice.api.progress;

/// Is told how far a long operation has come, often, from the threads that do it: be quick.
@FunctionalInterface
public interface Progress {
    /// So much is done.
    ///
    /// @param stage what is being done, for people
    /// @param unit of what, such as `bytes` or `commits`
    /// @param done how much of it is done in this stage
    /// @param total how much there is, as far as is known; at least `done`
    void moved(String stage, String unit, long done, long total);

    /// Nobody wants to know.
    static Progress none() {
        return (_, _, _, _) -> {};
    }
}
