package coppice.engine.past;

/// Is told what an index of changed keys says otherwise than the commits. By any thread.
public interface IndexDifferences {
    /// Something is said otherwise.
    ///
    /// @param subject of what it is wrong
    /// @param expected what follows from the commits
    /// @param found what the index says
    void differs(String subject, String expected, String found);
}
