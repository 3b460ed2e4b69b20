package coppice.structure.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which nodes hang together: a forest of nodes, where a tree is a group (Galler and Fischer 1964, with paths
/// halved). Knows nodes only, however many edges there are.
final class Groups {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> nodes = new ArrayList<>();
    private final List<Integer> above = new ArrayList<>();

    /// Two nodes hang together.
    void join(String one, String other) {
        int a = root(number(one));
        int b = root(number(other));
        above.set(Math.max(a, b), Math.min(a, b));
    }

    private int number(String node) {
        return numbers.computeIfAbsent(node, text -> {
            nodes.add(text);
            above.add(above.size());
            return above.size() - 1;
        });
    }

    private int root(int node) {
        int at = node;
        while (above.get(at) != at) {
            above.set(at, above.get(above.get(at)));
            at = above.get(at);
        }
        return at;
    }

    /// The groups, the largest first; of the same size, by their first node.
    List<List<String>> all() {
        Map<Integer, List<String>> groups = new TreeMap<>();
        for (int node = 0; node < nodes.size(); node++) {
            groups.computeIfAbsent(root(node), _ -> new ArrayList<>()).add(nodes.get(node));
        }
        List<List<String>> all = new ArrayList<>(groups.values());
        all.forEach(group -> group.sort(Comparator.naturalOrder()));
        all.sort(Comparator.<List<String>>comparingInt(List::size).reversed().thenComparing(List::getFirst));
        return all;
    }
}
