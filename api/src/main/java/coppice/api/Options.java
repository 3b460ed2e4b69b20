package coppice.api;

import java.util.Objects;

/// How to open a database. Nothing here changes what is stored: any database opens with any options.
///
/// @param whenMissing what to do when the location holds no database
/// @param durability what "acknowledged" means for a transaction; see [Durability]
/// @param memoryBytes how much heap the database may use for cached nodes and unfolded changes together, at least 8
///     MiB; a fixed overhead of at most 64 MiB comes on top
/// @param compression how new chunks are stored; old ones stay as they are and stay readable
/// @param author the name written into commits made without one
public record Options(
        WhenMissing whenMissing, Durability durability, long memoryBytes, Compression compression, String author) {

    /// The least heap a database works with, in bytes.
    public static final long MEMORY_BYTES_MIN = 8L << 20;

    /// What opening does where there is no database yet.
    public enum WhenMissing {
        /// Make one.
        CREATE,
        /// Refuse with [ErrorCode#NO_DATABASE].
        FAIL
    }

    public Options {
        Objects.requireNonNull(whenMissing);
        Objects.requireNonNull(durability);
        Objects.requireNonNull(compression);
        Objects.requireNonNull(author);
        if (memoryBytes < MEMORY_BYTES_MIN) {
            throw new IllegalArgumentException("memoryBytes is " + memoryBytes + ", the least is " + MEMORY_BYTES_MIN);
        }
    }

    /// Create when missing, [Durability#SYNC], a quarter of the heap, zstd, and the operating system's user as
    /// author.
    public static Options defaults() {
        long memory = Math.max(MEMORY_BYTES_MIN, Runtime.getRuntime().maxMemory() / 4);
        String user = System.getProperty("user.name", "");
        return new Options(
                WhenMissing.CREATE, Durability.SYNC, memory, Compression.ADAPTIVE, user.isBlank() ? "unknown" : user);
    }

    /// These options, refusing to create a database.
    public Options mustExist() {
        return new Options(WhenMissing.FAIL, durability, memoryBytes, compression, author);
    }

    /// These options with another durability.
    public Options with(Durability other) {
        return new Options(whenMissing, other, memoryBytes, compression, author);
    }

    /// These options with another compression.
    public Options with(Compression other) {
        return new Options(whenMissing, durability, memoryBytes, other, author);
    }

    /// These options with another memory budget, in bytes.
    public Options withMemoryBytes(long bytes) {
        return new Options(whenMissing, durability, bytes, compression, author);
    }

    /// These options with another default author.
    public Options withAuthor(String name) {
        return new Options(whenMissing, durability, memoryBytes, compression, name);
    }
}
