package coppice.kernel.bytes;

/// Stored bytes are not what was written: a checksum, a hash or a structural rule does not hold. Never thrown
/// for bytes that a crash may legitimately leave behind (those are cut and reported).
///
/// The message says where, what was expected, what was found, and what to do next.
public final class CorruptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String ADVICE =
            "Run the check command to see what is affected, and restore the damaged part from a copy or a remote.";

    private final String where;
    private final long offset;
    private final String expected;
    private final String found;

    /// @param where the file, chunk or message that is damaged
    /// @param offset the byte offset inside it, or -1 when unknown
    public CorruptException(String where, long offset, String expected, String found) {
        super(message(where, offset, " is damaged", expected, found, ADVICE));
        this.where = where;
        this.offset = offset;
        this.expected = expected;
        this.found = found;
    }

    private CorruptException(CorruptException other, String advice) {
        super(message(other.where, other.offset, "", other.expected, other.found, advice), other);
        this.where = other.where;
        this.offset = other.offset;
        this.expected = other.expected;
        this.found = other.found;
    }

    /// The same of something that is no part of a database, where other things help.
    ///
    /// @param advice what to do, a sentence
    public CorruptException advising(String advice) {
        return new CorruptException(this, advice);
    }

    private static String message(
            String where, long offset, String state, String expected, String found, String advice) {
        return where + (offset < 0 ? "" : " at byte " + offset) + state + ": expected " + expected + ", found " + found
                + ". Nothing was changed. " + advice;
    }

    /// The file, chunk or message that is damaged.
    public String where() {
        return where;
    }

    /// The byte offset inside [#where()], or -1 when unknown.
    public long offset() {
        return offset;
    }

    /// What should have been there.
    public String expected() {
        return expected;
    }

    /// What is there.
    public String found() {
        return found;
    }
}
