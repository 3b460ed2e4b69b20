package coppice.kernel.history;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.Objects;

/// What an annotated tag says besides the commit it names. An immutable value; `docs/format/commit.md` has the
/// bytes.
///
/// @param tagger who made the tag
/// @param taggedAt when, in milliseconds since 1970 UTC
/// @param message what it stands for
/// @param signature vouches for [#signed]
public record TagNote(String tagger, long taggedAt, String message, Signature signature) {
    /// The longest message, in bytes of UTF-8.
    public static final int MESSAGE_BYTES_MAX = 64 << 10;

    private static final String SIGNED = "coppice tag 1";

    /// @throws IllegalArgumentException when something is beyond its limit, or is no text that UTF-8 can say
    public TagNote {
        Objects.requireNonNull(signature);
        Commit.checkText("tagger", tagger, Commit.NAME_BYTES_MAX);
        Commit.checkText("tag message", message, MESSAGE_BYTES_MAX);
    }

    /// The same note with a signature.
    public TagNote signed(Signature by) {
        return new TagNote(tagger, taggedAt, message, by);
    }

    /// The bytes that a signature of a tag signs: its name, the commit, and all that the note says.
    public byte[] signed(String name, Hash commit) {
        return new ByteWriter(256)
                .utf8(SIGNED)
                .utf8(name)
                .hash(commit)
                .utf8(tagger)
                .i64(taggedAt)
                .utf8(message)
                .toBytes();
    }

    /// Writes the bytes of the note.
    public void encode(ByteWriter out) {
        out.utf8(tagger).i64(taggedAt).utf8(message).sized(signature.toBytes());
    }

    /// Reads a note.
    ///
    /// @throws CorruptException when the bytes are not what [#encode] writes
    public static TagNote decode(ByteReader in) {
        try {
            return new TagNote(in.utf8(), in.i64(), in.utf8(), Signature.of(in.sized()));
        } catch (IllegalArgumentException limit) {
            throw in.corrupt("a tag's note within its limits", String.valueOf(limit.getMessage()));
        }
    }
}
