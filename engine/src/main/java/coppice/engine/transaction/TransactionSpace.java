package coppice.engine.transaction;

import coppice.api.Batch;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.query.Query;
import coppice.engine.delta.Delta;
import coppice.engine.delta.DeltaEditor;
import coppice.engine.log.SpaceWrites;
import coppice.engine.query.Rows;
import coppice.engine.query.SpaceQuery;
import coppice.engine.reading.Access;
import coppice.engine.reading.Reading;
import coppice.engine.state.SpaceState;
import coppice.engine.terms.Checks;
import coppice.engine.views.OwnIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A space within a transaction: its state at the beginning and, over it, what the transaction wrote.
final class TransactionSpace extends Reading implements Space {
    private final EmbeddedTransaction transaction;
    private final SpaceState start;
    private final ReadSet reads;
    private Delta writes = Delta.EMPTY;
    private @Nullable DeltaEditor editor;
    private @Nullable OwnIndexes indexes;
    private SpaceState view;
    private Delta viewed = Delta.EMPTY;

    TransactionSpace(EmbeddedTransaction transaction, Access access, String name, SpaceState start, ReadSet reads) {
        super(name, access);
        this.transaction = transaction;
        this.start = start;
        this.reads = reads;
        this.view = start;
    }

    /// What was written so far.
    Delta writes() {
        DeltaEditor open = editor;
        if (open != null) {
            writes = open.done();
            editor = null;
        }
        return writes;
    }

    /// Goes back to what was written at a savepoint.
    void restore(Delta earlier) {
        writes = earlier;
        editor = null;
        view = start;
        viewed = Delta.EMPTY;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // what was not written to since is the same delta
    protected SpaceState state() {
        transaction.ensureActive();
        Delta written = writes();
        if (written != viewed) {
            SpaceState before = viewed.isEmpty() ? start.apart() : view;
            view = before.with(since(viewed, written));
            viewed = written;
        }
        return view;
    }

    /// What came to be written after what the view has.
    private SpaceWrites since(Delta before, Delta now) {
        if (before.isEmpty()) {
            return SpaceWrites.of(name(), now);
        }
        List<byte[]> keys = new ArrayList<>();
        now.differing(before, keys::add);
        byte[][] values = keys.stream().map(now::find).toArray(byte[][]::new);
        return new SpaceWrites(name(), keys.toArray(byte[][]::new), values);
    }

    /// A question for what the transaction sees when it is asked.
    Query query() {
        return SpaceQuery.of(
                name(),
                keys -> {
                    SpaceState seen = state();
                    noteRange(keys);
                    return Rows.heldBy(transaction, seen, gate)
                            .with(indexes().over(seen))
                            .onlyFresh();
                },
                keys -> transaction.declared(name(), keys));
    }

    private OwnIndexes indexes() {
        OwnIndexes known = indexes;
        if (known == null) {
            known = transaction.indexes(name());
            indexes = known;
        }
        return known;
    }

    @Override
    protected void noteRange(Range range) {
        reads.range(name(), range);
    }

    @Override
    protected boolean isShared() {
        return writes().isEmpty();
    }

    private byte @Nullable [] find(byte[] key) {
        transaction.ensureActive();
        reads.key(name(), Checks.key(key));
        byte[] written = editor != null ? editor.find(key) : writes.find(key);
        return written;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        long begun = gets.begin();
        Optional<byte[]> value = look(key);
        gets.end(begun);
        return value;
    }

    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    private Optional<byte[]> look(byte[] key) {
        byte[] written = find(key);
        if (written != null) {
            return written == Delta.REMOVED ? Optional.empty() : Optional.of(written.clone());
        }
        try {
            return Optional.ofNullable(start.get(key));
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public byte[] getOrDefault(byte[] key, byte[] fallback) {
        return get(key).orElse(fallback);
    }

    @Override
    public boolean contains(byte[] key) {
        return get(key).isPresent();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        write(Checks.key(key).clone(), Checks.value(value).clone());
    }

    @Override
    public void delete(byte[] key) {
        write(Checks.key(key).clone(), Delta.REMOVED);
    }

    @Override
    public void apply(Batch batch) {
        for (Batch.Write write : batch.writes()) {
            write.value().ifPresentOrElse(value -> put(write.key(), value), () -> delete(write.key()));
        }
    }

    private void write(byte[] key, byte[] value) {
        Checks.writable(name());
        transaction.admit(key.length + (long) value.length);
        DeltaEditor open = editor;
        if (open == null) {
            open = writes.edit();
            editor = open;
        }
        open.put(key, value);
    }
}
