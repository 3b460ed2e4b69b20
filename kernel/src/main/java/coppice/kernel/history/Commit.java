package coppice.kernel.history;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A version: what the data was (a catalog root), what it was made from, and who made it, when and why.
///
/// An immutable value. Its name is the hash of [#encode], so it vouches for all data and all history below
/// it. Two more facts make history cheap to ask: the generation, and the closure, the tree of all ancestors
/// (see [Closure]).
/// `docs/format/commit.md` has the bytes.
///
/// @param catalog the root of the catalog tree
/// @param parents the commits it was made from, none for a first one; at most [#PARENTS_MAX], all different
/// @param generation 0 without parents, else one more than the greatest of theirs
/// @param closure the root of the tree of all its ancestors, itself left out
/// @param author who made the change; at most [#NAME_BYTES_MAX] bytes of UTF-8
/// @param authoredAt when the change was made, in milliseconds since 1970 UTC
/// @param committer who made the commit; at most [#NAME_BYTES_MAX] bytes of UTF-8
/// @param committedAt when the commit was made, in milliseconds since 1970 UTC
/// @param message what and why; at most [#MESSAGE_BYTES_MAX] bytes of UTF-8
/// @param metadata further facts, in the order of their names' UTF-8 bytes; at most [#METADATA_MAX] of them and
///     [#METADATA_BYTES_MAX] bytes in all, each name of 1 to [#METADATA_NAME_BYTES_MAX] bytes
/// @param signature vouches for [#unsigned()]
public record Commit(
        Hash catalog,
        List<Hash> parents,
        long generation,
        Hash closure,
        String author,
        long authoredAt,
        String committer,
        long committedAt,
        String message,
        Map<String, String> metadata,
        Signature signature) {

    /// The most parents a commit has.
    public static final int PARENTS_MAX = 64;

    /// The longest name of an author or committer, in bytes of UTF-8.
    public static final int NAME_BYTES_MAX = 1024;

    /// The longest message, in bytes of UTF-8: a commit is one chunk, and a chunk has at most 1 MiB.
    public static final int MESSAGE_BYTES_MAX = 512 << 10;

    /// The most metadata entries.
    public static final int METADATA_MAX = 1024;

    /// The longest metadata name, in bytes of UTF-8.
    public static final int METADATA_NAME_BYTES_MAX = 255;

    /// The most that all metadata names and values hold together, in bytes of UTF-8.
    public static final int METADATA_BYTES_MAX = 256 << 10;

    static final Comparator<String> BY_UTF8 = (a, b) -> Bytes.compare(utf8(a), utf8(b));

    /// @throws IllegalArgumentException when something is beyond its limit, or is no text that UTF-8 can say
    public Commit {
        Objects.requireNonNull(catalog);
        Objects.requireNonNull(closure);
        Objects.requireNonNull(signature);
        parents = List.copyOf(parents);
        if (parents.size() > PARENTS_MAX || new HashSet<>(parents).size() != parents.size()) {
            throw new IllegalArgumentException("A commit has at most " + PARENTS_MAX
                    + " parents, all of them different: " + parents.size() + " given");
        }
        if (generation < 0 || parents.isEmpty() != (generation == 0)) {
            throw new IllegalArgumentException(
                    "A commit with " + parents.size() + " parents cannot be of generation " + generation);
        }
        checkText("author", author, NAME_BYTES_MAX);
        checkText("committer", committer, NAME_BYTES_MAX);
        checkText("message", message, MESSAGE_BYTES_MAX);
        metadata = checkedMetadata(metadata);
    }

    /// The same commit without a signature: what a signature signs is its [#encode].
    public Commit unsigned() {
        return signed(Signature.NONE);
    }

    /// The same commit with this signature, and therefore under another name.
    public Commit signed(Signature by) {
        return new Commit(
                catalog,
                parents,
                generation,
                closure,
                author,
                authoredAt,
                committer,
                committedAt,
                message,
                metadata,
                by);
    }

    /// The bytes of its chunk.
    public byte[] encode() {
        return CommitFormat.encode(this);
    }

    /// Its name.
    public Hash hash() {
        return Hash.of(encode());
    }

    /// Reads a commit chunk.
    ///
    /// @param name the chunk's name, for the message
    /// @throws CorruptException when the bytes are not exactly what [#encode] writes
    public static Commit decode(Hash name, byte[] bytes) {
        return CommitFormat.decode(name, bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static int checkText(String what, String text, int bytesMax) {
        // Encoding replaces a lone surrogate silently, and two different texts would be one.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("The " + what + " of a commit holds half of a surrogate pair");
        }
        int bytes = utf8(text).length;
        if (bytes > bytesMax) {
            throw new IllegalArgumentException("The " + what + " of a commit has at most " + bytesMax
                    + " bytes of UTF-8, not " + bytes + ": shorten it, or store it as data");
        }
        return bytes;
    }

    private static SortedMap<String, String> checkedMetadata(Map<String, String> metadata) {
        if (metadata.size() > METADATA_MAX) {
            throw new IllegalArgumentException(
                    "A commit has at most " + METADATA_MAX + " metadata entries, not " + metadata.size());
        }
        SortedMap<String, String> sorted = new TreeMap<>(BY_UTF8);
        long bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            int name = checkText("metadata name", entry.getKey(), METADATA_NAME_BYTES_MAX);
            if (name == 0) {
                throw new IllegalArgumentException("A metadata name of a commit is not empty");
            }
            bytes += name + checkText("metadata", entry.getValue(), METADATA_BYTES_MAX);
            sorted.put(entry.getKey(), entry.getValue());
        }
        if (bytes > METADATA_BYTES_MAX) {
            throw new IllegalArgumentException("The metadata of a commit has at most " + METADATA_BYTES_MAX
                    + " bytes of UTF-8 in all, not " + bytes + ": store it as data");
        }
        return Collections.unmodifiableSortedMap(sorted);
    }
}
