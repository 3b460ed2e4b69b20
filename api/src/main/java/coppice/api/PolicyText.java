package coppice.api;

import coppice.api.crdt.CrdtKind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Merge policies in words.
final class PolicyText {
    private static final Pattern FORM = Pattern.compile("([a-z-]+)(?:\\(([^()]*)\\))?");
    private static final String ELSE = " else ";

    private PolicyText() {}

    static String of(MergePolicy policy) {
        return switch (policy) {
            case MergePolicy.Whole _ -> "whole";
            case MergePolicy.Fields(ArrayMerge arrays) -> "fields" + of(arrays);
            case MergePolicy.Ours _ -> "ours";
            case MergePolicy.Theirs _ -> "theirs";
            case MergePolicy.LastWriterWins _ -> "last-writer-wins";
            case MergePolicy.DeleteWins _ -> "delete-wins";
            case MergePolicy.UpdateWins _ -> "update-wins";
            case MergePolicy.Counts _ -> "counts";
            case MergePolicy.Sketches _ -> "sketches";
            case MergePolicy.Custom(String function) -> "function(" + function + ")";
            case MergePolicy.Crdt(CrdtKind kind) -> "crdt(" + name(kind) + ")";
            case MergePolicy.Chain(MergePolicy first, MergePolicy otherwise) -> of(first) + ELSE + of(otherwise);
        };
    }

    private static String of(ArrayMerge arrays) {
        String sets = arrays.sets() ? "sets" : "";
        String inner = arrays.idMember()
                .map(id -> "id=" + id + (sets.isEmpty() ? "" : ",sets"))
                .orElse(sets);
        return inner.isEmpty() ? "" : "(" + inner + ")";
    }

    private static String name(CrdtKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MergePolicy parse(String text) {
        int next = text.indexOf(ELSE);
        if (next >= 0) {
            return one(text.substring(0, next)).otherwise(parse(text.substring(next + ELSE.length())));
        }
        return one(text);
    }

    private static MergePolicy one(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw wrong(text);
        }
        Optional<String> inner = Optional.ofNullable(form.group(2));
        return switch (form.group(1)) {
            case "fields" ->
                MergePolicy.fields(inner.map(words -> arrays(text, words)).orElse(ArrayMerge.WHOLE));
            case "function" -> MergePolicy.custom(inner.orElseThrow(() -> wrong(text)));
            case "crdt" -> MergePolicy.crdt(kind(text, inner.orElseThrow(() -> wrong(text))));
            default -> inner.isPresent() ? refuse(text) : plain(text, form.group(1));
        };
    }

    private static MergePolicy plain(String text, String word) {
        return switch (word) {
            case "whole" -> MergePolicy.whole();
            case "ours" -> MergePolicy.ours();
            case "theirs" -> MergePolicy.theirs();
            case "last-writer-wins" -> MergePolicy.lastWriterWins();
            case "delete-wins" -> MergePolicy.deleteWins();
            case "update-wins" -> MergePolicy.updateWins();
            case "counts" -> MergePolicy.counts();
            case "sketches" -> MergePolicy.sketches();
            default -> refuse(text);
        };
    }

    private static ArrayMerge arrays(String text, String words) {
        ArrayMerge arrays = ArrayMerge.WHOLE;
        for (String word : words.split(",", -1)) {
            if (word.equals("sets")) {
                arrays = arrays.orSets();
            } else if (word.startsWith("id=")) {
                arrays = new ArrayMerge(Optional.of(word.substring(3)), arrays.sets());
            } else {
                throw wrong(text);
            }
        }
        return arrays;
    }

    private static CrdtKind kind(String text, String word) {
        for (CrdtKind kind : CrdtKind.values()) {
            if (name(kind).equals(word)) {
                return kind;
            }
        }
        throw wrong(text);
    }

    private static MergePolicy refuse(String text) {
        throw wrong(text);
    }

    private static DatabaseException wrong(String text) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_MERGE_POLICY,
                        "'" + text + "' is no merge policy: write fields, fields(sets), fields(id=NAME), whole, ours, "
                                + "theirs, last-writer-wins, delete-wins, update-wins, counts, sketches, "
                                + "function(NAME) or crdt(KIND), and join several by ' else '")
                .with("policy", text);
    }
}
