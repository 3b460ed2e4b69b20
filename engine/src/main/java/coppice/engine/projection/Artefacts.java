package coppice.engine.projection;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Entries as far as they are known: for each step, by the roots of what they were made from. So whoever comes
/// back to a state, by a switch, a merge or a look at the past, finds them there; those of another state are made
/// from the nearest that are known, by what differs. Safe for all threads.
///
/// Nothing is lost when they are forgotten: they are made again. [#unsaved] is all there is to remember of them,
/// besides chunks that the store keeps as long as [Roots] knows of them.
public final class Artefacts {
    /// So many steps are known at most: else those go that nobody has asked for since the database was opened,
    /// such as steps of definitions that another version of this program would make otherwise.
    static final int STEPS_MAX = 256;

    private final Deriving deriving;
    private final Map<Hash, Line> lines = new ConcurrentHashMap<>();
    private final Set<Hash> forgotten = ConcurrentHashMap.newKeySet();

    /// @param deriving makes them
    public Artefacts(Deriving deriving) {
        this.deriving = deriving;
    }

    /// Entries that are known, by the roots of both.
    ///
    /// @param inputs what they were made from
    record Known(List<Hash> inputs, Hash entries) {
        public Known {
            inputs = List.copyOf(inputs);
        }
    }

    /// The entries of inputs. Where they are not known they are made: costs what differs from the nearest state
    /// of which they are, or all rows where none is near. One thread makes them, others that ask wait for it.
    ///
    /// @param ticker is told of each row that is looked at, and may throw to end it
    Tree of(Step step, List<Tree> inputs, Ticker ticker) {
        return line(step.name()).of(step, inputs, ticker);
    }

    /// The entries of inputs if they are known.
    Optional<Tree> find(Step step, List<Tree> inputs) {
        return line(step.name()).find(Line.roots(inputs));
    }

    /// Takes note of entries that were made elsewhere.
    void learn(Step step, List<Tree> inputs, Tree entries) {
        learn(step.name(), new Known(Line.roots(inputs), entries.root()));
    }

    /// How many rows have to be looked at before the entries of inputs are there; [Results#FAR] where those are
    /// more than so many. Costs a look at what differs, up to that.
    long distance(Step step, List<Tree> inputs, long most) {
        return find(step, inputs).isPresent() ? 0 : line(step.name()).distance(step, inputs, most);
    }

    /// All that is known of a step, what was asked for last at the end.
    List<Known> known(Step step) {
        return known(step.name());
    }

    /// All that is known of what has a name, what was asked for last at the end.
    List<Known> known(Hash name) {
        return line(name).known();
    }

    /// Takes note of what was made elsewhere.
    void learn(Hash name, Known known) {
        line(name).add(known);
    }

    private Line line(Hash step) {
        return lines.computeIfAbsent(step, _ -> new Line(deriving));
    }

    /// The trees of entries that are known of a step.
    List<Hash> trees(Step step) {
        return known(step).stream().map(Known::entries).toList();
    }

    /// Makes all that is known of a step again, and forgets what is not the same. Costs that.
    ///
    /// @param differing is told the root that was made, and the one that was known
    void audit(Step step, BiConsumer<Hash, Hash> differing) {
        line(step.name()).audit(step, differing);
    }

    /// Forgets all that is known of a step.
    void forget(Step step) {
        forget(step.name());
    }

    private void forget(Hash step) {
        Line gone = lines.remove(step);
        if (gone != null) {
            gone.clear();
            forgotten.add(step);
        }
    }

    private void forgetUnasked() {
        List<Hash> unasked = lines.entrySet().stream()
                .filter(line -> !line.getValue().isAsked())
                .map(Map.Entry::getKey)
                .sorted()
                .limit(Math.max(0, lines.size() - STEPS_MAX))
                .toList();
        unasked.forEach(this::forget);
    }

    /// What is to be remembered and is not yet: what is known of steps by their names, nothing where they are
    /// forgotten. All of it counts as remembered then.
    public Map<String, Optional<byte[]>> unsaved() {
        forgetUnasked();
        Map<String, Optional<byte[]>> all = new TreeMap<>();
        for (Hash step : List.copyOf(forgotten)) {
            forgotten.remove(step);
            all.put(step.toString(), Optional.empty());
        }
        lines.forEach((step, line) -> line.unsaved().ifPresent(bytes -> all.put(step.toString(), Optional.of(bytes))));
        return all;
    }

    /// Takes up what was remembered, as far as it is all there: the last of it may have been lost in a crash
    /// after a sweep, say. Costs a look at each chunk's place.
    public void resume(Map<String, byte[]> remembered) {
        Set<Hash> whole = new HashSet<>();
        remembered.forEach((step, bytes) -> {
            try {
                Hash name = Hash.parse(step);
                for (Known known : KnownFormat.read(bytes)) {
                    if (isWhole(known.entries(), whole)) {
                        line(name)
                                .resume(
                                        known,
                                        known.inputs().stream()
                                                .filter(input -> isWhole(input, whole))
                                                .toList());
                    }
                }
            } catch (CorruptException | IllegalArgumentException _) {
                // As good as none: it is made again.
            }
        });
    }

    private boolean isWhole(Hash root, Set<Hash> whole) {
        boolean[] all = {true};
        try {
            Tree.load(deriving.nodes(), root).visitChunks(chunk -> {
                all[0] &= whole.contains(chunk) || deriving.nodes().chunks().contains(chunk);
                return all[0] && whole.add(chunk);
            });
            return all[0];
        } catch (MissingChunkException _) {
            return false;
        }
    }
}
