package coppice.kernel.proof;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.History;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Commits of plain maps, to prove things of; and proofs taken apart.
final class Ledger {
    final MemoryChunks chunks = new MemoryChunks();
    final Nodes nodes = new Nodes(chunks, 8 << 20);
    final Map<String, NavigableMap<byte[], byte[]>> spaces = new LinkedHashMap<>();
    private final History history = new History(nodes);

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    NavigableMap<byte[], byte[]> space(String name) {
        return spaces.computeIfAbsent(name, _ -> new TreeMap<>(Bytes::compare));
    }

    Ledger put(String space, String key, byte[] value) {
        space(space).put(text(key), value);
        return this;
    }

    Hash commit() {
        Map<String, SpaceRecord> records = new LinkedHashMap<>();
        spaces.forEach((name, rows) -> {
            TreeBuilder tree = Tree.builder(nodes);
            rows.forEach(tree::add);
            records.put(name, SpaceRecord.of("dict", tree.finish(), null));
        });
        return commit(records);
    }

    Hash commit(Map<String, SpaceRecord> records) {
        Hash catalog = Catalog.empty(nodes).with(records).root();
        return history.commit(CommitDraft.of(catalog, List.of(), "Ada", 1_700_000_000_000L, "first"));
    }

    byte[] prove(Hash commit, Question question) {
        return ProofWriter.prove(chunks, commit, question);
    }

    /// A proof in its parts.
    record Parts(Question question, List<byte[]> chunks) {
        static Parts of(byte[] proof) {
            ByteReader in = new ByteReader("a proof", proof);
            in.skip(ProofReader.HEADER);
            Question question = QuestionFormat.decode(in);
            List<byte[]> chunks = new ArrayList<>();
            for (int left = in.count(1); left > 0; left--) {
                chunks.add(in.sized());
            }
            in.expectEnd();
            return new Parts(question, chunks);
        }

        byte[] join() {
            ByteWriter out = new ByteWriter()
                    .bytes(ProofReader.MAGIC)
                    .u32(ProofReader.VERSION)
                    .zeros(4);
            QuestionFormat.encode(question, out);
            out.varint(chunks.size());
            chunks.forEach(out::sized);
            byte[] proof = out.toBytes();
            ProofWriter.seal(proof);
            return proof;
        }
    }
}
