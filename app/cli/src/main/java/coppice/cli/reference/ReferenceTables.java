package coppice.cli.reference;

import coppice.cli.source.Rows;
import java.util.List;
import java.util.function.Supplier;

/// All the tables.
public final class ReferenceTables {
    private ReferenceTables() {}

    /// A table that is not made yet.
    ///
    /// @param space its name
    /// @param make makes it; takes up to a second in a cold process
    public record Recipe(String space, Supplier<Rows> make) {}

    /// The recipes of the tables, in the order of their names.
    public static List<Recipe> recipes() {
        return List.of(
                new Recipe("countries", Territories::countries),
                new Recipe("currencies", Currencies::currencies),
                new Recipe("languages", Languages::languages),
                new Recipe("locales", Languages::locales),
                new Recipe("regions", Territories::regions),
                new Recipe("scripts", Scripts::scripts),
                new Recipe("transitions", Clocks::transitions),
                new Recipe("zones", Clocks::zones));
    }
}
