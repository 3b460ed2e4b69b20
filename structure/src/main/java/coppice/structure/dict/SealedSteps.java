package coppice.structure.dict;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Transaction;
import coppice.api.structure.StructureInfo;
import coppice.structure.ground.Ground;
import coppice.structure.secret.Keyring;
import coppice.structure.secret.Sealing;
import java.util.function.Supplier;

/// What is the same for all steps that write encrypted values.
final class SealedSteps {
    private SealedSteps() {}

    /// For writing values within a transaction.
    static Sealing sealing(Keyring keyring, Transaction transaction, StructureInfo dict, Ground ground) {
        return keyring.sealing(transaction.space(Keyring.space(dict.name())), ground.stamp());
    }

    /// Says so when encrypted values are refused since a type holds for them: its own words are about documents.
    static <T> T told(StructureInfo dict, Supplier<T> step) {
        try {
            return step.get();
        } catch (DatabaseException.Incorrect refused) {
            if (dict.isEncrypted() && refused.code() == ErrorCode.TYPE_VIOLATED) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.TYPE_VIOLATED,
                                "A type holds for the space '" + dict.name()
                                        + "', and encrypted values are no documents"
                                        + " to compare with it; nothing was written: drop the type, or take another"
                                        + " name. " + refused.getMessage(),
                                refused)
                        .with("structure", dict.name());
            }
            throw refused;
        }
    }
}
