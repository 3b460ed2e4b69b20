package coppice.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Some of the keys of a space, or some of the spaces: a glob over bytes, of which `*` stands for any run of bytes,
/// `?` for one character of UTF-8 (or one byte that is none), `\` takes the next byte as it is, and all others
/// stand for themselves. Immutable.
public final class KeyPattern {
    private static final KeyPattern ALL = glob("*");

    private final byte[] glob;

    private KeyPattern(byte[] glob) {
        this.glob = glob;
    }

    /// Everything.
    public static KeyPattern all() {
        return ALL;
    }

    /// What a glob of text fits.
    public static KeyPattern glob(String glob) {
        return new KeyPattern(glob.getBytes(StandardCharsets.UTF_8));
    }

    /// What a glob of any bytes fits: what [#bytes()] gave.
    public static KeyPattern glob(byte[] glob) {
        return new KeyPattern(glob.clone());
    }

    /// What begins with these bytes.
    public static KeyPattern prefix(byte[] prefix) {
        byte[] glob = new byte[2 * prefix.length + 1];
        int length = 0;
        for (byte one : prefix) {
            if (one == '*' || one == '?' || one == '\\') {
                glob[length++] = '\\';
            }
            glob[length++] = one;
        }
        glob[length++] = '*';
        return new KeyPattern(Arrays.copyOf(glob, length));
    }

    /// What begins with this text.
    public static KeyPattern prefix(String prefix) {
        return prefix(prefix.getBytes(StandardCharsets.UTF_8));
    }

    /// The glob, as bytes.
    public byte[] bytes() {
        return glob.clone();
    }

    /// The glob, as text.
    public String text() {
        return new String(glob, StandardCharsets.UTF_8);
    }

    /// The keys that begin as all must that it fits, up to the first `*` or `?`: there is no other that it fits.
    public Range range() {
        byte[] start = new byte[glob.length];
        int length = 0;
        for (int here = 0; here < glob.length; here += isEscape(here) ? 2 : 1) {
            if (glob[here] == '*' || glob[here] == '?') {
                return Range.prefix(Arrays.copyOf(start, length));
            }
            start[length++] = literal(here);
        }
        return Range.between(Arrays.copyOf(start, length), Arrays.copyOf(start, length + 1));
    }

    /// Whether it fits all keys of its [#range()].
    public boolean isRange() {
        for (int here = 0; here < glob.length; here += isEscape(here) ? 2 : 1) {
            if (glob[here] == '*' || glob[here] == '?') {
                return glob[here] == '*' && here == glob.length - 1;
            }
        }
        return true;
    }

    /// Whether it fits all of a key. Costs the length of the key times the number of `*`.
    public boolean fits(byte[] key) {
        int at = 0;
        int here = 0;
        int star = -1;
        int resume = 0;
        while (at < key.length) {
            if (here < glob.length && glob[here] == '*') {
                star = here++;
                resume = at;
            } else if (here < glob.length && glob[here] == '?') {
                at += characterLength(key, at);
                here++;
            } else if (here < glob.length && literal(here) == key[at]) {
                at++;
                here += isEscape(here) ? 2 : 1;
            } else if (star >= 0) {
                here = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (here < glob.length && glob[here] == '*') {
            here++;
        }
        return here == glob.length;
    }

    /// Whether it is sure to fit every key that another fits, as `user:*` does of `user:1*`. No is no proof that
    /// it does not. Costs the length of the one glob times that of the other.
    public boolean hasAll(KeyPattern other) {
        if (equals(other)) {
            return true;
        }
        if (count('?') > 0 && count('*') > 1) {
            return false; // where `?` stands for bytes that are no text, runs before it may hide what fits
        }
        boolean[] ends =
                new boolean[other.glob.length + 1]; // where in the other all can end that was looked at of this
        ends[0] = true;
        for (int here = 0; here < glob.length; here += isEscape(here) ? 2 : 1) {
            ends = glob[here] == '*' ? other.onwards(ends) : other.stepped(ends, glob[here] == '?', literal(here));
        }
        return ends[other.glob.length];
    }

    private int count(char wildcard) {
        int count = 0;
        for (int here = 0; here < glob.length; here += isEscape(here) ? 2 : 1) {
            count += glob[here] == wildcard ? 1 : 0;
        }
        return count;
    }

    /// The places behind any run of what stands behind some.
    private boolean[] onwards(boolean[] ends) {
        boolean[] next = ends.clone();
        for (int here = 0; here < glob.length; here += isEscape(here) ? 2 : 1) {
            next[here + (isEscape(here) ? 2 : 1)] |= next[here];
        }
        return next;
    }

    /// The places behind one byte that stands behind some, or behind one character.
    private boolean[] stepped(boolean[] ends, boolean isAny, byte wanted) {
        boolean[] next = new boolean[ends.length];
        for (int here = 0; here < glob.length; here += isEscape(here) ? 2 : 1) {
            boolean isFound = glob[here] != '*'
                    && (glob[here] == '?' ? isAny : isAny ? literal(here) >= 0 : literal(here) == wanted);
            next[here + (isEscape(here) ? 2 : 1)] = ends[here] && isFound;
        }
        return next;
    }

    private boolean isEscape(int here) {
        return glob[here] == '\\' && here + 1 < glob.length;
    }

    private byte literal(int here) {
        return isEscape(here) ? glob[here + 1] : glob[here];
    }

    /// The bytes of the character of UTF-8 that begins here; 1 when none does.
    private static int characterLength(byte[] key, int at) {
        int first = key[at] & 0xff;
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
        if (at + length > key.length) {
            return 1;
        }
        for (int i = 1; i < length; i++) {
            if ((key[at + i] & 0xc0) != 0x80) {
                return 1;
            }
        }
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPattern that && Arrays.equals(glob, that.glob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(glob);
    }

    @Override
    public String toString() {
        return text();
    }
}
