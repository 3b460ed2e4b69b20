package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Tasks;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads all packs once, in the order of their bytes, on several threads: one at a time takes the next stretch of
/// whole records, all check what they took. Heap: a buffer of 1 MiB a thread, and 8 bytes per chunk of a pack of
/// which the records do not line up.
final class PackCheck {
    private final Iterator<Pack> packs;
    private final ChunkCodec codec;
    private final PackVisitor visitor;
    private final LongAdder sound = new LongAdder();
    private final ReentrantLock taking = new ReentrantLock();
    private @Nullable PackWalk walk; // guarded by taking

    private PackCheck(List<Pack> packs, ChunkCodec codec, PackVisitor visitor) {
        this.packs = packs.iterator();
        this.codec = codec;
        this.visitor = visitor;
    }

    /// Returns the number of records whose chunk can be read.
    ///
    /// @param workers how many threads work, the caller included
    static long run(List<Pack> packs, ChunkCodec codec, Tasks tasks, int workers, PackVisitor visitor) {
        PackCheck check = new PackCheck(packs, codec, visitor);
        try {
            tasks.together("coppice-check", workers, check::work);
        } finally {
            check.abandon();
        }
        return check.sound.sum();
    }

    private void work() {
        byte[] buffer = new byte[PackRecord.MAX_LENGTH];
        for (Stretch next = take(buffer); next != null; next = take(buffer)) {
            try {
                check(next, buffer);
                visitor.read(next.length);
            } finally {
                next.walk.release();
            }
        }
    }

    /// Some whole records, read into a buffer.
    private record Stretch(PackWalk walk, long position, int length) {}

    private @Nullable Stretch take(byte[] buffer) {
        taking.lock();
        try {
            for (PackWalk at = walk(); at != null; at = walk()) {
                long position = at.position();
                int length = at.take(buffer);
                if (length > 0) {
                    return new Stretch(at, position, length);
                }
                walk = null;
                at.release();
            }
            return null;
        } finally {
            taking.unlock();
        }
    }

    private @Nullable PackWalk walk() {
        while (walk == null && packs.hasNext()) {
            Pack pack = packs.next();
            if (pack.hold()) {
                walk = new PackWalk(pack, codec, visitor);
            }
        }
        return walk;
    }

    private void abandon() {
        PackWalk at = walk;
        if (at != null) {
            walk = null;
            at.release();
        }
    }

    private void check(Stretch stretch, byte[] bytes) {
        String path = stretch.walk.path();
        int at = 0;
        while (at < stretch.length) {
            long position = stretch.position + at;
            int length = PackRecord.checkHeader(path, position, bytes, at, position + stretch.length - at);
            if (PackRecord.codec(bytes, at) == PackRecord.Codec.GROUP) {
                checkGroup(stretch, position, bytes, at, length);
            } else {
                checkChunk(stretch, position, bytes, at, length);
            }
            at += length;
        }
    }

    private void checkChunk(Stretch stretch, long position, byte[] bytes, int at, int length) {
        String path = stretch.walk.path();
        Hash hash = PackRecord.hash(bytes, at);
        stretch.walk.met(hash, Place.of(position, length));
        try {
            PackRecord.checkSum(path, position, bytes, at, length);
            byte[] chunk = codec.decode(path, position, bytes, at, length);
            Pack.checkHash(path, position, hash, chunk);
            sound.increment();
            visitor.sound(hash, chunk);
        } catch (CorruptException damage) {
            visitor.damaged(new PackDamage(PackDamage.Kind.CHUNK, hash, damage));
        }
    }

    /// The names of the chunks follow from their content: that the index knows them is compared at the end.
    private void checkGroup(Stretch stretch, long position, byte[] bytes, int at, int length) {
        String path = stretch.walk.path();
        try {
            PackRecord.checkSum(path, position, bytes, at, length);
            Group group = codec.decodeGroup(path, position, bytes, at, length);
            Pack.checkHash(path, position, PackRecord.hash(bytes, at), group.chunk(0));
            for (int member = 0; member < group.count(); member++) {
                byte[] chunk = group.chunk(member);
                Hash hash = Hash.of(chunk);
                stretch.walk.met(hash, Place.of(position, length, member));
                sound.increment();
                visitor.sound(hash, chunk);
            }
        } catch (CorruptException damage) {
            stretch.walk.missed();
            visitor.damaged(new PackDamage(PackDamage.Kind.CHUNK, PackRecord.hash(bytes, at), damage));
        }
    }
}
