package coppice.bench;

import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.Transaction;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Rows in a database of ours, where what is measured is no business of its peers.
final class OwnRows {
    /// Where they are.
    static final String SPACE = "rows";

    private OwnRows() {}

    /// The rows `0` to `count - 1`, sorted, in generation 0.
    static Iterator<Entry> first(long count) {
        return LongStream.range(0, count)
                .mapToObj(row -> new Entry(Rows.key(row), Rows.value(row, 0)))
                .iterator();
    }

    /// Sets rows of the main branch in one transaction.
    static void change(Database db, IntStream rows, long generation) {
        db.main().run(tx -> change(tx, rows, generation));
    }

    static void change(Transaction tx, IntStream rows, long generation) {
        rows.forEach(row -> tx.space(SPACE).put(Rows.key(row), Rows.value(row, generation)));
    }

    /// The packs and their indexes of a database.
    static List<Path> packs(Path database) throws IOException {
        try (Stream<Path> files = Files.list(database.resolve("packs"))) {
            return files.toList();
        }
    }

    /// What the packs and their indexes of a database take, in bytes; those that go meanwhile take none.
    static long packBytes(Path database) throws IOException {
        return packs(database).stream()
                .mapToLong(pack -> pack.toFile().length())
                .sum();
    }
}
