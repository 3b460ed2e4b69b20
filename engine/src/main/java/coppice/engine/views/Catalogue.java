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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The projections of a database, by name. Their definitions are settings: of no branch, and part of no commit.
/// Safe for all threads.
public final class Catalogue {
    /// The area of the settings that has the definitions, as text.
    public static final String AREA = "projections";

    private final Settings settings;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile @Nullable SortedMap<String, Defined> known;
    private volatile List<Defined> uniques = List.of();
    private volatile Indexes indexes = Indexes.NONE;

    public Catalogue(Settings settings) {
        this.settings = settings;
    }

    /// All of them.
    public SortedMap<String, Defined> all() {
        SortedMap<String, Defined> all = known;
        return all == null ? read() : all;
    }

    private SortedMap<String, Defined> read() {
        changing.lock();
        try {
            SortedMap<String, Defined> all = known;
            if (all == null) {
                all = publish(Blueprint.of(stored()));
            }
            return all;
        } finally {
            changing.unlock();
        }
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
        all();
        return uniques;
    }

    /// The indexes, by the rows that they are over.
    Indexes indexes() {
        all();
        return indexes;
    }

    private SortedMap<String, Defined> publish(SortedMap<String, Defined> next) {
        SortedMap<String, Defined> all = Collections.unmodifiableSortedMap(next);
        uniques = all.values().stream().filter(Catalogue::isUnique).toList();
        indexes = Indexes.of(all.values());
        known = all;
        return all;
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
            SortedMap<String, Defined> before = all();
            CompiledProjection.of(name, definition); // says where it is wrong
            String text = DefinitionText.write(definition);
            Optional<Defined> old = Optional.ofNullable(before.get(name));
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
            Map<String, Blueprint.Text> texts = texts(before);
            texts.put(name, new Blueprint.Text(DefinitionText.read(text), text));
            SortedMap<String, Defined> next = Blueprint.of(texts);
            judge.accept(before, next);
            take(before, next, judge, name, text);
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
    private void take(
            SortedMap<String, Defined> before, SortedMap<String, Defined> next, Judge judge, String name, String text) {
        publish(next);
        boolean isKept = false;
        try {
            judge.confirm(before, next);
            store(name, Optional.of(text.getBytes(UTF_8)));
            isKept = true;
        } finally {
            if (!isKept) {
                publish(before);
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
            SortedMap<String, Defined> next = Blueprint.of(texts);
            store(name, Optional.empty());
            publish(next);
            return gone;
        } finally {
            changing.unlock();
        }
    }
}
