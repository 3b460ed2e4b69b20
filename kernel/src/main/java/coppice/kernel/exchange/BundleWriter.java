package coppice.kernel.exchange;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitLog;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryWalk;
import coppice.kernel.history.HistoryWalk.Generations;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.store.Compression;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.RecordWriter;
import coppice.kernel.store.StoredChunk;
import coppice.kernel.tree.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Writes commits with all their data into a file. Memory does not grow with the data: 32 bytes a commit, and what
/// tells chunks that were written before. Not thread-safe.
///
/// The commits must stay reachable meanwhile. The header is written last: a file that was left unfinished is none.
public final class BundleWriter {
    private static final long TELL_EVERY_BYTES = 16L << 20;

    private final Nodes nodes;
    private final History history;
    private final Compression compression;
    private final Progress progress;
    private final Window window = new Window();
    private long commits;
    private long bytes;
    private long toldBytes;
    private long planned;

    /// @param nodes the store that has the commits
    public BundleWriter(Nodes nodes, History history, Compression compression, Progress progress) {
        this.nodes = nodes;
        this.history = history;
        this.compression = compression;
        this.progress = progress;
    }

    /// Writes a bundle and makes it durable.
    ///
    /// @param file empty; stays the caller's
    /// @param refs what it is to carry
    /// @param haves commits of this store that are left out with all their ancestors
    /// @param createdAt in milliseconds since 1970 UTC
    /// @return what it says of itself
    public Bundle write(DiskFile file, List<Bundle.Ref> refs, List<Hash> haves, long createdAt) {
        List<Bundle.Ref> sorted = new ArrayList<>(refs);
        sorted.sort(Comparator.comparing(ref -> ref.name().getBytes(StandardCharsets.UTF_8), Bytes::compare));
        List<Hash> wants = sorted.stream().map(Bundle.Ref::commit).distinct().toList();
        List<Hash> prerequisites = prerequisites(wants, haves);
        Bundle bundle = new Bundle(sorted, prerequisites, history.floor(), createdAt, 0, 0, 0);
        long start = Bundle.recordsAt(bundle.encode());
        try (RecordWriter records = new RecordWriter(file, start, compression)) {
            walk(wants, prerequisites, records);
            records.flush();
            Bundle complete = bundle.with(commits, records.chunks(), records.position() - start);
            file.sync(); // all of it is there before anything says so
            byte[] head = complete.encode();
            file.write(0, head, 0, head.length);
            file.sync();
            return complete;
        }
    }

    private void walk(List<Hash> wants, List<Hash> prerequisites, RecordWriter records) {
        HistoryWalk walk = new HistoryWalk(nodes, history, hash -> write(hash, records), window);
        List<Hash> plan = walk.plan(wants, prerequisites, Generations.ALL);
        planned = plan.size();
        walk.commits(plan, null, commit -> {
            commits++;
            tell(records);
        });
    }

    private byte[] write(Hash hash, RecordWriter records) {
        byte[] chunk;
        if (nodes.chunks() instanceof PackStore packs) {
            StoredChunk stored = packs.readStored(hash);
            records.add(stored);
            chunk = stored.chunk();
        } else {
            chunk = nodes.chunks().read(hash);
            records.add(hash, chunk);
        }
        bytes += chunk.length;
        if (bytes - toldBytes >= TELL_EVERY_BYTES) {
            tell(records);
        }
        return chunk;
    }

    private void tell(RecordWriter records) {
        toldBytes = bytes;
        progress.moved(new Moved(commits, records.chunks(), bytes, window.met()), planned);
    }

    /// What a reader must have: the parents, left out, of what is written, and those wanted commits that are left
    /// out themselves. All else that is left out is below them.
    private List<Hash> prerequisites(List<Hash> wants, List<Hash> haves) {
        if (haves.isEmpty()) {
            return List.of();
        }
        Set<Hash> written = new HashSet<>();
        Set<Hash> required = new TreeSet<>(wants);
        CommitLog log = history.log(wants, haves);
        while (log.next()) {
            written.add(log.hash());
            Commit commit = log.commit();
            required.addAll(commit.parents());
        }
        required.removeAll(written);
        required.removeIf(commit -> !history.isHere(commit));
        return List.copyOf(required);
    }
}
