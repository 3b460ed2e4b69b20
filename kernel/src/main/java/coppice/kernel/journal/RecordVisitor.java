package coppice.kernel.journal;

/// Receives the records of a journal in order.
@FunctionalInterface
public interface RecordVisitor {
    /// One record. The payload is `length` bytes of `bytes` from `offset` on, valid only during the call.
    ///
    /// @param type what [Journal#append] was given
    /// @param endLsn the position after the record, which `append` returned
    void record(byte type, byte[] bytes, int offset, int length, long endLsn);
}
