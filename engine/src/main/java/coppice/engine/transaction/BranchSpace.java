package coppice.engine.transaction;

import coppice.api.Batch;
import coppice.api.Space;
import coppice.engine.delta.Delta;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.SpaceWrites;
import coppice.engine.meter.SamplingMeter;
import coppice.engine.reading.Access;
import coppice.engine.reading.Reading;
import coppice.engine.state.SpaceState;
import coppice.engine.terms.Checks;
import java.util.List;

/// A space of a branch's working state; each call is a transaction of its own.
public final class BranchSpace extends Reading implements Space {
    private final LiveBranch branch;
    private final Transacting transacting;
    private final SamplingMeter writes;

    public BranchSpace(LiveBranch branch, Access access, Transacting transacting, String name) {
        super(name, access);
        this.writes = access.meters().writes();
        this.branch = branch;
        this.transacting = transacting;
    }

    @Override
    protected SpaceState state() {
        return branch.shown().space(name());
    }

    @Override
    public void put(byte[] key, byte[] value) {
        write(SpaceWrites.one(
                name(), Checks.key(key).clone(), Checks.value(value).clone()));
    }

    @Override
    public void delete(byte[] key) {
        write(SpaceWrites.one(name(), Checks.key(key).clone(), Delta.REMOVED));
    }

    @Override
    public void apply(Batch batch) {
        List<Batch.Write> all = batch.writes();
        byte[][] keys = new byte[all.size()][];
        byte[][] values = new byte[all.size()][];
        long bytes = 0;
        for (int i = 0; i < keys.length; i++) {
            Batch.Write write = all.get(i);
            keys[i] = Checks.key(write.key()).clone();
            values[i] = write.value().isPresent()
                    ? Checks.value(write.value().get()).clone()
                    : Delta.REMOVED;
            bytes += keys[i].length + values[i].length;
        }
        Checks.transactionBytes(bytes);
        if (keys.length > 0) {
            write(new SpaceWrites(name(), keys, values));
        }
    }

    private void write(SpaceWrites written) {
        Checks.writable(name());
        long begun = writes.begin();
        gate.admit(written.bytes());
        try {
            transacting.write(branch, List.of(written));
            writes.end(begun);
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }
}
