package coppice.testing.contract.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A commit. One object stands for one commit, except while its name is not known: then it was worked out and is
/// still to be found in the database; see [World#learn].
final class Version {
    /// As logs list commits.
    static final Comparator<Version> NEWEST_FIRST = Comparator.comparingLong(Version::generation)
            .thenComparing(Version::id)
            .reversed();

    private final @Nullable String id;
    private final State state;
    private final List<Version> parents;
    private final String message;
    private final String author;
    private final long generation;

    Version(@Nullable String id, State state, List<Version> parents, String message, String author) {
        this.id = id;
        this.state = state;
        this.parents = List.copyOf(parents);
        this.message = message;
        this.author = author;
        this.generation =
                1 + parents.stream().mapToLong(Version::generation).max().orElse(-1);
    }

    /// A commit that was worked out.
    static Version draft(State state, List<Version> parents, String message, String author) {
        return new Version(null, state, parents, message, author);
    }

    boolean isKnown() {
        return id != null;
    }

    String id() {
        if (id == null) {
            throw new IllegalStateException("The commit '" + message + "' was not found in the database yet");
        }
        return id;
    }

    State state() {
        return state;
    }

    List<Version> parents() {
        return parents;
    }

    String message() {
        return message;
    }

    String title() {
        return message.lines().findFirst().orElse("");
    }

    String author() {
        return author;
    }

    long generation() {
        return generation;
    }

    /// What its first parent has.
    State before() {
        return parents.isEmpty() ? State.EMPTY : parents.getFirst().state;
    }

    /// Whether it is a commit that changed nothing.
    boolean isEmpty() {
        return !parents.isEmpty() && state.equals(before());
    }

    /// The version itself and everything before it.
    Set<Version> ancestors() {
        Set<Version> found = new HashSet<>();
        List<Version> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            Version version = open.removeLast();
            if (found.add(version)) {
                open.addAll(version.parents);
            }
        }
        return found;
    }

    /// Whether another is this one or among its ancestors.
    boolean reaches(Version other) {
        return ancestors().contains(other);
    }

    /// The common ancestors that no other common ancestor comes after. Several only after criss-cross merges.
    static List<Version> bases(Version one, Version other) {
        Set<Version> common = one.ancestors();
        common.retainAll(other.ancestors());
        return common.stream()
                .filter(version -> common.stream().noneMatch(later -> later != version && later.reaches(version)))
                .toList();
    }

    /// The commits from one along first parents that another does not reach, oldest first.
    static List<Version> line(Version since, Version to) {
        Set<Version> known = since.ancestors();
        List<Version> line = new ArrayList<>();
        Version at = to;
        while (!known.contains(at)) {
            line.add(at);
            if (at.parents.isEmpty()) {
                break;
            }
            at = at.parents.getFirst();
        }
        return line.reversed();
    }

    @Override
    public String toString() {
        return (id == null ? "?" : id.substring(0, 8)) + " '" + title() + "'";
    }
}
