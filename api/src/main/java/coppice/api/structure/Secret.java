package coppice.api.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.text.Normalizer;
import java.util.Arrays;

/// What opens an encrypted dict: a passphrase, or a key. Immutable; for all threads. What it is made of is copied
/// and shown nowhere, but stays in memory as long as this, or anything that was opened with it, is in use.
public final class Secret {
    /// How many bytes a key has.
    public static final int KEY_BYTES = 32;

    private static final int BYTES_OF_A_CHAR = 3;

    /// What a secret is.
    public enum Kind {
        /// Text that somebody remembers. Turned into a key slowly, so that guessing is slow, too.
        PASSPHRASE,
        /// 256 random bits, as a vault of keys hands them out.
        KEY
    }

    private final Kind kind;
    private final byte[] bytes;

    private Secret(Kind kind, byte[] bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    /// A passphrase. The same text counts as the same, however its accents are composed (Unicode's form C).
    ///
    /// @param text copied, so that the caller can wipe it
    /// @throws IllegalArgumentException when it is empty, or holds half a character
    public static Secret passphrase(char[] text) {
        CharBuffer given = CharBuffer.wrap(text);
        CharBuffer composed = Normalizer.isNormalized(given, Normalizer.Form.NFC)
                ? given
                : CharBuffer.wrap(Normalizer.normalize(given, Normalizer.Form.NFC));
        byte[] room = new byte[BYTES_OF_A_CHAR * composed.length()];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        boolean isText = !UTF_8.newEncoder().encode(composed, encoded, true).isError();
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        if (bytes.length == 0 || !isText) {
            throw new IllegalArgumentException("A passphrase is text that is not empty, without half characters");
        }
        return new Secret(Kind.PASSPHRASE, bytes);
    }

    /// A key. It has to be random: nothing slows down who guesses it.
    ///
    /// @param key 32 bytes, copied, so that the caller can wipe them
    /// @throws IllegalArgumentException when they are more or fewer
    public static Secret key(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A key has " + KEY_BYTES + " random bytes, this one has " + key.length);
        }
        return new Secret(Kind.KEY, key.clone());
    }

    /// What it is.
    public Kind kind() {
        return kind;
    }

    /// A copy of what it is made of, for implementations, to be wiped after use: the key, or the passphrase in
    /// UTF-8.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Says what it is, and nothing of it.
    @Override
    public String toString() {
        return kind == Kind.KEY ? "a key" : "a passphrase";
    }
}
