package coppice.engine.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.LockOptions;
import coppice.api.structure.LockStatus;
import coppice.api.structure.Locks;
import coppice.api.structure.NamedLock;
import coppice.engine.live.Settings;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.kernel.platform.Tasks;
import java.util.List;

/// The API's face of the locks of a database.
public final class EmbeddedLocks implements Locks {
    private static final int NAME_BYTES_MAX = 255;

    private final Gate gate;
    private final Tasks tasks;
    private final LockTable table;

    private EmbeddedLocks(Gate gate, Tasks tasks, LockTable table) {
        this.gate = gate;
        this.tasks = tasks;
        this.table = table;
    }

    /// The locks of a database, with the leases that outlived the process before.
    public static EmbeddedLocks open(Storage storage, Settings settings, Gate gate) {
        return new EmbeddedLocks(gate, storage.tasks(), new LockTable(storage, settings, gate));
    }

    @Override
    public NamedLock lock(String name) {
        gate.ensureOpen();
        return new EmbeddedLock(table, tasks, checked(name), LockOptions.defaults());
    }

    private static String checked(String name) {
        int length = name.getBytes(UTF_8).length;
        boolean isText = UTF_8.newEncoder().canEncode(name) && name.chars().noneMatch(Character::isISOControl);
        boolean isOurs = name.startsWith("@") && !name.startsWith(STRUCTURES);
        if (length == 0 || length > NAME_BYTES_MAX || !isText || isOurs) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_LOCK_NAME,
                            "The name of a lock is 1 to " + NAME_BYTES_MAX + " bytes of UTF-8 without control"
                                    + " characters and does not begin with '@': choose another than '" + name + "'")
                    .with("lock", name);
        }
        return name;
    }

    /// The lock of the structures of a name.
    public NamedLock ofStructure(String name) {
        return lock(STRUCTURES + name);
    }

    @Override
    public List<LockStatus> all() {
        return table.all();
    }

    /// Ends what is over.
    public void tidy() {
        table.tidy();
    }

    /// Ends everything. The gate is closed by then.
    public void close() {
        table.close();
    }
}
