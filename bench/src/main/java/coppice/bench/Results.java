package coppice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What a run measured.
///
/// @param facts about the machine and the run, by name
record Results(Map<String, String> facts, List<Sample> samples) {
    static Results read(Path file) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Map<String, String> fields = JsonLine.read(line);
            Sample.of(fields).ifPresentOrElse(samples::add, () -> facts.putAll(fields));
        }
        return new Results(facts, samples);
    }

    /// A store's values of a metric, by round.
    Map<Integer, Double> values(String peer, Metric metric, long records) {
        Map<Integer, Double> values = new HashMap<>();
        for (Sample sample : samples) {
            if (sample.peer().equals(peer) && sample.metric() == metric && sample.records() == records) {
                values.put(sample.round(), sample.value());
            }
        }
        return values;
    }

    Optional<Spread> spread(String peer, Metric metric, long records) {
        Map<Integer, Double> values = values(peer, metric, records);
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values.values()));
    }

    /// The store among some whose median is the best, when any was measured.
    Optional<String> best(List<String> peers, Metric metric, long records) {
        Optional<String> best = Optional.empty();
        double median = 0;
        for (String peer : peers) {
            Optional<Spread> spread = spread(peer, metric, records);
            if (spread.isPresent()
                    && (best.isEmpty() || metric.better().prefers(spread.get().median(), median))) {
                best = Optional.of(peer);
                median = spread.get().median();
            }
        }
        return best;
    }

    /// The sizes of stores that were measured, smallest first.
    List<Long> sizes() {
        var sizes = new TreeSet<Long>();
        samples.forEach(sample -> sizes.add(sample.records()));
        return List.copyOf(sizes);
    }

    /// The stores that were measured, in the order in which they first appear.
    List<String> peers() {
        return samples.stream().map(Sample::peer).distinct().toList();
    }

    List<Sample> failures() {
        return samples.stream()
                .filter(sample -> sample.metric() == Metric.FAILED)
                .toList();
    }

    int rounds() {
        return samples.stream().mapToInt(Sample::round).max().orElse(0);
    }
}
