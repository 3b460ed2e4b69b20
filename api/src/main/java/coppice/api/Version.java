package coppice.api;

/// Names a state of a database to look at: a committed one by its ref, the working state of a branch, or the empty
/// state before the first commit.
public sealed interface Version {
    /// The state of the commit that a ref names; see [Database] for refs.
    record Ref(String text) implements Version {}

    /// A branch's working state: its latest commit and its uncommitted changes, as they are when it is looked at.
    record Working(String branch) implements Version {}

    /// No spaces, no keys.
    record Empty() implements Version {}

    /// What a ref names.
    static Version of(String ref) {
        return new Ref(ref);
    }

    /// What a commit holds.
    static Version of(Commit commit) {
        return new Ref(commit.id().hex());
    }

    /// The working state of a branch.
    static Version working(String branch) {
        return new Working(branch);
    }

    /// The state before the first commit.
    static Version empty() {
        return new Empty();
    }
}
