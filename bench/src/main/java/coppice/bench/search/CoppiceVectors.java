package coppice.bench.search;

import coppice.api.Database;
import coppice.api.Options;
import coppice.api.search.Hit;
import coppice.api.search.Scan;
import coppice.api.search.VectorSearch;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.IndexOptions;
import coppice.api.structure.Indexable;
import coppice.bench.peer.OwnDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Coppice, by its public interface: a collection of small documents with vectors.
public final class CoppiceVectors implements VectorStore {
    /// The name of the collection.
    public static final String COLLECTION = "places";

    private final OwnDatabase database = new OwnDatabase();
    private float[][] queries = {};

    /// What has a vector.
    public record Place(int number) {}

    @Override
    public String settings() {
        return "a collection of small records with vectors, by the cosine; searches give documents";
    }

    @Override
    public void open(Path directory, long cacheBytes) {
        database.open(directory, Options.defaults().withMemoryBytes(cacheBytes));
    }

    /// The open database.
    public Database database() {
        return database.get();
    }

    private Documents<Place> places() {
        return database().collection(COLLECTION, Place.class);
    }

    @Override
    public void load(Cloud cloud) {
        queries = cloud.queries();
        float[][] vectors = cloud.vectors();
        places().indexAll(
                        IntStream.range(0, vectors.length)
                                .mapToObj(number -> Indexable.of(CoppiceArticles.id(number), new Place(number))
                                        .withVector(vectors[number])),
                        IndexOptions.atOnce());
    }

    /// Replaces vectors in one transaction.
    public void putAll(int[] numbers, IntFunction<float[]> with) {
        places().batched(step -> {
            for (int number : numbers) {
                step.index(CoppiceArticles.id(number), new Place(number), with.apply(number));
            }
        });
    }

    @Override
    public void makeReady(Way way) {
        search(places(), way, queries[0]);
    }

    /// Finds what is nearest to a vector in a state of the collection.
    public static List<Hit<Place>> search(DocumentsView<Place> places, Way way, float[] query) {
        VectorSearch<Place> search = places.search(query).topK(WANTED);
        return switch (way) {
            case FULL -> search.scan(Scan.FLOAT).hits();
            case BYTES -> search.scan(Scan.INT8).hits();
            case BITS -> search.scan(Scan.BINARY).hits();
            case GRAPH, GRAPH_ALONE -> search.approximate(BREADTH).hits();
        };
    }

    @Override
    public int[][] nearest(Way way) {
        Documents<Place> places = places();
        return Arrays.stream(queries)
                .map(query -> search(places, way, query).stream()
                        .mapToInt(hit -> hit.document().number())
                        .toArray())
                .toArray(int[][]::new);
    }

    @Override
    public double millis(Way way, double seconds) throws Exception {
        Documents<Place> places = places();
        return Repeated.millis(
                queries, seconds, query -> search(places, way, query).size());
    }

    @Override
    public void close() {
        database.close();
    }
}
