package coppice.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/// Git by way of JGit, as a versioned map: a blob for each row, in 4,096 trees below a root; every write is a commit.
/// It keeps the names of all blobs in memory, so that a commit reads nothing.
final class GitPeer implements Peer {
    private static final int TREES = 4096;
    private static final int PACK_FROM = 100;

    private final ObjectId[] trees = new ObjectId[TREES];
    private ObjectId[] blobs = {};
    private @Nullable FileRepository repository;
    private @Nullable ObjectId head;

    @Override
    public String settings() {
        return "JGit; a blob a row in 4,096 trees, names of blobs in memory; durable write: a commit, object files"
                + " synced, one pack for 100 rows and more; compression 1";
    }

    @Override
    public void open(Path directory, Budget budget) throws IOException {
        var opened = (FileRepository) new FileRepositoryBuilder()
                .setGitDir(directory.resolve("rows.git").toFile())
                .setBare()
                .build();
        opened.create(true);
        StoredConfig config = opened.getConfig();
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncObjectFiles", true);
        config.setInt(ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_COMPRESSION, 1);
        config.setInt(ConfigConstants.CONFIG_PACK_SECTION, null, ConfigConstants.CONFIG_KEY_COMPRESSION, 1);
        config.save();
        repository = opened;
    }

    private FileRepository repository() {
        if (repository == null) {
            throw new IllegalStateException("open the store first");
        }
        return repository;
    }

    @Override
    public void load(long count) throws IOException {
        blobs = new ObjectId[Math.toIntExact(count)];
        try (ObjectInserter into = pack()) {
            for (int row = 0; row < count; row++) {
                blobs[row] = into.insert(Constants.OBJ_BLOB, Rows.value(row, 0));
            }
            for (int tree = 0; tree < TREES; tree++) {
                writeTree(into, tree);
            }
            commit(into);
        }
    }

    /// One pack for all that is inserted.
    private ObjectInserter pack() {
        PackInserter pack = repository().getObjectDatabase().newPackInserter();
        pack.checkExisting(false);
        return pack;
    }

    private void writeTree(ObjectInserter into, int tree) throws IOException {
        TreeFormatter rows = new TreeFormatter();
        for (int row = tree; row < blobs.length; row += TREES) {
            rows.append(HexFormat.of().formatHex(Rows.key(row)), FileMode.REGULAR_FILE, blobs[row]);
        }
        trees[tree] = into.insert(rows);
    }

    private void commit(ObjectInserter into) throws IOException {
        TreeFormatter root = new TreeFormatter();
        for (int tree = 0; tree < TREES; tree++) {
            root.append(HexFormat.of().toHexDigits((short) tree), FileMode.TREE, trees[tree]);
        }
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(into.insert(root));
        if (head != null) {
            commit.setParentId(head);
        }
        PersonIdent somebody = new PersonIdent("somebody", "somebody@example.org");
        commit.setAuthor(somebody);
        commit.setCommitter(somebody);
        commit.setMessage("change");
        head = into.insert(commit);
        into.flush();
        RefUpdate update = repository().updateRef("refs/heads/main");
        update.setNewObjectId(head);
        update.forceUpdate();
    }

    @Override
    public Reader reader() {
        throw new UnsupportedOperationException("only commits are measured");
    }

    @Override
    public boolean reads() {
        return false;
    }

    @Override
    public Writer writer() {
        return new GitWriter();
    }

    @Override
    public void close() {
        if (repository != null) {
            repository.close();
        }
    }

    private final class GitWriter implements Writer {
        @Override
        public void put(List<Entry> batch) throws IOException {
            BitSet changed = new BitSet(TREES);
            try (ObjectInserter into = batch.size() < PACK_FROM ? repository().newObjectInserter() : pack()) {
                for (Entry entry : batch) {
                    int row = Rows.row(entry.key());
                    blobs[row] = into.insert(Constants.OBJ_BLOB, entry.value());
                    changed.set(row % TREES);
                }
                for (int tree = changed.nextSetBit(0); tree >= 0; tree = changed.nextSetBit(tree + 1)) {
                    writeTree(into, tree);
                }
                commit(into);
            }
        }

        @Override
        public void close() {}
    }
}
