package coppice.bench.people;

import coppice.bench.peer.Peers;
import java.nio.file.Path;
import java.util.List;

/// A database of people under measurement. One instance is one opened database, as with [coppice.bench.peer.Peer];
/// what it writes is durable when it returns, indexes included.
public interface PeopleStore extends AutoCloseable {
    /// The names of those there are, in the order of the report.
    List<String> NAMES = List.of(Peers.COPPICE, Peers.SQLITE, Peers.H2);

    /// What people can be found by.
    enum Index {
        /// City, then age.
        CITY_AGE,
        EMAIL,
        /// How many people a city has, and the sum of their amounts.
        CITY_TOTALS
    }

    /// A database that is not open yet.
    static PeopleStore named(String name) {
        return switch (name) {
            case Peers.COPPICE -> new CoppicePeople();
            case Peers.SQLITE -> new SqlPeople(new SqliteDialect());
            case Peers.H2 -> new SqlPeople(new H2Dialect());
            default -> throw new IllegalArgumentException("no store of people is named " + name + ", only " + NAMES);
        };
    }

    /// How it is set up, in one line for the report.
    String settings();

    /// Opens the database in a directory that exists, and creates it when that is empty.
    void open(Path directory, long cacheBytes) throws Exception;

    /// Loads people into an empty database by the fastest way it has.
    void load(Population population) throws Exception;

    /// Builds an index over all rows.
    void build(Index index) throws Exception;

    /// Inserts or replaces people in one transaction.
    void put(List<Person> batch) throws Exception;

    /// A reader of what is there now, for one thread, on a snapshot where the database has such.
    ///
    /// @param isQuerying whether it asks by queries where there is a more direct way
    PeopleReader reader(boolean isQuerying) throws Exception;

    /// A reader of what is there whenever it is asked, for one thread.
    PeopleReader latest() throws Exception;

    @Override
    void close();
}
