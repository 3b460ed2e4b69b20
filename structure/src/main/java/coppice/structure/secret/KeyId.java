package coppice.structure.secret;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Which of the keys of a dict: 16 bytes, of which a later one has greater ones. No two keys have the same, in
/// whatever dict and branch.
record KeyId(long time, long own) {
    static final int BYTES = 2 * Long.BYTES;

    /// Before all others.
    static final KeyId FIRST = new KeyId(0, 0);

    static KeyId of(byte[] bytes, int from) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, BYTES);
        return new KeyId(in.getLong(), in.getLong());
    }

    /// The next one after another.
    ///
    /// @param stamp 32 hexadecimal digits that no other has, and that rise with time
    static KeyId after(KeyId last, String stamp) {
        KeyId next = of(HexFormat.of().parseHex(stamp), 0);
        return Long.compareUnsigned(next.time, last.time) > 0 ? next : new KeyId(last.time + 1, next.own);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(time).putLong(own).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
