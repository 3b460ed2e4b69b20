package coppice.kernel.bytes;

/// A file or chunk is intact, but of a format version that this program does not know: a newer program wrote
/// it. Nothing has been changed.
public final class FormatVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final long found;
    private final long supported;

    /// @param where the file or chunk
    /// @param found its version
    /// @param supported the newest version that this program reads
    public FormatVersionException(String where, long found, long supported) {
        super(where + " has format version " + found + "; this program reads versions up to " + supported
                + ". Nothing was changed. Open it with the program that wrote it, or with a newer one.");
        this.where = where;
        this.found = found;
        this.supported = supported;
    }

    /// The file or chunk.
    public String where() {
        return where;
    }

    /// The version of the file or chunk.
    public long found() {
        return found;
    }

    /// The newest version that this program reads.
    public long supported() {
        return supported;
    }
}
