package coppice.expression;

import coppice.expression.Expression.Item;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.Step;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of a document that expressions want, as a tree of steps. Each part has a number; those inside it have
/// the numbers that follow.
final class Wanted {
    private static final byte[][] NO_NAMES = {};
    private static final int[] NO_INDEXES = {};
    private static final Wanted[] NONE = {};

    private final Map<Step, Wanted> parts = new LinkedHashMap<>();
    private byte[][] names = NO_NAMES;
    private int[] indexes = NO_INDEXES;
    private Wanted[] members = NONE;
    private Wanted[] items = NONE;
    private int number;
    private int end;

    private Wanted() {}

    /// What expressions want: the document, and parts of it.
    static Wanted by(List<Expression> expressions) {
        Wanted document = new Wanted();
        expressions.forEach(expression -> Parts.paths(expression, document::add));
        document.settle(0);
        return document;
    }

    private void add(Path path) {
        Wanted part = this;
        for (Step step : path.steps()) {
            part = part.parts.computeIfAbsent(bare(step), _ -> new Wanted());
        }
    }

    /// The names of documents have no halves of surrogate pairs.
    private static Step bare(Step step) {
        return step instanceof Member(String name) ? new Member(Text.of(name).toString()) : step;
    }

    private int settle(int first) {
        number = first;
        end = first + 1;
        names = new byte[parts.size()][];
        indexes = new int[parts.size()];
        members = new Wanted[parts.size()];
        items = new Wanted[parts.size()];
        int memberCount = 0;
        int itemCount = 0;
        for (Map.Entry<Step, Wanted> entry : parts.entrySet()) {
            Wanted part = entry.getValue();
            end = part.settle(end);
            switch (entry.getKey()) {
                case Member(String name) -> {
                    names[memberCount] = Text.of(name).utf8();
                    members[memberCount++] = part;
                }
                case Item(int index) -> {
                    indexes[itemCount] = index;
                    items[itemCount++] = part;
                }
            }
        }
        names = Arrays.copyOf(names, memberCount);
        members = Arrays.copyOf(members, memberCount);
        indexes = Arrays.copyOf(indexes, itemCount);
        items = Arrays.copyOf(items, itemCount);
        return end;
    }

    /// The number of the part at a path that one of the expressions has.
    int number(Path path) {
        Wanted part = this;
        for (Step step : path.steps()) {
            part = part.part(bare(step));
        }
        return part.number;
    }

    private Wanted part(Step step) {
        Wanted part = parts.get(step);
        if (part == null) {
            throw new IllegalArgumentException("Nothing wants " + step);
        }
        return part;
    }

    /// Its number, from 0.
    int number() {
        return number;
    }

    /// One more than the last number inside it.
    int end() {
        return end;
    }

    /// What is wanted of the member of a name, given as plain UTF-8 in a part of an array.
    @Nullable
    Wanted member(byte[] text, int from, int to) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].length == to - from && Arrays.equals(names[i], 0, to - from, text, from, to)) {
                return members[i];
            }
        }
        return null;
    }

    /// What is wanted of an item.
    @Nullable
    Wanted item(int index) {
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i] == index) {
                return items[i];
            }
        }
        return null;
    }

    /// Whether it wants members.
    boolean hasMembers() {
        return names.length > 0;
    }
}
