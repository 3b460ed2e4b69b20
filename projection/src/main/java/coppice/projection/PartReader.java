package coppice.projection;

import java.util.Arrays;

/// Reads what [PartWriter] has written, and nothing else: refuses it with an [IllegalArgumentException]. One
/// thread.
final class PartReader {
    private final byte[] bytes;
    private int at;

    PartReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long varint() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == bytes.length) {
                throw wrong("it ends early");
            }
            int next = bytes[at++];
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                boolean isShortest = next != 0 || shift == 0;
                if (!isShortest || (shift == 63 && next > 1)) {
                    break;
                }
                return number;
            }
        }
        throw wrong("this is no number in its shortest form");
    }

    /// A number that is how many of something.
    long count() {
        long count = varint();
        if (count < 0) {
            throw wrong("this is less than nothing");
        }
        return count;
    }

    byte[] sized() {
        long length = count();
        if (length > bytes.length - at) {
            throw wrong("it ends early");
        }
        at += (int) length;
        return Arrays.copyOfRange(bytes, at - (int) length, at);
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException(
                "No projection has written this: " + problem + ", at byte " + at + " of " + bytes.length);
    }
}
