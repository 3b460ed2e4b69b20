package coppice.structure.graph;

import coppice.api.structure.Ranked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A graph in memory with numbers in place of nodes, for what looks at all of it many times: 16 bytes for each
/// edge.
final class Numbered {
    private static final int ROUNDS_MAX = 100;

    private final List<String> nodes = new ArrayList<>();
    private int[] from = new int[64];
    private int[] to = new int[64];
    private double[] weights = new double[64];
    private int count;

    private Numbered() {}

    /// @param isTurned whether edges are followed against the way they lead
    static Numbered of(Adjacency edges, Search.Cost weight, boolean isTurned) {
        Numbered graph = new Numbered();
        Map<String, Integer> numbers = new HashMap<>();
        edges.visitAll((edge, _, row) -> {
            int begin = graph.number(numbers, edge.node());
            int end = graph.number(numbers, edge.other());
            graph.add(isTurned ? end : begin, isTurned ? begin : end, weight.of(edge, row));
        });
        return graph;
    }

    private int number(Map<String, Integer> numbers, String node) {
        return numbers.computeIfAbsent(node, text -> {
            nodes.add(text);
            return nodes.size() - 1;
        });
    }

    private void add(int begin, int end, double weight) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            weights = Arrays.copyOf(weights, 2 * count);
        }
        from[count] = begin;
        to[count] = end;
        weights[count] = weight;
        count++;
    }

    /// The figures of nodes, see [coppice.api.structure.GraphView#pageRank].
    ///
    /// @param both whether edges are followed both ways
    List<Ranked> pageRank(boolean both, double damping, double tolerance) {
        int n = nodes.size();
        double[] sums = new double[n];
        for (int i = 0; i < count; i++) {
            sums[from[i]] += weights[i];
            sums[to[i]] += both ? weights[i] : 0;
        }
        double[] ranks = new double[n];
        Arrays.fill(ranks, 1.0 / n);
        for (int round = 0; round < ROUNDS_MAX; round++) {
            double[] next = round(ranks, sums, both, damping);
            double change = 0;
            for (int i = 0; i < n; i++) {
                change += Math.abs(next[i] - ranks[i]);
            }
            ranks = next;
            if (change <= tolerance) {
                break;
            }
        }
        List<Ranked> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            all.add(new Ranked(nodes.get(i), ranks[i]));
        }
        all.sort(Comparator.comparingDouble(Ranked::rank).reversed().thenComparing(Ranked::node));
        return all;
    }

    private double[] round(double[] ranks, double[] sums, boolean both, double damping) {
        int n = ranks.length;
        double ended = 0; // where no edge leads on, one begins anywhere again
        for (int i = 0; i < n; i++) {
            ended += sums[i] == 0 ? ranks[i] : 0;
        }
        double[] next = new double[n];
        Arrays.fill(next, (1 - damping + damping * ended) / n);
        for (int i = 0; i < count; i++) {
            if (weights[i] > 0) {
                next[to[i]] += damping * ranks[from[i]] * weights[i] / sums[from[i]];
                if (both) {
                    next[from[i]] += damping * ranks[to[i]] * weights[i] / sums[to[i]];
                }
            }
        }
        return next;
    }

    /// The core of each node; see [coppice.api.structure.GraphView#cores]. Takes nodes away in the order of how
    /// many neighbours they have left, which buckets keep.
    Map<String, Integer> cores() {
        int n = nodes.size();
        int[][] neighbours = neighbours();
        int[] degree = new int[n];
        int largest = 0;
        for (int i = 0; i < n; i++) {
            degree[i] = neighbours[i].length;
            largest = Math.max(largest, degree[i]);
        }
        int[] begin = new int[largest + 2];
        for (int one : degree) {
            begin[one + 1]++;
        }
        for (int i = 1; i < begin.length; i++) {
            begin[i] += begin[i - 1];
        }
        int[] order = new int[n];
        int[] place = new int[n];
        int[] filled = Arrays.copyOf(begin, begin.length);
        for (int i = 0; i < n; i++) {
            place[i] = filled[degree[i]]++;
            order[place[i]] = i;
        }
        for (int at = 0; at < n; at++) {
            int node = order[at];
            for (int other : neighbours[node]) {
                if (degree[other] > degree[node]) {
                    int first = begin[degree[other]]++;
                    swap(order, place, place[other], first);
                    degree[other]--;
                }
            }
        }
        Map<String, Integer> cores = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            cores.put(nodes.get(i), degree[i]);
        }
        return cores;
    }

    private static void swap(int[] order, int[] place, int one, int other) {
        int node = order[one];
        order[one] = order[other];
        order[other] = node;
        place[order[one]] = one;
        place[node] = other;
    }

    /// The nodes next to each, whichever way edges lead, each once and without itself.
    private int[][] neighbours() {
        int[] counts = new int[nodes.size()];
        for (int i = 0; i < count; i++) {
            counts[from[i]]++;
            counts[to[i]]++;
        }
        int[][] all = new int[counts.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new int[counts[i]];
            counts[i] = 0;
        }
        for (int i = 0; i < count; i++) {
            all[from[i]][counts[from[i]]++] = to[i];
            all[to[i]][counts[to[i]]++] = from[i];
        }
        for (int i = 0; i < all.length; i++) {
            int own = i;
            all[i] = Arrays.stream(all[i])
                    .filter(other -> other != own)
                    .sorted()
                    .distinct()
                    .toArray();
        }
        return all;
    }
}
