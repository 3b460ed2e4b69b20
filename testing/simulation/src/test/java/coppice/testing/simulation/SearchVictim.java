package coppice.testing.simulation;

import static java.util.stream.Collectors.toSet;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;
import coppice.api.search.Hit;
import coppice.api.structure.Documents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A process that indexes numbered documents and searches for them, in turns, until it is killed. So it is putting
/// segments of text and of graphs together and making vectors compact all the time, or keeping what came of that.
/// It says `found NUMBER` when all answers are those that its documents should give, and `ack NUMBER` after each.
final class SearchVictim {
    private static final int DIMENSION = 400;
    private static final int WORDS = 150;
    private static final int TOPICS = 7;
    private static final int COMMIT_EVERY = 5;

    private SearchVictim() {}

    /// Arguments: the directory.
    public static void main(String[] arguments) {
        Options options = Options.defaults().with(Durability.SYNC).withMemoryBytes(Options.MEMORY_BYTES_MIN);
        Database db = Coppice.open(arguments[0], options);
        Documents<Object> documents = db.collection("documents");
        int number = (int) documents.count();
        requireRight(documents, number);
        say("found " + number);
        while (true) {
            documents.index(id(number), Map.of("text", text(number)), vector(number));
            number++;
            documents.match("topic3").hits();
            documents.search(vector(0)).approximate().hits();
            say("ack " + number);
            if (number % COMMIT_EVERY == 0) {
                db.commit(number + " documents");
            }
        }
    }

    private static void say(String line) {
        System.out.print(line + "\n"); // one write, so that a kill does not cut it
        System.out.flush();
    }

    private static String id(int number) {
        return "d%05d".formatted(number);
    }

    private static String text(int number) {
        SplittableRandom random = new SplittableRandom(number);
        StringBuilder text = new StringBuilder("topic" + number % TOPICS);
        for (int i = 0; i < WORDS; i++) {
            text.append(' ').append(Long.toString(random.nextLong(1L << 40), Character.MAX_RADIX));
        }
        return text.toString();
    }

    private static float[] vector(int number) {
        SplittableRandom random = new SplittableRandom(number);
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextDouble() - 0.5f;
        }
        return vector;
    }

    private static void requireRight(Documents<Object> documents, int count) {
        for (int topic = 0; topic < TOPICS; topic++) {
            int wanted = topic;
            Set<String> ids = IntStream.range(0, count)
                    .filter(number -> number % TOPICS == wanted)
                    .mapToObj(SearchVictim::id)
                    .collect(toSet());
            require(ids, documents.match("topic" + topic).topK(count + 1).hits());
        }
        for (int number = 0; number < count; number += TOPICS) {
            Set<String> itself = Set.of(id(number));
            require(itself, documents.search(vector(number)).topK(1).hits());
            require(
                    itself,
                    documents.search(vector(number)).topK(1).approximate(count).hits());
        }
    }

    private static void require(Set<String> wanted, List<Hit<Object>> hits) {
        Set<String> found = hits.stream().map(Hit::id).collect(toSet());
        if (!found.equals(wanted)) {
            throw new AssertionError("found " + found + ", not " + wanted);
        }
    }
}
