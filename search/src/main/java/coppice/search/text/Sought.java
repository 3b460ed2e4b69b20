package coppice.search.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What is looked for, as it was understood.
sealed interface Sought {
    /// A word.
    ///
    /// @param edits by how many letters it may differ; [#AS_ASKED] for what the search says
    record Word(String text, int edits) implements Sought {
        static final int AS_ASKED = -1;

        @Override
        public String toString() {
            return edits == AS_ASKED ? text : text + '~' + edits;
        }
    }

    /// Words that begin in a way.
    record Prefix(String text) implements Sought {
        @Override
        public String toString() {
            return text + '*';
        }
    }

    /// Words one behind the other.
    ///
    /// @param moves of words that it may take to make it so
    record Phrase(String text, int moves) implements Sought {
        @Override
        public String toString() {
            return '"' + text + '"' + (moves == 0 ? "" : "~" + moves);
        }
    }

    /// In one member of documents.
    record In(String member, Sought what) implements Sought {
        @Override
        public String toString() {
            return member + ':' + what;
        }
    }

    /// What must be there, what had better be there, and what must not. Where nothing must be there, something of
    /// what had better be there must.
    record Group(List<Sought> must, List<Sought> should, List<Sought> not) implements Sought {
        public Group {
            must = List.copyOf(must);
            should = List.copyOf(should);
            not = List.copyOf(not);
        }

        boolean isEmpty() {
            return must.isEmpty() && should.isEmpty() && not.isEmpty();
        }

        @Override
        public String toString() {
            List<String> parts = new ArrayList<>();
            must.forEach(one -> parts.add("+" + one));
            should.forEach(one -> parts.add(one.toString()));
            not.forEach(one -> parts.add("-" + one));
            return parts.stream().collect(Collectors.joining(" ", "(", ")"));
        }
    }
}
