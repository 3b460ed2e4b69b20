package coppice.structure.ground;

import coppice.api.Transaction;
import coppice.api.structure.StructureInfo;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A structure whose name stands for it as soon as it is written to.
///
/// @param row what the registry says of it
public record Registered(Ground ground, StructureInfo structure, byte[] row) {
    /// A structure.
    public static Registered of(Ground ground, StructureInfo structure) {
        return new Registered(ground, structure, Registry.encode(structure));
    }

    /// Changes it as one step; see [Ground#update(Function)].
    public <T> T update(Function<Transaction, T> body) {
        return ground.update(transaction -> body.apply(registered(transaction)));
    }

    /// As [#update], where rows of a space come and go at one end; see [Ground#update(String, BiFunction)].
    public <T> T update(String space, BiFunction<Transaction, Fronts, T> body) {
        return ground.update(space, (transaction, fronts) -> body.apply(registered(transaction), fronts));
    }

    /// As [#update(Function)], for what has nothing to do where the structure is not there: does not have it made.
    public <T> T updateIfThere(Function<Transaction, T> body) {
        return ground.update(transaction -> body.apply(checked(transaction)));
    }

    /// As [#update(String, BiFunction)], for what has nothing to do where the structure is not there: does not
    /// have it made.
    public <T> T updateIfThere(String space, BiFunction<Transaction, Fronts, T> body) {
        return ground.update(space, (transaction, fronts) -> body.apply(checked(transaction), fronts));
    }

    /// Changes it as one step that calls users' functions; see [Ground#attempt(Function)].
    public <T> T attempt(Function<Transaction, T> body) {
        return ground.attempt(transaction -> body.apply(registered(transaction)));
    }

    private Transaction checked(Transaction transaction) {
        Registry.check(transaction.space(Registry.SPACE), structure, row);
        return transaction;
    }

    private Transaction registered(Transaction transaction) {
        Registry.ensure(transaction.space(Registry.SPACE), structure, row);
        return transaction;
    }
}
