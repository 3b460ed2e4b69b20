package coppice.engine;

import coppice.testing.contract.DatabaseContract;
import coppice.testing.contract.Subject;
import java.util.concurrent.atomic.AtomicInteger;

final class MemoryDatabaseTest extends DatabaseContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    protected Subject subject() {
        return new Place("mem:contract-" + NUMBER.incrementAndGet());
    }
}
