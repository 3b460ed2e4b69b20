package coppice.engine;

import coppice.testing.contract.DatabaseContract;
import coppice.testing.contract.Subject;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryDatabaseTest extends DatabaseContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path directory;

    @Override
    protected Subject subject() {
        return new Place(directory.resolve("db" + NUMBER.incrementAndGet()).toString());
    }
}
