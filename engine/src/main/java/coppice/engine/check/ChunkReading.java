package coppice.engine.check;

import coppice.api.Issue;
import coppice.api.progress.Progress;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Finding;
import coppice.kernel.store.PackDamage;
import coppice.kernel.store.PackState;
import coppice.kernel.store.PackVisitor;
import coppice.kernel.tree.ChunkFacts;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// What is made of all chunks while they are read: facts, counts, progress, and issues in the words of the API.
public final class ChunkReading {
    private final ChunkFacts facts = new ChunkFacts();
    private final LongAdder rawBytes = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final Progress progress;
    private final Consumer<Issue> issues;

    public ChunkReading(Progress progress, Consumer<Issue> issues) {
        this.progress = progress;
        this.issues = issues;
    }

    /// What was learnt.
    public ChunkFacts facts() {
        return facts;
    }

    /// The length of the sound chunks before compression.
    long rawBytes() {
        return rawBytes.sum();
    }

    /// The visitor of the packs of a state.
    public PackVisitor of(PackState state) {
        return of(state.packs().stream().mapToLong(PackState.Entry::length).sum());
    }

    /// The visitor of so many bytes of packs.
    PackVisitor of(long total) {
        return new PackVisitor() {
            @Override
            public void sound(Hash hash, byte[] bytes, int length) {
                rawBytes.add(length);
                facts.learn(hash, bytes, length);
            }

            @Override
            public void versions(Hash[] hashes, byte[] content, int[] ends) {
                rawBytes.add(ends[ends.length - 1]);
                facts.learn(hashes, content, ends);
            }

            @Override
            public void damaged(PackDamage damage) {
                issues.accept(issue(damage));
            }

            @Override
            public void read(long bytes) {
                done.add(bytes);
                long now = done.sum();
                progress.moved("reading chunks", "bytes", now, Math.max(now, total));
            }
        };
    }

    private static Issue issue(PackDamage damage) {
        Issue.Kind kind = switch (damage.kind()) {
            case CHUNK -> Issue.Kind.DAMAGED_CHUNK;
            case RECORDS -> Issue.Kind.DAMAGED_PACK;
            case INDEX -> Issue.Kind.DAMAGED_INDEX;
        };
        CorruptException what = damage.what();
        String subject = damage.chunk() == null ? what.where() : "chunk " + damage.chunk();
        return new Issue(kind, subject, what.where(), what.offset(), what.expected(), what.found());
    }

    /// What the audit of the history found.
    public static Issue issue(Finding finding) {
        Issue.Kind kind = switch (finding.kind()) {
            case UNREADABLE -> Issue.Kind.MISSING_CHUNK;
            case DANGLING -> Issue.Kind.DANGLING_REF;
            case INVALID -> Issue.Kind.NOT_CANONICAL;
            case WRONG_COUNT -> Issue.Kind.WRONG_COUNT;
            case WRONG_CLOSURE -> Issue.Kind.WRONG_CLOSURE;
        };
        return new Issue(
                kind, finding.subject(), finding.where(), finding.offset(), finding.expected(), finding.found());
    }
}
