package coppice.structure.counter;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.Counter;
import coppice.api.structure.CounterChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.dump.Dump;
import coppice.structure.dump.DumpedItem;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A counter over a space, to change.
public final class SpaceCounter extends SpaceCounterView implements Counter {
    private final Ground ground;
    private final Registered registered;

    public SpaceCounter(StructureInfo counter, Ground ground) {
        super(counter, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, counter);
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public long add(long amount) {
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            long next = sum(rows.get(KEY).map(this::number).orElse(0L), amount);
            write(rows, next);
            return next;
        });
    }

    private long sum(long count, long amount) {
        try {
            return Math.addExact(count, amount);
        } catch (ArithmeticException beyond) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "The counter '" + name() + "' is " + count + ", and " + amount
                                    + " more is beyond what 64 bits hold: reset it, or count in larger units",
                            beyond)
                    .with("structure", name());
        }
    }

    private void write(Space rows, long count) {
        rows.put(KEY, new Count(BigInteger.valueOf(count), ground.stamp()).encode());
    }

    @Override
    public BigInteger reset() {
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            Optional<Count> before = rows.get(KEY).flatMap(Count::decode);
            write(rows, 0);
            return before.map(Count::number).orElse(BigInteger.ZERO);
        });
    }

    @Override
    public void batched(Consumer<Counter> body) {
        ground.attempt(transaction -> {
            body.accept(transaction.counter(name()));
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        List<Long> counts = new ArrayList<>();
        Dump.read(in, format, counter.kind(), item -> counts.add(number(item)));
        if (!counts.isEmpty()) {
            registered.update(transaction -> {
                write(transaction.space(name()), counts.getLast());
                return true;
            });
        }
        return counts.size();
    }

    private static long number(DumpedItem item) {
        try {
            return item.number("value")
                    .orElseThrow(() -> item.wrong("has no 'value'"))
                    .longValueExact();
        } catch (ArithmeticException notLong) {
            throw item.wrong("has a 'value' that is no integer of 64 bits");
        }
    }

    @Override
    public StructureFeed<CounterChange> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super CounterChange> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<CounterChange> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new CounterChange.Missed());
    }

    private CounterChange change(RowChange row) {
        return switch (row) {
            case RowChange.Added added -> new CounterChange.Counted(0, number(added.after()));
            case RowChange.Modified both -> new CounterChange.Counted(number(both.before()), number(both.after()));
            case RowChange.Removed removed -> new CounterChange.Counted(number(removed.before()), 0);
        };
    }
}
