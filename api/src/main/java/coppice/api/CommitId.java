package coppice.api;

/// The name of a commit: a SHA-256 hash.
///
/// @param hex 64 lower-case hexadecimal digits
public record CommitId(String hex) implements Comparable<CommitId> {
    public CommitId {
        if (hex.length() != 64 || !isHexadecimal(hex)) {
            throw new IllegalArgumentException("A commit id is 64 lower-case hexadecimal digits, not '" + hex + "'");
        }
    }

    /// A loop, as lists of thousands of commits are made of these.
    private static boolean isHexadecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
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
