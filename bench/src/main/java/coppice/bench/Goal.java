package coppice.bench;

import coppice.bench.peer.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Something that was promised and can be judged by measured values.
sealed interface Goal {
    Metric metric();

    /// In words.
    String text();

    /// How it came out for stores of a size, when it was measured at that size.
    Optional<Outcome> judge(Results results, long records);

    /// The goal's outcome.
    ///
    /// @param own the median of Coppice
    /// @param reference what it is compared with
    /// @param result what is judged
    record Outcome(Goal goal, long records, String own, String reference, String result, boolean met) {}

    /// A ratio to the best of some peers, taken round by round, whose median is judged. It is to be at least the bound
    /// where higher values are better, and at most the bound where lower ones are.
    record Ratio(Metric metric, List<String> peers, double bound) implements Goal {
        @Override
        public String text() {
            String relation = metric.better() == Metric.Better.HIGHER ? "≥ " : "≤ ";
            return relation + Numbers.show(bound) + "x " + (peers.size() == 1 ? peers.getFirst() : "the best of them");
        }

        @Override
        public Optional<Outcome> judge(Results results, long records) {
            Map<Integer, Double> own = results.values(Peers.COPPICE, metric, records);
            Optional<String> peer = results.best(peers, metric, records);
            if (own.isEmpty() || peer.isEmpty()) {
                return Optional.empty();
            }
            Map<Integer, Double> other = results.values(peer.get(), metric, records);
            List<Double> ratios = new ArrayList<>();
            own.forEach((round, value) -> {
                if (other.containsKey(round)) {
                    ratios.add(value / other.get(round));
                }
            });
            if (ratios.isEmpty()) {
                return Optional.empty();
            }
            Spread ratio = Spread.of(ratios);
            return Optional.of(new Outcome(
                    this,
                    records,
                    Numbers.show(Spread.of(own.values()).median()) + " " + metric.unit(),
                    peer.get() + " " + Numbers.show(Spread.of(other.values()).median()),
                    Numbers.show(ratio, "x"),
                    ratio.median() == bound || metric.better().prefers(ratio.median(), bound)));
        }
    }

    /// A value of our own that is to be at most so much, or at least where higher values are better.
    record Limit(Metric metric, double bound) implements Goal {
        @Override
        public String text() {
            String relation = metric.better() == Metric.Better.HIGHER ? "≥ " : "≤ ";
            return relation + Numbers.show(bound) + " " + metric.unit();
        }

        @Override
        public Optional<Outcome> judge(Results results, long records) {
            return results.spread(Peers.COPPICE, metric, records)
                    .map(own -> new Outcome(
                            this,
                            records,
                            Numbers.show(own.median()) + " " + metric.unit(),
                            reference(results, records),
                            Numbers.show(own, " " + metric.unit()),
                            own.median() == bound || metric.better().prefers(own.median(), bound)));
        }

        private String reference(Results results, long records) {
            return results.best(Goals.DATABASES, metric, records)
                    .flatMap(peer -> results.spread(peer, metric, records)
                            .map(spread -> String.format(Locale.ROOT, "%s %s", peer, Numbers.show(spread.median()))))
                    .orElse("");
        }
    }

    /// Something that has to work, whatever time it takes.
    record Works(Metric metric) implements Goal {
        @Override
        public String text() {
            return "works";
        }

        @Override
        public Optional<Outcome> judge(Results results, long records) {
            return results.spread(Peers.COPPICE, metric, records)
                    .map(own -> new Outcome(
                            this, records, Numbers.show(own.median()) + " " + metric.unit(), "", "works", true));
        }
    }
}
