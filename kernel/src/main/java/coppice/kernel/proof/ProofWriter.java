package coppice.kernel.proof;

import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes proofs. Costs a read of each chunk of the proof, and memory for about three times the proof.
public final class ProofWriter {
    private ProofWriter() {}

    /// Proves the answer to a question.
    ///
    /// @param chunks has the commit and all below it
    /// @throws coppice.kernel.bytes.CorruptException when something on the way is damaged
    /// @throws coppice.kernel.store.MissingChunkException when something is not there
    public static byte[] prove(Chunks chunks, Hash commit, Question question) {
        Map<Hash, byte[]> wanted = new LinkedHashMap<>();
        Inquiry.answer(hash -> wanted.computeIfAbsent(hash, chunks::read), commit, question);
        ByteWriter out = new ByteWriter()
                .bytes(ProofReader.MAGIC)
                .u32(ProofReader.VERSION)
                .zeros(Integer.BYTES);
        QuestionFormat.encode(question, out);
        out.varint(wanted.size());
        wanted.values().forEach(out::sized);
        byte[] proof = out.toBytes();
        seal(proof);
        return proof;
    }

    /// Writes the checksum of what follows it.
    static void seal(byte[] proof) {
        int start = ProofReader.HEADER;
        Bytes.putI32(proof, ProofReader.CRC_AT, Crc.of(proof, start, proof.length - start));
    }
}
