package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.structure.GraphView;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Ranked;
import coppice.api.structure.Route;
import coppice.api.structure.Visit;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads and changes graphs: nodes, and the edges between them.
final class GraphTask extends StructureTask {
    private static final double DAMPING = 0.85;
    private static final double TOLERANCE = 1e-9;

    private enum Step {
        link(4, "NAME FROM LABEL TO"),
        unlink(4, "NAME FROM LABEL TO"),
        out(2, "NAME NODE"),
        in(2, "NAME NODE"),
        nodes(1, "NAME"),
        walk(2, "NAME NODE"),
        path(3, "NAME FROM TO"),
        groups(1, "NAME"),
        rank(1, "NAME"),
        cores(1, "NAME"),
        count(1, "NAME"),
        clear(1, "NAME"),
        dump(1, "NAME"),
        load(2, "NAME FILE");

        private final int words;
        private final String usage;

        Step(int words, String usage) {
            this.words = words;
            this.usage = usage;
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            description = "link NAME FROM LABEL TO, unlink NAME FROM LABEL TO, out NAME NODE (edges from it), in NAME "
                    + "NODE (edges to it), nodes NAME, walk NAME NODE (what can be come to, the nearest first), path "
                    + "NAME FROM TO, groups NAME (what hangs together), rank NAME (PageRank), cores NAME, count NAME, "
                    + "clear NAME, dump NAME (JSON lines to standard output), or load NAME FILE.")
    private Step step = Step.nodes;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(names = "--weight", paramLabel = "NUMBER", description = "With link: 0 or more, 1 unless told otherwise.")
    private double weight = 1;

    @Option(names = "--data", paramLabel = "VALUE", description = "With link: JSON, or else text.")
    private Optional<String> data = Optional.empty();

    @Mixin
    private final ReachOption reach = new ReachOption();

    @Option(names = "--cost", paramLabel = "NUMBER", description = "With walk: by weights, to no more than this.")
    private Optional<Double> cost = Optional.empty();

    @Option(names = "--weighted", description = "With path: of the least sum of weights, not of the fewest edges.")
    private boolean weighted;

    @Mixin
    private final LoadOption loading = new LoadOption();

    @Override
    boolean mayCreate() {
        return step == Step.link || step == Step.load;
    }

    @Override
    void checkWords() {
        if (words.size() != step.words) {
            throw Failure.usage("coppice graph " + step + " " + step.usage);
        }
        reach.check();
        if (!(weight >= 0)
                || Double.isInfinite(weight)
                || cost.filter(most -> !(most >= 0)).isPresent()) {
            throw Failure.usage("--weight and --cost are 0 or more");
        }
    }

    @Override
    int run(Database db) {
        switch (step) {
            case link -> link(db);
            case unlink -> unlink(db);
            case out ->
                EdgeTable.show(
                        this,
                        reach.labels().isEmpty()
                                ? graph(db).out(word(1))
                                : each(label -> graph(db).out(word(1), label)));
            case in ->
                EdgeTable.show(
                        this,
                        reach.labels().isEmpty()
                                ? graph(db).in(word(1))
                                : each(label -> graph(db).in(word(1), label)));
            case nodes -> lines("node", graph(db).nodes());
            case walk -> walk(db);
            case path -> path(db);
            case groups -> groups(db);
            case rank -> rank(db);
            case cores -> cores(db);
            case count -> number("count", graph(db).count());
            case clear -> clear(db);
            case dump -> dump(graph(db)::dump);
            case load -> load(db);
        }
        return OK;
    }

    private String word(int index) {
        return words.get(index);
    }

    private String name() {
        return word(0);
    }

    private GraphView<Object> graph(Database db) {
        Snapshot state = state(db);
        if (state.structures().find(name()).isEmpty()) {
            throw missing(state, "graph", name(), "");
        }
        return state.graph(name());
    }

    private <T> Stream<T> each(Function<String, Stream<T>> edges) {
        return reach.labels().stream().sorted().flatMap(edges);
    }

    private Written written(String said, String what) {
        return new Written(said, Json.object("branch", branchName(), what, name()));
    }

    /// Stored as it was typed, so that `1.0` stays that.
    private void link(Database db) {
        Json.Obj item = Json.object(
                "from",
                word(1),
                "label",
                word(2),
                "to",
                word(3),
                "data",
                data.map(this::value).orElse(null));
        byte[] line =
                (item.text().substring(0, item.text().length() - 1) + ",\"weight\":" + weight + "}").getBytes(UTF_8);
        write(db, transaction -> {
            load(transaction.graph(name())::load, line, LoadMode.ADD);
            return written("linked " + word(1) + " to " + word(3) + " in " + name(), "linked");
        });
    }

    private void unlink(Database db) {
        if (!graph(db).linked(word(1), word(2), word(3))) {
            throw new Failure(
                    "there is no edge '" + word(2) + "' from " + word(1) + " to " + word(3) + " in " + name());
        }
        write(db, transaction -> {
            transaction.graph(name()).unlink(word(1), word(2), word(3));
            return written("unlinked " + word(1) + " from " + word(3) + " in " + name(), "unlinked");
        });
    }

    private void clear(Database db) {
        write(db, transaction -> {
            transaction.graph(name()).clear();
            return written("cleared " + name(), "cleared");
        });
    }

    private void load(Database db) {
        String file = word(1);
        byte[] lines = content(file);
        LoadMode mode = loading.mode();
        write(db, transaction -> {
            load(transaction.graph(name())::load, lines, mode);
            return written("loaded " + file + " into " + name(), "loaded");
        });
    }

    private void shown(Table table) {
        if (!isJson()) {
            screen().table(table);
        }
    }

    private void lines(String what, Stream<String> all) {
        Table table = new Table().words(what);
        try (all) {
            all.limit(limit()).forEach(one -> {
                if (isJson()) {
                    json(Json.object(what, one));
                }
                table.row(Text.of(one, Style.CYAN));
            });
        }
        shown(table);
    }

    private void walk(Database db) {
        GraphView<Object> graph = graph(db);
        Table table = new Table().words("node").numbers("hops").numbers("cost").words("from");
        try (Stream<Visit> visits = cost.map(most -> graph.expand(word(1), most, reach.reach()))
                .orElseGet(() -> graph.walk(word(1), reach.reach()))) {
            visits.limit(limit()).forEach(visit -> {
                if (isJson()) {
                    json(Json.object("node", visit.node(), "hops", visit.hops())
                            .with("cost", new Json.Num(Double.toString(visit.cost()))));
                }
                table.row(
                        Text.of(visit.node(), Style.CYAN),
                        Text.of(Integer.toString(visit.hops())),
                        Text.of(Double.toString(visit.cost())),
                        Text.of(visit.before().orElse("-")));
            });
        }
        shown(table);
    }

    private void path(Database db) {
        GraphView<Object> graph = graph(db);
        Route<Object> route = (weighted
                        ? graph.cheapest(word(1), word(2), reach.reach())
                        : graph.shortest(word(1), word(2), reach.reach()))
                .orElseThrow(() -> new Failure("there is no way from " + word(1) + " to " + word(2)));
        if (isJson()) {
            json(Json.object("nodes", Json.strings(route.nodes()))
                    .with("cost", new Json.Num(Double.toString(route.cost()))));
        } else {
            screen().line(String.join(" > ", route.nodes()) + "  " + route.cost());
        }
    }

    private void groups(Database db) {
        Table table = new Table().numbers("nodes").words("first");
        graph(db).components(reach.reach()).stream().limit(limit()).forEach(group -> {
            if (isJson()) {
                json(Json.object("nodes", Json.strings(group)));
            }
            table.row(Text.of(Integer.toString(group.size())), Text.of(group.getFirst(), Style.CYAN));
        });
        shown(table);
    }

    private void rank(Database db) {
        ranked("rank", graph(db).pageRank(reach.reach(), DAMPING, TOLERANCE).stream());
    }

    private void cores(Database db) {
        ranked(
                "core",
                graph(db).cores(reach.reach()).entrySet().stream()
                        .map(core -> new Ranked(core.getKey(), core.getValue()))
                        .sorted(Comparator.comparingDouble(Ranked::rank).reversed()));
    }

    private void ranked(String what, Stream<Ranked> all) {
        Table table = new Table().words("node").numbers(what);
        all.limit(limit()).forEach(one -> {
            if (isJson()) {
                json(Json.object("node", one.node()).with(what, new Json.Num(Double.toString(one.rank()))));
            }
            table.row(Text.of(one.node(), Style.CYAN), Text.of("%.4f".formatted(one.rank())));
        });
        shown(table);
    }
}
