package coppice.structure.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.structure.JobState;
import coppice.structure.ground.Line;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The rows beside the values of a queue. The id of a job is 32 letters and digits, as they are.
///
/// | key | value |
/// |---|---|
/// | `j`, id | [JobRecord] |
/// | `r`, priority, id: ready | |
/// | `w`, end of its delay, id: delayed | |
/// | `l`, end of its lease, id: leased | |
/// | `d`, id: dead | |
/// | `k`, length of a deduplication key in 2 bytes, that key, id | |
///
/// A moment is eight bytes of milliseconds since 1970 UTC. A priority is eight bytes of IEEE 754: those of a number
/// that is not negative with the first bit turned round, those of a negative one with all.
final class QueueKeys {
    private static final String SPACE_PREFIX = "@queue/";
    static final int ID_BYTES = 32;

    static final byte READY = Line.READY;
    static final byte DELAYED = Line.DELAYED;
    static final byte LEASED = Line.LEASED;
    static final byte DEAD = 'd';
    static final byte RECORD = 'j';
    static final byte DEDUPLICATION = 'k';

    private QueueKeys() {}

    /// The space for a queue.
    static String space(String queue) {
        return SPACE_PREFIX + queue;
    }

    static byte[] id(String id) {
        return id.getBytes(UTF_8);
    }

    static String text(byte[] id) {
        return new String(id, US_ASCII);
    }

    /// The id at the end of a key.
    static byte[] id(byte[] key) {
        return Arrays.copyOfRange(key, Math.max(0, key.length - ID_BYTES), key.length);
    }

    static byte[] record(byte[] id) {
        return key(RECORD, id);
    }

    static byte[] dead(byte[] id) {
        return key(DEAD, id);
    }

    static byte[] ready(double priority, byte[] id) {
        long bits = Double.doubleToLongBits(priority);
        return key(READY, bits ^ ((bits >> 63) | Long.MIN_VALUE), id);
    }

    static byte[] delayed(long end, byte[] id) {
        return key(DELAYED, end, id);
    }

    static byte[] leased(long end, byte[] id) {
        return key(LEASED, end, id);
    }

    /// The first key that a row with a moment can have.
    static byte[] moment(byte kind, long moment) {
        return key(kind, moment, new byte[0]);
    }

    /// The moment in a key; [Long#MAX_VALUE] when it has none.
    static long moment(byte[] key) {
        return key.length < 1 + Long.BYTES
                ? Long.MAX_VALUE
                : ByteBuffer.wrap(key).getLong(1);
    }

    /// A key behind all of a kind.
    static byte[] end(byte kind) {
        return new byte[] {(byte) (kind + 1)};
    }

    /// What the keys of all jobs with a deduplication key begin with.
    static byte[] deduplication(byte[] key) {
        return ByteBuffer.allocate(3 + key.length)
                .put(DEDUPLICATION)
                .putShort((short) key.length)
                .put(key)
                .array();
    }

    static byte[] deduplication(byte[] key, byte[] id) {
        byte[] prefix = deduplication(key);
        return ByteBuffer.allocate(prefix.length + id.length)
                .put(prefix)
                .put(id)
                .array();
    }

    /// The first byte of what finds jobs in a state.
    static byte kind(JobState state) {
        return switch (state) {
            case READY -> READY;
            case DELAYED -> DELAYED;
            case LEASED -> LEASED;
            case DEAD -> DEAD;
        };
    }

    private static byte[] key(byte kind, byte[] id) {
        return ByteBuffer.allocate(1 + id.length).put(kind).put(id).array();
    }

    private static byte[] key(byte kind, long number, byte[] id) {
        return ByteBuffer.allocate(1 + Long.BYTES + id.length)
                .put(kind)
                .putLong(number)
                .put(id)
                .array();
    }
}
