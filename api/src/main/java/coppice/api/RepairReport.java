package coppice.api;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a repair found, did, and could not do; see [Coppice#repair].
///
/// @param outcome how it ended
/// @param dryRun whether nothing was changed, and the rest says what would be
/// @param found what was wrong with the files, at most [CheckReport#ISSUES_MAX] of it
/// @param actions what was done, in order
/// @param losses what is lost: was given up where that was allowed, and else is still missing
/// @param aside the files that were replaced, where they are kept now, relative to the database
public record RepairReport(
        Outcome outcome,
        boolean dryRun,
        List<Issue> found,
        List<Action> actions,
        List<Loss> losses,
        List<String> aside) {
    public RepairReport {
        Objects.requireNonNull(outcome);
        found = List.copyOf(found);
        actions = List.copyOf(actions);
        losses = List.copyOf(losses);
        aside = List.copyOf(aside);
    }

    /// How a repair ended.
    public enum Outcome {
        /// Nothing was wrong.
        SOUND("nothing is damaged"),
        /// All is back.
        REPAIRED("everything is back"),
        /// What could not be had back was given up; the rest is sound.
        REPAIRED_WITH_LOSS("sound again, without what is named as lost"),
        /// What can be had back is; the rest is still missing, and nothing was given up.
        INCOMPLETE("something is missing still: give a copy to take it from, or allow that it is given up");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /// In words.
        public String text() {
            return text;
        }
    }

    /// Something that was done.
    ///
    /// @param step what sort of thing
    /// @param subject what it was done to
    /// @param count how many chunks, refs or records it concerns
    public record Action(Step step, String subject, long count) {
        /// The sorts of things that a repair does.
        public enum Step {
            /// The sound chunks of a damaged pack were copied to a new one.
            SAVED_CHUNKS("saved the sound chunks of"),
            /// The index of a pack was made again.
            MADE_INDEX("made again the index"),
            /// Chunks were taken from a copy.
            COPIED_CHUNKS("took missing chunks from"),
            /// Chunks were made again from others.
            DERIVED_CHUNKS("made again from the commits"),
            /// The manifest was lost, and was made again from packs and journal.
            MADE_MANIFEST("made again the"),
            /// The table of refs was lost, and an older one was found.
            FOUND_TABLE("found an older version of"),
            /// The journal was begun anew.
            BEGAN_JOURNAL("began anew"),
            /// Something that was derived wrongly was thrown away; it is made again in the background.
            THREW_AWAY("threw away, to be made again in the background,"),
            /// A ref was set to an older commit, or removed.
            MOVED_REF("set back");

            private final String text;

            Step(String text) {
                this.text = text;
            }
        }

        /// In words.
        public String text() {
            return step.text + " " + subject + (count > 0 ? " (" + count + ")" : "");
        }
    }

    /// Something that is lost.
    ///
    /// @param kind what sort of thing
    /// @param subject what: a ref, a space of a commit
    /// @param detail in words: where it was, and what is there instead
    /// @param rows which rows, where it is rows of a space
    public record Loss(Kind kind, String subject, String detail, Optional<Rows> rows) {
        /// Something that is no rows of a space.
        public Loss(Kind kind, String subject, String detail) {
            this(kind, subject, detail, Optional.empty());
        }

        /// The sorts of things that may be lost.
        public enum Kind {
            /// A chunk that something needs, and all that only it led to.
            CHUNK,
            /// A ref is at an older commit than it was, or gone.
            REF,
            /// The uncommitted changes of a branch.
            WORKING_STATE,
            /// Records of the journal: what was written since the last checkpoint.
            JOURNAL,
            /// Entries of the reflog or the settings.
            SETTING
        }

        /// In words.
        public String text() {
            return subject + ": " + detail;
        }
    }

    /// A stretch of rows of a space. How many there were is not known.
    ///
    /// @param space the name of the space
    /// @param after the last key before them; empty where they begin with the space. Not to be written to
    /// @param upTo the last key of them; empty where they end with the space. Not to be written to
    public record Rows(String space, byte[] after, byte[] upTo) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Rows rows
                    && space.equals(rows.space)
                    && Arrays.equals(after, rows.after)
                    && Arrays.equals(upTo, rows.upTo);
        }

        @Override
        public int hashCode() {
            return Objects.hash(space, Arrays.hashCode(after), Arrays.hashCode(upTo));
        }
    }

    /// Whether the database is as it should be now, or would be after a dry run.
    public boolean isSound() {
        return outcome != Outcome.INCOMPLETE;
    }
}
