package coppice.bench.people;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Finds people from one thread. Each way has to be built as an index before.
public interface PeopleReader extends AutoCloseable {
    /// What is known of a city.
    ///
    /// @param people how many it has
    /// @param amount the sum of their amounts
    record Totals(long people, double amount) {}

    /// Gives the documents of those with an address, and says how many there are.
    int withEmail(String email, Consumer<byte[]> documents) throws Exception;

    /// Gives the documents of the first people in a city from an age on, by age and then by id, and says how many
    /// there are.
    int inCity(String city, int age, int limit, Consumer<byte[]> documents) throws Exception;

    /// The same, but only the ids, for which no row has to be read.
    int idsInCity(String city, int age, int limit, LongConsumer ids) throws Exception;

    /// What is known of a city with people.
    Totals totals(String city) throws Exception;

    @Override
    void close();
}
