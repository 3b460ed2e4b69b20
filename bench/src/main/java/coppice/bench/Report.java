package coppice.bench;

import coppice.bench.peer.Peers;
import coppice.bench.people.PeopleStore;
import coppice.bench.search.ArticleStore;
import coppice.bench.search.VectorStore;
import coppice.bench.structure.StructureStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says in tables how a run came out.
record Report(Results results) {
    private static final String BEGIN = "<!-- measured: begin -->";
    private static final String END = "<!-- measured: end -->";
    private static final double DISTURBED_CORES = 0.3;

    /// The goals and how they came out.
    String goals() {
        var table = new Table(List.of("work", "rows", "Coppice", "compared with", "result (min–max)", "goal", ""));
        for (Goal.Outcome outcome : Goals.judge(results)) {
            table.add(List.of(
                    outcome.goal().metric().title(),
                    Numbers.rows(outcome.records()),
                    outcome.own(),
                    outcome.reference(),
                    outcome.result(),
                    outcome.goal().text(),
                    outcome.met() ? "met" : "short"));
        }
        return table.toString();
    }

    /// Everything that was measured, by store.
    String values() {
        List<String> peers = results.peers();
        List<String> headings = new ArrayList<>(List.of("work", "rows", "unit"));
        headings.addAll(peers);
        var table = new Table(headings);
        for (Metric metric : Metric.values()) {
            for (long records : results.sizes()) {
                List<String> cells = new ArrayList<>(List.of(metric.title(), Numbers.rows(records), metric.unit()));
                for (String peer : peers) {
                    Optional<Spread> spread = results.spread(peer, metric, records);
                    cells.add(spread.map(found -> Numbers.show(found, "")).orElse(""));
                }
                if (metric != Metric.FAILED && cells.stream().skip(3).anyMatch(cell -> !cell.isEmpty())) {
                    table.add(cells);
                }
            }
        }
        return table.toString();
    }

    /// What disturbed or failed.
    String remarks() {
        var text = new StringBuilder();
        long disturbed = results.samples().stream()
                .filter(sample -> sample.foreignCores() > DISTURBED_CORES)
                .count();
        text.append(results.rounds())
                .append(" rounds; ")
                .append(disturbed)
                .append(" of ")
                .append(results.samples().size())
                .append(" values were taken while others (the kernel's own threads included) used more than ")
                .append(DISTURBED_CORES)
                .append(" of a core.\n");
        for (Sample failure : results.failures()) {
            text.append("- round ")
                    .append(failure.round())
                    .append(", ")
                    .append(failure.peer())
                    .append(", ")
                    .append(Numbers.rows(failure.records()))
                    .append(" rows: ")
                    .append(failure.note())
                    .append('\n');
        }
        return text.toString();
    }

    /// Puts all of it between the marks of a document, whose other text stays.
    void fill(Path document) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(document + " has no lines " + BEGIN + " and " + END + " to fill");
        }
        Files.writeString(document, text.substring(0, begin) + BEGIN + "\n" + markdown() + text.substring(end));
    }

    private String markdown() {
        var facts = new Table(List.of("measured on", ""));
        results.facts().forEach((name, value) -> facts.add(List.of(name, value)));
        var settings = new Table(List.of("store", "settings"));
        for (String peer : results.peers()) {
            if (Peers.KEY_VALUE.contains(peer)) {
                settings.add(List.of(peer, Peers.named(peer).settings()));
            }
            if (PeopleStore.NAMES.contains(peer)) {
                settings.add(
                        List.of(peer + ", with indexes", PeopleStore.named(peer).settings()));
            }
            if (StructureStore.NAMES.contains(peer)) {
                settings.add(List.of(
                        peer + ", dicts and queues", StructureStore.named(peer).settings()));
            }
            if (ArticleStore.NAMES.contains(peer)) {
                settings.add(List.of(
                        peer + ", searches by words", ArticleStore.named(peer).settings()));
            }
            if (VectorStore.LOOKING.contains(peer) || VectorStore.WITH_GRAPHS.contains(peer)) {
                settings.add(List.of(peer + ", vectors", VectorStore.named(peer).settings()));
            }
        }
        return "\n## Goals\n\n" + goals() + "\n" + remarks()
                + "\n## All values\n\nMedians, with the least and the greatest" + " of all rounds.\n\n" + values()
                + "\n## Circumstances\n\n" + facts + "\n" + settings + "\n";
    }
}
