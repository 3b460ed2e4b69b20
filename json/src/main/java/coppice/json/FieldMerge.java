package coppice.json;

import coppice.json.Part.Element;
import coppice.json.Part.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Merges two versions of a JSON document, member by member, against what both began with.
///
/// Objects are merged by member, recursively: what one side changed is taken, what both changed alike too. Arrays are
/// whole values, or what an [ArrayRule] says. What both changed differently is a conflict: a member of which one side
/// made something else, one that one side removed and the other changed. Nothing is guessed, and no number rounded.
///
/// The result is the base's text with the changed values, as they were written, in their places; its white space and
/// order stay. What was added comes at the end of its object: in its order when one side added, by name when both
/// did. So the two sides may be exchanged and the bytes are the same.
public final class FieldMerge {
    private static final byte[] NOTHING = {};
    private static final byte[] COMMA = {','};

    private final ArrayRule rule;
    private final List<FieldConflict> conflicts = new ArrayList<>();

    private FieldMerge(ArrayRule rule) {
        this.rule = rule;
    }

    /// How a merge ended.
    public sealed interface Outcome {
        /// The merged document.
        record Merged(byte[] text) implements Outcome {}

        /// The places that both sides changed differently, at least one, in the order of the base.
        record Conflicted(List<FieldConflict> fields) implements Outcome {}

        /// One of the three is no JSON document that has fields: not JSON in UTF-8, a name twice in an object, or no
        /// object at the top (nor an array that the rule takes apart).
        record WithoutFields() implements Outcome {}
    }

    /// Merges three documents. Costs reading them.
    ///
    /// @param base what both began with
    /// @param ours one version
    /// @param theirs the other
    /// @param rule what to do with arrays
    public static Outcome merge(byte[] base, byte[] ours, byte[] theirs, ArrayRule rule) {
        Optional<Part> was = Part.of(base);
        Optional<Part> our = Part.of(ours);
        Optional<Part> their = Part.of(theirs);
        if (was.isEmpty() || our.isEmpty() || their.isEmpty()) {
            return new Outcome.WithoutFields();
        }
        Optional<Kind> kind = was.get().kind(rule);
        if (kind.isEmpty()
                || !our.get().kind(rule).equals(kind)
                || !their.get().kind(rule).equals(kind)) {
            return new Outcome.WithoutFields();
        }
        FieldMerge merge = new FieldMerge(rule);
        byte[] merged = merge.decide("", was.get(), our.get(), their.get());
        return merge.conflicts.isEmpty()
                ? new Outcome.Merged(whole(was.get(), our.get(), their.get(), merged == null ? NOTHING : merged))
                : new Outcome.Conflicted(List.copyOf(merge.conflicts));
    }

    /// With what surrounds the value in the file: a line end, usually.
    private static byte[] whole(Part base, Part ours, Part theirs, byte[] merged) {
        Part frame = ours.means(base) == theirs.means(base) ? base : ours.means(base) ? theirs : ours;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(frame.text(), 0, frame.from());
        out.writeBytes(merged);
        out.write(frame.text(), frame.to(), frame.text().length - frame.to());
        return out.toByteArray();
    }

    /// What becomes of one value: its text, or null for none. A conflict is noted.
    private byte @Nullable [] decide(String pointer, @Nullable Part base, @Nullable Part ours, @Nullable Part theirs) {
        if (same(ours, theirs)) {
            return bytes(either(base, ours, theirs));
        }
        if (same(base, theirs)) {
            return bytes(ours);
        }
        if (same(base, ours)) {
            return bytes(theirs);
        }
        if (ours != null && theirs != null) {
            Optional<Kind> kind = ours.kind(rule);
            if (kind.isPresent() && theirs.kind(rule).equals(kind)) {
                if (base != null && base.kind(rule).equals(kind)) {
                    return merged(pointer, kind.get(), base, ours, theirs);
                }
                if (base == null && kind.get() == Kind.OBJECT && !pointer.isEmpty()) {
                    return merged(pointer, Kind.OBJECT, emptyObject(), ours, theirs);
                }
            }
        }
        return conflict(pointer, base, ours, theirs);
    }

    private byte @Nullable [] conflict(
            String pointer, @Nullable Part base, @Nullable Part ours, @Nullable Part theirs) {
        conflicts.add(new FieldConflict(pointer, string(base), string(ours), string(theirs)));
        return null;
    }

    /// What both sides began anew is merged as if it had been empty.
    private static Part emptyObject() {
        return new Part("{}".getBytes(StandardCharsets.UTF_8), 0, 2, Json.object());
    }

    private static boolean same(@Nullable Part a, @Nullable Part b) {
        return a == null ? b == null : b != null && a.means(b);
    }

    /// Of two that mean the same: the one that is written anew, else the one whose text comes first.
    private static @Nullable Part either(@Nullable Part base, @Nullable Part ours, @Nullable Part theirs) {
        if (ours == null || theirs == null || (base != null && ours.isWrittenLike(base))) {
            return theirs;
        }
        if (base != null && theirs.isWrittenLike(base)) {
            return ours;
        }
        return Arrays.compareUnsigned(ours.bytes(), theirs.bytes()) <= 0 ? ours : theirs;
    }

    private static byte @Nullable [] bytes(@Nullable Part part) {
        return part == null ? null : part.bytes();
    }

    private static Optional<String> string(@Nullable Part part) {
        return Optional.ofNullable(part).map(Part::string);
    }

    /// Three objects, or arrays, merged element by element.
    private byte[] merged(String pointer, Kind kind, Part base, Part ours, Part theirs) {
        List<Element> was = base.elements(kind, rule);
        List<Element> items = ours.elements(kind, rule);
        Map<Json, Element> our = byKey(items);
        Map<Json, Element> their = byKey(theirs.elements(kind, rule));
        Frame frame = new Frame(base, was);
        for (int i = 0; i < was.size(); i++) {
            Element element = was.get(i);
            Element mine = our.remove(element.key());
            Element other = their.remove(element.key());
            byte[] value = decide(place(pointer, kind, element, i), element.part(), part(mine), part(other));
            if (value != null) {
                frame.keep(i, value);
            }
        }
        for (Element element : added(our, their)) {
            Element mine = our.get(element.key());
            Element other = their.get(element.key());
            byte[] value = element.part().bytes();
            if (mine != null && other != null) {
                value = kind == Kind.ITEMS_BY_ID && !mine.part().means(other.part())
                        ? conflict(place(pointer, kind, element, items.indexOf(mine)), null, mine.part(), other.part())
                        : decide(place(pointer, kind, element, items.indexOf(mine)), null, mine.part(), other.part());
            }
            if (value != null) {
                frame.add(element, value);
            }
        }
        return frame.text();
    }

    private static Map<Json, Element> byKey(List<Element> elements) {
        Map<Json, Element> map = new LinkedHashMap<>();
        elements.forEach(element -> map.put(element.key(), element));
        return map;
    }

    private static @Nullable Part part(@Nullable Element element) {
        return element == null ? null : element.part();
    }

    /// What is new, in an order that does not depend on which side is ours.
    private static List<Element> added(Map<Json, Element> ours, Map<Json, Element> theirs) {
        Map<Json, Element> all = new LinkedHashMap<>(ours);
        theirs.forEach((key, element) ->
                all.merge(key, element, (a, b) -> Arrays.compareUnsigned(a.label(), b.label()) <= 0 ? a : b));
        List<Element> added = new ArrayList<>(all.values());
        if (!ours.isEmpty() && !theirs.isEmpty()) {
            added.sort(Comparator.comparing(element -> element.key().text()));
        }
        return added;
    }

    private static String place(String pointer, Kind kind, Element element, int index) {
        return kind == Kind.OBJECT && element.key() instanceof Json.Str(String name)
                ? Pointer.member(pointer, name)
                : Pointer.item(pointer, index);
    }

    /// The text of an object or array while it is put together: what is kept of the base stays where it is.
    private static final class Frame {
        private final Part base;
        private final List<Element> elements;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private boolean started;

        Frame(Part base, List<Element> elements) {
            this.base = base;
            this.elements = elements;
        }

        void keep(int index, byte[] value) {
            Element element = elements.get(index);
            begin(index > 0 ? slice(elements.get(index - 1).to(), element.from()) : NOTHING);
            out.writeBytes(element.label());
            out.writeBytes(value);
        }

        void add(Element element, byte[] value) {
            int last = elements.size() - 1;
            begin(
                    last > 0
                            ? slice(
                                    elements.get(last - 1).to(),
                                    elements.get(last).from())
                            : separatorLikeTheStart());
            out.writeBytes(element.label());
            out.writeBytes(value);
        }

        /// What goes before an element: the space after the opening bracket, or what parts it from the one before.
        private void begin(byte[] separator) {
            if (started) {
                out.writeBytes(separator.length == 0 ? COMMA : separator);
            } else {
                out.writeBytes(opening());
                started = true;
            }
        }

        private byte[] opening() {
            return slice(
                    base.from(),
                    elements.isEmpty() ? base.from() + 1 : elements.getFirst().from());
        }

        private byte[] separatorLikeTheStart() {
            byte[] opening = opening();
            opening[0] = ',';
            return opening;
        }

        byte[] text() {
            if (!started) {
                out.write(base.text(), base.from(), 1);
                out.write(base.text(), base.to() - 1, 1);
            } else {
                int end =
                        elements.isEmpty() ? base.to() - 1 : elements.getLast().to();
                out.write(base.text(), end, base.to() - end);
            }
            return out.toByteArray();
        }

        private byte[] slice(int from, int to) {
            return Arrays.copyOfRange(base.text(), from, to);
        }
    }
}
