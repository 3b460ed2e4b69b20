package coppice.api;

import java.util.Arrays;

/// The name of a commit: a SHA-256 hash.
///
/// @param hex 64 lower-case hexadecimal digits
public record CommitId(String hex) implements Comparable<CommitId> {
    /// 0 for what is a digit, 1 for what is not.
    private static final byte[] DIGITS = new byte['f' + 1];

    static {
        Arrays.fill(DIGITS, (byte) 1);
        Arrays.fill(DIGITS, '0', '9' + 1, (byte) 0);
        Arrays.fill(DIGITS, 'a', 'f' + 1, (byte) 0);
    }

    public CommitId {
        if (hex.length() != 64 || !isHexadecimal(hex)) {
            throw new IllegalArgumentException("A commit id is 64 lower-case hexadecimal digits, not '" + hex + "'");
        }
    }

    /// Without a branch for each digit, as lists of thousands of commits are made of these.
    private static boolean isHexadecimal(String text) {
        int wrong = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            wrong |= c < DIGITS.length ? DIGITS[c] : 1;
        }
        return wrong == 0;
    }

    /// The first 10 digits: enough to tell commits apart by eye.
    public String abbreviated() {
        return hex.substring(0, 10);
    }

    @Override
    public int compareTo(CommitId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
