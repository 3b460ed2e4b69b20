package coppice.bench.peer;

/// Reads one store from one thread.
public interface Reader extends AutoCloseable {
    /// Copies the value of a key to the front of an array and answers its length, or -1 when the key is absent.
    int get(byte[] key, byte[] into) throws Exception;

    /// Visits every row in key order, looks at its value, and answers the number of rows.
    long scan() throws Exception;

    /// Copies the values of the first rows at or after a key, one by one, to the front of an array, and answers
    /// how many there were.
    int range(byte[] from, int rows, byte[] into) throws Exception;

    @Override
    void close();
}
