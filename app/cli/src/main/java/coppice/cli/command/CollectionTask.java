package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.search.Embedding;
import coppice.api.search.Hit;
import coppice.api.search.HybridSearch;
import coppice.api.search.Scan;
import coppice.api.search.Similarity;
import coppice.api.search.TextOptions;
import coppice.api.search.TextSearch;
import coppice.api.search.VectorSearch;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.Edge;
import coppice.api.structure.GraphView;
import coppice.api.structure.Keys;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Reach;
import coppice.api.structure.Reached;
import coppice.api.structure.Structured;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Indexes documents of collections, and searches them.
final class CollectionTask extends SearchTask {
    private enum Step {
        index(1, 3, "NAME [ID] DOCUMENT, or NAME --lines FILE"),
        get(2, 2, "NAME ID"),
        drop(2, 2, "NAME ID"),
        list(1, 1, "NAME"),
        count(1, 1, "NAME"),
        search(2, Integer.MAX_VALUE, "NAME VECTOR, or NAME TEXT -- COMMAND ..."),
        embed(2, Integer.MAX_VALUE, "NAME -- COMMAND ..."),
        connect(4, 4, "NAME FROM LABEL TO"),
        disconnect(4, 4, "NAME FROM LABEL TO"),
        edges(2, 2, "NAME ID"),
        neighbors(2, 2, "NAME ID"),
        walk(2, 2, "NAME ID"),
        match(2, 2, "NAME TEXT"),
        hybrid(3, 3, "NAME TEXT VECTOR"),
        explain(2, 2, "NAME VECTOR|TEXT"),
        suggest(2, 2, "NAME TEXT"),
        text(1, 1, "NAME"),
        clear(1, 1, "NAME"),
        dump(1, 1, "NAME"),
        load(2, 2, "NAME FILE");

        private final int least;
        private final int most;
        private final String usage;

        Step(int least, int most, String usage) {
            this.least = least;
            this.most = most;
            this.usage = usage;
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            description = "index NAME [ID] DOCUMENT (the id is its member id unless told otherwise), get NAME ID, drop "
                    + "NAME ID, list NAME, count NAME, search NAME VECTOR (the nearest documents), search NAME "
                    + "TEXT -- COMMAND ... (a program makes the vector), embed NAME -- COMMAND ... (it makes those of "
                    + "all documents), match NAME TEXT "
                    + "(those that have its words), hybrid NAME TEXT VECTOR (both), explain NAME VECTOR|TEXT (how "
                    + "that is answered), suggest NAME TEXT (words that begin as its last one), text NAME (how texts "
                    + "are searched, or are to be), connect NAME FROM LABEL TO (an edge between documents), "
                    + "disconnect NAME FROM LABEL TO, edges NAME ID, neighbors NAME ID, walk NAME ID (what can be "
                    + "come to), clear NAME, dump NAME (JSON lines to standard output), or load NAME FILE. A document "
                    + "is JSON, a vector an array of numbers; - stands for standard input.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(
            names = "--vector",
            paramLabel = "VECTOR",
            description = "With index: what the document is found by; with --lines the member that has it, which is no "
                    + "part of the document then.")
    private Optional<String> vector = Optional.empty();

    @Option(
            names = "--similarity",
            paramLabel = "NAME",
            description = "How vectors are compared, cosine unless told otherwise: cosine, dot, euclidean, manhattan. "
                    + "The first vector decides for all.")
    private Optional<String> similarity = Optional.empty();

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "With searches and explain: only documents for which this is true: year >= 2020.")
    private List<String> conditions = new ArrayList<>();

    @Option(
            names = "--scan",
            paramLabel = "FORM",
            description = "With search and explain: in which form vectors are looked at: float, int8 (which finds the "
                    + "same, sooner) or binary (which may miss some). Float or int8, by size, unless told otherwise.")
    private Optional<String> scan = Optional.empty();

    @Option(
            names = "--approximate",
            description = "With search and explain: look at vectors only to which a graph leads: sooner where they are "
                    + "many, but some of the nearest may be missing.")
    private boolean isApproximate;

    @Mixin
    private final LinesOption lines = new LinesOption();

    @Option(
            names = "--weight",
            paramLabel = "NUMBER",
            description = "With connect: 0 or more, 1 unless told otherwise.")
    private double weight = 1;

    @Option(names = "--data", paramLabel = "VALUE", description = "With connect: JSON, or else text.")
    private Optional<String> data = Optional.empty();

    @Mixin
    private final ReachOption reach = new ReachOption();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final WordOptions wording = new WordOptions();

    @Mixin
    private final LoadOption loading = new LoadOption();

    @Override
    boolean mayCreate() {
        return step == Step.index || step == Step.load;
    }

    @Override
    void checkWords() {
        boolean isWhole = step != Step.index || words.size() == 1 == lines.areThere();
        if (words.size() < step.least || words.size() > step.most || !isWhole) {
            throw Failure.usage("coppice collection " + step + " " + step.usage);
        }
        lines.check();
        reach.check();
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw Failure.usage("--weight is 0 or more");
        }
        if ((vector.isPresent() || lines.areThere()) && step != Step.index) {
            throw Failure.usage("--vector and --lines are for index");
        }
        if (!conditions.isEmpty() && !isSearching()) {
            throw Failure.usage(
                    "--where is for searches and explain; coppice query asks for documents by what is in them");
        }
        if (scan.isPresent() && step != Step.search && step != Step.explain) {
            throw Failure.usage("--scan is for search and explain");
        }
        if (isApproximate && ((step != Step.search && step != Step.explain) || scan.isPresent())) {
            throw Failure.usage("--approximate is for search and explain, without --scan");
        }
        model.check(step == Step.embed, step == Step.search && words.size() > 2);
        wording.check(step == Step.match, step == Step.hybrid, step == Step.text);
        similarity.ifPresent(CollectionTask::similarity);
        scan.ifPresent(CollectionTask::scan);
    }

    private static Scan scan(String word) {
        return named(Scan.class, "--scan", word);
    }

    private boolean isSearching() {
        return switch (step) {
            case search, match, hybrid, explain -> true;
            default -> false;
        };
    }

    private static Similarity similarity(String word) {
        return named(Similarity.class, "--similarity", word);
    }

    @Override
    int run(Database db) {
        switch (step) {
            case index -> index(db);
            case get -> get(db);
            case drop -> drop(db);
            case list -> list(documents(db).documents(Keys.all()));
            case count -> number("count", documents(db).count());
            case connect -> connect(db);
            case disconnect -> disconnect(db);
            case edges -> edges(documents(db).edges());
            case neighbors -> list(documents(db).neighbors(words.get(1), reach.reach()));
            case walk -> walk(documents(db));
            case search -> show(searching(db).hits());
            case embed -> embed(db);
            case match -> match(db);
            case hybrid -> show(both(db).hits());
            case explain -> explain(db);
            case suggest -> suggest(db);
            case text -> text(db);
            case clear -> clear(db);
            case dump -> dump(documents(db)::dump);
            case load -> load(db);
        }
        return OK;
    }

    private String name() {
        return words.getFirst();
    }

    private DocumentsView<Object> documents(Database db) {
        Snapshot state = state(db);
        if (state.structures().find(name()).isEmpty()) {
            throw missing(state, "collection", name(), "");
        }
        return state.collection(name());
    }

    private Documents<Object> opened(Structured state) {
        Documents<Object> documents = state.collection(name());
        return similarity.map(CollectionTask::similarity).map(documents::with).orElse(documents);
    }

    private float[] vector(String word) {
        return vector(value(word));
    }

    private float[] vector(Json word) {
        return UntypedJson.vector(word)
                .orElseThrow(() ->
                        Failure.usage("a vector is an array of numbers, such as [0.1,0.9], not '" + word.text() + "'"));
    }

    private void index(Database db) {
        if (lines.areThere()) {
            indexLines(db);
        } else {
            indexOne(db);
        }
    }

    private void indexLines(Database db) {
        long count;
        try (StageBar bar = bar()) {
            Documents<Object> documents = opened(branch(db));
            count = lines.read(
                    shell(),
                    vector,
                    this::vector,
                    all -> documents.indexAll(all, lines.options().telling(bar)));
        }
        written(
                db,
                new Written(
                        "indexed " + Amounts.count(count, "document") + " of " + lines.source() + " in " + name(),
                        Json.object("branch", branchName(), "collection", name(), "documents", count)));
    }

    private void embed(Database db) {
        documents(db); // which has to be there
        long count;
        try (StageBar bar = bar()) {
            count = opened(branch(db)).embedWith(embedding(1)).reembed(bar);
        }
        written(
                db,
                new Written(
                        "embedded " + Amounts.count(count, "document") + " of " + name(),
                        Json.object("branch", branchName(), "collection", name(), "embedded", count)));
    }

    private Embedding<Object> embedding(int from) {
        return model.embedding(shell(), words.subList(from, words.size()));
    }

    private void indexOne(Database db) {
        Json document = value(words.getLast());
        Object stored = UntypedJson.value(document);
        if (stored == null) {
            throw Failure.usage("null is no document");
        }
        Optional<float[]> with = vector.map(this::vector);
        write(db, transaction -> {
            Documents<Object> documents = opened(transaction);
            String id = words.size() > 2 ? words.get(1) : id(document);
            with.ifPresentOrElse(numbers -> documents.index(id, stored, numbers), () -> documents.index(id, stored));
            return new Written("indexed " + id + " in " + name(), Json.object("branch", branchName(), "indexed", id));
        });
    }

    private String id(Json document) {
        if (document instanceof Json.Obj object && object.members().get("id") instanceof Json.Str(String id)) {
            return id;
        }
        throw Failure.usage("the document has no member 'id' that is text: coppice collection index " + name()
                + " ID DOCUMENT says one");
    }

    private void get(Database db) {
        Snapshot state = state(db);
        String id = words.get(1);
        byte[] document = state.structures()
                .find(name())
                .flatMap(_ -> state.space(name()).get(id.getBytes(UTF_8)))
                .orElseThrow(
                        () -> missing(state, "collection", name(), "there is no document '" + id + "' in " + name()));
        print(document, () -> Json.object("id", id, "document", json(document)));
    }

    private void drop(Database db) {
        String id = words.get(1);
        write(db, transaction -> {
            boolean wasThere = opened(transaction).drop(id);
            return new Written(
                    wasThere ? "dropped " + id + " from " + name() : "there is no " + id + " in " + name(),
                    Json.object("branch", branchName(), "dropped", wasThere));
        });
    }

    private void clear(Database db) {
        write(db, transaction -> {
            opened(transaction).clear();
            return new Written("cleared " + name(), Json.object("branch", branchName(), "cleared", name()));
        });
    }

    private void load(Database db) {
        byte[] lines = content(words.get(1));
        LoadMode mode = loading.mode();
        write(db, transaction -> {
            long count = load(opened(transaction)::load, lines, mode);
            return new Written(
                    "loaded " + count + " into " + name(), Json.object("branch", branchName(), "loaded", count));
        });
    }

    private void connect(Database db) {
        Edge<Object> edge = Edge.of(words.get(1), words.get(2), words.get(3)).withWeight(weight);
        Object value = data.map(this::value).map(UntypedJson::value).orElse(null);
        write(db, transaction -> {
            opened(transaction).connect(value == null ? edge : edge.withData(value));
            return new Written(
                    "connected " + edge.from() + " with " + edge.to() + " in " + name(),
                    Json.object("branch", branchName(), "connected", name()));
        });
    }

    private void disconnect(Database db) {
        write(db, transaction -> {
            boolean wasThere = opened(transaction).disconnect(words.get(1), words.get(2), words.get(3));
            return new Written(
                    wasThere
                            ? "disconnected " + words.get(1) + " from " + words.get(3) + " in " + name()
                            : "there is no such edge in " + name(),
                    Json.object("branch", branchName(), "disconnected", wasThere));
        });
    }

    private void edges(GraphView<Object> edges) {
        String id = words.get(1);
        Reach wanted = reach.reach();
        Stream<Edge<Object>> out = wanted.direction() == Reach.Direction.IN ? Stream.empty() : edges.out(id);
        Stream<Edge<Object>> in = wanted.direction() == Reach.Direction.OUT ? Stream.empty() : edges.in(id);
        boolean isBoth = wanted.direction() == Reach.Direction.BOTH;
        EdgeTable.show(
                this,
                Stream.concat(out, in.filter(edge -> !isBoth || !edge.from().equals(id))) // a loop once
                        .filter(edge ->
                                wanted.labels().isEmpty() || wanted.labels().contains(edge.label())));
    }

    private void walk(DocumentsView<Object> documents) {
        Table table = new Table().numbers("hops").words("from").words("id").words("document");
        try (Stream<Reached<Object>> all = documents.walk(words.get(1), reach.reach())) {
            all.limit(limit()).forEach(one -> {
                String id = one.document().id();
                Json document = UntypedJson.json(one.document().value());
                if (isJson()) {
                    json(Json.object(
                            "id", id, "hops", one.hops(), "from", one.before().orElse(null), "document", document));
                }
                table.row(
                        Text.of(Integer.toString(one.hops())),
                        Text.of(one.before().orElse("-"), Style.CYAN),
                        Text.of(id, Style.CYAN),
                        Text.of(document.text()));
            });
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private VectorSearch<Object> searching(Database db) {
        DocumentsView<Object> documents = documents(db);
        VectorSearch<Object> search = (words.size() > 2
                        ? documents.embedWith(embedding(2)).search(words.get(1))
                        : documents.search(vector(words.get(1))))
                .topK(limit());
        for (String condition : conditions) {
            search = search.where(condition);
        }
        VectorSearch<Object> asked = isApproximate ? search.approximate() : search;
        return scan.map(CollectionTask::scan).map(asked::scan).orElse(asked);
    }

    private TextSearch<Object> matching(Database db) {
        TextSearch<Object> search =
                wording.applied(documents(db).match(words.get(1))).topK(limit());
        for (String condition : conditions) {
            search = search.where(condition);
        }
        return search;
    }

    private void match(Database db) {
        TextSearch<Object> search = matching(db);
        if (wording.facet().isPresent()) {
            facets(search.facets(wording.facet().get(), limit()));
            return;
        }
        List<Hit<Object>> hits = search.hits();
        show(hits);
        if (hits.isEmpty() && !isJson()) {
            search.corrected().ifPresent(meant -> screen().line("did you mean: " + meant));
        }
    }

    private HybridSearch<Object> both(Database db) {
        HybridSearch<Object> search = documents(db)
                .hybrid(words.get(1), vector(words.get(2)))
                .topK(limit())
                .fuzziness(wording.fuzziness());
        for (String condition : conditions) {
            search = search.where(condition);
        }
        return search;
    }

    private void suggest(Database db) {
        for (String word : documents(db).suggest(words.get(1), limit())) {
            if (isJson()) {
                json(Json.object("word", word));
            } else {
                screen().line(word);
            }
        }
    }

    private void text(Database db) {
        Optional<TextOptions> options = wording.options();
        if (options.isEmpty()) {
            show(documents(db).textOptions());
            return;
        }
        write(db, transaction -> {
            opened(transaction).configure(options.get());
            return new Written(
                    "texts of " + name() + " are searched so from here on",
                    Json.object("branch", branchName(), "configured", name()));
        });
    }

    private void explain(Database db) {
        if (words.get(1).strip().startsWith("[")) {
            explain(searching(db).explain(), !conditions.isEmpty());
        } else {
            explain(matching(db).explain(), !conditions.isEmpty());
        }
    }
}
