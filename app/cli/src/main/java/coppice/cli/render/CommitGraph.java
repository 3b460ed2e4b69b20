package coppice.cli.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws history as lanes beside one line per commit, newest first, as `git log --graph` does.
///
/// A lane waits for the commit that it leads to. A commit takes the first lane that waits for it and ends the others
/// there; its first parent continues its lane, the others get a lane of their own or join one that waits for them
/// already.
public final class CommitGraph {
    private static final Style[] LANES = {Style.CYAN, Style.MAGENTA, Style.YELLOW, Style.GREEN, Style.BLUE};
    private final List<@Nullable String> lanes = new ArrayList<>();
    private final List<Text> lines = new ArrayList<>();

    private CommitGraph() {}

    /// A commit to draw.
    ///
    /// @param id its name, unique in the drawing
    /// @param parents the names of its parents, the main one first
    /// @param label what stands beside it
    public record Node(String id, List<String> parents, Text label) {
        /// Copies the parents.
        public Node {
            parents = List.copyOf(parents);
        }
    }

    /// The lines of the drawing.
    ///
    /// @param nodes commits, each before its parents; parents that are not among them are drawn as lanes that go on
    public static List<Text> draw(List<Node> nodes) {
        CommitGraph graph = new CommitGraph();
        nodes.forEach(graph::add);
        return List.copyOf(graph.lines);
    }

    private void add(Node node) {
        int lane = lanes.indexOf(node.id());
        if (lane < 0) {
            lane = take(0, node.id());
        }
        for (int other = lanes.size() - 1; other > lane; other--) {
            if (node.id().equals(lanes.get(other))) {
                lines.add(bend(lane, other, '╯'));
                lanes.set(other, null);
            }
        }
        trim();
        lines.add(commit(lane).plus("  ").plus(node.label()));
        List<String> parents = node.parents();
        lanes.set(lane, parents.isEmpty() ? null : parents.getFirst());
        for (int i = 1; i < parents.size(); i++) {
            int known = lanes.indexOf(parents.get(i));
            if (known < 0) {
                int fresh = take(lane + 1, parents.get(i));
                lines.add(bend(lane, fresh, '╮'));
            } else if (known != lane) {
                lines.add(known > lane ? bend(lane, known, '┤') : bend(known, lane, '┤'));
            }
        }
        trim();
    }

    private int take(int from, String id) {
        for (int i = from; i < lanes.size(); i++) {
            if (lanes.get(i) == null) {
                lanes.set(i, id);
                return i;
            }
        }
        lanes.add(id);
        return lanes.size() - 1;
    }

    private void trim() {
        while (!lanes.isEmpty() && lanes.getLast() == null) {
            lanes.removeLast();
        }
    }

    private Text commit(int at) {
        Text line = Text.of(" ");
        for (int i = 0; i < Math.max(lanes.size(), at + 1); i++) {
            boolean used = i < lanes.size() && lanes.get(i) != null;
            line = line.plus(i == at ? "●" : used ? "│" : " ", style(i)).plus(" ");
        }
        return line;
    }

    /// The line where lane `right` leaves or joins lane `left`.
    private Text bend(int left, int right, char corner) {
        Text line = Text.of(" ");
        for (int i = 0; i < Math.max(lanes.size(), right + 1); i++) {
            boolean used = i < lanes.size() && lanes.get(i) != null;
            boolean inside = i >= left && i < right;
            String sign;
            if (i == left) {
                sign = "├";
            } else if (i == right) {
                sign = String.valueOf(corner);
            } else if (inside) {
                sign = used ? "┼" : "─";
            } else {
                sign = used ? "│" : " ";
            }
            boolean crossing = inside && i != left && !used;
            line = line.plus(sign, style(crossing ? right : i)).plus(inside ? "─" : " ", style(right));
        }
        return line;
    }

    private static Style style(int lane) {
        return LANES[lane % LANES.length];
    }
}
