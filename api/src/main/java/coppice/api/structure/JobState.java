package coppice.api.structure;

/// What becomes of a job of a [WorkQueue] next.
public enum JobState {
    /// Whoever asks gets it when its turn comes.
    READY,
    /// It was put or given back with a delay, which is not over.
    DELAYED,
    /// Somebody has it, and the time for that is not over.
    LEASED,
    /// It was got as often as is allowed and never acknowledged: a dead letter.
    DEAD;

    /// Its name as it is shown, in lower case.
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
