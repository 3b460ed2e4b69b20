package coppice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A key and its value.
public record Entry(byte[] key, byte[] value) {
    /// The key read as UTF-8, for display: what is not UTF-8 becomes replacement characters.
    public String keyText() {
        return new String(key, UTF_8);
    }

    /// The value read as UTF-8, for display: what is not UTF-8 becomes replacement characters.
    public String valueText() {
        return new String(value, UTF_8);
    }
}
