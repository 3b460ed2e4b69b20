package coppice.kernel.journal;

import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.DiskLock;
import coppice.kernel.platform.MemoryDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A disk that remembers what is on the medium and what only in the system's cache. A power cut keeps an
/// arbitrary part of the rest: of every file any of its 8-byte words, of every directory any of the operations
/// since its last sync.
final class PowerCutDisk implements Disk {
    private static final int WORD = 8;

    /// A file's bytes, in the cache and on the medium.
    private static final class Content {
        private byte[] cached = new byte[0];
        private byte[] stable = new byte[0];
    }

    /// An operation on a directory that a power cut may undo.
    private record NameChange(String directory, String removed, String added, Content content) {
        void applyTo(Map<String, Content> names) {
            names.remove(removed);
            if (!added.isEmpty()) {
                names.put(added, content);
            }
        }
    }

    // Names and lengths as the system shows them; the bytes are kept here.
    private final MemoryDisk shown;
    private final Map<String, Content> names = new HashMap<>();
    private final Map<String, Content> stableNames = new HashMap<>();
    private final List<NameChange> pending = new ArrayList<>();

    PowerCutDisk() {
        shown = new MemoryDisk();
    }

    /// The disk after the power has come back. The seed decides what was kept.
    PowerCutDisk powerCut(long seed) {
        // Neighbouring small seeds would begin with the same booleans.
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        Map<String, Content> kept = new HashMap<>(stableNames);
        for (NameChange change : pending) {
            if (random.nextBoolean()) {
                change.applyTo(kept);
            }
        }
        PowerCutDisk after = new PowerCutDisk();
        kept.forEach((path, content) -> {
            after.createDirectories(path.substring(0, path.lastIndexOf('/')));
            Content survived = new Content();
            survived.stable = survivor(content, random);
            survived.cached = survived.stable.clone();
            after.shown.open(path, OpenMode.CREATE).close();
            after.names.put(path, survived);
            after.stableNames.put(path, survived);
        });
        return after;
    }

    private static byte[] survivor(Content content, Random random) {
        boolean longer = random.nextBoolean();
        byte[] bytes = (longer ? content.cached : content.stable).clone();
        int odds = random.nextInt(5);
        for (int at = 0; at < bytes.length; at += WORD) {
            byte[] from = random.nextInt(4) < odds ? content.cached : content.stable;
            for (int index = at; index < Math.min(at + WORD, bytes.length); index++) {
                bytes[index] = index < from.length ? from[index] : 0;
            }
        }
        return bytes;
    }

    private void changed(String removed, String added, Content content) {
        String path = added.isEmpty() ? removed : added;
        NameChange change = new NameChange(path.substring(0, path.lastIndexOf('/')), removed, added, content);
        change.applyTo(names);
        pending.add(change);
    }

    private Content contentOf(String path) {
        Content content = names.get(path);
        if (content == null) {
            throw new AssertionError("no content of " + path);
        }
        return content;
    }

    @Override
    public List<String> list(String directory) {
        return shown.list(directory);
    }

    @Override
    public boolean exists(String path) {
        return shown.exists(path);
    }

    @Override
    public DiskFile open(String path, OpenMode mode) {
        shown.open(path, mode).close();
        if (mode == OpenMode.CREATE) {
            changed("", path, new Content());
        }
        return new CachedFile(path, contentOf(path));
    }

    @Override
    public void rename(String from, String to) {
        shown.rename(from, to);
        changed(from, to, contentOf(from));
    }

    @Override
    public void delete(String path) {
        shown.delete(path);
        changed(path, "", contentOf(path));
    }

    @Override
    public void createDirectories(String path) {
        shown.createDirectories(path);
    }

    @Override
    public void syncDirectory(String path) {
        pending.removeIf(change -> {
            boolean synced = change.directory.equals(path);
            if (synced) {
                change.applyTo(stableNames);
            }
            return synced;
        });
    }

    @Override
    public DiskLock lock(String path) {
        return shown.lock(path);
    }

    @Override
    public long usableBytes() {
        return shown.usableBytes();
    }

    private record CachedFile(String path, Content content) implements DiskFile {
        @Override
        public long size() {
            return content.cached.length;
        }

        @Override
        public void read(long position, byte[] into, int offset, int length) {
            System.arraycopy(content.cached, (int) position, into, offset, length);
        }

        @Override
        public int readUpTo(long position, byte[] into, int offset, int length) {
            int count = (int) Math.max(0, Math.min(length, size() - position));
            read(position, into, offset, count);
            return count;
        }

        @Override
        public void write(long position, byte[] from, int offset, int length) {
            content.cached = overlaid(content.cached, (int) position, from, offset, length);
        }

        @Override
        public void writeDurably(long position, byte[] from, int offset, int length) {
            write(position, from, offset, length);
            content.stable = overlaid(content.stable, (int) position, from, offset, length);
        }

        private static byte[] overlaid(byte[] bytes, int position, byte[] from, int offset, int length) {
            byte[] result = Arrays.copyOf(bytes, Math.max(bytes.length, position + length));
            System.arraycopy(from, offset, result, position, length);
            return result;
        }

        @Override
        public void sync() {
            content.stable = content.cached.clone();
        }

        @Override
        public void truncate(long size) {
            content.cached = Arrays.copyOf(content.cached, (int) size);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
