package coppice.engine.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.projection.ProjectionDefinition;
import coppice.engine.live.Settings;
import coppice.projection.CompiledProjection;
import coppice.projection.DefinitionText;
import coppice.projection.IndexShape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The projections of a database, by name. Their definitions are settings: of no branch, and part of no commit.
/// Safe for all threads.
public final class Catalogue {
    /// The area of the settings that has the definitions, as text.
    public static final String AREA = "projections";

    private final Settings settings;
    private final ReentrantLock changing = new ReentrantLock();
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    public Catalogue(Settings settings) {
        this.settings = settings;
    }

    /// The projections, and what is asked of all of them again and again.
    private record Known(SortedMap<String, Defined> all, List<Defined> uniques, Indexes indexes) {
        static Known of(SortedMap<String, Defined> all) {
            return new Known(
                    Collections.unmodifiableSortedMap(all),
                    all.values().stream().filter(Catalogue::isUnique).toList(),
                    Indexes.of(all.values()));
        }
    }

    /// All of them.
    public SortedMap<String, Defined> all() {
        return known().all;
    }

    /// Waits for nobody: writers ask for it, for whom those may wait who define.
    private Known known() {
        Known there = known.get();
        if (there != null) {
            return there;
        }
        Known read = Known.of(Blueprint.of(stored()));
        Known first = known.compareAndExchange(null, read);
        return first == null ? read : first;
    }

    private Map<String, Blueprint.Text> stored() {
        Map<String, Blueprint.Text> texts = new TreeMap<>();
        settings.all(AREA).forEach((name, bytes) -> {
            String text = new String(bytes, UTF_8);
            texts.put(name, new Blueprint.Text(DefinitionText.read(text), text));
        });
        return texts;
    }

    /// Those in which no two rows may have the same columns.
    public List<Defined> uniques() {
        return known().uniques;
    }

    /// The indexes, by the rows that they are over.
    Indexes indexes() {
        return known().indexes;
    }

    /// Whether no two rows may have the same columns in it.
    static boolean isUnique(Defined defined) {
        return defined.projection().shape() instanceof IndexShape shape && shape.isUnique();
    }

    /// One of them.
    public Optional<Defined> find(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /// One that must be there.
    ///
    /// @throws DatabaseException.NotFound when it is not
    public Defined require(String name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    private DatabaseException missing(String name) {
        return new DatabaseException.NotFound(
                        ErrorCode.UNKNOWN_PROJECTION,
                        "There is no projection '" + name + "'; there are " + all().keySet()
                                + ": look at projections().all()")
                .with("projection", name);
    }

    /// Who is asked whether projections can be.
    interface Judge {
        /// Throws when they cannot.
        void accept(SortedMap<String, Defined> before, SortedMap<String, Defined> after);

        /// Throws when they cannot any more, now that all who write know them.
        void confirm(SortedMap<String, Defined> before, SortedMap<String, Defined> after);
    }

    /// Defines a projection.
    ///
    /// @param replaces whether it may take the place of another definition
    /// @return the one before, if that is another
    Optional<Defined> define(String name, ProjectionDefinition definition, boolean replaces, Judge judge) {
        changing.lock();
        try {
            Known before = known();
            CompiledProjection.of(name, definition); // says where it is wrong
            String text = DefinitionText.write(definition);
            Optional<Defined> old = Optional.ofNullable(before.all.get(name));
            if (old.filter(one -> one.text().equals(text)).isPresent()) {
                return Optional.empty();
            }
            if (old.isPresent() && !replaces) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.PROJECTION_EXISTS,
                                "There is a projection '" + name + "' with another definition: replace it, or take"
                                        + " another name")
                        .with("projection", name);
            }
            Map<String, Blueprint.Text> texts = texts(before.all);
            texts.put(name, new Blueprint.Text(DefinitionText.read(text), text));
            Known next = Known.of(Blueprint.of(texts));
            judge.accept(before.all, next.all);
            take(before, next, judge, () -> store(name, Optional.of(text.getBytes(UTF_8))));
            return old;
        } finally {
            changing.unlock();
        }
    }

    private static Map<String, Blueprint.Text> texts(SortedMap<String, Defined> all) {
        Map<String, Blueprint.Text> texts = new TreeMap<>();
        all.forEach((name, one) ->
                texts.put(name, new Blueprint.Text(one.projection().definition(), one.text())));
        return texts;
    }

    /// Has all who write know the projections before it asks for the last time whether they can be.
    private void take(Known before, Known next, Judge judge, Runnable keep) {
        known.set(next);
        boolean isKept = false;
        try {
            judge.confirm(before.all, next.all);
            keep.run();
            isKept = true;
        } finally {
            if (!isKept) {
                known.set(before);
            }
        }
    }

    private void store(String name, Optional<byte[]> text) {
        settings.putAll(Map.of(AREA, Map.of(name, text)));
    }

    /// Removes a projection.
    ///
    /// @return what it was
    public Defined drop(String name) {
        changing.lock();
        try {
            Defined gone = require(name);
            List<String> takers = Blueprint.takers(all(), name);
            if (!takers.isEmpty()) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.PROJECTION_NEEDED,
                                "'" + takers.getFirst() + "' takes rows from the projection '" + name
                                        + "': change or drop that one first")
                        .with("projection", name)
                        .with("by", takers.getFirst());
            }
            Map<String, Blueprint.Text> texts = texts(all());
            texts.remove(name);
            Known next = Known.of(Blueprint.of(texts));
            store(name, Optional.empty());
            known.set(next);
            return gone;
        } finally {
            changing.unlock();
        }
    }
}
