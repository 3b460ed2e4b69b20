package coppice.engine;

import coppice.api.Coppice;
import coppice.testing.contract.DatabaseContract;
import coppice.testing.contract.Subject;

final class MemoryDatabaseTest extends DatabaseContract {
    @Override
    protected Subject subject() {
        return Subject.forgetful(options -> Coppice.open("mem:", options));
    }
}
