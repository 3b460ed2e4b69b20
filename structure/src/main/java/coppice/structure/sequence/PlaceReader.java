package coppice.structure.sequence;

import coppice.structure.ground.Origin;

/// Reads what [PlaceWriter] wrote. Of bytes that it did not write it reads something, and says that they are wrong
/// where they end too early.
final class PlaceReader {
    private final byte[] bytes;
    private int at;

    PlaceReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    /// Whether the bytes did not end too early.
    boolean isRight() {
        return at <= bytes.length;
    }

    long number() {
        int head = next();
        int number = head - PlaceWriter.MIDDLE;
        if (number >= PlaceWriter.SMALL) {
            return big(number - PlaceWriter.SMALL + 1, 0);
        }
        return number < -PlaceWriter.SMALL ? big(-PlaceWriter.SMALL - number, -1) : number;
    }

    long run(long around) {
        int first = next();
        return first == 0 ? around : big(Origin.BITS / Byte.SIZE - 1, first);
    }

    private long big(int count, long before) {
        long number = before;
        for (int i = 0; i < Math.min(count, Long.BYTES); i++) {
            number = (number << Byte.SIZE) | next();
        }
        return number;
    }

    private int next() {
        int value = at < bytes.length ? bytes[at] & 0xff : 0;
        at++;
        return value;
    }
}
