package coppice.api;

import coppice.api.crdt.CrdtKind;
import java.util.regex.Pattern;

/// What becomes of a key that both sides of a merge changed differently. What a policy leaves undecided goes to
/// the merge's [Resolver], and what that leaves is a conflict.
///
/// Where no rule says otherwise it is that of the structure in the space, if it has one of its own: counters
/// [#counts()], sketches [#sketches()], registers [#lastWriterWins()], blobs [#whole()]. Else it is [#fields()]:
/// documents merge by field, anything else conflicts.
public sealed interface MergePolicy {
    /// Leaves the key undecided, whatever it holds.
    record Whole() implements MergePolicy {}

    /// Merges JSON objects member by member. Leaves undecided what both sides changed differently in one place,
    /// and what is no JSON object on either side or in the common ancestor.
    record Fields(ArrayMerge arrays) implements MergePolicy {}

    /// Keeps what the branch merged into has.
    record Ours() implements MergePolicy {}

    /// Takes what the merged side has.
    record Theirs() implements MergePolicy {}

    /// Takes the side that was written last; see [#lastWriterWins()].
    record LastWriterWins() implements MergePolicy {}

    /// Removes the key when one side removed it; else as [#fields()].
    record DeleteWins() implements MergePolicy {}

    /// Keeps the key when one side removed it and the other changed it; else as [#fields()].
    record UpdateWins() implements MergePolicy {}

    /// Asks a function that was registered under this name with [MergePolicies#register].
    record Custom(String function) implements MergePolicy {
        public Custom {
            checkName(function);
        }
    }

    /// Merges values of [coppice.api.crdt]; leaves undecided what is no such value. A removal gives way to a
    /// change.
    record Crdt(CrdtKind kind) implements MergePolicy {}

    /// Adds up what both sides counted; see [#counts()].
    record Counts() implements MergePolicy {}

    /// Brings together what both sides saw; see [#sketches()].
    record Sketches() implements MergePolicy {}

    /// Asks one policy, and another about what that leaves undecided.
    record Chain(MergePolicy first, MergePolicy otherwise) implements MergePolicy {}

    /// The key as a whole: both sides changed it, so that is a conflict.
    static MergePolicy whole() {
        return new Whole();
    }

    /// JSON objects by member, their arrays as whole values.
    static MergePolicy fields() {
        return fields(ArrayMerge.WHOLE);
    }

    /// JSON objects by member.
    static MergePolicy fields(ArrayMerge arrays) {
        return new Fields(arrays);
    }

    /// What the branch merged into has.
    static MergePolicy ours() {
        return new Ours();
    }

    /// What the merged side has.
    static MergePolicy theirs() {
        return new Theirs();
    }

    /// What was written last. A side's value was written by the commit to which its history, followed from the
    /// head through the first parent that has the same value (or the same absence), leads; the time is when that
    /// commit's change was authored. At equal times a value wins over a removal, and the one whose bytes come
    /// later over the other. So it does not matter which side is ours, nor when the merge is made. Costs a lookup
    /// for each commit on that way.
    static MergePolicy lastWriterWins() {
        return new LastWriterWins();
    }

    /// A removal over any change; otherwise by field.
    static MergePolicy deleteWins() {
        return new DeleteWins();
    }

    /// Any change over a removal; otherwise by field.
    static MergePolicy updateWins() {
        return new UpdateWins();
    }

    /// What a function decides.
    ///
    /// @param function its name: 1 to 64 letters, digits, `_`, `-`, `.` or `$`
    static MergePolicy custom(String function) {
        return new Custom(function);
    }

    /// Values that merge by themselves.
    static MergePolicy crdt(CrdtKind kind) {
        return new Crdt(kind);
    }

    /// Counts as a [coppice.api.structure.Counter] stores them: what both sides added and took off counts, so 10
    /// that became 12 here and 15 there is 17, and 11 here and 11 there is 12. A key that is not there is 0. What
    /// is no count is left undecided.
    static MergePolicy counts() {
        return new Counts();
    }

    /// Rows as a [coppice.api.structure.Sketch] stores them: what both sides counted adds up as with [#counts()],
    /// what either side saw was seen. What is no such row, and the options of a sketch, is left undecided.
    static MergePolicy sketches() {
        return new Sketches();
    }

    /// This policy, and another for what it leaves undecided.
    default MergePolicy otherwise(MergePolicy next) {
        return new Chain(this, next);
    }

    /// The policy in words, as [#parse] reads it: `fields`, `fields(sets)`, `fields(id=sku)`,
    /// `fields(id=sku,sets)`, `whole`, `ours`, `theirs`, `last-writer-wins`, `delete-wins`, `update-wins`,
    /// `counts`, `sketches`, `function(name)`, `crdt(counter)`; a chain joins them by ` else `.
    default String text() {
        return PolicyText.of(this);
    }

    /// Reads what [#text()] gives.
    ///
    /// @throws DatabaseException.Incorrect when it is no policy
    static MergePolicy parse(String text) {
        return PolicyText.parse(text);
    }

    /// A name that needs no quotes anywhere.
    ///
    /// @throws DatabaseException.Incorrect when it is none
    static String checkName(String name) {
        if (!Pattern.matches("[A-Za-z0-9_.$-]{1,64}", name)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_MERGE_POLICY,
                            "'" + name + "' cannot be named in a merge policy: use 1 to 64 letters, digits, _ - . or $")
                    .with("name", name);
        }
        return name;
    }
}
