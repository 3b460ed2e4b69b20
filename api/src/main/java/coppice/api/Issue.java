package coppice.api;

import java.util.Objects;

/// Something that [Database#check] found wrong: what, where, and what to do.
///
/// @param kind what sort of thing it is
/// @param subject what is affected: a chunk, a branch, a commit, a space of it
/// @param where the file, or the part of the data, that is wrong
/// @param offset the byte in that file, or -1
/// @param expected what should be there
/// @param found what is there
public record Issue(Kind kind, String subject, String where, long offset, String expected, String found) {
    public Issue {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(where);
        Objects.requireNonNull(expected);
        Objects.requireNonNull(found);
    }

    /// The sorts of things that may be wrong.
    public enum Kind {
        /// The stored bytes of a chunk are not those that were written.
        DAMAGED_CHUNK("run repair, if possible with a copy to take it from"),
        /// Records of a pack do not line up: nothing is known of the bytes up to the next one.
        DAMAGED_PACK("run repair: it saves what can be read, and takes the rest from a copy"),
        /// The index of a pack does not agree with the pack.
        DAMAGED_INDEX("run repair: an index is made again from its pack"),
        /// Something refers to a chunk that is not there or cannot be read.
        MISSING_CHUNK("run repair, if possible with a copy to take it from"),
        /// A tree reads well, but is not the one tree of its rows.
        NOT_CANONICAL("another program wrote it: export the data and import it again"),
        /// A space has another number of entries than its catalog says.
        WRONG_COUNT("another program wrote it: export the data and import it again"),
        /// The ancestors or the generation of a commit do not follow from its parents.
        WRONG_CLOSURE("another program wrote it: make the commit again from its parents"),
        /// Records of the journal that were acknowledged are not as they were written.
        DAMAGED_JOURNAL("run repair, which can end the journal there if it may lose what is behind"),
        /// The manifest is not there, cannot be read, or is not the one that was written last.
        DAMAGED_MANIFEST("run repair: it is made again from packs and journal"),
        /// A ref names a commit that is not there or cannot be read.
        DANGLING_REF("run repair with a copy, or allow it to set the ref back"),
        /// The index of changed keys says otherwise than the commits: blame and the history of a key may be wrong.
        WRONG_INDEX("run repair: the index is thrown away, and made again in the background"),
        /// What a projection has for a state is not what follows from the rows.
        WRONG_PROJECTION("nothing: it was forgotten, and is made again when it is asked for"),
        /// What the database remembers of itself, or where refs have been, cannot be read or contradicts the data.
        WRONG_SETTING("run repair: the entry is removed, which is named as lost");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }

        /// What to do about it.
        public String advice() {
            return advice;
        }
    }

    /// All of it in one line.
    public String text() {
        String place = offset < 0 ? where : where + " at byte " + offset;
        String what = subject.equals(where) ? place : subject + ": " + place;
        return what + ": expected " + expected + ", found " + found + "; " + kind.advice();
    }
}
