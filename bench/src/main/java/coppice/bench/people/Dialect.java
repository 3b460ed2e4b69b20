package coppice.bench.people;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// What one SQL database wants otherwise than another.
interface Dialect {
    /// How it is set up, in one line for the report.
    String settings();

    /// A connection that commits when it is told to.
    Connection connect(Path directory, long cacheBytes) throws SQLException;

    /// Makes the table `person`.
    String table();

    /// Inserts or replaces a row, with parameters in the order of the table's columns.
    String upsert();

    /// What is to be executed after a commit so that it is on stable storage; empty for nothing.
    String sync();
}
