package coppice.kernel.proof;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.tree.RangeWalk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Verifies proofs. Needs nothing but the proof and the name of a commit that is trusted.
///
/// Memory: about three times the proof, and the answer, of which the rows take at most [Question#ROOM]. Good for one
/// look.
public final class ProofReader {
    /// The longest proof that is looked at, in bytes; none that is made comes near.
    public static final int BYTES_MAX = 256 << 20;

    static final byte[] MAGIC = "COPPROF\0".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int CRC_AT = 12;
    static final int HEADER = 16;

    private final ByteReader in;
    private final Map<Hash, byte[]> read = new HashMap<>();
    private int left;

    private ProofReader(byte[] proof) {
        this.in = new ByteReader("the proof", proof);
    }

    /// A question and what was proved to be the answer.
    ///
    /// @param rows of a key: the row, or none; of a range: the first rows
    /// @param next of a range: the key of the row that follows them in it; null when they are all
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Proved(Question question, List<RangeWalk.Row> rows, byte @Nullable [] next) {
        public Proved {
            rows = List.copyOf(rows);
        }
    }

    /// Verifies a proof.
    ///
    /// @param trusted the commit that it must be about
    /// @throws CorruptException when it proves nothing: it is about another commit, or no proof, or altered
    public static Proved verify(byte[] proof, Hash trusted) {
        checkHeader(proof);
        return new ProofReader(proof).verify(trusted);
    }

    private static void checkHeader(byte[] proof) {
        if (proof.length < HEADER || !Arrays.equals(proof, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw corrupt(0, "a proof, which begins with COPPROF", proof.length + " other bytes");
        }
        if (proof.length > BYTES_MAX) {
            throw corrupt(BYTES_MAX, "a proof of at most " + BYTES_MAX + " bytes", "" + proof.length);
        }
        long version = Bytes.u32(proof, MAGIC.length);
        if (version != VERSION) {
            throw corrupt(MAGIC.length, "version " + VERSION, "version " + version + ", perhaps of a newer release");
        }
        int crc = Crc.of(proof, HEADER, proof.length - HEADER);
        if (Bytes.i32(proof, CRC_AT) != crc) {
            throw corrupt(
                    CRC_AT,
                    "checksum " + Integer.toHexString(crc),
                    Integer.toHexString(Bytes.i32(proof, CRC_AT)) + ": it was cut short or altered");
        }
    }

    private static CorruptException corrupt(long offset, String expected, String found) {
        return new CorruptException("the proof", offset, expected, found);
    }

    private Proved verify(Hash trusted) {
        in.skip(HEADER);
        Question question = QuestionFormat.decode(in);
        left = in.count(2);
        RangeWalk.Found found = Inquiry.answer(this::chunk, trusted, question);
        if (left > 0) {
            throw in.corrupt("the end of the chunks that the answer needs", left + " more");
        }
        in.expectEnd();
        return new Proved(question, found.rows(), found.next());
    }

    /// The chunk with this name. New ones are wanted in the order in which they lie here, so no other chunk is looked
    /// at.
    private byte[] chunk(Hash hash) {
        byte[] known = read.get(hash);
        if (known != null) {
            return known;
        }
        if (left == 0) {
            throw in.corrupt("chunk " + hash + ", which the answer needs", "the end of the chunks");
        }
        left--;
        int at = in.position();
        byte[] chunk = in.sized();
        if (chunk.length == 0 || chunk.length > Chunks.MAX_LENGTH) {
            throw corrupt(at, "a chunk of 1 to " + Chunks.MAX_LENGTH + " bytes", "one of " + chunk.length);
        }
        Hash found = Hash.of(chunk);
        if (!found.equals(hash)) {
            throw corrupt(at, "chunk " + hash + (read.isEmpty() ? ", the trusted commit" : ""), "chunk " + found);
        }
        read.put(hash, chunk);
        return chunk;
    }
}
