package coppice.api;

/// The limits of a database, each checked at the door with an error that names it.
public final class Limits {
    /// The longest key, in bytes. The shortest is one byte.
    public static final int KEY_BYTES_MAX = 4096;

    /// The longest value, in bytes. The shortest is empty.
    public static final int VALUE_BYTES_MAX = 64 << 20;

    /// The most that the keys and values written by one transaction may hold together, in bytes.
    public static final int TRANSACTION_BYTES_MAX = 256 << 20;

    /// The longest space name, in bytes of UTF-8. The shortest is one byte.
    public static final int SPACE_NAME_BYTES_MAX = 255;

    /// The longest branch name, in bytes of UTF-8.
    public static final int BRANCH_NAME_BYTES_MAX = 255;

    /// The longest commit message, in bytes of UTF-8.
    public static final int MESSAGE_BYTES_MAX = 512 << 10;

    private Limits() {}
}
