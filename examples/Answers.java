import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.search.Hit;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Retrieval for answers (RAG): passages are found by what they mean, and put before the question that a language
/// model is asked. A correction is tried on a branch, and answers of an earlier day can be explained.
///
/// Run it with the engine on the class path: `java -cp ... examples/Answers.java DIRECTORY`. `DIRECTORY` is made.
public final class Answers {
    private static final int DIMENSION = 256;

    private Answers() {}

    record Passage(String id, String source, int year, String text) {}

    public static void main(String[] arguments) {
        try (Database db = Coppice.open(arguments[0])) {
            Documents<Passage> passages = db.collection("passages", Passage.class);
            for (Passage passage : List.of(
                    new Passage("opening", "handbook", 2024, "The office opens at eight in the morning."),
                    new Passage("parking", "handbook", 2024, "Cars are parked behind the house, bicycles in the yard."),
                    new Passage("holidays", "handbook", 2023, "Everybody has thirty days of holidays in a year."),
                    new Passage("coffee", "forum", 2019, "The coffee machine in the office opens with a good kick."))) {
                passages.index(passage, embedding(passage.text()));
            }
            db.commit("The handbook");
            String question = "When does the office open in the morning?";
            System.out.println(prompt(passages, question));

            Branch draft = db.branch("draft", db.head());
            Documents<Passage> drafted = draft.collection("passages", Passage.class);
            Passage later = new Passage("opening", "handbook", 2026, "The office opens at nine in the morning.");
            drafted.index(later, embedding(later.text()));
            draft.commit("We sleep longer");
            System.out.println("Now: " + best(passages, question) + " On the draft: " + best(drafted, question));
            db.merge("draft", Merge.into("main"));
            System.out.println("Merged: " + best(passages, question));
            System.out.println("Before: " + best(db.at("main~1").collection("passages", Passage.class), question));
        }
    }

    private static String prompt(DocumentsView<Passage> passages, String question) {
        return passages.search(embedding(question))
                .topK(2)
                .where("source = 'handbook' AND year >= 2020")
                .hits()
                .stream()
                .map(hit -> "[" + hit.id() + "] " + hit.document().text())
                .collect(Collectors.joining("\n", "Answer by these passages:\n", "\nQuestion: " + question));
    }

    private static String best(DocumentsView<Passage> passages, String question) {
        return passages.search(embedding(question))
                .where("source = 'handbook'")
                .first()
                .map(Hit::document)
                .map(Passage::text)
                .orElse("nobody knows");
    }

    /// Stands for a model: texts that share runs of three letters are near each other.
    private static float[] embedding(String text) {
        float[] vector = new float[DIMENSION];
        String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ");
        for (int i = 0; i + 3 <= letters.length(); i++) {
            vector[Math.floorMod(letters.substring(i, i + 3).hashCode(), DIMENSION)]++;
        }
        return vector;
    }
}
