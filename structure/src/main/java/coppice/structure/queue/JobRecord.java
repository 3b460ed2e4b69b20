package coppice.structure.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.structure.JobState;
import java.nio.ByteBuffer;
import java.util.Optional;

/// How a job stands: what is kept of it beside its value. This decides; rows that find a job by its state only say
/// where to look.
///
/// | bytes | what |
/// |---|---|
/// | 1 | state: `r` ready, `w` delayed, `l` leased, `d` dead |
/// | 8 | priority, as IEEE 754 has it |
/// | 4 | how often it was got |
/// | 4 | how often it may be got; 0 before the first time |
/// | 8 | when its delay or lease is over, in milliseconds since 1970 UTC; 0 in other states |
/// | 8 | when it was put, likewise |
/// | 1, n | length of the last lease, and the lease |
/// | rest | deduplication key, in UTF-8 |
///
/// @param until when its delay or lease is over
/// @param lease of who got it last and did not give it back; empty for nobody
/// @param key empty for none
record JobRecord(
        JobState state, double priority, int attempts, int most, long until, long putAt, String lease, String key) {
    private static final int FIXED = 1 + 8 + 4 + 4 + 8 + 8 + 1;

    /// A job that is put.
    static JobRecord placed(double priority, long now, long delay, String key) {
        JobState state = delay > 0 ? JobState.DELAYED : JobState.READY;
        return new JobRecord(state, priority, 0, 0, delay > 0 ? now + delay : 0, now, "", key);
    }

    /// How it stands at a moment, when delays and leases that are over by then have ended.
    JobRecord at(long now) {
        boolean isOver = (state == JobState.DELAYED || state == JobState.LEASED) && until <= now;
        return isOver ? again(0) : this;
    }

    /// Nobody has it any more. The last receipt counts still.
    ///
    /// @param moment from when on it is ready; 0 for at once
    JobRecord again(long moment) {
        if (state == JobState.LEASED && attempts >= most) {
            return in(JobState.DEAD, 0, lease);
        }
        return moment > 0 ? in(JobState.DELAYED, moment, lease) : in(JobState.READY, 0, lease);
    }

    /// Somebody has it.
    JobRecord got(int allowed, long end, String newLease) {
        return new JobRecord(JobState.LEASED, priority, attempts + 1, allowed, end, putAt, newLease, key);
    }

    /// Who has it keeps it.
    JobRecord kept(long end) {
        return in(JobState.LEASED, end, lease);
    }

    /// The last receipt counts no more.
    JobRecord withoutLease() {
        return in(state, until, "");
    }

    /// Nobody can make anything of it.
    JobRecord dead() {
        return in(JobState.DEAD, 0, lease);
    }

    /// A dead letter is to be got again.
    JobRecord retried() {
        return new JobRecord(JobState.READY, priority, 0, 0, 0, putAt, "", key);
    }

    private JobRecord in(JobState next, long moment, String itsLease) {
        return new JobRecord(next, priority, attempts, most, moment, putAt, itsLease, key);
    }

    /// The key of the row that finds it by its state.
    byte[] place(byte[] id) {
        return switch (state) {
            case READY -> QueueKeys.ready(priority, id);
            case DELAYED -> QueueKeys.delayed(until, id);
            case LEASED -> QueueKeys.leased(until, id);
            case DEAD -> QueueKeys.dead(id);
        };
    }

    byte[] encode() {
        byte[] leaseBytes = lease.getBytes(UTF_8);
        byte[] keyBytes = key.getBytes(UTF_8);
        return ByteBuffer.allocate(FIXED + leaseBytes.length + keyBytes.length)
                .put(letter(state))
                .putDouble(priority)
                .putInt(attempts)
                .putInt(most)
                .putLong(until)
                .putLong(putAt)
                .put((byte) leaseBytes.length)
                .put(leaseBytes)
                .put(keyBytes)
                .array();
    }

    /// What a row says; nothing when somebody else wrote it.
    static Optional<JobRecord> decode(byte[] row) {
        if (row.length < FIXED || row.length < FIXED + row[FIXED - 1] || row[FIXED - 1] < 0) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(row);
        Optional<JobState> state = state(in.get());
        double priority = in.getDouble();
        int attempts = in.getInt();
        int most = in.getInt();
        long until = in.getLong();
        long putAt = in.getLong();
        String lease = text(in, in.get());
        String key = text(in, in.remaining());
        return state.map(known -> new JobRecord(known, priority, attempts, most, until, putAt, lease, key));
    }

    private static String text(ByteBuffer in, int length) {
        if (length == 0) {
            return "";
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }

    private static byte letter(JobState state) {
        return switch (state) {
            case READY -> QueueKeys.READY;
            case DELAYED -> QueueKeys.DELAYED;
            case LEASED -> QueueKeys.LEASED;
            case DEAD -> QueueKeys.DEAD;
        };
    }

    private static Optional<JobState> state(byte letter) {
        return switch (letter) {
            case QueueKeys.READY -> Optional.of(JobState.READY);
            case QueueKeys.DELAYED -> Optional.of(JobState.DELAYED);
            case QueueKeys.LEASED -> Optional.of(JobState.LEASED);
            case QueueKeys.DEAD -> Optional.of(JobState.DEAD);
            default -> Optional.empty();
        };
    }
}
