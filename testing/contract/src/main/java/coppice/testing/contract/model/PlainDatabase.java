package coppice.testing.contract.model;

import coppice.testing.contract.model.Move.Detail;
import coppice.testing.contract.model.Move.Given;
import coppice.testing.contract.model.Move.Kept;
import coppice.testing.contract.model.Move.Renamed;
import coppice.testing.contract.model.Move.Replaced;
import coppice.testing.contract.model.Move.Untagged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one database is, in plain maps: refs, working states, what was put aside, what is under way.
final class PlainDatabase {
    /// What the reflog says of all that a rebase does.
    static final String REBASE = "rebase";

    static final String HEADS = "heads/";
    static final String TAGS = "tags/";
    static final String REMOTES = "remotes/";

    /// A tag, and what it says when it is annotated.
    record Tagged(Version commit, Optional<String> note) {}

    /// What was put aside.
    ///
    /// @param number says where on the stack it is
    record Stashed(int number, String branch, Version commit) {}

    final String author;
    final TreeMap<String, Line> lines = new TreeMap<>();
    final TreeMap<String, Tagged> tags = new TreeMap<>();
    /// Where branches of remotes were, by whole names.
    final TreeMap<String, Version> tracking = new TreeMap<>();
    /// The newest first.
    final List<Stashed> stashes = new ArrayList<>();

    /// What merges that waited are known to have kept.
    final Set<Version> held = new HashSet<>();

    /// By which merges decide.
    List<Ruling.Rule> rules = List.of();

    PlainReflog reflog = new PlainReflog();
    String current = "main";

    PlainDatabase(String author) {
        this.author = author;
    }

    /// The same, to go on by itself.
    PlainDatabase copy(String newAuthor) {
        PlainDatabase copy = new PlainDatabase(newAuthor);
        lines.forEach((name, line) -> copy.lines.put(name, line.copy()));
        copy.tags.putAll(tags);
        copy.tracking.putAll(tracking);
        copy.stashes.addAll(stashes);
        copy.reflog = reflog.copy();
        copy.held.addAll(held);
        copy.current = current;
        copy.rules = rules;
        return copy;
    }

    /// The database was opened: what is over is not remembered any more.
    void opened() {
        lines.values().forEach(line -> line.forgetWhatIsOver(this));
    }

    Line line(String name) {
        return Objects.requireNonNull(lines.get(name), () -> "the model has no branch " + name);
    }

    void create(String name, Version at, State working, String action, Detail detail) {
        lines.put(name, new Line(at, working));
        reflog.add(HEADS + name, action, null, null, at, detail);
    }

    void create(String name, Version at) {
        create(name, at, at.state(), "branch", new Replaced());
    }

    /// The branch to edit on while another is rebased.
    static String edits(String branch) {
        return "rebase/" + branch;
    }

    void delete(String name, String action, Detail detail) {
        Line line = line(name);
        lines.remove(name);
        reflog.add(HEADS + name, action, line.head, line.hasChanges() ? line.working : null, null, detail);
        if (line.rebase != null) {
            endEditing(name);
        }
    }

    /// The branch to edit on goes; whoever was there is back on the branch that is rebased.
    void endEditing(String branch) {
        String helper = edits(branch);
        if (lines.containsKey(helper)) {
            String back = lines.containsKey(branch) ? branch : "main";
            current = current.equals(helper) ? back : current;
            delete(helper, REBASE, new Replaced());
        }
    }

    void rename(String from, String to, String action, Detail detail) {
        Line line = line(from);
        lines.remove(from);
        lines.put(to, line);
        reflog.rename(HEADS + from, HEADS + to);
        reflog.add(HEADS + to, action, line.head, null, line.head, detail);
        current = current.equals(from) ? to : current;
        if (line.rebase != null && lines.containsKey(edits(from))) {
            rename(edits(from), edits(to));
        }
    }

    void rename(String from, String to) {
        rename(from, to, "rename", new Renamed(from));
    }

    /// Moves a branch; the working state stays.
    void keep(String name, Version to, String action, Detail detail) {
        Line line = line(name);
        reflog.add(HEADS + name, action, line.head, null, to, detail);
        line.head = to;
        line.moved();
    }

    void keep(String name, Version to, String action) {
        keep(name, to, action, new Kept());
    }

    /// Moves a branch; its working state becomes another.
    void set(String name, Version to, State working, String action, Detail detail) {
        Line line = line(name);
        reflog.add(HEADS + name, action, line.head, line.hasChanges() ? line.working : null, to, detail);
        line.head = to;
        line.working = working;
        line.moved();
    }

    void set(String name, Version to, State working, String action) {
        set(name, to, working, action, new Given(working));
    }

    /// Puts a commit on top of the stash.
    void stash(String branch, Version commit) {
        stashes.addFirst(new Stashed(nextStash(), branch, commit));
    }

    private int nextStash() {
        return stashes.isEmpty() ? 1 : 1 + stashes.getFirst().number();
    }

    /// Puts an entry of the stash back, unless it is there.
    void unpop(Stashed entry) {
        if (stashes.stream().noneMatch(other -> other.commit() == entry.commit())) {
            boolean isTaken = stashes.stream().anyMatch(other -> other.number() == entry.number());
            stashes.add(new Stashed(isTaken ? nextStash() : entry.number(), entry.branch(), entry.commit()));
            stashes.sort(Comparator.comparingInt(Stashed::number).reversed());
        }
    }

    /// Moves a branch to a commit and its state.
    void set(String name, Version to, String action) {
        set(name, to, to.state(), action);
    }

    void tag(String name, Tagged tag, String action, Detail detail) {
        tags.put(name, tag);
        reflog.add(TAGS + name, action, null, null, tag.commit(), detail);
    }

    void untag(String name, String action, @Nullable Detail detail) {
        Tagged gone = Objects.requireNonNull(tags.remove(name));
        Detail said = detail == null ? new Untagged(gone.note()) : detail;
        reflog.add(TAGS + name, action, gone.commit(), null, null, said);
    }

    /// Notes where the branch of a remote is. Returns where it was.
    Optional<Version> track(String ref, Version to, String action) {
        Version before = tracking.put(ref, to);
        if (before != to) {
            reflog.add(ref, action, before, null, to, new Replaced());
        }
        return Optional.ofNullable(before);
    }

    void untrack(String ref, String action) {
        Version before = Objects.requireNonNull(tracking.remove(ref));
        reflog.add(ref, action, before, null, null, new Replaced());
    }

    /// Forgets all branches of a remote.
    void untrackAll(String remote, String action) {
        Set<String> gone = new HashSet<>(tracking.keySet());
        gone.removeIf(ref -> !ref.startsWith(REMOTES + remote + "/"));
        gone.forEach(ref -> untrack(ref, action));
    }

    /// Branches, tags and remotes, by whole names.
    Map<String, Version> refs() {
        Map<String, Version> refs = new TreeMap<>(tracking);
        lines.forEach((name, line) -> refs.put(HEADS + name, line.head));
        tags.forEach((name, tag) -> refs.put(TAGS + name, tag.commit()));
        return refs;
    }

    boolean isReachedElsewhere(String branch) {
        Version head = line(branch).head;
        return refs().entrySet().stream()
                .anyMatch(ref ->
                        !ref.getKey().equals(HEADS + branch) && ref.getValue().reaches(head));
    }

    /// All that refs and stashes reach.
    Set<Version> reachable() {
        Set<Version> all = new HashSet<>();
        refs().values().forEach(version -> all.addAll(version.ancestors()));
        stashes.forEach(stash -> all.addAll(stash.commit().ancestors()));
        return all;
    }
}
