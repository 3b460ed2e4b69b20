package coppice.engine.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.DefinedType;
import coppice.api.schema.Existing;
import coppice.api.schema.Schema;
import coppice.api.schema.TypeDefinition;
import coppice.api.schema.Validation;
import coppice.engine.delta.Delta;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Checks;
import coppice.engine.typing.BranchTypes;
import coppice.engine.typing.TypesView;
import coppice.engine.typing.Typing;
import coppice.schema.CompiledType;
import coppice.schema.FieldPath;
import coppice.schema.TypeFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Changes the types of branches. A type takes effect as a transaction of its own, over documents that were
/// compared with it: beside writers at first, and again while they wait when they have been quicker.
public final class Defining {
    private static final int ATTEMPTS = 4;

    private final Storage storage;
    private final Typing typing;
    private final Transacting transacting;

    public Defining(Storage storage, Typing typing, Transacting transacting) {
        this.storage = storage;
        this.typing = typing;
        this.transacting = transacting;
    }

    /// The types of a branch now.
    public BranchTypes types(LiveBranch branch) {
        return typing.types(branch.shown());
    }

    /// Defines a type; see [Schema#define(TypeDefinition, Existing)].
    public Validation define(LiveBranch branch, TypeDefinition definition, Existing existing) {
        Checks.writable(Checks.spaceName(definition.space()));
        CompiledType type = CompiledType.of(definition);
        return storage.roots()
                .writing(() -> change(branch, definition.name(), (before, types) -> {
                    requireTargets(type, types);
                    Validation found = typing.existing(types.with(type), type, before, false);
                    boolean isDefined = found.isClean() || existing == Existing.NOT_VALID;
                    return new Outcome(inForce(found, isDefined), stored(type, found, isDefined));
                }));
    }

    private static Optional<byte[]> stored(CompiledType type, Validation found, boolean isDefined) {
        DefinedType defined = new DefinedType(type.definition(), found.isClean());
        return isDefined ? Optional.of(TypeFormat.stored(defined)) : Optional.empty();
    }

    private static Validation inForce(Validation found, boolean isInForce) {
        return new Validation(found.documents(), found.violations(), found.examples(), isInForce);
    }

    private static void requireTargets(CompiledType type, BranchTypes types) {
        String name = type.definition().name();
        for (FieldPath path : type.paths()) {
            if (path.isReference()
                    && !path.to().equals(name)
                    && types.find(path.to()).isEmpty()) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.INVALID_TYPE,
                                "The type '" + name + "' refers at " + path.pointer() + " to type '" + path.to()
                                        + "', which is not there: define that one first")
                        .with("type", name)
                        .with("path", path.pointer());
            }
        }
    }

    /// Looks again at documents that were there before their type; see [Schema#validate].
    public Validation validate(LiveBranch branch, String name) {
        return storage.roots()
                .writing(() -> change(branch, name, (before, types) -> {
                    CompiledType type = TypesView.require(types, name);
                    Validation found = inForce(typing.existing(types, type, before, true), true);
                    boolean isNews = found.isClean() != types.shown(type).isValidated();
                    return new Outcome(found, isNews ? stored(type, found, true) : Optional.empty());
                }));
    }

    /// Takes a type out of force; see [Schema#drop].
    public void drop(LiveBranch branch, String name) {
        change(branch, name, (_, types) -> {
            TypesView.require(types, name);
            types.referringTo(name).stream()
                    .map(type -> type.definition().name())
                    .filter(other -> !other.equals(name))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new DatabaseException.Incorrect(
                                        ErrorCode.TYPE_NEEDED,
                                        "Type '" + other + "' refers to type '" + name
                                                + "': change or drop that one first")
                                .with("type", name)
                                .with("by", other);
                    });
            return new Outcome(new Validation(0, 0, List.of(), false), Optional.of(Delta.REMOVED));
        });
    }

    /// What was found, and what is to be stored under the name of the type.
    private record Outcome(Validation found, Optional<byte[]> stored) {}

    /// Looks at documents of a state.
    private interface Look {
        Outcome at(BranchState state, BranchTypes types);
    }

    /// Somebody wrote while documents were looked at.
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("The branch was written to", null, false, false);
        }
    }

    private Validation change(LiveBranch branch, String name, Look look) {
        for (int attempt = 1; ; attempt++) {
            boolean waits = attempt == ATTEMPTS; // let the others wait now
            BranchState before = branch.newest();
            Outcome outcome = look.at(before, typing.types(before));
            if (outcome.stored().isEmpty()) {
                return outcome.found();
            }
            SpaceWrites write = SpaceWrites.one(
                    Schema.SPACE, name.getBytes(UTF_8), outcome.stored().get());
            try {
                transacting.runAsItIs(new Transacting.Work(
                        branch, List.of(write), (newest, _) -> recheck(branch, before, newest, outcome, look, waits)));
                return outcome.found();
            } catch (Overtaken _) {
                // Look again.
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same state object: nobody came between
    private void recheck(
            LiveBranch branch, BranchState before, BranchState newest, Outcome outcome, Look look, boolean waits) {
        if (newest == before) {
            return;
        }
        if (!waits) {
            throw new Overtaken();
        }
        Outcome again = look.at(newest, typing.types(newest));
        if (!Arrays.equals(again.stored().orElse(null), outcome.stored().orElse(null))) {
            throw new DatabaseException.Conflict("Documents were written to branch '" + branch.name()
                    + "' meanwhile that change what becomes of the type: try again");
        }
    }
}
