package coppice.engine.feed;

import coppice.api.KeyPattern;
import coppice.api.Range;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Which keys of which spaces somebody is to be woken for: those of which he may have something to tell.
///
/// @param spaces what the name of the space fits
/// @param keys what the key fits
record Interest(KeyPattern spaces, KeyPattern keys) {
    /// Whether it is about one space only.
    boolean isOneSpace() {
        return literal(spaces).length == spaces.bytes().length;
    }

    /// Whether it is about a space.
    boolean fitsSpace(String name) {
        return spaces.fits(name.getBytes(StandardCharsets.UTF_8));
    }

    /// What all its keys begin with.
    byte[] prefix() {
        return literal(keys);
    }

    /// All keys that begin with its prefix.
    Range range() {
        return Range.prefix(prefix());
    }

    /// What a glob begins with that stands for itself, up to the first character that does not.
    private static byte[] literal(KeyPattern pattern) {
        byte[] glob = pattern.bytes();
        int end = 0;
        while (end < glob.length && glob[end] != '*' && glob[end] != '?' && glob[end] != '\\') {
            end++;
        }
        return Arrays.copyOf(glob, end);
    }
}
